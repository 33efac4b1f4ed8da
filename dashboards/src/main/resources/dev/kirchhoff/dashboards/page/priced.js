// Objectives and constraints of the designs of a run under the prices that are set on the page. Pure, with the last result kept.
import { slacksOf } from "/assets/judge.js";
import { pricing } from "/assets/pricing.js";

const NONE = new Map();

let model = { header: null, of: null };
let last = { data: null, prices: null, ratios: null };

/** True while the server has not said what the costs of a run consist of. */
export function areCostsUnknown(header) {
  return header != null && !header.costs;
}

/** Prices of a run: its sliders and what they do; null where it has no costs, and until they are known. */
export function pricesOf(header) {
  if (model.header !== header) model = { header, of: pricing(header) };
  return model.of;
}

/** Ratios of costs under the prices; null while columns load. */
function ratiosOf(data, header, prices) {
  if (prices.size && areCostsUnknown(header)) return null;
  const of = prices.size ? pricesOf(header) : null;
  if (!of) return NONE;
  if (last.data === data && last.prices === prices && last.ratios) return last.ratios;
  last = { data, prices, ratios: of.ratios((key) => data.figure(key), data.n, prices) };
  return last.ratios;
}

/**
 * Objectives of a run as { column, maximise, key }; null while the columns that they need load. Without prices they are
 * those of the log; those that do not follow prices stay, and `unknown` of pricing.js names them.
 */
export function pricedObjectives(data, header, prices) {
  const axes = header?.axes ?? [];
  const own = axes.map((axis, k) => ({ key: axis.key, maximise: axis.maximise, column: data.objectives[k] }));
  if (!prices.size || own.some(({ column }) => !column)) return own;
  const columns = own.map(({ key, column }) => pricedColumn(data, header, prices, key, column));
  return columns.includes(null) ? null : own.map((objective, k) => ({ ...objective, column: columns[k] }));
}

/** The column of a metric under the prices; null while columns load. */
export function pricedColumn(data, header, prices, key, column) {
  const ratios = ratiosOf(data, header, prices);
  return ratios && (ratios.size ? (pricesOf(header).values(key, column, ratios) ?? column) : column);
}

let kept = { data: null, prices: null, columns: new Map() };

/**
 * The column of an axis under the prices, `own` as it was evaluated; kept for one state of designs and prices. Where it does not
 * follow them, or columns load, that as evaluated.
 */
export function axisColumnAt(data, header, prices, axis, own) {
  if (!own || !prices.size || axis.kind !== "quantity") return own;
  if (kept.data !== data || kept.prices !== prices) kept = { data, prices, columns: new Map() };
  if (!kept.columns.has(axis.key)) {
    const isSlack = axis.key.startsWith("slack.");
    const column = isSlack
      ? pricedSlack(data, header, prices, axis.key)
      : pricedColumn(data, header, prices, axis.key, own);
    kept.columns.set(axis.key, column ?? own);
  }
  return kept.columns.get(axis.key);
}

/** Slack of a constraint, of the run or added since, under the prices, by the key of its column; null while columns load. */
export function pricedSlack(data, header, prices, key) {
  const slack = data.figure(key);
  const ratios = ratiosOf(data, header, prices);
  const name = slacksOf(header).find((column) => column.key === key)?.name;
  if (!slack || !ratios || !ratios.size || !name) return slack;
  return pricesOf(header).slack(name, slack, (other) => data.figure(other), ratios) ?? slack;
}

/** Masks of the constraints that designs miss under the prices; those of the log while columns load. */
export function pricedMissed(data, header, prices) {
  const ratios = ratiosOf(data, header, prices);
  return ratios?.size ? pricesOf(header).missed(data.missed, (key) => data.figure(key), ratios) : data.missed;
}
