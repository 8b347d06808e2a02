// Which slides are shown, in which order: a box to tick and two arrows a slide. What it shows is written as text.

export default function ({ data, parentElement, setStateValue }) {
  const list = parentElement.querySelector("ol");
  const shown = new Set(data.chosen);
  const order = [...data.chosen, ...data.ids.filter((id) => !shown.has(id))];
  const report = () => setStateValue("order", order.filter((id) => shown.has(id)));

  const node = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const draw = (focused) => {
    list.replaceChildren(
      ...order.map((id, k) => {
        const row = node("li", {});
        const label = node("label", {});
        const tick = node("input", { type: "checkbox", checked: shown.has(id), disabled: shown.has(id) && shown.size === 1 });
        tick.onchange = () => {
          tick.checked ? shown.add(id) : shown.delete(id);
          draw();
          report();
        };
        label.append(tick, node("span", { textContent: data.names[id] }));
        row.append(label, arrow(id, k, -1), arrow(id, k, 1));
        return row;
      }),
    );
    if (focused) list.querySelector(`[data-move="${focused}"]`)?.focus();
  };
  const arrow = (id, k, step) => {
    const word = step < 0 ? data.words.up : data.words.down;
    const button = node("button", { type: "button", textContent: step < 0 ? "↑" : "↓", title: word });
    button.setAttribute("aria-label", `${data.names[id]}: ${word}`);
    button.dataset.move = `${id}/${step}`;
    button.disabled = k + step < 0 || k + step >= order.length;
    button.onclick = () => {
      order.splice(k + step, 0, ...order.splice(k, 1));
      draw(`${id}/${step}`);
      report();
    };
    return button;
  };
  draw();
}
