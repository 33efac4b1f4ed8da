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
 * Outcome of a comparison by one objective in words: `bold`, the statement about designs of these letters; `share`, the draws
 * in which it holds, null where none is drawn; `after`, the reservation at the end.
 *
 * @param within the difference that counts as none, in words
 */
export function outcome({ verdict, modelled, aBetter, bBetter }, a, b, within) {
  const after = modelled ? "" : "; no error is modelled for it";
  const shareOf = (share) => (modelled ? share : null);
  switch (verdict) {
    case "same":
      return { bold: a + " and " + b + " are the same", share: null, after: "" };
    case "equal":
      return {
        bold: a + " and " + b + " are equal within " + within,
        share: shareOf(1 - aBetter - bBetter),
        after,
      };
    case "aBetter":
      return { bold: a + " is better than " + b, share: shareOf(aBetter), after };
    case "bBetter":
      return { bold: b + " is better than " + a, share: shareOf(bBetter), after };
    case "aAhead":
    case "bAhead": {
      const [winner, loser, wins] = verdict === "aAhead" ? [a, b, aBetter] : [b, a, bBetter];
      const equal = 1 - aBetter - bBetter;
      return {
        bold: winner + " is ahead of " + loser,
        share: wins,
        after:
          (equal >= 0.005 ? ", equal within " + within + " in " + draws(equal) : "") +
          "; the sources do not tell them apart",
      };
    }
    default:
      return { bold: a + " and " + b + " are not compared", share: null, after: "; one has no such figure" };
  }
}

/** Text of a server that names a pair A and B, with the letters that the two have here. */
export function lettered(text, a, b) {
  return text.replace(/\b[AB]\b/g, (letter) => (letter === "A" ? a : b));
}

const sameAxis = (a, b) => a.key === b.key && !!a.maximise === !!b.maximise && (a.band ?? null) === (b.band ?? null);

/** Axes of the first run that all others have too. */
export function sharedAxes([first = [], ...others]) {
  return first.filter((axis) => others.every((axes) => axes.some((other) => sameAxis(axis, other))));
}

/**
 * Members of a front that no other dominates by some of its objectives, and of members that are equal by these the first, each
 * with its values of these: `[[member, values]]`.
 */
export function projected(front, axes, shared) {
  const places = shared.map((axis) => axes.findIndex((own) => sameAxis(axis, own)));
  const all = front.map((member) => [member, places.map((place) => member.values[place])]);
  if (shared.length === axes.length) return all;
  const signs = shared.map((axis) => (axis.maximise ? -1 : 1));
  const covers = (a, b) => signs.every((sign, m) => sign * a[m] <= sign * b[m]);
  return all.filter(
    ([, values], i) => !all.some(([, other], j) => covers(other, values) && (!covers(values, other) || j < i)),
  );
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
