// Tells the server once a drawing that nothing was drawn here for so many milliseconds, and that no run is under way.
const LOOK_AGAIN = 100;
const told = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  // What it tells makes the framework call it again with the same drawing.
  if (!data.milliseconds || told.get(parentElement) === data.drawing) return;
  let timer = setTimeout(tell, data.milliseconds);
  function tell() {
    // A run that begins on the heels of another takes back what was not yet sent of its parts, and the page breaks.
    if (isRunning()) {
      timer = setTimeout(tell, LOOK_AGAIN);
      return;
    }
    told.set(parentElement, data.drawing);
    setTriggerValue("rested", data.drawing);
  }
  return () => clearTimeout(timer);
}
