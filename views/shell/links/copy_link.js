// Copies the address of the page, which carries the whole plan, and says so beside the button.
const SAID_MS = 6000;

export default function ({ data, parentElement }) {
  const [button, said] = [parentElement.querySelector("button"), parentElement.querySelector("[role=status]")];
  parentElement.querySelector(".link").classList.toggle("inside", data.inside);
  button.title = data.help;
  button.setAttribute("aria-label", data.label);
  button.hidden = false;
  button.onclick = () => {
    copy(window.location.href);
    button.focus();
    said.textContent = data.copied;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => (said.textContent = ""), SAID_MS);
  };
}

// By way of a field: without https a browser has no other clipboard.
function copy(words) {
  const field = Object.assign(document.createElement("textarea"), { value: words });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
