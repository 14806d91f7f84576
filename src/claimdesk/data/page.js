// The script of the page, in one with keys.js. It does five things that links and widgets cannot: a link with data-claim
// tells the page which claim is wanted; what the page marks with data-arrive is brought into view, in its own box, once
// for each value; keys lead to boxes and cards and decide about the card at hand (keys.js); what is typed into the box for
// the text reaches the page before the box is left; and words that are selected in the text can become a claim.
const LOOKED_AT = ["data-arrive", "data-test-script-state"];
const arrived = new Map();

function bring(target) {
  const card = target.querySelector(".cd-card");
  if (card) {
    reach(card);
    return;
  }
  const box = target.closest(".st-key-article, .st-key-source");
  if (box && getComputedStyle(box).overflowY === "auto" && box.scrollHeight > box.clientHeight) {
    const [inner, outer] = [target.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  } else if (target.closest(".cd-viewer") && !isInView(target)) {
    target.scrollIntoView({ block: "center" });
  }
}

function isInView(target) {
  const place = target.getBoundingClientRect();
  return place.top > 0 && place.bottom < innerHeight;
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
  reachWanted();
  reachForm();
  hold(reached);
  deliverLater(CALM);
}

let wanted = ""; // the id of a card that was asked for and is not on the page yet

function reachWanted() {
  const card = wanted && document.querySelector(`.st-key-cards .cd-card[id="${wanted}"]`);
  if (!card) return;
  wanted = "";
  reach(card);
}

// --- words selected in the text ---

const LONGEST = 5000; // characters
let formed = false; // whether the form for a new claim was asked for and is not on the page yet

function bare(range) {
  const part = range.cloneContents();
  for (const each of part.querySelectorAll("sup, summary, .cd-hidden, .cd-char")) each.remove();
  return part.textContent;
}

function chosen() {
  const selection = getSelection();
  const text = document.querySelector(".st-key-article");
  if (!text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const open = document.querySelector(".st-key-adding_claim button:not(:disabled)");
  if (!open || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const words = bare(range);
  if (!words.trim()) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...bare(before)].length + words.length - words.trimStart().length; // characters, as Python counts them
  return { words: words.trim().slice(0, LONGEST), start, box: range.getBoundingClientRect() };
}

function offer(choose) {
  withdraw();
  const found = chosen();
  if (!found) return;
  const button = document.createElement("button");
  button.className = "cd-offer";
  button.type = "button";
  button.textContent = "Add as a claim";
  button.style.top = `${Math.max(4, Math.min(innerHeight - 44, found.box.bottom + 6))}px`;
  button.style.left = `${Math.max(4, Math.min(innerWidth - 150, found.box.left))}px`;
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would go first
  button.addEventListener("click", () => {
    withdraw();
    formed = true;
    choose({ words: found.words, start: found.start });
  });
  (document.querySelector(".stApp") ?? document.body).append(button);
}

function withdraw() {
  document.querySelector(".cd-offer")?.remove();
}

function reachForm() {
  const box = formed && document.querySelector(".st-key-adding_form input[type=text]:not([role=combobox])");
  if (!box) return;
  formed = false;
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "center" });
}

// --- the box for the text ---

const TYPED = ".st-key-pasted textarea";
const QUIET = 1000; // milliseconds after the last letter
let typing = 0;

function commit(box) {
  clearTimeout(typing);
  const keys = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true };
  box.dispatchEvent(new KeyboardEvent("keydown", keys)); // as a person would: the box hands over what it holds
}

function typed(event) {
  const box = event.target;
  if (!box.matches?.(TYPED)) return;
  clearTimeout(typing);
  typing = setTimeout(() => box.isConnected && commit(box), event.inputType === "insertFromPaste" ? 0 : QUIET);
}

function leave() {
  const box = document.activeElement;
  if (document.visibilityState === "hidden" && box?.matches?.(TYPED)) commit(box);
}

export default function ({ setTriggerValue, setStateValue }) {
  send = (keys) => setStateValue("pressed", keys);
  const follow = (event) => {
    const link = event.target.closest?.("a[data-claim]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    wanted = `c${Number(link.dataset.claim)}`;
    setTriggerValue("claim", Number(link.dataset.claim));
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const key = event.key.toLowerCase();
    if (key === "escape" && event.target.matches?.(`${SEARCH}, ${NOTE}`)) event.target.blur();
    if (event.target.closest?.(BUSY)) return;
    const wanting = box(key);
    wanting?.focus();
    const done = wanting || ((key === "j" || key === "k") && step(key === "j" ? 1 : -1)) || decide(key);
    if (done) event.preventDefault();
  };
  const touch = (event) => {
    const card = around(event.target)?.querySelector(".cd-card");
    if (card) hold(card.id);
  };
  const release = (event) => {
    if (!event.target.closest?.(".cd-offer")) setTimeout(() => offer((found) => setTriggerValue("selected", found)), 0);
  };
  let waiting = 0;
  const watcher = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(look);
  });
  document.addEventListener("click", follow);
  document.addEventListener("keydown", press);
  document.addEventListener("focusin", touch);
  document.addEventListener("pointerup", release);
  document.addEventListener("keyup", release);
  document.addEventListener("scroll", withdraw, true);
  document.addEventListener("input", typed);
  document.addEventListener("visibilitychange", leave);
  watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: LOOKED_AT });
  look();
  return () => {
    document.removeEventListener("click", follow);
    document.removeEventListener("keydown", press);
    document.removeEventListener("focusin", touch);
    document.removeEventListener("pointerup", release);
    document.removeEventListener("keyup", release);
    document.removeEventListener("scroll", withdraw, true);
    withdraw();
    document.removeEventListener("input", typed);
    document.removeEventListener("visibilitychange", leave);
    watcher.disconnect();
  };
}
