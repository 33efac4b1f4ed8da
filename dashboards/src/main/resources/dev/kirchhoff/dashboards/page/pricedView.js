// Columns as they are plotted: under the prices that are set on the page, or as they were evaluated.
import { store, valuesOnAxis } from "/assets/store.js";
import { axisColumnAt } from "/assets/priced.js";

export function plottedColumn(axis) {
  const { data, header, view } = store;
  return axisColumnAt(data, header, view.prices, axis, valuesOnAxis(axis));
}
