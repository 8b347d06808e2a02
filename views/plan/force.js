// The force bar. It shows at once what the planner does, and sends the server one wish at a time: the latest one, as
// soon as the pictures of the last one are drawn. So no picture is cut short, and none is older than the one before.
// While a handle moves, the figures on the cards follow it, and wishes wait until it rests or two seconds are over.
const PATIENCE_MS = 3000; // Without an answer for this long, as over a lost connection, the bar asks again.
const ONE_GESTURE_MS = 1000; // Keys pressed within this time are one gesture.
const RESTING_MS = 150; // A handle that stays for so long rests.
const LONGEST_MOVE_MS = 2000; // The pictures of a handle that goes on moving are no older than this.
const MOST_ASKED = 2; // Figures that are asked for at once: the next are worked out while the last are on their way.
const DRAG_STEP = 10; // A pixel is worth several people, so a drag moves them by tens; keys move one at a time.
const ROOM_FOR_LABEL = 5.75; // Width of a part, in letters of the page, that its label between two handles needs.
const LEVERS = '[data-testid="stSidebarUserContent"] :is(button, input):not([disabled])';
const bars = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!bars.has(parentElement)) bars.set(parentElement, new Bar(parentElement, data));
  bars.get(parentElement).receive(data, setTriggerValue);
  return () => bars.get(parentElement)?.rest();
}

class Bar {
  constructor(root, data) {
    this.root = root;
    this.asked = data.answered;
    this.waiting = null; // The latest wish that is not sent yet.
    this.gesture = 0;
    this.pressed = 0;
    this.wished = 0;
    this.dots = new Dots(root.querySelector(".dots"));
    this.figures = new Figures();
    this.onNow = ({ detail }) => {
      this.isNow = detail;
      this.draw();
    };
    new ResizeObserver(() => this.edges && this.draw()).observe(root.querySelector(".bar"));
    root.querySelectorAll(".handle").forEach((handle, side) => this.listenTo(handle, side));
    document.addEventListener("click", ({ target }) => {
      if (target.closest?.('[data-testid="stSkipToContent"]')) setTimeout(() => root.querySelector(".handle").focus());
    });
    root.querySelector(".onward").addEventListener("click", () => document.querySelector(LEVERS)?.focus());
    root.addEventListener("focusin", () => this.offerLevers()); // Drawn before them, the bar sees them once it is used.
    root.querySelectorAll("input").forEach((box) => box.addEventListener("change", () => this.type(box)));
  }

  // Takes the server's answer. An answer to an earlier wish does not move the handles.
  receive(data, send) {
    this.send = send;
    this.data = data;
    document.addEventListener("frontline-now", this.onNow);
    if (!this.timer) this.asked = data.answered; // A new session counts from the beginning.
    if (data.answered >= this.asked) {
      this.asked = data.answered;
      this.timer = clearTimeout(this.timer);
      if (this.waiting) this.sendWaiting();
      else if (!this.isMoving) {
        this.edges = [data.people[0], data.people[0] + data.people[1]];
        this.figures.rest();
      }
    }
    this.draw();
  }

  // While a replay shows how things are now, so does the bar.
  get people() {
    if (this.isNow) return this.data.base;
    const [left, right] = this.edges;
    return [left, right - left, this.data.total - right];
  }

  offerLevers() {
    this.root.querySelector(".onward").hidden = !document.querySelector(LEVERS);
  }

  rest() {
    clearTimeout(this.timer);
    this.dots.stop();
    document.removeEventListener("frontline-now", this.onNow);
  }

  wish(what, whole = true) {
    clearTimeout(this.resting);
    this.wished = performance.now();
    if (whole) {
      this.isMoving = false;
      this.figures.wanted = null;
    }
    this.waiting = { ...what, gesture: this.gesture, whole };
    if (this.data.answered >= this.asked) this.sendWaiting();
  }

  sendWaiting() {
    this.asked += 1;
    const wish = { ...this.waiting, number: this.asked };
    this.waiting = null;
    this.send("wish", wish);
    this.timer = setTimeout(() => {
      this.waiting ??= wish;
      this.sendWaiting();
    }, PATIENCE_MS);
  }

