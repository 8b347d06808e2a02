// Votes of the room: a tap on an option is one more, a tap on the minus in its corner one fewer. Written as text.

const ballots = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const shape = JSON.stringify(data.counts.map((counts) => counts.length));
  if (ballots.get(parentElement)?.shape !== shape) ballots.set(parentElement, { shape, counts: data.counts });
  const { counts } = ballots.get(parentElement); // taps faster than the server answers are not lost
  const node = (tag, className, style, properties = {}) =>
    Object.assign(document.createElement(tag), { className, ...properties, style });
  const button = (className, style, label, act, properties) => {
    const one = node("button", className, style, { type: "button", ...properties });
    one.setAttribute("aria-label", label);
    one.onclick = (event) => {
      act();
      setStateValue("counts", counts.map((row) => [...row]));
      draw();
      if (event.detail) document.activeElement?.blur(); // the keys stay with the slides
    };
    return one;
  };
  const draw = () => {
    const parts = data.options.flatMap((options, q) => {
      const total = counts[q].reduce((sum, n) => sum + n, 0);
      const line = node("p", "vote-total at", data.totals[q]);
      if (total) {
        const clear = button("", "", data.words.clear, () => counts[q].fill(0), { textContent: data.words.clear });
        line.append(data.words.total.replace("#", total), " ", clear);
      }
      const taps = options.flatMap(([option, box], k) => {
        const more = () => (counts[q][k] += 1);
        const tap = button("vote at", box, `${option}: ${data.words.more}, ${counts[q][k]}`, more);
        tap.append(node("b", "", "", { textContent: counts[q][k] || "" }));
        if (!counts[q][k]) return [tap];
        const fewer = () => (counts[q][k] -= 1);
        return [tap, button("vote-fewer at", box, `${option}: ${data.words.fewer}`, fewer, { textContent: "\u2212" })];
      });
      return [line, ...taps];
    });
    parentElement.querySelector(".votes").replaceChildren(...parts);
  };
  draw();
}
