// The keys, in one with page.js: F and N lead into the boxes for search and note. Where many cards are shown, one is at
// hand: J and K lead to the next one, and what the others decide about it is sent with its number, in the order in which
// they were pressed. The next ones are sent when the page has answered (data-obeyed) and is calm.
const SEARCH = ".st-key-q input";
const NOTE = "[class*='st-key-note_'] input";
const BUSY = "input, textarea, select, [contenteditable=true], [role=dialog], [role=listbox], [data-testid=stPopoverBody]";

function box(key) {
  if (key === "f") return document.querySelector(SEARCH);
  if (key === "n") return (document.querySelector(".st-key-one") ?? around(cardAtHand()))?.querySelector(NOTE);
  return null;
}

// --- keys among the cards ---

let reached = ""; // the id of the card at hand: the one that was reached or touched last
const cards = () => [...document.querySelectorAll(".stMain:has(.st-key-views) .st-key-cards .cd-card")];
const around = (part) => part?.closest("[class*='st-key-card-c']");
const cardAtHand = () => cards().find((card) => card.id === reached);

function step(by) {
  const all = cards();
  const at = all.indexOf(cardAtHand());
  if (all.length) reach(all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]);
  return all.length > 0;
}

function reach(card) {
  hold(card.id);
  card.focus({ preventScroll: true });
  const list = card.closest(".st-key-cards");
  if (getComputedStyle(list).overflowY === "auto") {
    list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
    list.scrollIntoView({ block: "nearest" });
  } else {
    card.scrollIntoView({ block: "start" });
  }
  const mark = document.getElementById(card.id.replace("c", "m"));
  if (mark) bring(mark);
}

function hold(id) {
  reached = id;
  const card = cardAtHand();
  const outlined = card ? [card, document.getElementById(id.replace("c", "m"))] : [];
  const anew = card && !card.classList.contains("cd-at-hand") && document.activeElement === document.body;
  for (const each of document.querySelectorAll(".cd-at-hand")) {
    if (!outlined.includes(each)) each.classList.remove("cd-at-hand");
  }
  for (const each of outlined) each?.classList.add("cd-at-hand");
  if (anew) card.focus({ preventScroll: true }); // it was drawn again, and the focus went with what was there
}

function decide(key) {
  if (!cards().length || !/^[aus1-5]$/.test(key)) return false;
  const card = cardAtHand();
  const open = around(card)?.querySelector("[class*='st-key-choice_'] button:not(:disabled)");
  if (!card && key !== "u") return step(1); // nothing is decided about a card that nobody has looked at
  if (!open && "a12345".includes(key)) return true;
  const at = Math.max(Date.now(), (pressed.at(-1)?.at ?? sent.last) + 1);
  pressed.push({ at, key, claim: Number(card?.id.slice(1) ?? 0) });
  deliverLater(CALM);
  if (key === "a") step(1);
  return true;
}

const PATIENCE = 3000; // milliseconds until keys are sent again that the page did not answer
const CALM = 50; // milliseconds without a change of the page, after which its boxes hold what they show
let pressed = []; // keys that were not obeyed yet
let sent = { last: 0, when: 0 };
let waiting = 0;
let send = () => {};

function deliver() {
  const obeyed = Number(document.querySelector("[data-obeyed]")?.dataset.obeyed ?? 0);
  pressed = pressed.filter((each) => each.at > obeyed);
  if (!pressed.length) return;
  const open = sent.last <= obeyed && document.querySelector(".stApp")?.dataset.testScriptState !== "running";
  if (!open && Date.now() - sent.when < PATIENCE) {
    deliverLater(PATIENCE);
    return;
  }
  sent = { last: pressed.at(-1).at, when: Date.now() };
  send([...pressed]);
  deliverLater(PATIENCE);
}

function deliverLater(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(deliver, pause);
}
