// Steps of a what-if: knobs that moved and settings, their text in an address, and the parameters of a request. Pure.
import { groupPath, valueText } from "/assets/knobs.js";

// One step: `{ moves: [[knob, ordinal]] }` or `{ set: "path=value" }`.
const MOVE = /^(\d{1,6})(?:-(\d{1,6}))?:(\d{1,6})$/;

/** Steps of the text of an address, "12:3;2-21:1;cell.device=pcm"; what is none is left out. */
export function readSteps(text) {
  return (text ?? "")
    .split(";")
    .map((part) => {
      const [, from, to = from, ordinal] = part.match(MOVE) ?? [];
      if (from !== undefined && to - from < 1000) {
        const count = Number(to) - Number(from) + 1;
        return { moves: Array.from({ length: Math.max(0, count) }, (_, k) => [Number(from) + k, Number(ordinal)]) };
      }
      return /^[A-Za-z][^=]*=./.test(part) ? { set: part } : null;
    })
    .filter((step) => step && (step.set || step.moves.length));
}

/** The text of steps in an address. */
export function stepsText(steps) {
  return steps
    .map((step) => {
      if (step.set) return step.set.replaceAll(";", ",");
      const [[first, ordinal]] = step.moves;
      const last = step.moves.at(-1)[0];
      return (last > first ? first + "-" + last : first) + ":" + ordinal;
    })
    .join(";");
}

/** Parameters of a request: moves in their order, of each setting the last. */
export function stepsQuery(steps) {
  const query = new URLSearchParams();
  const settings = new Map();
  for (const step of steps) {
    if (step.set) settings.set(step.set.split("=")[0], step.set);
    else for (const [knob, ordinal] of step.moves) query.append("knob", knob + ":" + ordinal);
  }
  for (const setting of settings.values()) query.append("set", setting);
  return query.toString();
}

/** Steps without those that a later one overrules. */
export function settled(steps) {
  const last = new Map();
  steps.forEach((step, at) => last.set(step.set ? step.set.split("=")[0] : "knob " + step.moves[0][0], at));
  return steps.filter((step, at) => last.get(step.set ? step.set.split("=")[0] : "knob " + step.moves[0][0]) === at);
}

/** A step in words: "pe.readout.bits 6 → 7". */
export function stepWords(step, knobs, before) {
  if (step.set) return step.set.replace("=", " → ");
  const [[knob, ordinal]] = step.moves;
  const path = step.moves.length > 1 ? groupPath(knobs[knob]?.path ?? "") + ", all layers" : (knobs[knob]?.path ?? "");
  const was = before?.[knob] ?? -1;
  const from = step.moves.length === 1 && was >= 0 ? valueText(knobs[knob]?.values?.[was]) + " → " : "→ ";
  return path + " " + from + valueText(knobs[knob]?.values?.[ordinal]);
}

/** True if the values of a knob have an order: each begins with a number. */
export function isOrdered(knob) {
  return (knob.values ?? []).every((value) => /^[-+]?\d/.test(String(value).trim()));
}

/** "lowest" or "highest" where a value stands at a bound of an ordered knob, else null. */
export function boundOf(knob, ordinal) {
  const count = knob.values?.length ?? 0;
  if (count < 2 || !isOrdered(knob) || ordinal < 0) return null;
  return ordinal === 0 ? "lowest" : ordinal === count - 1 ? "highest" : null;
}

/**
 * Controls of a design: `[{ path, knobs: [index], layers, values, ordinal (−1 = several), bound, ordered }]`, one for each knob that
 * it has and one for the layers of a path together.
 */
export function controlsOf(knobs, ordinals) {
  const groups = new Map();
  knobs.forEach((knob, at) => {
    if ((ordinals[at] ?? -1) < 0) return;
    const path = groupPath(knob.path);
    if (!groups.has(path)) groups.set(path, []);
    groups.get(path).push(at);
  });
  return [...groups].map(([path, list]) => {
    const first = knobs[list[0]];
    const same = list.every((at) => ordinals[at] === ordinals[list[0]]);
    return {
      path,
      knobs: list,
      layers: list.length > 1 || first.path !== path,
      values: first.values ?? [],
      ordinal: same ? ordinals[list[0]] : -1,
      ordinals: list.map((at) => ordinals[at]),
      bound: same ? boundOf(first, ordinals[list[0]]) : null,
      ordered: isOrdered(first),
    };
  });
}

/** Words of the command that injects a changed design: its number and the knobs that have another value, or are new. */
export function injected(index, before, after, knobs) {
  const changes = after.flatMap((ordinal, at) =>
    ordinal >= 0 && ordinal !== before[at] ? [knobs[at].path + "=" + valueText(knobs[at].values[ordinal])] : [],
  );
  return ["#" + index, ...changes];
}
