// A click on a link of a kind is told to the page, which opens it without loading anew; with a key held, or in a new tab,
// the browser follows the link's own address. A place that is opened is shown from its top.

// A page that is drawn listens again by then, on a busy machine too; else the address of the link is followed.
const PATIENCE_MS = 10000;
const SETTLING_MS = [0, 200, 600, 1200];
const SCRIPT_STATE = "[data-test-script-state]";
// One for the document, however often the page is drawn: places shown, who is told, and clicks that wait for that.
const { shown, tell, waiting } = (document.frontlineLinks ??= listening({ shown: {}, tell: {}, waiting: {} }));

function listening(links) {
  document.addEventListener("click", (event) => follow(links, event, event.target.closest?.("a[href]")));
  // A link that is drawn anew between press and release gets no click: its release is one.
  let pressed = null;
  document.addEventListener("pointerdown", (event) => (pressed = event.target.closest?.("a[href]")), true);
  document.addEventListener("pointerup", (event) => pressed?.isConnected || follow(links, event, pressed), true);
  return links;
}

function follow(links, event, link) {
  const kind = link && Object.keys(links.shown).find((one) => one in link.dataset);
  if (!kind || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const named = link.dataset[kind];
  if (links.tell[kind]) links.tell[kind](named);
  else wait(links.waiting, kind, { named, address: link.href });
}

function wait(waiting, kind, click) {
  clearTimeout(waiting[kind]?.timer);
  click.timer = setTimeout(() => {
    if (document.querySelector(SCRIPT_STATE) && !isAtRest()) wait(waiting, kind, click);
    else window.location.assign(click.address);
  }, PATIENCE_MS);
  waiting[kind] = click;
}

// Shows a part of a page that grows while it is drawn, until the reader does something.
function showPart(part) {
  const stopped = new AbortController();
  for (const deed of ["wheel", "keydown", "pointerdown", "touchstart"])
    document.addEventListener(deed, () => stopped.abort(), { capture: true, signal: stopped.signal });
  for (const wait of SETTLING_MS)
    setTimeout(() => stopped.signal.aborted || document.querySelector(part)?.scrollIntoView(), wait);
  setTimeout(() => stopped.abort(), Math.max(...SETTLING_MS) + 1);
}

export default function ({ data: { kind, place, part }, setTriggerValue }) {
  if (part && shown[kind] !== place) showPart(part);
  else if (kind in shown && shown[kind] !== place) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  shown[kind] = place;
  const told = (named) => setTriggerValue("followed", named);
  tell[kind] = told;
  if (waiting[kind]) {
    clearTimeout(waiting[kind].timer);
    told(waiting[kind].named);
    delete waiting[kind];
  }
  return () => {
    if (tell[kind] === told) delete tell[kind];
  };
}
