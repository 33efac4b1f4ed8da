// Designs by the values of two knobs, as `./kirchhoff pivot` counts them. Pure.
import { integer } from "/assets/format.js";

/**
 * Best and median value and number of designs of each pair of levels.
 *
 * @param down level of the rows' knob by design, −1 = it has none
 * @param across level of the columns' knob
 * @param value value by design, NaN = none
 * @param counts by design 1 = it is counted
 * @return cells by row, then column: { count, best, median, at: design of the best, −1 = none }
 */
export function pivot({ down, across, value, counts, n, rows, columns, maximise }) {
  const size = rows * columns;
  const ends = new Uint32Array(size + 1);
  const placeOf = (i) => {
    if (!counts[i] || down[i] < 0 || across[i] < 0 || Number.isNaN(value[i])) return -1;
    return down[i] * columns + across[i];
  };
  for (let i = 0; i < n; i++) {
    const place = placeOf(i);
    if (place >= 0) ends[place + 1]++;
  }
  for (let k = 0; k < size; k++) ends[k + 1] += ends[k];
  const filled = ends.slice(0, size);
  const sorted = new Float64Array(ends[size]);
  const best = new Int32Array(size).fill(-1);
  for (let i = 0; i < n; i++) {
    const place = placeOf(i);
    if (place < 0) continue;
    sorted[filled[place]++] = value[i];
    const before = best[place];
    if (before < 0 || (maximise ? value[i] > value[before] : value[i] < value[before])) best[place] = i;
  }
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => cellOf(r * columns + c, ends, sorted, best, value)),
  );
}

function cellOf(place, ends, sorted, best, value) {
  const count = ends[place + 1] - ends[place];
  if (!count) return { count, best: null, median: null, at: -1 };
  const values = sorted.subarray(ends[place], ends[place + 1]).sort();
  const median = (values[(count - 1) >> 1] + values[count >> 1]) / 2;
  return { count, best: value[best[place]], median, at: best[place] };
}

/**
 * Sentence on the designs that a table counts, with the command that has the others; empty if it counts all of a run. The
 * rows of a large sweep are in a file: `pivot` reads the sample of the log, `export` the rows.
 *
 * @param run its id, and swept: { rows } of a large sweep
 * @param data thinned: whether some designs were dropped, and note: a sentence on it
 */
export function sampleNotice(run, data) {
  const kept = data.thinned ? data.note + "; the table counts the sample" : "";
  if (run?.swept) {
    const counted = kept || "The table counts the designs of the log";
    const rows = ", a sample of a sweep of " + integer(run.swept.rows) + " rows. ";
    return counted + rows + "All rows: ./kirchhoff export " + run.id + " --output rows.csv";
  }
  return kept && kept + ". All designs: ./kirchhoff pivot " + run?.id + " …";
}

/** Levels that designs have, in their order: rows or columns of a table without those that are empty. */
export function levelsWithDesigns(column, counts, n, levels) {
  const has = new Uint8Array(levels);
  for (let i = 0; i < n; i++) if (counts[i] && column[i] >= 0) has[column[i]] = 1;
  return [...has.keys()].filter((level) => has[level]);
}

/** Place of each value between the worst (0) and the best (1), on a linear or logarithmic scale. */
export function shades(values, { logarithmic = false, maximise = true } = {}) {
  const at = (value) => (value == null || (logarithmic && value <= 0) ? NaN : logarithmic ? Math.log(value) : value);
  const places = values.map(at);
  const known = places.filter((place) => Number.isFinite(place));
  const least = Math.min(...known);
  const most = Math.max(...known);
  return places.map((place) => {
    if (!Number.isFinite(place)) return null;
    const share = most > least ? (place - least) / (most - least) : 1;
    return maximise ? share : 1 - share;
  });
}
