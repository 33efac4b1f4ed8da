// Pictures of the page as files: what a canvas shows, as PNG or as SVG.
import { changed } from "/assets/store.js";
import { SvgContext, TextPath, escaped } from "/assets/svgContext.js";

// The pictures that the page shows now: [{ element, name }]; those of the smallest area, such as icons, are left out.
export function figures(within = document.getElementById("view")) {
  const found = new Map();
  for (const canvas of within.querySelectorAll("canvas")) {
    const element = canvas.closest("[data-figure], .plot, .coordinates-inner, .uplot") ?? canvas.parentElement;
    if (isLarge(element)) found.set(element, nameOf(element));
  }
  for (const svg of within.querySelectorAll("svg")) {
    if (isLarge(svg) && ![...found.keys()].some((element) => element.contains(svg))) found.set(svg, nameOf(svg));
  }
  return [...found].map(([element, name]) => ({ element, name }));
}

function isLarge(element) {
  return element.clientWidth * element.clientHeight > 12000 || element.getBoundingClientRect().width > 160;
}

function nameOf(element) {
  const section = element.closest("section[aria-label], [aria-label][role=region], figure[aria-label]");
  return (
    element.dataset.figure ||
    section?.getAttribute("aria-label") ||
    element.closest("section, .panel")?.querySelector("h2, h3")?.textContent ||
    element.getAttribute("aria-label") ||
    "Picture"
  );
}

const frame = () => new Promise((done) => requestAnimationFrame(done));

function plainImage(image) {
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/png");
}

/** A picture as the text of an SVG file. Its canvases are drawn once more, into letters and lines where that can be done. */
export async function asSvg(element) {
  const area = element.getBoundingClientRect();
  const canvases = element instanceof SVGElement ? [] : [...element.querySelectorAll("canvas")];
  const contexts = await recorded(canvases);
  const layers = canvases.map((canvas, k) => {
    const at = canvas.getBoundingClientRect();
    const [x, y] = [at.left - area.left, at.top - area.top];
    const ratio = canvas.width / at.width || 1;
    const drawn = contexts[k].text();
    return drawn
      ? '<g transform="translate(' + x + " " + y + ") scale(" + 1 / ratio + ')">\n' + drawn + "\n</g>"
      : '<image x="' +
          x +
          '" y="' +
          y +
          '" width="' +
          at.width +
          '" height="' +
          at.height +
          '" href="' +
          canvas.toDataURL("image/png") +
          '"/>';
  });
  if (element instanceof SVGElement) layers.push(styled(element).outerHTML);
  const style = getComputedStyle(document.documentElement);
  const [width, height] = [Math.ceil(area.width), Math.ceil(area.height)];
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="' +
    width +
    '" height="' +
    height +
    '" viewBox="0 0 ' +
    width +
    " " +
    height +
    '">\n' +
    '<rect width="100%" height="100%" fill="' +
    escaped(style.getPropertyValue("--surface").trim()) +
    '"/>\n' +
    layers.join("\n") +
    "\n" +
    letters(element, area)
      .map((text) => text.svg)
      .join("\n") +
    "\n</svg>\n"
  );
}

// Draws canvases into files: while their views draw, the context that they get is one that writes.
async function recorded(canvases) {
  const measure = document.createElement("canvas").getContext("2d");
  const contexts = canvases.map(() => new SvgContext(measure, plainImage));
  const { Path2D } = window;
  window.Path2D = TextPath;
  canvases.forEach((canvas, k) => (canvas.getContext = () => contexts[k]));
  try {
    changed("theme"); // all views draw themselves anew
    await frame();
    await frame();
  } finally {
    window.Path2D = Path2D;
    for (const canvas of canvases) delete canvas.getContext;
    changed("theme");
  }
  return contexts;
}

// Letters of the page that lie over a picture.
function letters(element, area) {
  const found = [];
  if (element instanceof SVGElement) return found;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const parent = node.parentElement;
    if (!text || parent.closest("[hidden], canvas, svg, select, .card-hover, .u-legend")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const at = range.getBoundingClientRect();
    if (!at.width || at.right < area.left || at.left > area.right) continue;
    const style = getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    const [x, y] = [at.left - area.left, at.top - area.top + (at.height - size) / 2 + 0.8 * size];
    found.push({
      text,
      x,
      y,
      style,
      svg:
        '<text x="' +
        x.toFixed(1) +
        '" y="' +
        y.toFixed(1) +
        '" font-size="' +
        size +
        '" font-family="' +
        escaped(style.fontFamily) +
        '" font-weight="' +
        style.fontWeight +
        '" fill="' +
        escaped(style.color) +
        '">' +
        escaped(text) +
        "</text>",
    });
  }
  return found;
}

const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-size",
  "font-family",
  "font-weight",
  "text-anchor",
  "fill-opacity",
  "stroke-opacity",
];

// A copy of an SVG with the styles that the page gives it.
function styled(svg) {
  const copy = svg.cloneNode(true);
  const [from, to] = [
    [svg, ...svg.querySelectorAll("*")],
    [copy, ...copy.querySelectorAll("*")],
  ];
  from.forEach((element, k) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) to[k].style.setProperty(name, style.getPropertyValue(name));
  });
  const area = svg.getBoundingClientRect();
  copy.setAttribute("width", area.width);
  copy.setAttribute("height", area.height);
  return copy;
}

/** A picture as the bytes of a PNG file, in the pixels of the screen. */
export async function asPng(element) {
  const area = element.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(area.width * ratio);
  canvas.height = Math.ceil(area.height * ratio);
  const g = canvas.getContext("2d");
  g.scale(ratio, ratio);
  g.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
  g.fillRect(0, 0, area.width, area.height);
  if (element instanceof SVGElement) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(await asSvg(element));
    await image.decode();
    g.drawImage(image, 0, 0, area.width, area.height);
  }
  for (const layer of element.querySelectorAll("canvas")) {
    const at = layer.getBoundingClientRect();
    g.drawImage(layer, at.left - area.left, at.top - area.top, at.width, at.height);
  }
  for (const { text, x, y, style } of letters(element, area)) {
    g.font = style.fontWeight + " " + style.fontSize + " " + style.fontFamily;
    g.fillStyle = style.color;
    g.fillText(text, x, y);
  }
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Gives the user a file. */
export function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