  // The range of a handle: every tier keeps its fewest people.
  range(side) {
    const { least, total } = this.data;
    const [left, right] = this.edges;
    return side === 0 ? [least[0], right - least[1]] : [left + least[1], total - least[2]];
  }

  move(side, to, whole) {
    const [low, high] = this.range(side);
    const edge = Math.min(Math.max(Math.round(to), low), high);
    if (edge === this.edges[side]) return;
    this.edges[side] = edge;
    this.draw();
    const wish = () => this.wish({ side, edges: [...this.edges] }, whole);
    const isFollowed = !whole && this.figures.follow(this.edges);
    if (!this.isMoving) this.wished = performance.now();
    this.isMoving = !whole;
    if (!isFollowed || performance.now() - this.wished > LONGEST_MOVE_MS) {
      wish();
      return;
    }
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.isMoving = false;
      wish();
    }, RESTING_MS);
  }

  // The nearest edge to `to` that moves people by tens.
  roundEdge(side, to) {
    const { base } = this.data;
    const start = side === 0 ? base[0] : base[0] + base[1];
    return start + Math.round((to - start) / DRAG_STEP) * DRAG_STEP;
  }

  // Takes a number typed into a box.
  type(box) {
    const people = Number(box.value);
    box.dataset.people = "";
    this.gesture += 1;
    if (Number.isFinite(people) && box.value.trim()) this.wish({ tier: box.dataset.tier, people: Math.round(people) });
    else this.draw();
  }

  // Mouse and keys of a handle.
  listenTo(handle, side) {
    const track = this.root.querySelector(".track");
    const at = (event) => {
      const box = track.getBoundingClientRect();
      return ((event.clientX - box.left) / box.width) * this.data.total;
    };
    const end = () => this.wish({ side, edges: [...this.edges] }, true);
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      handle.focus();
      event.preventDefault();
      this.gesture += 1;
      this.grip = this.edges[side] - at(event);
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId)) this.move(side, this.roundEdge(side, at(event) + this.grip), false);
    });
    handle.addEventListener("lostpointercapture", end);
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
      const [low, high] = this.range(side);
      const to = { Home: low, End: high }[event.key] ?? this.edges[side] + step * (event.shiftKey ? 10 : 1);
      if (Number.isNaN(to) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.timeStamp - this.pressed > ONE_GESTURE_MS) this.gesture += 1;
      this.pressed = event.timeStamp;
      this.repeating = event.repeat;
      this.move(side, to, !event.repeat);
    });
    handle.addEventListener("keyup", () => {
      if (this.repeating) end();
      this.repeating = false;
    });
  }

  draw() {
    const { tiers, base, least, total, words } = this.data;
    const { people: now } = this;
    const shown = now.reduce((sum, people) => sum + people, 0);
    const place = (edge) => `${(edge / shown) * 100}%`;
    const number = (people) => people.toLocaleString("en-US");
    const { style } = this.root.querySelector(".force");
    style.setProperty("--left", place(now[0]));
    style.setProperty("--right", place(now[0] + now[1]));
    style.setProperty("--digits", String(total).length);
    this.root.querySelector(".title").textContent = words.title;
    Object.assign(this.root.querySelector(".total"), { textContent: words.total, title: words.total });
    const bar = this.root.querySelector(".bar");
    const room = ROOM_FOR_LABEL * parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.root.querySelector(".onward").textContent = words.onward;
    this.offerLevers();
    bar.setAttribute("aria-label", words.title);
    bar.title = words.hint;
    this.dots.show(now, this.data.dot);
    for (const parts of [".part", ".labels span", ".tier"])
      this.root.querySelectorAll(parts).forEach((part, k) => (part.hidden = k >= this.data.parts));
    const percents = wholePercents(now);
    now.forEach((people, k) => {
      const share = people / shown;
      const part = this.root.querySelectorAll(".part")[k];
      part.style.background = tiers[k].colour;
      const label = `${tiers[k].name} ${percents[k]}%`;
      const fits = share * bar.clientWidth > room;
      part.firstElementChild.textContent = fits ? label : "";
      const beside = this.root.querySelectorAll(".labels span")[k];
      beside.textContent = fits ? "" : label;
      beside.style.setProperty("--colour", tiers[k].colour);
      const box = this.root.querySelectorAll("input")[k];
      const moved = people - base[k];
      box.previousElementSibling.firstElementChild.textContent = tiers[k].name;
      box.previousElementSibling.lastElementChild.textContent =
        moved === 0 ? "" : (moved > 0 ? "+" : "\u2212") + number(Math.abs(moved));
      box.min = least[k];
      box.max = total - least.reduce((sum, n, other) => (other === k ? sum : sum + n), 0);
      if (box !== this.root.activeElement || box.dataset.people !== String(people)) box.value = people;
      box.dataset.people = people;
    });
    this.root.querySelectorAll(".handle").forEach((handle, side) => {
      handle.hidden = side + 1 >= this.data.parts;
      const [low, high] = this.range(side);
      const [before, after] = [side, side + 1].map((k) => `${tiers[k].name} ${number(this.people[k])}`);
      handle.setAttribute("aria-label", words.handles[side]);
      handle.setAttribute("aria-valuemin", low);
      handle.setAttribute("aria-valuemax", high);
      handle.setAttribute("aria-valuenow", this.edges[side]);
      handle.setAttribute("aria-valuetext", `${before}, ${after}`);
    });
    style.visibility = "visible";
  }
}

