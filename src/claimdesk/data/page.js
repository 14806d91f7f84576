// The script of the page. It holds no word of a text. It does three things that links and widgets cannot:
// a link with data-claim tells the page which claim is wanted, F and N lead into the boxes for search and note, and
// what the page marks with data-arrive is brought into view, in its own box, once for each value.
const arrived = new Map();

function bring(target) {
  const box = target.closest(".st-key-article, .st-key-source");
  if (box && getComputedStyle(box).overflowY === "auto" && box.scrollHeight > box.clientHeight) {
    const [inner, outer] = [target.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  } else if (target.closest(".cd-viewer")) {
    target.scrollIntoView({ block: "center" });
  }
}

function look() {
  const found = new Map();
  for (const target of document.querySelectorAll("[data-arrive]")) {
    const [kind] = target.dataset.arrive.split(":");
    if (!found.has(kind)) found.set(kind, target);
  }
  for (const kind of [...arrived.keys()]) if (!found.has(kind)) arrived.delete(kind);
  for (const [kind, target] of found) {
    if (arrived.get(kind) === target.dataset.arrive) continue;
    arrived.set(kind, target.dataset.arrive);
    bring(target);
  }
}

const BOXES = {
  f: ".st-key-q input",
  n: ".st-key-one input[aria-label^='Note'], .st-key-one textarea[aria-label^='Note']",
};

export default function ({ setTriggerValue }) {
  const follow = (event) => {
    const link = event.target.closest?.("a[data-claim]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("claim", Number(link.dataset.claim));
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable=true], [role=dialog]")) return;
    const selector = BOXES[event.key.toLowerCase()];
    const box = selector && document.querySelector(selector);
    if (!box) return;
    event.preventDefault();
    box.focus();
  };
  let waiting = 0;
  const watcher = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(look);
  });
  document.addEventListener("click", follow);
  document.addEventListener("keydown", press);
  watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-arrive"] });
  look();
  return () => {
    document.removeEventListener("click", follow);
    document.removeEventListener("keydown", press);
    watcher.disconnect();
  };
}
