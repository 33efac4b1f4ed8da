// Analyses of a run: functions of columns alone, without document and store.
//
// A cloud holds the columns that they read:
//   n            rows, one a design, in the order of evaluation
//   index        number of the design of each row
//   axes         knob axes of axes.js: key, title, levels (texts), of(row) = level or -1
//   knobs        knobs of the header: path, condition, values
//   ordinals     by knob, the ordinal of each row, -1 = the design has no such knob
//   objectives   name, key, unit, maximise, scale ("linear" or "logarithmic"), values by row
//   limits       see analysed of judge.js
//   missed       by row the mask of constraints missed, 0 = feasible
//   meets        by row 1 = meets the limits as they are set on the page
//   members      rows of the front
//   curve        hypervolume: evaluated, hypervolume

import { amountOf, groupPath } from "/assets/knobs.js";

const MOST_LEVELS = 40;
const DECADE = 1;

/** Generator of uniform numbers from 0 to below 1 (mulberry32); equal seeds, equal numbers. */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** At most `most` of the rows that a test accepts, ascending: all, or a sample without repeats that a seed fixes. */
export function sample(n, accepts, most, seed = 1) {
  const rows = [];
  for (let row = 0; row < n; row++) if (accepts(row)) rows.push(row);
  if (rows.length <= most) return Int32Array.from(rows);
  const random = uniform(seed);
  for (let i = 0; i < most; i++) {
    const j = i + Math.floor(random() * (rows.length - i));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return Int32Array.from(rows.slice(0, most)).sort();
}

/** Coordinate of a value on the axis of its metric: decades, or the value itself; NaN where it has none. */
export function coordinate(objective, value) {
  return objective.scale === "logarithmic" ? (value > 0 ? Math.log10(value) : NaN) : value;
}

function better(objective, a, b) {
  return objective.maximise ? a > b : a < b;
}

/** The number with the fewest digits strictly between two. */
export function roundBetween(low, high) {
  if (!(low < high)) return low;
  if (low < 0 && high > 0) return 0;
  const power = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)) || 1));
  for (let digits = 0; digits <= 12; digits++) {
    const step = 10 ** (power - digits);
    for (const part of [5, 1]) {
      const s = digits === 0 && part === 5 ? step : step * (part === 5 ? 5 : 1);
      const middle = Number((Math.round((low + high) / 2 / s) * s).toPrecision(12));
      if (middle > low && middle < high) return middle;
    }
  }
  return (low + high) / 2;
}

/** Levels of an axis on some rows: place of each row's level among those present, -1 = none. */
export function levelsOf(axis, rows) {
  const places = new Map();
  const raw = [];
  const at = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const level = axis.of(rows[i]);
    if (level == null || level < 0 || Number.isNaN(level)) {
      at[i] = -1;
      continue;
    }
    let place = places.get(level);
    if (place === undefined) {
      place = raw.length;
      places.set(level, place);
      raw.push(level);
    }
    at[i] = place;
  }
  const order = raw.map((_, place) => place).sort((a, b) => raw[a] - raw[b]);
  const rank = new Int32Array(raw.length);
  order.forEach((place, k) => (rank[place] = k));
  for (let i = 0; i < at.length; i++) if (at[i] >= 0) at[i] = rank[at[i]];
  return { at, raw: order.map((place) => raw[place]) };
}

/** The number that a text opens with, or NaN. */
export function numberOf(text) {
  const found = String(text).match(/^\s*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)/i);
  return found ? Number(found[1]) : NaN;
}

function isNumeric(axis) {
  return (axis.levels ?? []).every((level) => isFinite(numberOf(level)));
}

function ascending(axis, raw) {
  if (raw.length < 3) return false;
  const values = raw.map((level) => amountOf(axis.levels?.[level]));
  return values.every((value, k) => isFinite(value) && (k === 0 || value > values[k - 1]));
}

