// Limits, brushes and fronts over columns of designs. Pure: no document, no store.
import { room } from "/assets/analysis.js";

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

const LIMIT = /^(.+?)\s*(<=|>=)\s*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(.*)$/i;
const REMOVED = "removed: "; // before the text of a limit that a command took back
const NO_VALUE = 0x7fffffff; // mask of a design that has no value at all

// A limit as parts: name of the figure, direction, value, unit; null for limits that physics sets.
export function limitOf(text) {
  const found = String(text).match(LIMIT);
  return found && { name: found[1], atMost: found[2] === "<=", value: Number(found[3]), unit: found[4].trim() };
}

const figureOf = (limit) => limit.name.replaceAll(" ", "") + (limit.atMost ? "<=" : ">=");
const bitOf = (at) => (at < MASKED ? 1 << at : 0);

// Limits of a run in force that may be moved: those on a figure, each with the places of its bits and with `recorded`, the column
// of slacks that it is judged by and the value that these are slacks to. A command replaces the text of a limit in its place, or
// appends one; of several on one figure the last is in force.
export function limitsOf(header) {
  const inForce = new Map();
  const slacks = header?.recorded?.slacks;
  (header?.constraints ?? []).forEach((text, at) => {
    const limit = limitOf(text);
    if (!limit || text.startsWith(REMOVED)) return;
    const before = inForce.get(figureOf(limit));
    inForce.delete(figureOf(limit));
    const key = "slack." + at;
    const stated = slacks ? limitOf(slacks[at]?.name ?? "") : limit;
    inForce.set(figureOf(limit), {
      ...limit,
      text,
      shownIn: limit.unit || (slacks?.[at]?.unit ?? unitOf(header, limit.name)), // a quality is in the unit of its measure
      at,
      key,
      recorded: before?.recorded ?? { key, value: stated?.value ?? limit.value },
      former: before ? [...before.former, before.at] : [],
      isAdded: slacks != null && at >= slacks.length,
    });
  });
  return [...inForce.values()];
}

/** A limit with another value as a constraint reads, with the unit that it is in. */
export function limitText(limit, value = limit.value) {
  if (value === limit.value && limit.unit) return limit.text;
  return (limit.name + (limit.atMost ? " <= " : " >= ") + value + " " + (limit.unit || limit.shownIn)).trimEnd();
}

/**
 * Limits in force as they are set: those of the run, `value` and `text` moved where the page moved them, with `own`, the text of
 * the run. `moved` are values by the key of the limit.
 */
export function limitsSet(header, moved) {
  return limitsOf(header).map((limit) => {
    const value = moved.get(limit.key) ?? limit.value;
    return { ...limit, value, text: limitText(limit, value), own: limitText(limit), isMoved: value !== limit.value };
  });
}

/** Texts of all constraints of a run, in their order, those of moved limits as they are set. */
export function constraintsSet(header, moved) {
  const texts = [...(header?.constraints ?? [])];
  for (const limit of limitsSet(header, moved)) if (limit.isMoved) texts[limit.at] = limit.text;
  return texts;
}

// Objectives at their nominal values and recorded metrics, each with its column of designs.
function figuresOf(header) {
  return [
    ...(header?.axes ?? [])
      .map((axis, k) => ({ ...axis, column: (data) => data.objectives[k] }))
      .filter((axis) => !axis.band),
    ...(header?.recorded?.metrics ?? []).map((metric) => ({ ...metric, column: (data) => data.figure(metric.key) })),
  ];
}

// Unit that limits on a figure are in; none of figures that are named by their unit.
function unitOf(header, name) {
  const unit = figuresOf(header).find((figure) => figure.name === name)?.unit ?? "";
  return unit === name ? "" : unit;
}

// Columns of slacks with the texts of their constraints: { key, name }, as recorded, then those of limits that commands added.
export function slacksOf(header) {
  return [
    ...(header?.recorded?.slacks ?? []),
    ...limitsOf(header)
      .filter((limit) => limit.isAdded && limit.recorded.key === limit.key)
      .map(({ key, text }) => ({ key, name: text })),
  ];
}

const WITHOUT_UNIT = /^(limit (.+?) (?:<=|>=) [-+.\de]+)(?=:|$)/;

// The words of a command, a limit with the unit that it is in where its text states none.
export function spoken(words, header) {
  return words.replace(WITHOUT_UNIT, (all, limit, name) => (limit + " " + unitOf(header, name)).trimEnd());
}

