// Parts of a chip by their names, each with one colour wherever it is drawn. Pure.

export const LEVELS = new Set(["chip", "tile", "PE"]);

// Colours by name: one hue a family (array, rows, conversion, logic, memory, transport, chip), told apart without red and
// green; the values for light and dark are in design.css.
const COLOURED = new Set([
  "crossbar",
  "input",
  "rowSelector",
  "readout",
  "frontEnd",
  "sampleHold",
  "columnMux",
  "transpose",
  "feedback",
  "shiftAdd",
  "vector",
  "random",
  "relu",
  "sigmoid",
  "maxPool",
  "buffer",
  "globalBuffer",
  "inputRegister",
  "outputRegister",
  "bus",
  "interconnect",
  "io",
  "writeDriver",
  "refresh",
  "control",
]);

/** The colour of a part, by its name alone. */
export function partColour(name) {
  return COLOURED.has(name) ? "var(--part-" + name + ")" : "var(--part-rest)";
}

/**
 * Parts of a cost tree as the terminal prints them, the largest first: `[{ key, name, level, label, node, value, share }]`. Parts
 * of one name at two levels are two parts; their labels tell the level.
 */
export function partsOf(root) {
  const found = [];
  const visit = (node, level) => {
    for (const child of node.parts ?? []) {
      if (LEVELS.has(child.name) && child.parts?.length) visit(child, child.name);
      else {
        const share = root.value ? child.value / root.value : 0;
        found.push({ key: level + "." + child.name, name: child.name, level, node: child, value: child.value, share });
      }
    }
  };
  visit(root, LEVELS.has(root.name) ? root.name : "chip");
  const levels = new Map();
  for (const part of found) levels.set(part.name, new Set([...(levels.get(part.name) ?? []), part.level]));
  for (const part of found)
    part.label = levels.get(part.name).size > 1 ? part.name + " (" + part.level + ")" : part.name;
  return found.sort((a, b) => b.value - a.value);
}

/** Stages of the time of one inference, in their order; a single level of networks is left out. */
export function stagesOf(root) {
  let at = root;
  while (at.parts?.length === 1 && at.parts[0].parts?.length) at = at.parts[0];
  return (at.parts ?? []).filter((stage) => stage.value > 0);
}