function entropy(...counts) {
  const total = counts.reduce((a, b) => a + b, 0);
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

/**
 * Information, as a share of the entropy of the side, that a property gives of the side of a cut: `a` of `below` members
 * below it have the property, `b` of `above` above. The bias of a table of two by two, 1/(2 N ln 2) bits, is taken off.
 */
export function information(a, below, b, above) {
  const total = below + above;
  const before = entropy(below, above);
  const having = a + b;
  const after = (having / total) * entropy(a, b) + ((total - having) / total) * entropy(below - a, above - b);
  const bias = 1 / (2 * total * Math.LN2);
  return before > 0 ? Math.max(0, Math.min(1, (before - after - (after > 0 ? bias : 0)) / before)) : 0;
}

/** Cuts of sorted coordinates: the widest gaps and evenly spread ones, each side with at least `least` members. */
function cutsOf(sorted, least) {
  const n = sorted.length;
  const cuts = [];
  for (let i = least; i <= n - least; i++) if (sorted[i] > sorted[i - 1]) cuts.push(i);
  const widest = [...cuts].sort((i, j) => sorted[j] - sorted[j - 1] - (sorted[i] - sorted[i - 1])).slice(0, 24);
  const even = [];
  for (let k = 1; k < 64 && cuts.length; k++) even.push(cuts[Math.floor((k * cuts.length) / 64)]);
  return [...new Set([...widest, ...even])];
}

/**
 * Cuts of the front along an objective, each with the property of a knob that tells its sides apart best: one level, or
 * for numbers the levels up to one. Wide gaps and even halves weigh more. Cuts that part the members alike are one, and each
 * is told by other knobs than those before it.
 *
 * @return objective, low and high neighbour of the cut, `at` a round number between, `gap` its share of the front's range,
 *   `below` and `above` members, `splits` (axis, from, to, a of below, b of above, share), best first
 */
export function separations(cloud, most = 3) {
  const N = cloud.members.length;
  if (N < 6) return [];
  const least = Math.max(2, Math.ceil(N * 0.05));
  const axes = cloud.axes
    .map((axis) => ({ axis, ...levelsOf(axis, cloud.members) }))
    .filter(({ raw }) => raw.length > 0 && raw.length <= MOST_LEVELS);
  const found = [];
  for (const objective of cloud.objectives) {
    const at = Array.from(cloud.members, (row) => coordinate(objective, objective.values[row]));
    const order = at.map((_, i) => i).filter((i) => isFinite(at[i]));
    order.sort((i, j) => at[i] - at[j]);
    if (order.length < 6) continue;
    const sorted = order.map((i) => at[i]);
    const range = sorted[sorted.length - 1] - sorted[0];
    if (!(range > 0)) continue;
    for (const cut of cutsOf(sorted, least)) {
      const splits = axes.map((of) => bestSplit(of, order, cut)).filter((split) => split);
      splits.sort((a, b) => b.share - a.share || Number(isNumeric(a.axis)) - Number(isNumeric(b.axis)));
      if (!splits.length || splits[0].share < 0.3) continue;
      const gap = (sorted[cut] - sorted[cut - 1]) / range;
      found.push({
        objective,
        low: objective.values[cloud.members[order[cut - 1]]],
        high: objective.values[cloud.members[order[cut]]],
        gap,
        below: cut,
        above: order.length - cut,
        splits,
        weight: 0.5 + 0.5 * entropy(cut, order.length - cut),
        side: sideOf(order, cut, N),
      });
    }
  }
  const kept = [];
  const told = new Set();
  while (kept.length < most) {
    const next = bestCut(found, kept, told);
    if (!next) break;
    kept.push(next);
    for (const { axis } of next.splits) told.add(axis.key);
  }
  return kept.map(({ side, weight, ...cut }) => ({ ...cut, at: roundBetween(cut.low, cut.high) }));
}

/** The cut of the largest score by a knob that was not told yet, with the splits of such knobs that are nearly as good. */
function bestCut(found, kept, told) {
  let best = null;
  for (const cut of found) {
    const splits = told.size ? cut.splits.filter(({ axis }) => !told.has(axis.key)) : cut.splits;
    if (!splits.length || splits[0].share < 0.3) continue;
    const score = splits[0].share * cut.weight + cut.gap;
    if (best && score <= best.score) continue;
    if (kept.some((other) => overlap(cut.side, other.side) >= 0.8)) continue;
    best = { cut, score, splits };
  }
  if (!best) return null;
  const near = best.splits.filter((split, k) => k === 0 || split.share >= 0.9 * best.splits[0].share);
  return { ...best.cut, splits: near.slice(0, 4) };
}

function sideOf(order, cut, n) {
  const side = new Uint8Array(n);
  for (let i = 0; i < cut; i++) side[order[i]] = 1;
  return side;
}

/** Size of the correlation of two partitions. */
function overlap(a, b) {
  let both = 0,
    first = 0,
    second = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i] & b[i];
    first += a[i];
    second += b[i];
  }
  const n = a.length;
  const spread = Math.sqrt(first * (n - first) * second * (n - second));
  return spread > 0 ? Math.abs(n * both - first * second) / spread : 1;
}

