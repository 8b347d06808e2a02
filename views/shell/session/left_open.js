// Keeps what stands open on the page, and tells it once the server is away: one that comes back knows nothing of it.
const APP = '[data-testid="stApp"]';
const CONNECTION = "data-test-connection-state";
let open = {};
let tell = () => {};
let app = null;

const watch = new MutationObserver(() => {
  if (app.getAttribute(CONNECTION) !== "CONNECTED") tell("open", open);
});

export default function ({ data, setStateValue }) {
  open = data.open;
  if (data.part) return;
  tell = setStateValue;
  if (app?.isConnected) return;
  app = document.querySelector(APP);
  watch.disconnect();
  if (app) watch.observe(app, { attributes: true, attributeFilter: [CONNECTION] });
}
