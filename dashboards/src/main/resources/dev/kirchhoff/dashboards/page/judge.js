// Limits, brushes and fronts over columns of designs. Pure: no document, no store.
import { limitOf } from "/assets/axes.js";

const MASKED = 30; // constraints from here on share a bit of `missed`

// Rows inside every brush; a brush is [from, to], both ends included. `columnOf(key)` gives a column, null while it loads.
export function brushed(data, brush, columnOf, into = new Uint8Array(data.n)) {
  into.fill(1);
  for (const [key, [from, to]] of brush) {
    const column = columnOf(key);
    if (!column) continue;
    for (let row = 0; row < data.n; row++) {
      const value = column[row];
      if (!(value >= from && value <= to)) into[row] = 0;
    }
  }
  return into;
}

// Limits of a run that may be moved: those on a figure, each with the places of its bits and the slack that it is judged by. A
// command to the search appends the limit that takes the place of an earlier one on the same figure; the last is in force.
export function limitsOf(header) {
  const inForce = new Map();
  (header?.constraints ?? []).forEach((text, at) => {
    const limit = limitOf(text);
    if (!limit) return;
    const figure = limit.name + (limit.atMost ? " <=" : " >=");
    const before = inForce.get(figure);
    inForce.delete(figure);
    const first = { key: "slack." + at, value: limit.value };
    inForce.set(figure, {
      ...limit,
      text,
      shownIn: limit.unit || (header.recorded?.slacks?.[at]?.unit ?? ""), // a quality is in the unit of its measure
      at,
      key: "slack." + at,
      recorded: before?.recorded ?? first,
      former: before ? [...before.former, before.at] : [],
    });
  });
  return [...inForce.values()];
}

// Rows that meet the limits, of which some are set to other values. `slackOf(key)` gives signed slacks as recorded. Limits that
// a command changed are judged by slack too: designs before the command were not judged by them.
export function meeting(data, limits, moved, slackOf, into = new Uint8Array(data.n)) {
  let others = -1;
  const judged = [];
  for (const limit of limits) {
    const value = moved.get(limit.key) ?? (limit.former.length ? limit.value : undefined);
    const slack = value === undefined ? null : slackOf(limit.recorded.key);
    if (!slack) continue;
    for (const at of [limit.at, ...limit.former]) if (at < MASKED) others &= ~(1 << at);
    const own = limit.recorded.value;
    judged.push({ slack, needed: limit.atMost ? own - value : value - own });
  }
  const none = 0x7fffffff; // no value at all
  for (let row = 0; row < data.n; row++) into[row] = data.missed[row] !== none && !(data.missed[row] & others) ? 1 : 0;
  for (const { slack, needed } of judged) {
    for (let row = 0; row < data.n; row++) if (!(slack[row] >= needed)) into[row] = 0;
  }
  return into;
}

// Rows of the front among those of a mask: no other row is at least as good in all objectives and better in one. Of equal rows
// the first. Objectives are { column, maximise }.
export function frontOf(objectives, mask, n) {
  if (!objectives.length || objectives.some(({ column }) => !column)) return new Int32Array(0);
  const rows = [];
  for (let row = 0; row < n; row++) {
    if (mask[row] && objectives.every(({ column }) => !isNaN(column[row]))) rows.push(row);
  }
  const columns = objectives.map(({ column, maximise }) =>
    Float64Array.from(rows, maximise ? (row) => -column[row] : (row) => column[row]),
  );
  const front = columns.length === 2 ? frontOfTwo(columns[0], columns[1]) : frontOfMany(columns);
  return Int32Array.from(front, (place) => rows[place]);
}

const CELLS = 2048;

// Two objectives to minimise: cells of the first keep their best second, so that few rows are left to be sorted.
function frontOfTwo(x, y) {
  const n = x.length;
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < n; row++) {
    if (x[row] < from) from = x[row];
    if (x[row] > to) to = x[row];
  }
  // Even in the square root of the distance from the best end, where fronts are steep.
  const step = CELLS / Math.sqrt(to - from || 1);
  const cells = new Int16Array(n);
  const best = new Float64Array(CELLS).fill(Infinity);
  for (let row = 0; row < n; row++) {
    const cell = Math.min(CELLS - 1, Math.floor(Math.sqrt(x[row] - from) * step));
    cells[row] = cell;
    if (y[row] < best[cell]) best[cell] = y[row];
  }
  const before = new Float64Array(CELLS); // best of all cells before
  let least = Infinity;
  for (let cell = 0; cell < CELLS; cell++) {
    before[cell] = least;
    if (best[cell] < least) least = best[cell];
  }
  const candidates = [];
  for (let row = 0; row < n; row++) if (y[row] < before[cells[row]]) candidates.push(row);
  candidates.sort((a, b) => x[a] - x[b] || y[a] - y[b] || a - b);
  const front = [];
  least = Infinity;
  for (const row of candidates) {
    if (y[row] >= least) continue;
    least = y[row];
    front.push(row);
  }
  return front;
}

// Any number of objectives: rows in the order of the sum of their ranks, each against the members so far, which only earlier
// ones can dominate.
function frontOfMany(columns) {
  const n = columns[0].length;
  const rows = Array.from({ length: n }, (_, row) => row);
  const key = new Float64Array(n);
  for (const column of columns) {
    const order = Int32Array.from(rows).sort((a, b) => column[a] - column[b]);
    let rank = 0;
    order.forEach((row, at) => {
      if (at && column[row] > column[order[at - 1]]) rank = at;
      key[row] += rank;
    });
  }
  rows.sort((a, b) => key[a] - key[b] || a - b);
  const front = [];
  const flat = []; // values of the members, one after the other
  const width = columns.length;
  const value = new Float64Array(width);
  for (const row of rows) {
    for (let k = 0; k < width; k++) value[k] = columns[k][row];
    let dominated = false;
    for (let at = 0; at < flat.length && !dominated; at += width) {
      let k = 0;
      while (k < width && flat[at + k] <= value[k]) k++;
      if (k === width) {
        dominated = true;
        // Dominating members are asked first the next time.
        for (let j = 0; at && j < width; j++)
          [flat[at + j], flat[at - width + j]] = [flat[at - width + j], flat[at + j]];
      }
    }
    if (dominated) continue;
    front.push(row);
    for (let k = 0; k < width; k++) flat.push(value[k]);
  }
  return front.sort((a, b) => a - b);
}

// Best value of each objective among the rows that meet the limits; null where none does.
export function bestUnder(data, limits, moved, slackOf, objectives) {
  const meets = meeting(data, limits, moved, slackOf);
  return objectives.map(({ column, maximise }) => {
    let best = null;
    for (let row = 0; row < data.n; row++) {
      const value = column[row];
      if (!meets[row] || isNaN(value)) continue;
      if (best == null || (maximise ? value > best : value < best)) best = value;
    }
    return best;
  });
}
