// The tree of a figure beside the formula of one of its nodes, with its source: the numbers of `explain`.
import { h } from "/assets/dom.js";
import { swatch, BAND } from "/assets/designBlocks.js";
import { LEVELS } from "/assets/parts.js";
import { withUnit, percent, bandOf, quantity } from "/assets/format.js";
import { hinted } from "/assets/hint.js";

// The levels of the hierarchy are open at first.
const isLevel = (row) => row.depth === 0 || LEVELS.has(row.node.name);

const TREES = [
  ["energy", "Energy"],
  ["area", "Area"],
  ["latency", "Time"],
  ["power", "Peak power, every crossbar busy"],
];

/** Marks of silicon that the models were not fitted to, from the words of a source. */
export function marksOf(node) {
  return ["extrapolated", "unfitted"].filter((word) => (node.source ?? "").includes(word));
}

function marksBelow(node) {
  return [...new Set([...marksOf(node), ...(node.parts ?? []).flatMap(marksBelow)])];
}

function nodeAt(root, path) {
  let node = root;
  for (const at of path) node = node?.parts?.[at];
  return node ?? root;
}

/** The path of the first node of a name, indices from the root; null if there is none. */
export function pathOf(root, name) {
  for (let k = 0; k < (root.parts ?? []).length; k++) {
    if (root.parts[k].name === name) return [k];
    const below = pathOf(root.parts[k], name);
    if (below) return [k, ...below];
  }
  return null;
}

/**
 * @param state `{ which, path, open: Set of path texts }` of this view; `onchange(part)` merges into it
 */
export function costTree(details, state, onchange) {
  const names = TREES.filter(([which]) => details.trees[which]);
  const which = names.some(([name]) => name === state.which) ? state.which : names[0]?.[0];
  if (!which) return h("p.none.muted", null, "There is no cost tree.");
  const root = details.trees[which];
  const rows = [];
  const visit = (node, path, depth) => {
    const key = path.join(".");
    const isOpen = isLevel({ node, depth }) ? !state.open.has("-" + key) : state.open.has(key);
    rows.push({ node, path, depth, key, isOpen, isLeaf: !(node.parts ?? []).length });
    if (!isOpen) return;
    const order = (node.parts ?? [])
      .map((part, at) => [part, at])
      .sort(([a], [b]) => (which === "latency" ? 0 : b.value - a.value));
    for (const [part, at] of order) visit(part, [...path, at], depth + 1);
  };
  visit(root, [], 0);
  const here = state.path.join(".");
  const toggle = (row) => {
    const open = new Set(state.open);
    const word = isLevel(row) ? "-" + row.key : row.key;
    if (open.has(word)) open.delete(word);
    else open.add(word);
    onchange({ open });
  };
  const keys = (event) => {
    const at = rows.findIndex((row) => row.key === here);
    const row = rows[at] ?? rows[0];
    const to = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[event.key];
    if (to) onchange({ path: to.path });
    else if (event.key === "ArrowRight" && !row.isLeaf && !row.isOpen) toggle(row);
    else if (event.key === "ArrowLeft" && !row.isLeaf && row.isOpen && row.depth) toggle(row);
    else if (event.key === "ArrowLeft" && row.depth) onchange({ path: row.path.slice(0, -1) });
    else return;
    event.preventDefault();
    requestAnimationFrame(() => document.querySelector("[role=treeitem][aria-selected=true]")?.focus());
  };
  return h(
    "div.cost",
    null,
    h(
      "div.choice",
      { role: "group", "aria-label": "Figure" },
      names.map(([name, title]) =>
        h(
          "button.quiet",
          {
            key: name,
            type: "button",
            "aria-pressed": String(name === which),
            onclick: () => onchange({ which: name, path: [], open: new Set() }),
          },
          title,
          " ",
          h("small", null, withUnit(details.trees[name].value, details.trees[name].unit)),
        ),
      ),
    ),
    h(
      "div.cost-panes",
      null,
      h(
        "div.cost-tree",
        { role: "tree", "aria-label": "Cost tree", "data-keys": true, onkeydown: keys },
        rows.map((row) =>
          h(
            "div.cost-row",
            {
              key: row.key || "root",
              role: "treeitem",
              "aria-level": row.depth + 1,
              "aria-expanded": row.isLeaf ? null : String(row.isOpen),
              "aria-selected": String(row.key === here),
              tabindex: row.key === here ? 0 : -1,
              style: { "--depth": row.depth },
              onclick: () => onchange({ path: row.path }),
              ondblclick: () => !row.isLeaf && toggle(row),
            },
            h(
              "span.twist",
              {
                "aria-hidden": "true",
                onclick: (event) => {
                  if (!row.isLeaf) {
                    event.stopPropagation();
                    toggle(row);
                  }
                },
              },
              row.isLeaf ? "" : row.isOpen ? "▾" : "▸",
            ),
            isPart(row, root) ? swatch(row.node.name) : null,
            h(
              "span.cost-name",
              hinted(row.node.name),
              row.node.name,
              row.isOpen ? null : marksBelow(row.node).map((mark) => h("span.mark-word", { key: mark }, mark)),
              row.isOpen ? marksOf(row.node).map((mark) => h("span.mark-word", { key: mark }, mark)) : null,
            ),
            h("span.cost-value", null, withUnit(row.node.value, row.node.unit)),
            h("span.cost-share", null, percent(row.node.value / root.value)),
            h(
              "span.cost-bar",
              { "aria-hidden": "true" },
              h("i", { style: { width: (100 * row.node.value) / root.value + "%" } }),
            ),
          ),
        ),
      ),
      formula(nodeAt(root, state.path), root, trail(root, state.path)),
    ),
  );
}

// Parts of the hierarchy have colours; levels and what a part is made of have none.
function isPart(row, root) {
  if (row.depth === 0 || LEVELS.has(row.node.name)) return false;
  return trail(root, row.path.slice(0, -1)).every((name) => LEVELS.has(name));
}

function trail(root, path) {
  const names = [root.name];
  let node = root;
  for (const at of path) {
    node = node.parts?.[at];
    if (!node) break;
    names.push(node.name);
  }
  return names;
}

function formula(node, root, names) {
  const [head, ...more] = (node.formula ?? "").split("; ");
  const [value, of] = quantity(node.value, node.unit);
  return h(
    "aside.formula-pane",
    { "aria-label": "Formula", "aria-live": "polite" },
    h("p.small.muted", null, names.slice(0, -1).join(" › ")),
    h(
      "h3",
      null,
      node.name,
      marksOf(node).map((mark) =>
        h("span.mark-word", { key: mark, title: "The models were not fitted to silicon there" }, mark),
      ),
    ),
    h(
      "p.formula-value",
      null,
      h("b", null, value),
      " " + of,
      h("span.muted", null, " " + percent(node.value / root.value) + " of the whole"),
    ),
    node.spread
      ? h(
          "p.small",
          { title: BAND },
          "Band " + bandOf(node) + " " + of,
          node.spread.reason ? h("span.muted", null, ": " + node.spread.reason) : null,
        )
      : null,
    head
      ? [
          h("h4", null, "Formula"),
          h("p.formula-text", null, head),
          more.map((part, k) => h("p.formula-text", { key: k }, part)),
        ]
      : null,
    !head && node.parts?.length ? h("p.small.muted", null, "The sum of its " + node.parts.length + " parts.") : null,
    node.source
      ? [
          h("h4", null, "Source"),
          h(
            "ul.sources",
            null,
            node.source.split("; ").map((part, k) => h("li", { key: k }, part)),
          ),
        ]
      : null,
  );
}
