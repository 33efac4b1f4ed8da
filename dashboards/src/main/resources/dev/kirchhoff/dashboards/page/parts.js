// Parts of a chip by their names, and colours that are the same wherever a part is drawn.

export const LEVELS = new Set(["chip", "tile", "PE"]);

export const COLOURS = 9;

// Parts of the hierarchy under their names, levels taken apart; parts of one name in two levels are one.
export function components(root) {
  const found = new Map();
  const visit = (node) => {
    for (const child of node.parts ?? []) {
      if (LEVELS.has(child.name) && child.parts?.length) visit(child);
      else found.set(child.name, (found.get(child.name) ?? 0) + child.value);
    }
  };
  visit(root);
  return found;
}

// Names of the parts, those that take most energy first, then those that have area alone.
export function palette(details) {
  const largest = (tree) => (tree ? [...components(tree)].sort((a, b) => b[1] - a[1]).map(([name]) => name) : []);
  return [...new Set([...largest(details.trees.energy), ...largest(details.trees.area)])];
}

export function partColour(names, name) {
  const k = names.indexOf(name);
  return k >= 0 && k < COLOURS ? "var(--part-" + (k + 1) + ")" : "var(--part-rest)";
}
