// The chip as nested rectangles with true areas: chip, tiles, PEs, and their parts; coloured by part, or by energy per area.
import { h } from "/assets/elements.js";
import { percent, three, withUnit } from "/assets/format.js";
import { LEVELS } from "/assets/parts.js";

const WIDTH = 1000, HEIGHT = 620, HEAD = 30, GAP = 5;
const HOTTEST = 8; // times the chip's mean, and the coldest is its inverse

// Rectangles of a tree of areas: {node, path, x, y, width, height, level}, levels before what is in them.
export function rectangles(tree) {
  const found = [];
  const place = (node, path, box) => {
    const isLevel = LEVELS.has(node.name) && (node.parts ?? []).length > 0;
    found.push({ node, path, ...box, level: isLevel });
    if (!isLevel) return;
    const inner = { x: box.x + GAP, y: box.y + HEAD, width: box.width - 2 * GAP, height: box.height - HEAD - GAP };
    if (inner.width <= 2 || inner.height <= 2) return;
    const parts = node.parts.filter((p) => p.value > 0).sort((a, b) => b.value - a.value);
    squarified(parts, inner).forEach((at, k) => place(parts[k], [...path, parts[k].name], at));
  };
  place(tree, [tree.name], { x: 0, y: 0, width: WIDTH, height: HEIGHT });
  return found;
}

// Squarified treemap (Bruls, Huizing, van Wijk 2000): rows are filled as long as their worst shape gets better.
export function squarified(parts, box) {
  const total = parts.reduce((sum, p) => sum + p.value, 0);
  const areas = parts.map((p) => (p.value / total) * box.width * box.height);
  const boxes = [];
  let { x, y, width, height } = box, from = 0;
  while (from < areas.length) {
    const side = Math.min(width, height);
    let to = from + 1, sum = areas[from];
    const worst = (until, all) => Math.max(...areas.slice(from, until).map((a) => Math.max((side * side * a) / (all * all), (all * all) / (side * side * a))));
    while (to < areas.length && worst(to + 1, sum + areas[to]) <= worst(to, sum)) sum += areas[to++];
    const thick = sum / side;
    let along = 0;
    for (let k = from; k < to; k++) {
      const long = areas[k] / thick;
      boxes.push(width >= height ? { x, y: y + along, width: thick, height: long } : { x: x + along, y, width: long, height: thick });
      along += long;
    }
    if (width >= height) { x += thick; width -= thick; } else { y += thick; height -= thick; }
    from = to;
  }
  return boxes;
}

// The node at a path of another tree of the same chip.
function at(tree, path) {
  let node = tree;
  for (const name of path.slice(1)) node = node?.parts?.find((p) => p.name === name);
  return node;
}

// Energy of a part over its share of the area, 1 = the chip's mean; null where it takes none.
export function density(details, path, area) {
  const energy = details.trees.energy, whole = details.trees.area;
  const own = energy && at(energy, path);
  return own && own.value > 0 ? own.value / energy.value / (area / whole.value) : null;
}

export function floorplan(details, { colour, part, heat, onpart }) {
  const tree = details.trees.area;
  if (!tree?.parts?.length) return null;
  return h("div.floor", { role: "group", "aria-label": "Floorplan with true areas; the table of parts holds the same" }, rectangles(tree).map((r) => {
    const style = { left: (100 * r.x) / WIDTH + "%", top: (100 * r.y) / HEIGHT + "%", width: (100 * r.width) / WIDTH + "%", height: (100 * r.height) / HEIGHT + "%" };
    const size = withUnit(r.node.value, r.node.unit) + ", " + percent(r.node.value / tree.value) + " of the area";
    if (r.level) return h("div.floor-level", { style, title: r.node.name + ": " + size }, r.width > 90 ? h("span", null, r.node.name === "chip" ? "chip" : r.node.name + "s", h("small", null, " " + withUnit(r.node.value, r.node.unit))) : null);
    const hot = density(details, r.path, r.node.value);
    const share = hot == null ? 0 : Math.min(1, Math.max(0, 0.5 + Math.log(hot) / Math.log(HOTTEST) / 2));
    style.background = heat ? "color-mix(in srgb, var(--hot) " + Math.round(100 * share) + "%, var(--cold))" : colour(r.node.name);
    return h("button.floor-part", { type: "button", style, "data-dim": part != null && part !== r.node.name, "data-dark": heat && share < 0.5, "aria-label": "Floorplan, " + r.path.slice(1).join(" "),
      title: r.path.slice(1).join(" › ") + ": " + size + (hot == null ? "; takes no energy" : "; energy per area " + three(hot) + " × the chip's"), onclick: () => onpart(r.node.name) },
    r.width > 95 && r.height > 42 ? h("span", null, r.node.name) : null);
  }));
}
