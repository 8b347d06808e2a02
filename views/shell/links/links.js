// A click on a link of a kind is told to the page, which opens it without loading anew; with a key held, or in a new tab,
// the browser follows the link's own address. A place that is opened is shown from its top.

const PATIENCE_MS = 2000; // A page that is drawn anew listens again by then; else the link's own address is followed.
// One for the document, however often the page is drawn: places shown, who is told, and clicks that wait for that.
const { shown, tell, waiting } = (document.frontlineLinks ??= listening({ shown: {}, tell: {}, waiting: {} }));

function listening(links) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const kind = link && Object.keys(links.shown).find((one) => one in link.dataset);
    if (!kind || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const named = link.dataset[kind];
    if (links.tell[kind]) links.tell[kind](named);
    else links.waiting[kind] = { named, timer: setTimeout(() => window.location.assign(link.href), PATIENCE_MS) };
  });
  return links;
}

export default function ({ data: { kind, place }, setTriggerValue }) {
  if (kind in shown && shown[kind] !== place) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
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
