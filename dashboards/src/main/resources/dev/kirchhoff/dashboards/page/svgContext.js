// A drawing context of a canvas that writes SVG: the same calls that draw a view on the screen draw it into a file, with
// letters as letters and lines as lines. Images stay images.

const number = (value) => String(Math.round(value * 100) / 100);
const escaped = (text) =>
  String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A path that is known as the text of an SVG path too; stands in for Path2D while a view is drawn into a file. */
export class TextPath extends Path2D {
  constructor(path) {
    super(path ?? "");
    this.parts = path instanceof TextPath ? [...path.parts] : [];
  }
  moveTo(x, y) {
    super.moveTo(x, y);
    this.parts.push("M" + number(x) + " " + number(y));
  }
  lineTo(x, y) {
    super.lineTo(x, y);
    this.parts.push((this.parts.length ? "L" : "M") + number(x) + " " + number(y));
  }
  bezierCurveTo(a, b, c, d, x, y) {
    super.bezierCurveTo(a, b, c, d, x, y);
    this.parts.push("C" + [a, b, c, d, x, y].map(number).join(" "));
  }
  quadraticCurveTo(a, b, x, y) {
    super.quadraticCurveTo(a, b, x, y);
    this.parts.push("Q" + [a, b, x, y].map(number).join(" "));
  }
  rect(x, y, width, height) {
    super.rect(x, y, width, height);
    this.parts.push(
      "M" + number(x) + " " + number(y) + "h" + number(width) + "v" + number(height) + "h" + number(-width) + "Z",
    );
  }
  roundRect(x, y, width, height) {
    this.rect(x, y, width, height);
  }
  closePath() {
    super.closePath();
    this.parts.push("Z");
  }
  addPath(path) {
    super.addPath(path);
    this.parts.push(...path.parts);
  }
  arc(x, y, radius, from, to, back = false) {
    this.ellipse(x, y, radius, radius, 0, from, to, back);
  }
  ellipse(x, y, rx, ry, turn, from, to, back = false) {
    super.ellipse(x, y, rx, ry, turn, from, to, back);
    const at = (angle) => number(x + rx * Math.cos(angle)) + " " + number(y + ry * Math.sin(angle));
    const whole = Math.abs(to - from) >= 2 * Math.PI - 1e-6;
    const size = number(rx) + " " + number(ry) + " 0 ";
    const sweep = back ? "0 " : "1 ";
    this.parts.push((this.parts.length && !whole ? "L" : "M") + at(from));
    if (whole) {
      this.parts.push("A" + size + "1 " + sweep + at(from + Math.PI) + "A" + size + "1 " + sweep + at(from) + "Z");
    } else {
      const large = Math.abs(to - from) > Math.PI ? "1 " : "0 ";
      this.parts.push("A" + size + large + sweep + at(to));
    }
  }
  toString() {
    return this.parts.join("");
  }
}

const PLAIN = {
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  globalAlpha: 1,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  lineCap: "butt",
  lineJoin: "miter",
};
const ANCHORS = { start: "start", left: "start", center: "middle", end: "end", right: "end" };
const BASELINES = { top: 0.8, hanging: 0.8, middle: 0.35, bottom: -0.2, ideographic: -0.2, alphabetic: 0 };

/**
 * A context whose `text()` is the drawing as SVG elements.
 *
 * @param measure context of a canvas, which measures letters
 * @param asImage gives the address of an image as data
 */
export class SvgContext {
  constructor(measure, asImage) {
    Object.assign(this, PLAIN);
    this.measure = measure;
    this.asImage = asImage;
    this.dash = [];
    this.matrix = [1, 0, 0, 1, 0, 0];
    this.clipping = "";
    this.stack = [];
    this.elements = [];
    this.clips = 0;
    this.path = new TextPath();
  }