// The figures on the cards while a handle moves: the server sends them beside the page's own runs.
class Figures {
  constructor() {
    this.edges = null; // Where the handles are while they move; null once the cards are those of the page again.
    this.asked = this.number = this.shown = 0; // Questions under way, all ever asked, and the last one answered.
    this.drawn = new MutationObserver(() => this.edges && this.show());
  }

  get cards() {
    return document.querySelector(".cards[data-moving]");
  }

  // Has the cards follow the handles; false where there are none that do.
  follow(edges) {
    const { cards } = this;
    if (!cards) return false;
    this.drawn.observe(cards.parentElement, { childList: true });
    this.edges = this.wanted = edges.join();
    this.ask(cards.dataset.moving);
    return true;
  }

  // Asks for the latest figures wanted; without an answer the page's own runs bring them.
  async ask(address) {
    if (!this.wanted || this.asked === MOST_ASKED) return;
    const [left, right] = this.wanted.split(",");
    const number = (this.number += 1);
    this.wanted = null;
    this.asked += 1;
    try {
      const answer = await fetch(`${address}&left=${left}&right=${right}`);
      const html = answer.ok ? await answer.text() : null;
      if (html && this.edges && number > this.shown) {
        Object.assign(this, { html, shown: number });
        this.show();
      }
    } catch {
      // The connection is lost: the framework says so.
    }
    this.asked -= 1;
    if (this.edges) this.ask(address);
  }

  // Shows the figures that came last, unless the page has drawn those of these very handles.
  show() {
    const { cards } = this;
    if (!cards || !this.html) return;
    if (!cards.dataset.moved) {
      if (cards.dataset.edges === this.edges) return;
      this.own = cards.innerHTML;
    }
    cards.innerHTML = this.html;
    cards.dataset.moved = "true";
  }

  // The handles rest and the page is drawn: the cards are its own.
  rest() {
    this.edges = this.html = null;
    this.drawn.disconnect();
    const { cards } = this;
    if (!cards?.dataset.moved) return;
    cards.innerHTML = this.own;
    delete cards.dataset.moved;
  }
}

// Shares of a whole in whole percent that add up to 100: what rounding down leaves goes to those who lost most by it.
function wholePercents(people) {
  const exact = people.map((one) => (one * 100) / (people.reduce((sum, other) => sum + other, 0) || 1));
  const percents = exact.map(Math.floor);
  const left = Math.round(exact.reduce((sum, one) => sum + one, 0)) - percents.reduce((sum, one) => sum + one, 0);
  const lost = (k) => exact[k] - percents[k];
  const order = exact.map((_, k) => k).sort((a, b) => lost(b) - lost(a));
  for (const k of order.slice(0, left)) percents[k] += 1;
  return percents;
}