// Value that a limit is set to: on the page, or by a command since slacks were recorded; undefined if it is as it was recorded.
function setTo(limit, moved) {
  const isSteered = limit.former.length > 0 || limit.isAdded || limit.value !== limit.recorded.value;
  return moved.get(limit.key) ?? (isSteered ? limit.value : undefined);
}

const maskOf = (limit) => [limit.at, ...limit.former].reduce((mask, at) => mask | bitOf(at), 0);

// Bits of limits that commands took back.
function removedBits(header) {
  return (header?.constraints ?? []).reduce(
    (mask, text, at) => (text.startsWith(REMOVED) ? mask | bitOf(at) : mask),
    0,
  );
}

// Values of the limit on each column of slacks in the order of the designs: [{ from, value }], from the index of a design on,
// no value = no limit; of columns whose limit commands changed. `commands` are those of the run, in words.
export function termsOf(header, commands) {
  const columns = (header?.recorded?.slacks ?? []).map(({ key, name }) => {
    const limit = limitOf(name);
    return limit && { key, limit, text: name, terms: [{ from: 0, value: limit.value }] };
  });
  const known = columns.filter(Boolean);
  for (const { command, accepted, atIndex } of commands ?? []) {
    const [, word, what] = accepted ? (command.match(/^(limit|unlimit) (.+)$/) ?? []) : [];
    const limit = word === "limit" ? limitOf(what) : null;
    for (const column of known) {
      if (column.terms.at(-1).value === null) continue; // a limit that is added anew has a column of its own
      if (limit && figureOf(limit) === figureOf(column.limit)) {
        column.terms.push({ from: atIndex, value: limit.value });
        column.text = what;
      }
      if (word === "unlimit" && [column.text, column.limit.name].some((text) => isAlike(text, what)))
        column.terms.push({ from: atIndex, value: null });
    }
  }
  return new Map(known.filter(({ terms }) => terms.length > 1).map(({ key, limit, terms }) => [key, { limit, terms }]));
}

// Columns of slacks that no design has recorded, of limits that commands added, with the objective or the recorded metric that they
// follow from: one of the same name and unit.
function addedOf(header) {
  const figures = figuresOf(header);
  return new Map(
    limitsOf(header)
      .filter((limit) => limit.isAdded && limit.recorded.key === limit.key)
      .map((limit) => [
        limit,
        figures.find(({ name }) => name === limit.name && unitOf(header, name) === limit.shownIn),
      ])
      .filter(([, source]) => source)
      .map(([limit, source]) => [limit.key, { limit, column: source.column }]),
  );
}

const isAlike = (a, b) => a.replaceAll(" ", "") === b.replaceAll(" ", "");

// Designs of a run that commands steered, as if its limits had been those of its header all the time: slacks are to the value that
// the header of the recorded column states, and a limit that was taken back is missed by none. The log has of each design the slack
// to the limit of then, and none to one that was added later.
export function steered(data, header, commands) {
  const terms = termsOf(header, commands);
  const added = addedOf(header);
  const removed = removedBits(header);
  const unknown = new Set(
    limitsOf(header)
      .filter((limit) => limit.isAdded && !added.has(limit.key))
      .map(({ key }) => key),
  );
  if (!terms.size && !added.size && !unknown.size && !removed) return data;
  const known = new Map(); // columns by key, for the bytes that they were made of
  return {
    ...data,
    missed: removed ? data.missed.map((mask) => (mask === NO_VALUE ? mask : mask & ~removed)) : data.missed,
    figure(key) {
      if (unknown.has(key)) return null; // no server has it
      const of = terms.get(key) ?? added.get(key);
      const column = added.has(key) ? of.column(data) : data.figure(key);
      if (!column || !of) return column;
      if (known.get(key)?.from !== column)
        known.set(key, {
          from: column,
          to: added.has(key) ? slacksTo(of.limit, column) : rebased(column, data.index, of),
        });
      return known.get(key).to;
    },
  };
}

function slacksTo({ atMost, value }, column) {
  return Float32Array.from(column, atMost ? (figure) => value - figure : (figure) => figure - value);
}

function rebased(column, index, { limit, terms }) {
  const into = Float32Array.from(column);
  let at = 0;
  for (let row = 0; row < into.length; row++) {
    while (at + 1 < terms.length && index[row] >= terms[at + 1].from) at++;
    const { value } = terms[at];
    into[row] = value === null ? NaN : into[row] + (limit.atMost ? limit.value - value : value - limit.value);
  }
  return into;
}

