// Translates the framework's own words, which are English only, wherever they appear.
// Words that people wrote stay as they are, even if they read the same.
const WRITTEN_BY_PEOPLE = ".stHtml, .stText, [role=option][aria-posinset], [data-tag], [data-testid=stSelectbox], [data-testid=stFileUploaderFileName], code, table, textarea";
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
let phrases = new Map();
let patterns = [];
const changed = new WeakMap(); // Words and their translation, by attribute, or by "" for the text of a node.

const observer = new MutationObserver((records) => {
  order();
  watchNames();
  for (const { type, target, attributeName, addedNodes } of records) {
    if (type === "attributes") attribute(target, attributeName);
    else if (type === "characterData") text(target);
    else addedNodes.forEach(translate);
  }
});

// Keys reach the page before its side bar, which stays at the left; the page itself is no stop, since its parts are.
function order() {
  const side = document.querySelector('[data-testid="stSidebar"]');
  if (side?.nextElementSibling) side.parentElement.append(side);
  document.querySelector('[data-testid="stMain"]')?.setAttribute("tabindex", "-1");
}

// Measures the names of the pages, so that the line beside them begins where they end. While the page is narrow the
// framework puts some away or makes them anew; they come back in another place and may be as large as before.
const names = () => [...document.querySelectorAll('[data-testid="stTopNavLinkContainer"]')];
const sizes = new ResizeObserver(width);
const places = new MutationObserver(measure);

function width() {
  const [first, last] = [names().at(0), names().at(-1)].map((name) => name?.getBoundingClientRect());
  if (first) document.documentElement.style.setProperty("--page-names", `${last.right - first.left}px`);
}

function measure() {
  names().forEach((name) => sizes.observe(name));
  width();
}

// Called with every change of the page: the line with the names may come late, and anew.
let line = null;

function watchNames() {
  if (line?.isConnected) return;
  line = document.querySelector('[data-testid="stHeader"]');
  if (line) places.observe(line, { childList: true, subtree: true, attributeFilter: ["style"] });
  measure();
}

// Ctrl+Z and Ctrl+Y step back and forth, except where somebody types: there they take back letters.
const TYPED_INTO = "input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, [contenteditable=true]";

const isCommand = (event) => (event.ctrlKey || event.metaKey) && !event.altKey;

