// People as dots on the force bar, one for ten or, of a great force, for more. When people move, as many dots fly from the tier that loses them to the
// one that gains them. Drawn by the browser alone; with reduced motion the dots are simply there.
const ROWS = 4;
const FLIGHT_MS = 900;
const SKY = 22; // Pixels of the canvas over the bar, where dots fly.

class Dots {
  constructor(canvas) {
    this.canvas = canvas;
    this.tiers = null;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    new ResizeObserver(() => this.tiers && this.place()).observe(canvas);
  }

  show(people, aDot) {
    this.people = people;
    const wanted = people.map((n) => Math.round(n / aDot));
    const isFirst = !this.tiers;
    this.tiers ??= people.map(() => []);
    const movers = this.tiers.flatMap((dots, k) => spread(Math.max(dots.length - wanted[k], 0), dots.length).map((at) => dots[at]));
    const left = new Set(movers);
    this.tiers = this.tiers.map((dots, k) => {
      const stay = dots.filter((dot) => !left.has(dot));
      for (const at of spread(Math.max(wanted[k] - stay.length, 0), wanted[k])) stay.splice(at, 0, this.take(movers, isFirst));
      return stay;
    });
    this.place();
  }

  // A dot that left its tier and now flies, or a new one.
  take(movers, isFirst) {
    const dot = movers.shift();
    if (!dot) return { start: -FLIGHT_MS };
    const start = this.still.matches || isFirst ? -FLIGHT_MS : performance.now();
    return { start, from: [dot.x, dot.y] };
  }

  // Gives every dot its place in its part of the bar.
  place() {
    const { clientWidth: wide, clientHeight: high } = this.canvas;
    const total = this.people.reduce((sum, n) => sum + n, 0);
    let edge = 0;
    this.tiers.forEach((dots, k) => {
      const width = (this.people[k] / total) * wide;
      const columns = Math.ceil(dots.length / ROWS) || 1;
      dots.forEach((dot, i) => {
        dot.to = [edge + ((Math.floor(i / ROWS) + 0.5) / columns) * width, SKY + (((i % ROWS) + 0.5) / ROWS) * (high - SKY)];
      });
      edge += width;
    });
    if (!this.frame) this.draw(performance.now());
  }

  draw(now) {
    const { canvas } = this;
    if (canvas.clientHeight <= SKY) return; // not on screen yet
    const scale = devicePixelRatio;
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.round(side * scale));
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
    const paint = canvas.getContext("2d");
    paint.setTransform(scale, 0, 0, scale, 0, 0);
    paint.clearRect(0, 0, wide, high);
    const radius = (canvas.clientHeight - SKY) / ROWS / 4.2;
    const flying = [];
    for (const dot of this.tiers.flat()) {
      const done = Math.min((now - dot.start) / FLIGHT_MS, 1);
      if (done < 1) flying.push(dot);
      const eased = done * done * (3 - 2 * done);
      const from = done < 1 ? dot.from : dot.to;
      dot.x = from[0] + (dot.to[0] - from[0]) * eased;
      dot.y = from[1] + (dot.to[1] - from[1]) * eased - (done < 1 ? Math.sin(Math.PI * eased) * SKY : 0);
      circle(paint, dot, radius, "rgb(255 255 255 / 55%)");
    }
    for (const dot of flying) {
      circle(paint, dot, radius * 1.9, "rgb(0 0 0 / 85%)");
      circle(paint, dot, radius * 1.3, "rgb(255 255 255)");
    }
    this.frame = flying.length ? requestAnimationFrame((time) => this.draw(time)) : null;
    canvas.dataset.flying = flying.length;
    canvas.dataset.dots = this.tiers.map((dots) => dots.length).join(" ");
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
  }
}

// So many places among all of them, evenly apart.
function spread(count, all) {
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) / count) * all));
}

function circle(paint, { x, y }, radius, colour) {
  paint.fillStyle = colour;
  paint.beginPath();
  paint.arc(x, y, radius, 0, 2 * Math.PI);
  paint.fill();
}
