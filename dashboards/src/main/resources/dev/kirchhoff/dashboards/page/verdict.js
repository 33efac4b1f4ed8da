// The verdict on a run under the limits and prices that are set on the page: its front, its knee and what its designs miss. Views
// that name a limit, the knee or a share of designs read it here, so that none of them states what held before. Pure.
import { misses, room } from "/assets/analysis.js";
import { cloudOf, kneeRow } from "/assets/cloud.js";
import { constraintsSet, limitsOf, limitsSet } from "/assets/judge.js";
import { areCostsUnknown, pricedObjectives, pricesOf } from "/assets/priced.js";
import { pretty } from "/assets/format.js";

const NO_VALUE = 0x7fffffff; // mask of a design without values

/** True if the limits and prices are those of the run. */
export function isOwn({ view }) {
  return !view.limits.size && !view.prices.size;
}

/** True while designs, or columns that the limits and prices that are set need, are on their way. */
export function isLoading({ data, header, view, detail }) {
  if (!data.loaded || (!data.n && detail?.evaluated > 0)) return true;
  const slacks = limitsOf(header).filter((limit) => view.limits.has(limit.key));
  if (slacks.some((limit) => !data.figure(limit.recorded.key))) return data.n > 0;
  if (!view.prices.size) return false;
  return areCostsUnknown(header) || (pricesOf(header)?.columns ?? []).some((key) => !data.figure(key));
}

/** Words of a view that has no designs to show: they load, or none was evaluated. */
export function waitingText(store) {
  return isLoading(store) || store.data.n ? "Loading designs…" : "Nothing evaluated yet.";
}

/** Limits and prices that are set on the page: { name ("limits" or "prices"), key, text, own (text of the run) }. */
export function settingsOf({ header, view }) {
  const limits = limitsSet(header, view.limits).filter((limit) => limit.isMoved);
  return [
    ...limits.map(({ key, text, own }) => ({ name: "limits", key, text: pretty(text), own: pretty(own) })),
    ...[...view.prices].map(([key, factor]) => ({ name: "prices", key, text: priceText(key, factor), own: "× 1" })),
  ];
}

function priceText(key, factor) {
  const at = key.lastIndexOf(".");
  return key.slice(0, at) + " " + key.slice(at + 1) + " × " + Number(factor.toPrecision(3));
}

/** Settings as the end of a sentence: "under snr ≥ 17 dB, sar energy × 0.5"; empty where none is set. */
export function underText(store) {
  const settings = settingsOf(store);
  return settings.length ? "under " + settings.map(({ text }) => text).join(", ") : "";
}

let last = { cloud: null, of: null };

/**
 * What holds of a run: `own` (nothing is set), `loading` (columns that it needs are on their way), number of `members`, `knee`
 * ({ index, values }, or null), `designs` that were judged, `feasible` ones, and `missed` ([{ name, designs }], most first). With
 * nothing set it is that of the log, which counts designs too that the page leaves out.
 */
export function verdictOf(store) {
  const { detail, front, header, data } = store;
  if (isOwn(store)) {
    const names = header?.constraints ?? [];
    const knee = front.find((member) => member.knee);
    return {
      own: true,
      loading: !detail || (!detail.known && detail.evaluated > 0),
      members: detail?.front ?? front.length,
      knee: knee ? { index: knee.index, values: knee.values } : null,
      designs: detail?.known ?? 0,
      feasible: detail?.feasible ?? 0,
      missed: (detail?.missed ?? [])
        .map((designs, k) => ({ name: names[k] ?? "constraint " + (k + 1), designs }))
        .filter(({ designs }) => designs)
        .sort((a, b) => b.designs - a.designs),
    };
  }
  const cloud = cloudOf(store);
  if (!cloud) return { own: false, loading: true, members: 0, knee: null, designs: 0, feasible: 0, missed: [] };
  if (last.cloud !== cloud) {
    const row = kneeRow(store, cloud);
    let feasible = 0;
    for (const one of cloud.meets) feasible += one;
    const knee = row < 0 ? null : { index: data.index[row], values: cloud.objectives.map(({ values }) => values[row]) };
    const missed = misses(cloud).map(({ limit, designs }) => ({ name: limit.name, designs }));
    const members = cloud.members.length;
    last = { cloud, of: { own: false, loading: false, members, knee, designs: cloud.n, feasible, missed } };
  }
  return last.of;
}

/**
 * What the limits and prices that are set move: { name, unit, before, after } of the best of each objective, then of the knee
 * (without unit), each side { index, value, values } or null; null while columns load or where nothing is set.
 */