function bestSplit({ axis, at, raw }, order, cut) {
  const below = new Float64Array(raw.length);
  const above = new Float64Array(raw.length);
  for (let i = 0; i < order.length; i++) if (at[order[i]] >= 0) (i < cut ? below : above)[at[order[i]]]++;
  let best = null;
  const consider = (from, to, a, b) => {
    const share = information(a, cut, b, order.length - cut);
    if (!best || share > best.share + 1e-9) best = { axis, from: raw[from], to: raw[to], a, b, share };
  };
  for (let level = 0; level < raw.length; level++) consider(level, level, below[level], above[level]);
  if (ascending(axis, raw)) {
    let a = 0,
      b = 0;
    for (let level = 0; level < raw.length - 1; level++) {
      a += below[level];
      b += above[level];
      if (level > 0) consider(0, level, a, b);
    }
  }
  return best;
}

/**
 * Costs of a step of an objective along the front: with every step of a linear objective (1 dB, 1 point) the change of the best
 * that is left of each other objective, over members at least as good in the first. Medians over the steps from its worst to its
 * best value.
 *
 * @return by linear objective: objective, step, steps (their number), from and to (values), costs ([{ objective, median, least,
 *   most }], gains as of limitMoves: log10 of the ratio or the difference, positive = better)
 */
export function exchange(cloud, fewest = 4) {
  return cloud.objectives
    .filter((objective) => objective.scale === "linear" && /^(dB|%|points)$/.test(objective.unit))
    .map((objective) => {
      const values = cloud.members.map((row) => objective.values[row]);
      let [least, most] = [Infinity, -Infinity];
      for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
      const steps = Math.floor(most - least);
      if (!(steps >= fewest)) return null;
      const [from, sign] = objective.maximise ? [least, 1] : [most, -1];
      const costs = cloud.objectives
        .filter((other) => other !== objective)
        .map((other) => {
          const best = bestsAlong(
            cloud,
            (row) => Math.floor(sign * (objective.values[row] - from) + 1e-9),
            other,
            steps,
          );
          const gains = best.slice(1).map((row, k) => gainOf(other, best[k], row));
          const known = gains.filter(isFinite).sort((a, b) => b - a);
          return { objective: other, median: known[known.length >> 1], least: known[0], most: known.at(-1) };
        })
        .filter(({ median }) => median !== undefined);
      return { objective, step: 1, steps, from: least, to: most, costs };
    })
    .filter((found) => found?.costs.length);
}

/** By step of members the row of the best value among those of the step and beyond. */
function bestsAlong(cloud, stepOfRow, objective, steps) {
  const best = Array(steps + 1).fill(-1);
  for (const row of cloud.members) {
    const at = Math.min(steps, stepOfRow(row));
    if (best[at] < 0 || better(objective, objective.values[row], objective.values[best[at]])) best[at] = row;
  }
  for (let at = steps - 1; at >= 0; at--) {
    const beyond = best[at + 1];
    if (best[at] < 0 || (beyond >= 0 && better(objective, objective.values[beyond], objective.values[best[at]])))
      best[at] = beyond;
  }
  return best;
}

/** Ends of a knob whose values are two numbers or more: ordinals of the lowest and the highest; null for others. */
export function endsOf(knob) {
  const values = (knob.values ?? []).map(amountOf);
  if (values.length < 2 || values.some((value) => !isFinite(value))) return null;
  let lowest = 0,
    highest = 0;
  values.forEach((value, k) => {
    if (value < values[lowest]) lowest = k;
    if (value > values[highest]) highest = k;
  });
  return { lowest, highest };
}

/** True if no lower value of a knob exists: nothing is below zero, and no count is below one. */
export function isFloor(value) {
  const text = String(value).trim();
  return numberOf(text) === 0 || text === "1";
}

const FEWEST_SHARE = 0.1;
const END_SHARE = 0.2;
const FEWEST_OF_END = 5;
const MOST_OF_END = 100;
const BY_CHANCE = 1e-3;

