// Whether the script of the page runs, or is at rest; before it has been run it is neither.
const isInState = (state) => document.querySelector(`[data-test-script-state="${state}"]`) !== null;
const isRunning = () => isInState("running");
const isAtRest = () => isInState("notRunning");