export function changesOf(store) {
  const { front, data } = store;
  const cloud = isOwn(store) ? null : cloudOf(store);
  if (!cloud) return null;
  const best = (objective, list, valueOf) => {
    let found = null;
    for (const one of list) {
      const value = valueOf(one);
      if (!found || (objective.maximise ? value > found.value : value < found.value)) found = { one, value };
    }
    return found;
  };
  const bests = cloud.objectives.map((objective, k) => {
    const before = best(objective, front, (member) => member.values[k]);
    const after = best(objective, cloud.members, (row) => objective.values[row]);
    return {
      name: objective.name,
      unit: objective.unit,
      before: before && { index: before.one.index, value: before.value },
      after: after && { index: data.index[after.one], value: after.value },
    };
  });
  const knee = front.find((member) => member.knee);
  const before = knee ? { index: knee.index, values: knee.values } : null;
  return [...bests, { name: "knee", before, after: verdictOf(store).knee }];
}

/** Masks of the limits that designs miss as they are set; those of the log while columns load. */
export function missedOf(store) {
  return isOwn(store) ? store.data.missed : (cloudOf(store)?.missed ?? store.data.missed);
}

/** Limits that a design misses as they are set: { name, by (null without slacks), unit }. */
export function missesOf(store, index) {
  const cloud = cloudOf(store);
  const row = store.data.rowOf(index);
  if (!cloud || row < 0 || cloud.missed[row] === NO_VALUE) return [];
  return cloud.limits
    .filter((limit) => cloud.missed[row] & limit.bit)
    .map((limit) => ({ name: limit.name, by: limit.slack ? -room(limit, row) : null, unit: limit.unit ?? "" }));
}

/** Texts of the constraints of a run as they are set. */
export function constraintsOf({ header, view }) {
  return constraintsSet(header, view.limits);
}

/** Values of the objectives of a design at the prices that are set; null where they are not here. */
export function valuesOf(store, index) {
  const row = store.data.rowOf(index);
  const objectives = row < 0 ? null : pricedObjectives(store.data, store.header, store.view.prices);
  if (objectives?.length && objectives.every(({ column }) => column))
    return objectives.map(({ column }) => column[row]);
  return store.view.prices.size ? null : (store.front.find((member) => member.index === index)?.values ?? null);
}

let walked = { members: null, prices: null, order: [] };

/** Numbers of the members of the front as it is shown, best of the first objective first where the log has no order. */
export function frontOrder(store) {
  const { data, front, header, members, view } = store;
  if (isOwn(store)) return front.map((member) => member.index);
  if (walked.members === members && walked.prices === view.prices) return walked.order;
  const first = pricedObjectives(data, header, view.prices)?.[0];
  const rows = [...members];
  if (first?.column) rows.sort((a, b) => (first.maximise ? -1 : 1) * (first.column[a] - first.column[b]));
  walked = { members, prices: view.prices, order: rows.map((row) => data.index[row]) };
  return walked.order;
}

/** Why a design was excluded, "excluded: its simulated chips miss agreement ≥ 94 %"; empty for all others. */
export function exclusionOf({ detail }, index) {
  const excluded = (detail?.excluded ?? []).find((design) => design.index === index);
  if (!excluded) return "";
  return excluded.missed ? "excluded: its simulated chips miss " + pretty(excluded.missed) : "excluded by a command";
}

/** Accuracy of a design on simulated chips, a member of the front or an excluded one; null of all others. */
export function accuracyOf({ front, detail }, index) {
  const of = (list) => list.find((design) => design.index === index)?.accuracy;
  return of(front) ?? of(detail?.excluded ?? []) ?? null;
}

/** True of a member of the front whose simulated chips miss no limit. */
export function isConfirmed(member) {
  return member?.accuracy != null && member.accuracy.missed == null;
}

/** Standing of a design in words: "knee of the front under snr ≥ 17 dB", "on the front", "dominated", "misses a limit". */
export function rankOf(store, index) {
  const { data, front, meets, members } = store;
  const row = data.rowOf(index);
  const logged = front.find((member) => member.index === index);
  const exclusion = exclusionOf(store, index);
  if (exclusion) return exclusion;
  if (row < 0 && !logged) return isLoading(store) ? "loading…" : "";
  if (isOwn(store))
    return logged
      ? logged.knee
        ? "knee of the front"
        : "on the front"
      : row >= 0 && meets[row]
        ? "dominated"
        : "misses a limit";
  const under = " " + underText(store);
  const verdict = verdictOf(store);
  if (verdict.loading || row < 0) return logged ? "on the front of the run" : "loading…";
  if (verdict.knee?.index === index) return "knee of the front" + under;
  if (members.includes(row)) return "on the front" + under;
  const before = logged ? (logged.knee ? "knee of the run's front, " : "on the run's front, ") : "";
  return before + (meets[row] ? "dominated" : "misses a limit") + under;
}