function step(event) {
  if (!isCommand(event)) return;
  const key = event.shiftKey ? `shift+${event.key.toLowerCase()}` : event.key.toLowerCase();
  const which = { z: "undo", y: "redo", "shift+z": "redo" }[key];
  const target = event.composedPath()[0];
  const button = which && !target.matches?.(TYPED_INTO) && document.querySelector(`.st-key-${which} button:enabled`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

// Ctrl+S takes what is typed first, and hands in the form or dialog around it; then it saves, once the page has it.
const FORM = ':is([data-testid="stForm"], .st-key-assumption)';
const HAND_IN = ':is([data-testid="stFormSubmitButton"], .st-key-assumption-apply) button';
const DIALOG = '[data-testid="stDialog"]';
const SAVE = ":is(.st-key-save, .st-key-keep-variant) button"; // On a page of its own, or of a trial before a meeting.
const CELL = "#portal"; // The box of a table's cell stands there, beside the page.
const LOOK_MS = 100;
const TAKEN_MS = 400; // A table, and the page after a form, take what they are given within this time.
const MOST_LOOKS = 50; // While the page is at work; one at rest without anything to save is given up ten times sooner.

let around = null; // The form in which one works.

function enter({ target }) {
  if (!target.closest?.(CELL)) around = target.closest?.(FORM);
}

function save(event) {
  if (!isCommand(event) || event.key.toLowerCase() !== "s") return;
  const target = event.composedPath()[0];
  const dialog = document.querySelector(DIALOG);
  const isCell = target.closest?.(CELL);
  const form = isCell ? around : (target.closest?.(FORM) ?? dialog?.querySelector(FORM));
  if (!form && !dialog && !target.matches?.(TYPED_INTO) && document.querySelector(".st-key-save")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isCell) setTimeout(take, 0, target);
  else target.blur?.();
  setTimeout(handIn, isCell ? TAKEN_MS : LOOK_MS, form, dialog, MOST_LOOKS);
}

// A cell looks at each key a moment later, and takes nothing where the key before Enter is looked at after Enter.
function take(cell) {
  cell.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
}

// What is being drawn has no form yet, or a form without its button.
function handIn(form, dialog, looks) {
  const where = form ?? dialog;
  const button = (form ?? dialog?.querySelector(FORM))?.querySelector(HAND_IN);
  if (!button && where?.isConnected && !isAtRest() && looks > 0) {
    setTimeout(handIn, LOOK_MS, form, dialog, looks - 1);
    return;
  }
  button?.click();
  setTimeout(press, button ? TAKEN_MS : 0, MOST_LOOKS);
}

function press(looks) {
  const button = document.querySelector(`${SAVE}:enabled`);
  const isFree = isAtRest() && !document.querySelector(DIALOG);
  if (button && isFree) button.click();
  else if (looks > 0) setTimeout(press, LOOK_MS, looks - (isFree ? 10 : 1));
}

// On a telephone the side bar lies over the page: it goes with the choice of a page, and with a reload.
const NARROW = "(max-width: 767px)";

const AGAIN_MS = 600; // The page chosen may open it once more while it is drawn.

function uncover(looks) {
  if (!matchMedia(NARROW).matches) return;
  if (!document.querySelector('[data-testid="stExpandSidebarButton"]'))
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  if (looks > 0) setTimeout(uncover, AGAIN_MS, looks - 1);
}

function choose({ target }) {
  if (target.closest?.('[data-testid="stSidebarNavLink"]')) setTimeout(uncover, 0, 2);
}

// The wheel scrolls; a browser would have it change the number in whose box one typed last.
function scroll(event) {
  const target = event.composedPath()[0];
  if (target.matches?.("input[type=number]")) target.blur();
}

export default function ({ data }) {
  watchNames();
  order();
  document.addEventListener("keydown", step);
  document.addEventListener("keydown", save, { capture: true });
  document.addEventListener("focusin", enter);
  document.addEventListener("click", choose);
  if (!document.frontlineUncovered) uncover(0);
  document.frontlineUncovered = true;
  document.addEventListener("wheel", scroll, { capture: true, passive: true });
  document.documentElement.lang = data.language;
  phrases = new Map(Object.entries(data.phrases));
  patterns = Object.entries(data.phrases)
    .filter(([theirs]) => theirs.includes("{n}"))
    .map(([theirs, ours]) => [new RegExp(`^${escaped(theirs).replace("\\{n\\}", "(.+)")}$`), ours]);
  observer.disconnect();
  // Undo the last translation, which may have reached words of the page itself before the language changed.
  restore(document.body);
  translate(document.body);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
}

function escaped(phrase) {
  return phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) text(node);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches("canvas, svg, style, script")) return;
  ATTRIBUTES.forEach((name) => attribute(node, name));
  node.childNodes.forEach(translate);
}

function text(node) {
  const ours = translated(node.data.trim());
  if (!ours || node.parentElement?.closest(WRITTEN_BY_PEOPLE)) return;
  remember(node, "", node.data, ours);
  node.data = ours;
}

function attribute(node, name) {
  const theirs = node.getAttribute(name);
  const ours = translated(theirs?.trim());
  if (!ours || node.closest(".stHtml, [role=option][aria-posinset], [data-tag]")) return;
  remember(node, name, theirs, ours);
  node.setAttribute(name, ours);
}

function remember(node, name, theirs, ours) {
  if (!changed.has(node)) changed.set(node, new Map());
  changed.get(node).set(name, { theirs, ours });
}

function restore(node) {
  changed.get(node)?.forEach(({ theirs, ours }, name) => {
    if (!name && node.data === ours) node.data = theirs;
    if (name && node.getAttribute(name) === ours) node.setAttribute(name, theirs);
  });
  changed.delete(node);
  node.childNodes.forEach(restore);
}

function translated(theirs) {
  if (!theirs) return undefined;
  if (phrases.has(theirs)) return phrases.get(theirs);
  for (const [pattern, ours] of patterns) {
    const found = theirs.match(pattern);
    if (found) return ours.replace("{n}", found[1].replaceAll("**", "")); // A label may have bold parts.
  }
  // A button of a chart: what it does, and of which chart.
  const [act, ...what] = theirs.split(": ");
  return what.length && phrases.has(act) ? `${phrases.get(act)}：${what.join(": ")}` : undefined;
}
