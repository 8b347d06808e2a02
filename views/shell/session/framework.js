// The words that the framework itself writes are English only: each is put into the reader's language where it appears.
// What people wrote is left alone, also where it reads the same.
const OTHERS = ".stHtml, .stText, [role=option][aria-posinset], [data-tag], [data-testid=stSelectbox], [data-testid=stFileUploaderFileName], code, table, textarea";
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
let phrases = new Map();
let patterns = [];
const changed = new WeakMap(); // What was put in the place of what, by attribute or, of a text, by "".

const observer = new MutationObserver((records) => {
  for (const { type, target, attributeName, addedNodes } of records) {
    if (type === "attributes") attribute(target, attributeName);
    else if (type === "characterData") text(target);
    else addedNodes.forEach(all);
  }
});

// What stands beside the names of the pages begins where they end.
const names = () => [...document.querySelectorAll('[data-testid="stTopNavLinkContainer"]')];
const sizes = new ResizeObserver(() => {
  const [first, last] = [names().at(0), names().at(-1)].map((name) => name?.getBoundingClientRect());
  if (first) document.documentElement.style.setProperty("--page-names", `${last.right - first.left}px`);
});

function measure(tries = 50) {
  names().forEach((name) => sizes.observe(name));
  if (!names().length && tries) setTimeout(measure, 100, tries - 1);
}

export default function ({ data }) {
  measure();
  document.documentElement.lang = data.language;
  phrases = new Map(Object.entries(data.phrases));
  patterns = Object.entries(data.phrases)
    .filter(([theirs]) => theirs.includes("{n}"))
    .map(([theirs, ours]) => [new RegExp(`^${escaped(theirs).replace("\\{n\\}", "(.+)")}$`), ours]);
  observer.disconnect();
  // What was put into the language of before: words of this page's own, too, that came before this was told of another.
  back(document.body);
  all(document.body);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
}

function escaped(phrase) {
  return phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function all(node) {
  if (node.nodeType === Node.TEXT_NODE) text(node);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches("canvas, svg, style, script")) return;
  ATTRIBUTES.forEach((name) => attribute(node, name));
  node.childNodes.forEach(all);
}

function text(node) {
  const ours = translated(node.data.trim());
  if (!ours || node.parentElement?.closest(OTHERS)) return;
  keep(node, "", node.data, ours);
  node.data = ours;
}

function attribute(node, name) {
  const theirs = node.getAttribute(name);
  const ours = translated(theirs?.trim());
  if (!ours || node.closest(".stHtml, [role=option][aria-posinset], [data-tag]")) return;
  keep(node, name, theirs, ours);
  node.setAttribute(name, ours);
}

function keep(node, name, theirs, ours) {
  if (!changed.has(node)) changed.set(node, new Map());
  changed.get(node).set(name, { theirs, ours });
}

function back(node) {
  changed.get(node)?.forEach(({ theirs, ours }, name) => {
    if (!name && node.data === ours) node.data = theirs;
    if (name && node.getAttribute(name) === ours) node.setAttribute(name, theirs);
  });
  changed.delete(node);
  node.childNodes.forEach(back);
}

function translated(theirs) {
  if (!theirs) return undefined;
  if (phrases.has(theirs)) return phrases.get(theirs);
  for (const [pattern, ours] of patterns) {
    const found = theirs.match(pattern);
    if (found) return ours.replace("{n}", found[1]);
  }
  // What a button of a chart does, and of which chart.
  const [act, ...what] = theirs.split(": ");
  return what.length && phrases.has(act) ? `${phrases.get(act)}：${what.join(": ")}` : undefined;
}