// Rows that meet the limits, of which some are set to other values. `slackOf(key)` gives signed slacks as recorded. Limits that
// a command changed are judged by slack too: designs before the command were not judged by them.
export function meeting(data, limits, moved, slackOf, into = new Uint8Array(data.n)) {
  let others = -1;
  const judged = [];
  for (const limit of limits) {
    const value = setTo(limit, moved);
    const slack = value === undefined ? null : slackOf(limit.recorded.key);
    if (!slack) continue;
    others &= ~maskOf(limit);
    const own = limit.recorded.value;
    judged.push({ slack, needed: limit.atMost ? own - value : value - own });
  }
  for (let row = 0; row < data.n; row++)
    into[row] = data.missed[row] !== NO_VALUE && !(data.missed[row] & others) ? 1 : 0;
  for (const { slack, needed } of judged) {
    for (let row = 0; row < data.n; row++) if (!(slack[row] >= needed)) into[row] = 0;
  }
  return into;
}

// All limits in force as the analyses read them, those of physics too: text as it is set (`name`), bits of the mask, column of slacks with its
// values and, where the text states a number, `metric`, `upper`, `unit`, `scale`, the value `at` that slacks are recorded by and the
// value `moved` that it was set to since, if any.
//
// @param slackOf the slacks of a column by its key, null while unknown
// @param scaleOf scale of a metric's axis by the name in the text and the unit
// @param moved values that are set on the page, by the key of the limit
export function analysed(
  header,
  slackOf,
  scaleOf = (name, unit) => (/^(dB|%|points)$/.test(unit) ? "linear" : "logarithmic"),
  moved = new Map(),
) {
  const movable = new Map(limitsSet(header, moved).map((limit) => [limit.at, limit]));
  const found = [];
  (header.constraints ?? []).forEach((name, at) => {
    const limit = movable.get(at);
    if (limit) {
      const { key, recorded, shownIn } = limit;
      const value = setTo(limit, moved);
      found.push({
        ...{
          name: limit.isMoved ? limit.text : name,
          key,
          bit: maskOf(limit),
          column: recorded.key,
          slack: slackOf(recorded.key),
        },
        ...{ metric: limit.name, upper: limit.atMost, at: recorded.value, unit: shownIn },
        scale: scaleOf(limit.name, shownIn),
        ...(value === undefined ? {} : { moved: value }),
      });
    } else if (!limitOf(name)) {
      const key = "slack." + at;
      found.push({ name, key, bit: bitOf(at), column: key, slack: slackOf(key), at: null });
    }
  });
  return found;
}

// Masks of the limits that designs miss, those of `analysed` that were set to another value judged by it.
export function judged(missed, limits) {
  const moved = limits.filter((limit) => limit.moved != null && limit.slack);
  if (!moved.length) return missed;
  const others = ~moved.reduce((mask, limit) => mask | limit.bit, 0);
  return missed.map((mask, row) => {
    if (mask === NO_VALUE) return mask;
    return moved.reduce((now, limit) => (room(limit, row) >= 0 ? now : now | limit.bit), mask & others);
  });
}

// Rows of the front among those of a mask: no other row is at least as good in all objectives and better in one. Of equal rows
// the first. Objectives are { column, maximise }.
export function frontOf(objectives, mask, n) {
  if (!objectives.length || objectives.some(({ column }) => !column)) return new Int32Array(0);
  const rows = valued(objectives, mask, n);
  const columns = objectives.map((objective) => minimised(objective, rows));
  const front = columns.length === 2 ? frontOfTwo(columns[0], columns[1]) : frontOfMany(columns);
  return Int32Array.from(front, (place) => rows[place]);
}

// Rows of a mask that have a value of each objective. Here and below plain loops: a front is taken with every move of a price.
function valued(objectives, mask, n) {
  const rows = new Int32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) if (mask[row]) rows[count++] = row;
  for (const { column } of objectives) {
    const before = count;
    count = 0;
    for (let at = 0; at < before; at++) if (!isNaN(column[rows[at]])) rows[count++] = rows[at];
  }
  return rows.subarray(0, count);
}

function minimised({ column, maximise }, rows) {
  const into = new Float64Array(rows.length);
  const sign = maximise ? -1 : 1;
  for (let at = 0; at < rows.length; at++) into[at] = sign * column[rows[at]];
  return into;
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