/** Knobs in their order, those together that each layer has under one condition: lists of their places in the header. */
function knobGroups(knobs) {
  const groups = new Map();
  knobs.forEach(({ path, condition, values }, k) => {
    const key = JSON.stringify([groupPath(path), condition ?? "", values]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(k);
  });
  return [...groups.values()];
}

/**
 * Whether so many of the members that have a knob of so many values hold it at a bound. Of many values that is two thirds, or
 * half where chance does not explain it; of two values, of which one is always an end, two thirds beyond chance. The terminal
 * has the same rule (Binding), where it stands as equations.
 */
export function isAtBound(members, holders, values) {
  const even = holders / values;
  const spread = Math.sqrt(even * (1 - 1 / values));
  const isTwoThirds = 3 * members >= 2 * holders;
  return values < 3
    ? isTwoThirds && members >= even + 3 * spread
    : isTwoThirds || (2 * members >= holders && members >= even + 2 * spread);
}

/**
 * Knobs at a bound: members that have the knob have its lowest or its highest value, those of the largest share first. Knobs
 * that each layer has are one: the members with the value in most layers for which that holds at once, half of them or more.
 *
 * @return knob (place in the header, of layers the first), value, ordinal, isLowest, isFloor (no lower value exists), holders
 *   (members with the knob), members (of them at the bound), layers (at the bound in all of these) of allLayers, leaning: the
 *   limit that most of these are within a share of, or null
 */
export function bounds(cloud, within = 0.05) {
  const found = [];
  const all = cloud.members.length;
  for (const group of knobGroups(cloud.knobs)) {
    const knob = cloud.knobs[group[0]];
    const ends = endsOf(knob);
    if (!ends) continue;
    const holders = cloud.members.filter((row) => cloud.ordinals[group[0]][row] >= 0);
    if (!holders.length || holders.length < Math.min(all, Math.max(2, FEWEST_SHARE * all))) continue;
    for (const isLowest of [true, false]) {
      const ordinal = isLowest ? ends.lowest : ends.highest;
      const { there, layers } = together(cloud, group, ordinal, holders);
      if (!layers || 2 * layers < group.length) continue;
      found.push({
        knob: group[0],
        value: knob.values[ordinal],
        ordinal,
        isLowest,
        isFloor: isLowest && isFloor(knob.values[ordinal]),
        holders: holders.length,
        members: there.length,
        layers,
        allLayers: group.length,
        leaning: leaning(cloud, within, there)[0] ?? null,
      });
    }
  }
  return found.sort((a, b) => b.members / b.holders - a.members / a.holders || b.members - a.members);
}

/** Members that have an ordinal in the most knobs of a group of which that many is a bound. */
function together(cloud, group, ordinal, holders) {
  const counts = group.map((k) => {
    const column = cloud.ordinals[k];
    let count = 0;
    for (const row of holders) if (column[row] === ordinal) count++;
    return { column, count };
  });
  counts.sort((a, b) => b.count - a.count);
  let there = holders;
  let layers = 0;
  for (const { column } of counts) {
    const both = there.filter((row) => column[row] === ordinal);
    if (!isAtBound(both.length, holders.length, cloud.knobs[group[0]].values.length)) break;
    there = both;
    layers++;
  }
  return { there, layers };
}

/**
 * Ends of knobs that are not at a bound in most members, but in all that are best in one objective: a fifth of the front or 100
 * members, five at least, more than chance explains. Values below which there is none are left out.
 *
 * @return knob, value, ordinal, isLowest, objective, members (better than every member with another value), worst (value of the
 *   objective among these), those of most members first
 */
export function bestEnds(cloud, bound = bounds(cloud)) {
  const found = [];
  const all = cloud.members.length;
  const least = Math.max(FEWEST_OF_END, Math.min(MOST_OF_END, Math.ceil(END_SHARE * all)));
  for (const [k, ...others] of knobGroups(cloud.knobs)) {
    const knob = cloud.knobs[k];
    const ends = others.length ? null : endsOf(knob);
    if (!ends) continue;
    for (const isLowest of [true, false]) {
      const ordinal = isLowest ? ends.lowest : ends.highest;
      if (isLowest && isFloor(knob.values[ordinal])) continue;
      if (bound.some((one) => one.knob === k && one.isLowest === isLowest)) continue;
      let most = null;
      cloud.objectives.forEach((objective) => {
        const best = bestWith(cloud, objective, (row) => cloud.ordinals[k][row] === ordinal);
        if (best.members < least || best.share ** best.members > BY_CHANCE) return;
        if (!most || best.members > most.members)
          most = { knob: k, value: knob.values[ordinal], ordinal, isLowest, objective, ...best };
      });
      if (most) found.push(most);
    }
  }
  return found.sort((a, b) => b.members - a.members);
}

/** Members with a property that are better in an objective than all without it; their worst value, share of all with it. */
function bestWith(cloud, objective, has) {
  let other = NaN;
  let having = 0;
  for (const row of cloud.members) {
    if (has(row)) having++;
    else if (isNaN(other) || better(objective, objective.values[row], other)) other = objective.values[row];
  }
  let members = 0,
    worst = NaN;
  for (const row of cloud.members) {
    const value = objective.values[row];
    if (!has(row) || !(isNaN(other) || better(objective, value, other))) continue;
    members++;
    if (isNaN(worst) || better(objective, worst, value)) worst = value;
  }
  return { members, worst, share: having / cloud.members.length };
}

/** Knob axes of which all members have one level although others were evaluated: axis, level, evaluated levels. */
export function common(cloud) {
  if (cloud.members.length < 2) return [];
  return cloud.axes
    .map((axis) => {
      const { at, raw } = levelsOf(axis, cloud.members);
      if (raw.length !== 1 || at.some((level) => level < 0)) return null;
      const tried = new Set();
      for (let row = 0; row < cloud.n && tried.size < 3; row += Math.max(1, Math.floor(cloud.n / 5000))) {
        const level = axis.of(row);
        if (level >= 0) tried.add(level);
      }
      return tried.size > 1 ? { axis, level: raw[0], tried: tried.size } : null;
    })
    .filter((row) => row);
}

/** Value of a limit as it is set: on the page, or by a command. */
export function setAt(limit) {
  return limit.moved ?? limit.at;
}

/** Slack of a design under a limit as it is set, less its slack when it was recorded. */
export function shiftOf(limit) {
  return limit.moved == null ? 0 : (limit.moved - limit.at) * (limit.upper ? 1 : -1);
}

/** Slack of a design to a limit as it is set; negative = missed. */
export function room(limit, row) {
  return limit.slack[row] + shiftOf(limit);
}

/** Limits with members whose slack is at most a share of the limit, those of most members first. */
export function leaning(cloud, within = 0.05, members = cloud.members) {
  return cloud.limits
    .filter((limit) => limit.at != null && limit.slack)
    .map((limit) => {
      const near = within * Math.abs(setAt(limit));
      let count = 0;
      for (const row of members) if (room(limit, row) <= near) count++;
      return { limit, members: count };
    })
    .filter((of) => of.members > 0)
    .sort((a, b) => b.members - a.members);
}

/** Step of a limit that suits its axis: 1 dB, 1 point, or a tenth of the value. */
export function stepOf(limit) {
  return limit.scale === "linear" && /^(dB|%|points)$/.test(limit.unit) ? 1 : Math.abs(setAt(limit)) * 0.1 || 1;
}

/**
 * The best of each objective when one limit moves by a step, over all evaluated designs; the search did not look for
 * designs beyond its limits, so that a gain is a lower bound.
 *
 * @return of each limit with a number the step and `moves` (looser first): `to` the limit, `feasible` designs, and by
 *   objective `best` (value, row), `gain` (ratio to now on a logarithmic axis, difference on a linear one, positive =
 *   better) and the same at the knee: the best of those no worse than the knee in every other objective
 */
export function limitMoves(cloud, knee = -1) {
  return cloud.limits
    .filter((limit) => limit.at != null && limit.slack)
    .map((limit) => {
      const step = stepOf(limit);
      const now = bestOf(cloud, limit, 0, knee);
      const moves = [-step, step].map((shift) => {
        // a negative shift loosens: designs whose slack is at least the shift are accepted
        const then = bestOf(cloud, limit, shift, knee);
        return {
          to: setAt(limit) + (limit.upper ? -shift : shift),
          feasible: then.feasible,
          gained: then.feasible - now.feasible,
          objectives: cloud.objectives.map((objective, m) => ({
            objective,
            row: then.rows[m],
            gain: gainOf(objective, now.rows[m], then.rows[m]),
            kneeRow: then.atKnee[m],
            kneeGain: gainOf(objective, now.atKnee[m], then.atKnee[m]),
          })),
        };
      });
      return { limit, step, feasible: now.feasible, moves };
    });
}

/** Gain of one row over another in an objective: log10 of the ratio, or the difference; positive = better. */
function gainOf(objective, before, after) {
  if (before < 0 || after < 0) return before < 0 && after < 0 ? 0 : NaN;
  const change = coordinate(objective, objective.values[after]) - coordinate(objective, objective.values[before]);
  return objective.maximise ? change : -change;
}

function bestOf(cloud, limit, shift, knee) {
  const rows = cloud.objectives.map(() => -1);
  const atKnee = cloud.objectives.map(() => -1);
  let feasible = 0;
  const others = ~limit.bit;
  const bar = shift - 1e-6 * Math.abs(limit.at);
  for (let row = 0; row < cloud.n; row++) {
    if ((cloud.missed[row] & others) !== 0 || !(room(limit, row) >= bar)) continue;
    feasible++;
    let worse = 0,
      worst = -1;
    for (let m = 0; m < rows.length; m++) {
      const { values } = cloud.objectives[m];
      if (rows[m] < 0 || better(cloud.objectives[m], values[row], values[rows[m]])) rows[m] = row;
      if (knee >= 0 && better(cloud.objectives[m], values[knee], values[row])) {
        worse++;
        worst = m;
      }
    }
    if (knee < 0) continue;
    for (let m = 0; m < rows.length; m++) {
      if (worse > 1 || (worse === 1 && worst !== m)) continue;
      const { values } = cloud.objectives[m];
      if (atKnee[m] < 0 || better(cloud.objectives[m], values[row], values[atKnee[m]])) atKnee[m] = row;
    }
  }
  return { feasible, rows, atKnee };
}

/**
 * Share of the variance of each objective, on its axis, that the levels of each knob explain, over feasible designs; of a
 * conditional knob the part within the designs that have it. Corrected for the number of levels (epsilon squared).
 *
 * @return by objective: objective, designs, shares (axis, share), largest first
 */
export function importance(cloud, most = 100000, seed = 1) {
  const rows = sample(cloud.n, (row) => cloud.meets[row] === 1, most, seed);
  const levels = cloud.axes.map((axis) => ({ axis, ...levelsOf(axis, rows) }));
  return cloud.objectives.map((objective) => {
    const at = Float64Array.from(rows, (row) => coordinate(objective, objective.values[row]));
    const { total, count } = moments(at);
    const shares = levels
      .map((of) => ({ axis: of.axis, share: total > 0 && count > 2 ? explained(of, at) / total : 0 }))
      .sort((a, b) => b.share - a.share);
    return { objective, designs: count, shares };
  });
}

function moments(at) {
  let count = 0,
    mean = 0,
    total = 0;
  for (const value of at) {
    if (!isFinite(value)) continue;
    const step = value - mean;
    mean += step / ++count;
    total += step * (value - mean);
  }
  return { count, mean, total };
}

/** Sum of squares between levels, less what so many levels explain by chance. */
function explained({ at: level, raw }, at) {
  const counts = new Float64Array(raw.length);
  const means = new Float64Array(raw.length);
  let count = 0,
    mean = 0,
    total = 0;
  for (let i = 0; i < at.length; i++) {
    if (level[i] < 0 || !isFinite(at[i])) continue;
    means[level[i]] += (at[i] - means[level[i]]) / ++counts[level[i]];
    const step = at[i] - mean;
    mean += step / ++count;
    total += step * (at[i] - mean);
  }
  const groups = counts.reduce((n, of) => n + (of > 0 ? 1 : 0), 0);
  if (groups < 2 || count <= groups) return 0;
  let between = 0;
  for (let k = 0; k < raw.length; k++) between += counts[k] * (means[k] - mean) ** 2;
  const within = Math.max(0, total - between) / (count - groups);
  return Math.max(0, between - (groups - 1) * within);
}

/**
 * Levels of knobs that cause infeasibility: share of designs with the level that are infeasible against the share of all.
 *
 * @return share of all, and causes: axis, level, designs, infeasible, share, `limit` that most of them miss with `missing`,
 *   and weight = infeasible designs beyond the common share; heaviest first
 */
export function infeasible(cloud, most = 100000, seed = 1) {
  const rows = sample(cloud.n, () => true, most, seed);
  let all = 0;
  for (const row of rows) if (cloud.missed[row] !== 0) all++;
  const share = rows.length ? all / rows.length : 0;
  const causes = [];
  for (const axis of cloud.axes) {
    const { at, raw } = levelsOf(axis, rows);
    if (raw.length < 2 || raw.length > MOST_LEVELS) continue;
    const designs = new Int32Array(raw.length);
    const missing = new Int32Array(raw.length);
    for (let i = 0; i < rows.length; i++) {
      if (at[i] < 0) continue;
      designs[at[i]]++;
      if (cloud.missed[rows[i]] !== 0) missing[at[i]]++;
    }
    raw.forEach((level, k) => {
      if (designs[k] >= 20 && missing[k] / designs[k] > share)
        causes.push({
          axis,
          level,
          designs: designs[k],
          infeasible: missing[k],
          share: missing[k] / designs[k],
          weight: missing[k] - share * designs[k],
        });
    });
  }
  causes.sort((a, b) => b.weight - a.weight);
  for (const cause of causes.slice(0, 12)) Object.assign(cause, causeOf(cloud, rows, cause));
  return { share, designs: rows.length, causes };
}

function causeOf(cloud, rows, cause) {
  const counts = cloud.limits.map(() => 0);
  for (const row of rows) {
    if (cloud.missed[row] === 0 || cause.axis.of(row) !== cause.level) continue;
    cloud.limits.forEach((limit, k) => {
      if (cloud.missed[row] & limit.bit) counts[k]++;
    });
  }
  const most = counts.indexOf(Math.max(...counts));
  return most < 0 ? { limit: null, missing: 0 } : { limit: cloud.limits[most], missing: counts[most] };
}

/** Limits by the designs that miss them, most first. */
export function misses(cloud) {
  return cloud.limits
    .map((limit) => ({ limit, designs: cloud.missed.reduce((n, mask) => n + (mask & limit.bit ? 1 : 0), 0) }))
    .filter(({ designs }) => designs > 0)
    .sort((a, b) => b.designs - a.designs);
}

/**
 * Course of the search: designs without notable growth of the hypervolume at its end, the last rise of each objective's
 * best, and the arrival of the knee.
 *
 * @param rise growth of the hypervolume that is notable
 */
export function course(cloud, knee = -1, rise = 0.001) {
  const { evaluated = [], hypervolume = [] } = cloud.curve ?? {};
  const last = hypervolume.length - 1;
  let since = last;
  while (since > 0 && hypervolume[since - 1] >= hypervolume[last] * (1 - rise)) since--;
  const stalled = last > 0 ? evaluated[last] - evaluated[since] : 0;
  const bests = cloud.objectives.map((objective) => {
    let row = -1,
      before = -1;
    for (let i = 0; i < cloud.n; i++) {
      if (cloud.meets[i] !== 1 || !isFinite(objective.values[i])) continue;
      if (row < 0 || better(objective, objective.values[i], objective.values[row])) {
        before = row;
        row = i;
      }
    }
    return { objective, row, before };
  });
  return {
    designs: last >= 0 ? evaluated[last] : cloud.n,
    stalled,
    hypervolume: last >= 0 ? hypervolume[last] : NaN,
    bests,
    knee: knee >= 0 ? cloud.index[knee] : -1,
  };
}

/** Members of the front as points within its range, 0 to 1 by objective on its axis, less = better. */
export function shape(cloud) {
  const { members, objectives } = cloud;
  const points = new Float64Array(members.length * objectives.length);
  const spans = objectives.map((objective, m) => {
    let least = Infinity,
      most = -Infinity;
    for (let i = 0; i < members.length; i++) {
      const at = coordinate(objective, objective.values[members[i]]) * (objective.maximise ? -1 : 1);
      points[i * objectives.length + m] = at;
      if (at < least) least = at;
      if (at > most) most = at;
    }
    return { least, span: most - least };
  });
  for (let i = 0; i < points.length; i++) {
    const { least, span } = spans[i % objectives.length];
    points[i] = span > 0 && isFinite(points[i]) ? (points[i] - least) / span : 0;
  }
  return { points, spans };
}

const wide = (objective) =>
  objective.wideSpan ?? (objective.scale === "logarithmic" ? DECADE : objective.unit === "dB" ? 10 : 0.1);

/** Row of the knee of the front: least sum of coordinates, each over the front's range or a wide span; -1 = none. */
export function kneeOf(cloud) {
  const M = cloud.objectives.length;
  if (M < 2 || cloud.members.length < 3) return -1;
  const { points, spans } = shape(cloud);
  let knee = -1,
    least = Infinity;
  for (let i = 0; i < cloud.members.length; i++) {
    let sum = 0;
    for (let m = 0; m < M; m++) sum += points[i * M + m] * Math.max(1, spans[m].span / wide(cloud.objectives[m]));
    if (sum < least) {
      least = sum;
      knee = cloud.members[i];
    }
  }
  return knee;
}

/**
 * Representatives of a front: the knee, the best of each objective, then the member farthest from those chosen (Gonzalez,
 * Theoretical Computer Science 38 (1985) 293); every member belongs to the nearest.
 *
 * @param count representatives at most
 * @param tolerance near ties: relative on a logarithmic axis, times the wide span on a linear one
 * @return row, role ("knee", "best of" …, ""), members (rows that it stands for, itself first), alike (of all members, those
 *   within the tolerance in every objective, itself left out)
 */
export function representatives(cloud, knee, count = 12, tolerance = 0.03) {
  const { members, objectives } = cloud;
  const M = objectives.length;
  const { points } = shape(cloud);
  const nearest = new Float64Array(members.length).fill(Infinity);
  const belongs = new Int32Array(members.length).fill(-1);
  const chosen = [];
  const choose = (place, role) => {
    const known = chosen.find((one) => one.place === place);
    if (known) {
      if (role) known.roles.push(role);
      return;
    }
    if (chosen.length >= count) return;
    const k = chosen.length;
    chosen.push({ place, roles: role ? [role] : [] });
    for (let i = 0; i < members.length; i++) {
      let sum = 0;
      for (let m = 0; m < M; m++) sum += (points[i * M + m] - points[place * M + m]) ** 2;
      if (sum < nearest[i]) {
        nearest[i] = sum;
        belongs[i] = k;
      }
    }
    nearest[place] = -1;
    belongs[place] = k;
  };
  const atKnee = members.indexOf(knee);
  if (atKnee >= 0) choose(atKnee, "knee");
  objectives.forEach((objective, m) => {
    let best = 0;
    for (let i = 1; i < members.length; i++) if (points[i * M + m] < points[best * M + m]) best = i;
    if (members.length) choose(best, "best " + objective.name);
  });
  while (chosen.length < Math.min(count, members.length)) {
    let far = 0;
    for (let i = 1; i < members.length; i++) if (nearest[i] > nearest[far]) far = i;
    if (nearest[far] < 0) break;
    choose(far, "");
  }
  const groups = chosen.map(({ place, roles }) => ({
    row: members[place],
    roles,
    members: [members[place]],
    alike: alike(cloud, members[place], tolerance),
  }));
  for (let i = 0; i < members.length; i++) {
    const group = groups[belongs[i]];
    if (group && group.row !== members[i]) group.members.push(members[i]);
  }
  return groups;
}

/** Members within a tolerance of a member in every objective, itself left out. */
export function alike(cloud, row, tolerance = 0.03) {
  const near = cloud.objectives.map((objective) => ({
    objective,
    at: coordinate(objective, objective.values[row]),
    room: roomOf(objective, tolerance),
  }));
  const found = [];
  for (const member of cloud.members) {
    if (member === row) continue;
    let is = true;
    for (const { objective, at, room } of near) {
      if (!(Math.abs(coordinate(objective, objective.values[member]) - at) <= room)) {
        is = false;
        break;
      }
    }
    if (is) found.push(member);
  }
  return found;
}

/**
 * Groups of near ties that hold every member once: the knee with its near ties, then those of the member with most.
 *
 * @return row and members (itself first), largest group first but for the knee's
 */
export function ties(cloud, knee, tolerance = 0.03) {
  const near = neighbours(cloud, tolerance);
  const order = [...near.keys()].sort((a, b) => near[b].length - near[a].length || a - b);
  const atKnee = cloud.members.indexOf(knee);
  if (atKnee >= 0) order.unshift(atKnee);
  const taken = new Uint8Array(near.length);
  const groups = [];
  for (const place of order) {
    if (taken[place]) continue;
    const group = [place, ...near[place].filter((other) => !taken[other])];
    for (const other of group) taken[other] = 1;
    groups.push({ row: cloud.members[place], members: group.map((other) => cloud.members[other]) });
  }
  const first = atKnee >= 0 ? groups.splice(0, 1) : [];
  return [...first, ...groups.sort((a, b) => b.members.length - a.members.length)];
}

/** By place of a member the places of those within a tolerance in every objective; sought in order of the first. */
function neighbours(cloud, tolerance) {
  const { members, objectives } = cloud;
  const rooms = objectives.map((objective) => roomOf(objective, tolerance));
  const at = objectives.map((objective) =>
    Float64Array.from(members, (row) => coordinate(objective, objective.values[row])),
  );
  const order = Array.from(members, (_, place) => place).sort((a, b) => at[0][a] - at[0][b]);
  const near = Array.from(members, () => []);
  for (let i = 0; i < order.length; i++) {
    const a = order[i];
    for (let j = i + 1; j < order.length && at[0][order[j]] - at[0][a] <= rooms[0]; j++) {
      const b = order[j];
      let m = 1;
      while (m < rooms.length && Math.abs(at[m][a] - at[m][b]) <= rooms[m]) m++;
      if (m < rooms.length) continue;
      near[a].push(b);
      near[b].push(a);
    }
  }
  return near;
}

function roomOf(objective, tolerance) {
  return objective.scale === "logarithmic" ? Math.log10(1 + tolerance) : tolerance * wide(objective);
}

/** Members that stay on the front in at least a share of joint draws: drawn, firm, the median share. */
export function firmness(shares, least = 0.9) {
  const known = [...shares].filter((share) => share != null && isFinite(share)).sort((a, b) => a - b);
  return {
    drawn: known.length,
    firm: known.filter((share) => share >= least).length,
    half: known.filter((share) => share >= 0.5).length,
    median: known.length ? known[Math.floor(known.length / 2)] : NaN,
    most: known.length ? known[known.length - 1] : NaN,
  };
}