  save() {
    const kept = { dash: this.dash, matrix: [...this.matrix], clipping: this.clipping };
    for (const key of Object.keys(PLAIN)) kept[key] = this[key];
    this.stack.push(kept);
  }
  restore() {
    Object.assign(this, this.stack.pop());
  }
  setTransform(...matrix) {
    this.matrix =
      matrix.length === 1 ? [matrix[0].a, matrix[0].b, matrix[0].c, matrix[0].d, matrix[0].e, matrix[0].f] : matrix;
  }
  resetTransform() {
    this.matrix = [1, 0, 0, 1, 0, 0];
  }
  transform(a, b, c, d, e, f) {
    const [p, q, r, s, t, u] = this.matrix;
    this.matrix = [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u];
  }
  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }
  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }
  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }
  setLineDash(dash) {
    this.dash = [...dash];
  }
  getLineDash() {
    return [...this.dash];
  }

  clearRect() {
    this.elements.length = 0; // views clear the whole canvas before they draw it anew
  }
  beginPath() {
    this.path = new TextPath();
  }
  moveTo(...at) {
    this.path.moveTo(...at);
  }
  lineTo(...at) {
    this.path.lineTo(...at);
  }
  bezierCurveTo(...at) {
    this.path.bezierCurveTo(...at);
  }
  quadraticCurveTo(...at) {
    this.path.quadraticCurveTo(...at);
  }
  rect(...at) {
    this.path.rect(...at);
  }
  roundRect(...at) {
    this.path.roundRect(...at);
  }
  arc(...at) {
    this.path.arc(...at);
  }
  ellipse(...at) {
    this.path.ellipse(...at);
  }
  closePath() {
    this.path.closePath();
  }
  clip(given) {
    const path = given instanceof TextPath ? given : this.path;
    const id = "clip" + ++this.clips + "-" + Math.random().toString(36).slice(2, 8);
    this.elements.push('<clipPath id="' + id + '"><path d="' + path + '"' + this.placed() + "/></clipPath>");
    this.clipping = ' clip-path="url(#' + id + ')"';
  }
  fill(path) {
    this.put("path", ' d="' + (path instanceof TextPath ? path : this.path) + '"' + this.filled());
  }
  stroke(path = this.path) {
    this.put("path", ' d="' + path + '"' + this.stroked());
  }
  fillRect(x, y, width, height) {
    this.put("rect", box(x, y, width, height) + this.filled());
  }
  strokeRect(x, y, width, height) {
    this.put("rect", box(x, y, width, height) + this.stroked());
  }
  fillText(text, x, y) {
    this.letters(text, x, y, this.filled());
  }
  strokeText(text, x, y) {
    this.letters(text, x, y, this.stroked());
  }
  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }
  drawImage(image, ...at) {
    const [x, y, width = image.width, height = image.height] = at.length > 4 ? at.slice(4) : at;
    this.put(
      "image",
      box(x, y, width, height) +
        ' preserveAspectRatio="none" style="image-rendering:pixelated" href="' +
        this.asImage(image) +
        '"',
    );
  }
  createLinearGradient() {
    return { addColorStop() {} };
  }

  letters(text, x, y, paint) {
    const [, style = "", size = "10", family = "sans-serif"] = this.font.match(/^(.*?)([\d.]+)px\s+(.+)$/) ?? [];
    const weight = style.match(/\b(\d{3}|bold)\b/)?.[1];
    this.put(
      "text",
      ' x="' +
        number(x) +
        '" y="' +
        number(y + (BASELINES[this.textBaseline] ?? 0) * Number(size)) +
        '" font-size="' +
        size +
        '" font-family="' +
        escaped(family) +
        '"' +
        (weight ? ' font-weight="' + weight + '"' : "") +
        ' text-anchor="' +
        (ANCHORS[this.textAlign] ?? "start") +
        '"' +
        paint,
      escaped(text),
    );
  }
  filled() {
    return ' fill="' + escaped(this.fillStyle) + '"' + this.faded();
  }
  stroked() {
    return (
      ' fill="none" stroke="' +
      escaped(this.strokeStyle) +
      '" stroke-width="' +
      number(this.lineWidth) +
      '"' +
      (this.dash.length ? ' stroke-dasharray="' + this.dash.map(number).join(" ") + '"' : "") +
      (this.lineCap === "butt" ? "" : ' stroke-linecap="' + this.lineCap + '"') +
      this.faded()
    );
  }
  faded() {
    return this.globalAlpha < 1 ? ' opacity="' + number(this.globalAlpha) + '"' : "";
  }
  placed() {
    const plain = this.matrix.every((value, k) => value === (k === 0 || k === 3 ? 1 : 0));
    return plain ? "" : ' transform="matrix(' + this.matrix.map((v) => Number(v.toFixed(5))).join(" ") + ')"';
  }
  put(name, attributes, content = "") {
    const element = "<" + name + attributes + this.placed() + (content ? ">" + content + "</" + name + ">" : "/>");
    this.elements.push(this.clipping ? "<g" + this.clipping + ">" + element + "</g>" : element);
  }

  /** The drawing as elements of an SVG. */
  text() {
    return this.elements.join("\n");
  }
}

function box(x, y, width, height) {
  const [left, top] = [Math.min(x, x + width), Math.min(y, y + height)];
  return (
    ' x="' +
    number(left) +
    '" y="' +
    number(top) +
    '" width="' +
    number(Math.abs(width)) +
    '" height="' +
    number(Math.abs(height)) +
    '"'
  );
}

export { escaped };
