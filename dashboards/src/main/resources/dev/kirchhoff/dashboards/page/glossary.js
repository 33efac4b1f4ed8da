// Look-up of terms: words of the glossary, and keys of the spec by the paths of knobs. Pure.

/** An index over what the server explains: `{ terms: [{ words, meaning }], keys: [{ path, kind, meaning, least, most }] }`. */
export function glossaryOf({ terms = [], keys = [] } = {}) {
  const words = new Map();
  for (const { words: names, meaning } of terms)
    for (const name of names) words.set(name.toLowerCase(), { name, meaning });
  const paths = new Map();
  for (const key of keys) {
    if (!paths.has(key.path)) paths.set(key.path, []);
    paths.get(key.path).push(key);
  }
  return { words, paths, terms };
}

// "senseAmplifier" as "sense amplifier".
function spelt(term) {
  return term.replace(/([a-z])([A-Z])/g, (_, a, b) => a + " " + b.toLowerCase());
}

const LIMITED = /\s*(<=|>=|≤|≥|=).*$/; // the bound behind the name of a figure

/** Meaning of a term or of a knob's path, or null. */
export function meaningOf(glossary, term) {
  const text = String(term ?? "").trim();
  const path = text.replace(/\[[^\]]*\]$/, "");
  const key = glossary.paths.get(path)?.[0];
  if (key && path.includes(".")) return key.meaning;
  const limited = text.replace(LIMITED, "");
  for (const word of [text, spelt(text), spelt(text).replace(/s$/, ""), limited]) {
    const found = glossary.words.get(word.toLowerCase());
    if (found) return found.meaning;
  }
  return key?.meaning ?? null;
}

/** Meanings of the variables of a run's spec that are knobs, by name: the formulas that they are in. */
export function variablesOf(header) {
  const names = (header?.knobs ?? []).map(({ path }) => path).filter((path) => /^\w+$/.test(path));
  const formulas = formulasOf(header?.spec ?? {});
  const uses = (name) => formulas.filter((text) => new RegExp("= .*\\b" + name + "\\b").test(text)).join("; ");
  const used = names.filter((name) => uses(name)); // other paths without a dot are keys of the spec
  return new Map(used.map((name) => [name, "variable that this spec defines under let; it sets " + uses(name)]));
}

/** Formulas of a part of a spec, "crossbar.rows = side", named by the last two keys of their paths. */
function formulasOf(part, path = []) {
  if (typeof part === "string") return part.startsWith("= ") ? [path.slice(-2).join(".") + " " + part] : [];
  if (!part || typeof part !== "object") return [];
  return Object.entries(part).flatMap(([key, inner]) => formulasOf(inner, [...path, key]));
}

/** Range of whole numbers that the grammar allows a knob, `{ least, most }`, or null; of a knob of a kind that of the kind. */
export function rangeOf(glossary, path, kind = null) {
  const keys = glossary.paths.get(String(path).replace(/\[[^\]]*\]$/, "")) ?? [];
  const key = keys.find((one) => one.kind === kind) ?? (kind == null ? keys[0] : null);
  return key?.least == null ? null : { least: key.least, most: key.most };
}

/**
 * Terms, variables of the run and keys of the spec that match a text, those first that open with it: { words, meaning }. A key is
 * found by its path and by its last name.
 */
export function search(glossary, text, variables = new Map(), most = 12) {
  const sought = text.trim().toLowerCase();
  if (!sought) return [];
  const rank = ({ words, meaning }) => {
    const names = words.flatMap((word) => [word.toLowerCase(), word.toLowerCase().split(".").at(-1)]);
    if (names.includes(sought)) return 0;
    if (names.some((name) => name.startsWith(sought))) return 1;
    if (names.some((name) => name.includes(sought))) return 2;
    return meaning.toLowerCase().includes(sought) ? 3 : 4;
  };
  const keys = [...glossary.paths].filter(([path]) => path.includes("."));
  return [
    ...[...variables].map(([name, meaning]) => ({ words: [name], meaning })),
    ...glossary.terms,
    ...keys.map(([path, [{ meaning }]]) => ({ words: [path], meaning })),
  ]
    .map((term) => [rank(term), term])
    .filter(([place]) => place < 4)
    .sort((a, b) => a[0] - b[0])
    .slice(0, most)
    .map(([, term]) => term);
}
