// The cloud of a run as the analyses read it, from the store's columns, limits and prices.
import { columnOf } from "/assets/axes.js";
import { shortPath } from "/assets/knobs.js";
import { pricedMissed, pricedObjectives, pricedSlack } from "/assets/priced.js";
import { kneeOf } from "/assets/analysis.js";
import { integer } from "/assets/format.js";
import { analysed, judged, limitsOf } from "/assets/judge.js";

let last = { key: [], cloud: null };

/** The cloud of a store; null while columns that it needs are on their way. One state of the store has one cloud. */
export function cloudOf(store) {
  const { data, header, view, axes, members, judged: state, detail } = store;
  const key = [data, header, view.limits, view.prices, axes, members, state, detail?.curve];
  if (last.cloud && key.every((part, k) => part === last.key[k])) return last.cloud;
  const cloud = freshCloud(store);
  if (cloud) last = { key, cloud };
  return cloud;
}

function freshCloud(store) {
  const { data, header, view, axes, members, meets, detail } = store;
  if (!header || !data.loaded || !data.n || meets.length !== data.n || data.knobs.length < (header.knobs ?? []).length)
    return null;
  const priced = pricedObjectives(data, header, view.prices);
  if (!priced?.length || priced.some(({ column }) => !column)) return null;
  const quantities = axes.filter((axis) => axis.kind === "quantity");
  const scaleOf = (name) => quantities.find((axis) => axis.name === name)?.scale ?? "logarithmic";
  const recorded = new Set((header.recorded?.slacks ?? []).map((column) => column.key));
  const needed = limitsOf(header)
    .filter((limit) => limit.isAdded || recorded.has(limit.recorded.key))
    .map((limit) => limit.recorded.key);
  if (needed.filter((key) => !data.figure(key)).length) return null; // all are asked for at once
  const slackOf = (key) => (needed.includes(key) ? pricedSlack(data, header, view.prices, key) : null);
  const limits = analysed(header, slackOf, scaleOf, view.limits);
  return {
    n: data.n,
    index: data.index,
    axes: axes.filter((axis) => axis.kind === "knob").map((axis) => knobAxis(axis, columnOf(axis, data))),
    knobs: header.knobs ?? [],
    ordinals: data.knobs,
    objectives: (header.axes ?? []).map((axis, k) => ({ ...axis, values: priced[k].column })),
    limits,
    missed: judged(pricedMissed(data, header, view.prices), limits),
    meets,
    members,
    isOwn: !view.limits.size && !view.prices.size,
    curve: detail?.curve ?? { evaluated: [], hypervolume: [] },
  };
}

function knobAxis(axis, column) {
  const title = axis.path + axis.title.slice(shortPath(axis.path).length);
  return { ...axis, title, of: (row) => column[row] };
}

const knees = new WeakMap();

/** Row of the knee: that of the log, or of the front as it is judged on the page; -1 = none. */
export function kneeRow(store, cloud) {
  const logged = store.view.limits.size || store.view.prices.size ? null : store.front.find((member) => member.knee);
  if (logged) return store.data.rowOf(logged.index);
  if (!cloud) return -1;
  if (!knees.has(cloud)) knees.set(cloud, kneeOf(cloud));
  return knees.get(cloud);
}

/** Number of members that were drawn, ", 971 of 6,748 drawn"; empty where all were. */
export function drawnText(front) {
  const drawn = sharesOf(front).size;
  return drawn < front.length ? ", " + integer(drawn) + " of " + integer(front.length) + " drawn" : "";
}

/** Shares of joint draws in which the members stay on the front, by design; empty before the run ends. */
export function sharesOf(front) {
  return new Map(front.filter((member) => member.onFront != null).map((member) => [member.index, member.onFront]));
}
