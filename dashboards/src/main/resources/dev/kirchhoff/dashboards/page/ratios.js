// Why two designs differ, in logarithms of their figures. Pure.

/** Logarithmic mean of two positive numbers. */
export function logMean(a, b) {
  return a === b ? a : (a - b) / Math.log(a / b);
}

/**
 * Waterfall of ln(A/B) of a sum over its parts: `[{ name, a, b, log }]`, the largest first. Each part has (a − b) over the
 * logarithmic mean of both totals, so that they add up to ln(A/B) without a rest (logarithmic mean Divisia index).
 */
export function waterfall(a, b) {
  const names = [...new Set([...a.keys(), ...b.keys()])];
  const sum = (parts) => [...parts.values()].reduce((s, value) => s + value, 0);
  const mean = logMean(sum(a), sum(b));
  return names
    .map((name) => {
      const [x, y] = [a.get(name) ?? 0, b.get(name) ?? 0];
      return { name, a: x, b: y, log: mean > 0 ? (x - y) / mean : 0 };
    })
    .sort((x, y) => Math.abs(y.log) - Math.abs(x.log));
}

/** The first entries of a waterfall that say something, and the sum of the others. */
export function foremost(entries, most = 7, least = 0.002) {
  const shown = entries.filter((entry, at) => at < most && Math.abs(entry.log) >= least);
  const rest = entries.filter((entry) => !shown.includes(entry));
  return { shown, rest: rest.reduce((sum, entry) => sum + entry.log, 0), count: rest.length };
}

/** A logarithm of a ratio as a change, "+12 %" or "× 3.1". */
export function changeText(log, three) {
  const factor = Math.exp(log);
  if (Math.abs(factor - 1) < 0.0005) return "±0 %";
  if (factor > 2 || factor < 0.5) return "× " + three(factor);
  const percent = 100 * (factor - 1);
  const digits = Math.abs(percent) < 1 ? 2 : Math.abs(percent) < 10 ? 1 : 0;
  return (percent > 0 ? "+" : "−") + Math.abs(percent).toFixed(digits) + " %";
}

/** Share of draws as words: "97 of 100". */
export function draws(share) {
  const count = Math.round(100 * share);
  if (count === 100 && share < 1) return "more than 99 of 100";
  if (count === 0 && share > 0) return "fewer than 1 of 100";
  return count + " of 100";
}

/**
 * The step curve of a front of two objectives: for every x of a grid the best y that the front reaches at x or better; null
 * where it reaches none. `signs` are −1 of objectives that are maximised.
 */
export function attained(front, grid, [signX, signY]) {
  return grid.map((x) => {
    let best = null;
    for (const [px, py] of front) {
      if (signX * px <= signX * x && (best === null || signY * py < signY * best)) best = py;
    }
    return best;
  });
}

/** Band of the step curves of several runs: `{ low, high }` by grid point, null where a run reaches none. */
export function band(curves) {
  const at = (k) => curves.map((curve) => curve[k]);
  const length = curves[0]?.length ?? 0;
  return Array.from({ length }, (_, k) => {
    const values = at(k);
    return values.some((value) => value === null) ? null : [Math.min(...values), Math.max(...values)];
  });
}
