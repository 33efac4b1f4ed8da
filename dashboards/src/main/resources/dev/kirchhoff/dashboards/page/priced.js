// Objectives under other prices of circuits: costs by family are linear in their factors. Pure.

// Objectives of a run under price factors as { column, maximise, key }; null while the columns that they need load, or where
// the run recorded none. Without factors they are those of the log.
export function pricedObjectives(data, header, prices) {
  const axes = header?.axes ?? [];
  const own = axes.map((axis, k) => ({ key: axis.key, maximise: axis.maximise, column: data.objectives[k] }));
  if (!prices.size || own.some(({ column }) => !column)) return own;
  const factors = factorsOf(data, header, prices);
  return factors ? own.map((objective) => ({ ...objective, column: moved(objective, factors) })) : null;
}

// The column of a metric under the factors; null while columns load.
export function pricedColumn(data, header, prices, key, column) {
  const factors = prices.size ? factorsOf(data, header, prices) : null;
  return factors ? moved({ key, column }, factors) : prices.size ? null : column;
}

let last = { data: null, prices: null, factors: null };

// Factors of energy and area of every design; those of the last prices are kept.
function factorsOf(data, header, prices) {
  if (last.data === data && last.prices === prices && last.factors) return last.factors;
  const energy = factorOf(data, header, prices, "energy");
  const area = factorOf(data, header, prices, "area");
  const factors = energy && area ? { energy, area } : null;
  last = { data, prices, factors };
  return factors;
}

// Total under the factors over the total as recorded, by row; null while a column loads.
export function factorOf(data, header, prices, quantity) {
  const columns = (header?.recorded?.parts ?? []).filter((column) => column.key.startsWith("parts." + quantity + "_"));
  const factor = new Float64Array(data.n).fill(1);
  const set = columns.filter((column) => prices.has(familyOf(column.key) + "." + quantity));
  if (!set.length) return factor;
  const total = new Float64Array(data.n);
  const now = new Float64Array(data.n);
  for (const column of columns) {
    const values = data.figure(column.key);
    if (!values) return null;
    const times = prices.get(familyOf(column.key) + "." + quantity) ?? 1;
    for (let row = 0; row < data.n; row++) {
      const value = values[row];
      if (value > 0) {
        total[row] += value;
        now[row] += value * times;
      }
    }
  }
  for (let row = 0; row < data.n; row++) factor[row] = total[row] > 0 ? now[row] / total[row] : NaN;
  return factor;
}

// Family of a column of parts: "sar" of "parts.energy_uJ.sar".
export function familyOf(key) {
  return key.slice(key.lastIndexOf(".") + 1);
}

const BY_ENERGY = new Set(["energy_uJ", "power_W"]);
const BY_AREA = new Set(["area_mm2"]);
const OVER_ENERGY = new Set(["energyEfficiency_TOPSperW"]);
const OVER_AREA = new Set(["areaEfficiency_TOPSperMm2"]);

function moved({ key, column }, { energy, area }) {
  if (BY_ENERGY.has(key)) return times(column, energy, 1);
  if (OVER_ENERGY.has(key)) return times(column, energy, -1);
  if (BY_AREA.has(key)) return times(column, area, 1);
  if (OVER_AREA.has(key)) return times(column, area, -1);
  return column;
}

function times(column, factor, power) {
  const into = new Float64Array(column.length);
  for (let row = 0; row < column.length; row++)
    into[row] = power > 0 ? column[row] * factor[row] : column[row] / factor[row];
  return into;
}
