// Columns as they are plotted: under the prices that are set on the page, or as they were evaluated.
import { store, valuesOnAxis } from "/assets/store.js";
import { pricedColumn } from "/assets/priced.js";

let last = { data: null, prices: null, columns: new Map() };

export function plottedColumn(axis) {
  const { data, header, view } = store;
  const own = valuesOnAxis(axis);
  if (!own || !view.prices.size) return own;
  if (last.data !== data || last.prices !== view.prices) last = { data, prices: view.prices, columns: new Map() };
  if (!last.columns.has(axis.key)) {
    last.columns.set(axis.key, pricedColumn(data, header, view.prices, axis.key, own) ?? own);
  }
  return last.columns.get(axis.key);
}
