// Costs of all designs at other prices: factors on energy and area of circuit families, without another evaluation.
//
// The columns parts.METRIC.TERM of a run, which the server computes, add up to the metric. With factors f of families and the side s of a tile
// without its wires, both relative to those of the run:
//
//   METRIC' = Σ f_family s^w f_reader · column,     s² = Σ f a / Σ a                                             (1)
//
// TERM is a family (sar), fixed, or one of both with a further factor: FAMILY.wires has w = 1, writeDriver.FAMILY has
// the reader's factor (cells that are verified), FAMILY.chip has none. s is taken over the area columns of a family or
// fixed alone, interconnect left out. Factors on energy move energy, power and static power, those on area move area
// and, by s, the energy of wires. Counts, times, noise and accuracy stay: latency, throughput, snr, accuracyLoss.
//
//   energy' = E'                        power' = power E'/E             TOPS/W' = TOPS/W · E/E'
//   area' = A'                          TOPS/mm2' = TOPS/mm2 · A/A'     peakTOPS/mm2' = peakTOPS/mm2 · A/A'
//   peakPower' = P'                     peakTOPS/W' = peakTOPS/W · P/P'
//   leakage' = L'                       programmingEnergy' = W'         where the run has these columns
//   power density' = P'/A'              slack' = slack + P/A − P'/A'
//
// Without a workload TOPS/W and power are peak figures and follow P. Ideal figures, figures of one network among
// several and those over the worst network do not follow from the columns: their values are null.

import { limitOf, slacksOf } from "/assets/judge.js";

const PREFIX = "parts.";
const AREA = "area_mm2";
const PEAK = "powerPeak_W";
const ENERGY = "energy_uJ";
const MASKED = 30; // constraints from here on share a bit of the mask
const NO_VALUE = 0x7fffffff; // mask of a design without values
const MOST_DESIGNS = 100; // that a search starts from
const POWER_DENSITY = "power density too large";

/** Metrics that prices move: the cost that they follow and the power of its ratio, 0 = not known. */
const FOLLOWERS = [
  { key: ENERGY, word: "energy", cost: ENERGY, power: 1 },
  { key: "power_W", word: "power", cost: ENERGY, power: 1 },
  { key: "energyEfficiency_TOPSperW", word: "TOPS/W", cost: ENERGY, power: -1 },
  { key: AREA, word: "area", cost: AREA, power: 1 },
  { key: "areaEfficiency_TOPSpermm2", word: "TOPS/mm2", cost: AREA, power: -1 },
  { key: "areaEfficiencyPeak_TOPSpermm2", word: "peakTOPS/mm2", cost: AREA, power: -1 },
  { key: PEAK, word: "peakPower", cost: PEAK, power: 1 },
  { key: "energyEfficiencyPeak_TOPSperW", word: "peakTOPS/W", cost: PEAK, power: -1 },
  { key: "leakage_W", word: "leakage", cost: "leakage_W", power: 1 },
  { key: "programmingEnergy_uJ", word: "programmingEnergy", cost: "programmingEnergy_uJ", power: 1 },
  { key: "energyEfficiencyIdeal_TOPSperW", word: "idealTOPS/W", cost: ENERGY, power: 0 },
  { key: "areaEfficiencyIdeal_TOPSpermm2", word: "idealTOPS/mm2", cost: AREA, power: 0 },
];

/** Prices of a run with this header: its sliders and what they do; null where it has no costs. */
export function pricing(header) {
  const columns = header?.costs?.columns ?? [];
  const terms = columns.map(termOf).filter(Boolean);
  return terms.length > 0 ? new Pricing(header, terms) : null;
}

/** A column as a term of (1). */
function termOf(column) {
  const found = /^parts\.([^.]+)\.([^.]+)(?:\.(.+))?$/.exec(column.key);
  if (!found) return null;
  const [, metric, family, more] = found;
  const quantity = metric === AREA ? "area" : "energy";
  const reader = more && more !== "wires" && more !== "chip" ? more : null;
  return {
    key: column.key,
    metric,
    factors: [family, reader].filter((of) => of && of !== "fixed").map((of) => of + "." + quantity),
    wires: more === "wires",
    spans: metric === AREA && !more && family !== "interconnect",
    held: column.factor ?? 1,
  };
}

class Pricing {
  constructor(header, terms) {
    this.header = header;
    this.terms = terms;
    this.costs = [...new Set(terms.map((term) => term.metric))];
    this.sums = new Map();
  }

  /** Keys of the columns that the prices need. */
  get columns() {
    return this.terms.map((term) => term.key);
  }

  /**
   * Sliders: key ("sar.energy"), family, quantity, share of the family in the cost of some rows and of all, the
   * factor that the run holds already. Those of the largest share in the rows first; families without any cost in the
   * whole run are left out. Null while columns are missing.
   */
  offers(figure, n, rows) {
    const all = this.shares(
      figure,
      Uint32Array.from({ length: n }, (_, row) => row),
      new Map(),
    );
    const some = all && this.shares(figure, rows, new Map());
    return (
      all &&
      [...all]
        .filter(([, share]) => share > 0)
        .map(([key, share]) => {
          const family = familyOf(key);
          const quantity = key.slice(family.length + 1);
          return { key, family, quantity, share: some.get(key), all: share, held: this.held(key) };
        })
        .sort((a, b) => b.share - a.share || b.all - a.all)
    );
  }

  /**
   * Shares of the families in the costs of some rows at other prices, by the keys of offers: wires are of the family that their
   * column is of. Null while columns are missing.
   */
  shares(figure, rows, prices) {
    const has = (metric) => this.costs.includes(metric);
    const metrics = [ENERGY, AREA, PEAK].filter((metric) => has(metric) && !(metric === PEAK && has(ENERGY)));
    const read = this.terms.filter((term) => metrics.includes(term.metric));
    if (read.filter((term) => !figure(term.key)).length > 0) return null; // all are asked for at once
    const factorOf = (term) => term.factors.reduce((product, key) => product * (prices.get(key) ?? 1), 1);
    const spans = this.terms.filter((term) => term.spans);
    const moves = spans.some((term) => factorOf(term) !== 1);
    const sides = moves ? Float64Array.from(rows, (row) => sideOf(spans, figure, row, factorOf)) : null;
    const found = new Map();
    for (const metric of metrics) {
      const terms = read.filter((term) => term.metric === metric);
      const sums = terms.map((term) => {
        const column = figure(term.key);
        let sum = 0;
        for (let i = 0; i < rows.length; i++)
          if (column[rows[i]] > 0) sum += column[rows[i]] * (sides && term.wires ? sides[i] : 1);
        return factorOf(term) * sum;
      });
      const all = sums.reduce((a, b) => a + b, 0);
      terms.forEach(({ factors: [key] }, k) => {
        if (key) found.set(key, (found.get(key) ?? 0) + (all > 0 ? sums[k] / all : 0));
      });
    }
    return found;
  }

  /**
   * Ratio of each cost to that of the run, by row: a map of arrays by cost; a cost that stays is not in it. Null while
   * columns are missing.
   *
   * @param figure column of a key, null while it is missing
   * @param n number of rows
   * @param prices map of factors by the keys of offers
   */
  ratios(figure, n, prices) {
    const moved = new Map([...prices].filter(([, factor]) => factor > 0 && factor !== 1));
    const ratios = new Map();
    if (moved.size === 0) return ratios;
    if (this.columns.filter((key) => !figure(key)).length > 0) return null; // all are asked for at once
    const factorOf = (term) => term.factors.reduce((product, key) => product * (moved.get(key) ?? 1), 1);
    const side = this.side(figure, n, factorOf);
    for (const metric of this.costs) {
      const terms = this.terms.filter((term) => term.metric === metric);
      const changes = terms
        .map((term) => ({ term, factor: factorOf(term) }))
        .filter(({ term, factor }) => factor !== 1 || (side && term.wires));
      if (changes.length === 0) continue;
      const before = this.sum(metric, terms, figure, n);
      const after = new Float64Array(n);
      for (const { term, factor } of changes) {
        const column = figure(term.key);
        if (side && term.wires) {
          for (let i = 0; i < n; i++) if (column[i] > 0) after[i] += (factor * side[i] - 1) * column[i];
        } else {
          for (let i = 0; i < n; i++) if (column[i] > 0) after[i] += (factor - 1) * column[i];
        }
      }
      for (let i = 0; i < n; i++) after[i] = before[i] > 0 ? 1 + after[i] / before[i] : 1;
      ratios.set(metric, after);
    }
    return ratios;
  }

  /** Side of a tile without its wires over that of the run, by row; undefined where no area moves. */
  side(figure, n, factorOf) {
    const terms = this.terms.filter((term) => term.spans);
    const changes = terms.map((term) => ({ term, factor: factorOf(term) })).filter(({ factor }) => factor !== 1);
    if (changes.length === 0) return undefined;
    const before = this.sum("side", terms, figure, n);
    const side = new Float64Array(n);
    for (const { term, factor } of changes) {
      const column = figure(term.key);
      for (let i = 0; i < n; i++) if (column[i] > 0) side[i] += (factor - 1) * column[i];
    }
    for (let i = 0; i < n; i++) side[i] = before[i] > 0 ? Math.sqrt(1 + side[i] / before[i]) : 1;
    return side;
  }

  /** Sum of some columns by row, kept until a column is another array. */
  sum(name, terms, figure, n) {
    const columns = terms.map((term) => figure(term.key));
    const kept = this.sums.get(name);
    const isSame = (column, k) => column.buffer === columns[k].buffer && column.length === columns[k].length;
    if (kept && kept.sum.length === n && kept.columns.every(isSame)) return kept.sum;
    const sum = new Float64Array(n);
    for (const column of columns) for (let i = 0; i < n; i++) if (column[i] > 0) sum[i] += column[i];
    this.sums.set(name, { columns, sum });
    return sum;
  }

  /** The cost that a metric follows, with the power of its ratio: null for one that prices leave alone. */
  follower(key) {
    if (/^(worst|mean)\./.test(key)) {
      const own = this.follower(key.slice(key.indexOf(".") + 1));
      return own && { ...own, power: 0 };
    }
    const found = FOLLOWERS.find((of) => of.key === key);
    if (!found) return null;
    const cost = found.cost === ENERGY && !this.costs.includes(ENERGY) ? PEAK : found.cost;
    return this.costs.includes(cost) ? { ...found, cost } : { ...found, power: 0 };
  }

  /** Values of a metric at other prices: the same array where they stay, null where they are not known. */
  values(key, values, ratios) {
    const follower = this.follower(key);
    if (!follower || ratios.size === 0) return values;
    if (follower.power === 0) return null;
    const ratio = ratios.get(follower.cost);
    if (!ratio) return values;
    const moved = new Float64Array(values.length);
    if (follower.power > 0) for (let i = 0; i < moved.length; i++) moved[i] = values[i] * ratio[i];
    else for (let i = 0; i < moved.length; i++) moved[i] = values[i] / ratio[i];
    return moved;
  }

  /**
   * Slack of a constraint at other prices, in the unit of its column: the same array where it stays, null where it is
   * not known. Rows without a value keep none.
   *
   * @param name text of the constraint
   * @param slack its slack by row, negative = missed
   */
  slack(name, slack, figure, ratios) {
    if (!slack || ratios.size === 0) return slack;
    if (name === POWER_DENSITY) return this.density(slack, figure, ratios);
    const limit = limitOf(name);
    const word = limit?.name;
    const follower = FOLLOWERS.find((of) => of.word === word) && this.follower(keyOf(word));
    if (!follower) return mentions(name) ? null : slack;
    if (follower.power === 0) return null;
    const ratio = ratios.get(follower.cost);
    if (!ratio) return slack;
    const moved = new Float32Array(slack.length);
    for (let i = 0; i < moved.length; i++) {
      const value = limit.atMost ? limit.value - slack[i] : limit.value + slack[i];
      const now = follower.power > 0 ? value * ratio[i] : value / ratio[i];
      moved[i] = limit.atMost ? limit.value - now : now - limit.value;
    }
    return moved;
  }

  density(slack, figure, ratios) {
    const peak = ratios.get(PEAK);
    const area = ratios.get(AREA);
    if (!this.costs.includes(PEAK)) return null;
    if (!peak && !area) return slack;
    const of = (metric) =>
      this.sum(
        metric,
        this.terms.filter((term) => term.metric === metric),
        figure,
        slack.length,
      );
    const [power, size] = [of(PEAK), of(AREA)];
    const moved = new Float32Array(slack.length);
    for (let i = 0; i < moved.length; i++) {
      const before = size[i] > 0 ? power[i] / size[i] : NaN;
      moved[i] = slack[i] + before * (1 - (peak ? peak[i] : 1) / (area ? area[i] : 1));
    }
    return moved;
  }

  /**
   * Mask of constraints missed at other prices, by row; constraints whose slack is not known, and those that a command
   * changed since, stay as they are.
   *
   * @param missed mask of the run
   */
  missed(missed, figure, ratios) {
    if (ratios.size === 0) return missed;
    const mask = missed.slice();
    (this.header.recorded?.slacks ?? []).slice(0, MASKED).forEach((column, k) => {
      if ((this.header.constraints?.[k] ?? column.name) !== column.name) return;
      const before = figure(column.key);
      const after = this.slack(column.name, before, figure, ratios);
      if (!after || after === before) return;
      for (let i = 0; i < mask.length; i++) {
        if (missed[i] === NO_VALUE) continue;
        if (after[i] < 0) mask[i] |= 1 << k;
        else if (after[i] >= 0) mask[i] &= ~(1 << k);
      }
    });
    return mask;
  }

  /** Names of objectives and constraints that do not follow prices, though prices move them. */
  get unknown() {
    const objectives = (this.header.axes ?? []).filter((axis) => this.follower(axis.key)?.power === 0);
    const slacks = slacksOf(this.header).filter((column) => {
      if (column.name === POWER_DENSITY) return !this.costs.includes(PEAK);
      const word = limitOf(column.name)?.name;
      const follower = FOLLOWERS.some((of) => of.word === word) && this.follower(keyOf(word));
      return follower ? follower.power === 0 : mentions(column.name);
    });
    return [...objectives, ...slacks].map((of) => of.name);
  }

  /**
   * Factors as the calibration of a spec, in YAML: those of the spec that are not moved, then those that are, times
   * what the run holds already. Null where nothing is moved.
   *
   * @param from what the factors are said to be fitted on
   */
  calibration(prices, from) {
    const rows = this.rows(prices, from);
    return rows && "calibration:\n" + rows.map((row) => "  - " + yaml(row) + "\n").join("");
  }

  /**
   * Command that searches on under these prices: with the run's own spec, from designs of the run. Null where there is no
   * calibration.
   *
   * @param run id of the run
   * @param designs numbers of the designs that the search starts from, at most 100 of them
   * @param limits map of limits that are set on the page, by the keys of their slacks
   */
  command(prices, run, designs, limits = new Map()) {
    const rows = this.rows(prices, "what-if of " + run);
    if (!rows) return null;
    const words = ["./kirchhoff explore --from", run];
    if (designs.length) words.push("--from-designs", spread(designs, MOST_DESIGNS).join(","));
    words.push("--set", quoted("calibration=" + yaml(rows)));
    const texts = this.header.spec?.constraints;
    if (limits.size && Array.isArray(texts)) {
      const set = texts.map((text, k) => {
        const value = limits.get("slack." + k);
        const limit = limitOf(text);
        return value === undefined || !limit
          ? text
          : (limit.name + (limit.atMost ? " <= " : " >= ") + value + " " + limit.unit).trim();
      });
      words.push("--set", quoted("constraints=" + JSON.stringify(set)));
    }
    return words.join(" ");
  }

  rows(prices, from) {
    const moved = [...prices].filter(([key, factor]) => factor > 0 && factor !== 1 && this.holds(key));
    if (moved.length === 0) return null;
    const own = (this.header.spec?.calibration ?? []).filter(
      (row) => !moved.some(([key]) => key === row.family + "." + row.quantity),
    );
    return [
      ...own,
      ...moved.map(([key, factor]) => ({
        family: familyOf(key),
        quantity: key.slice(familyOf(key).length + 1),
        factor: Number((factor * this.held(key)).toPrecision(4)),
        fittedOn: [from],
      })),
    ];
  }

  holds(key) {
    return this.terms.some((term) => term.factors.includes(key));
  }

  held(key) {
    return this.terms.find((term) => term.factors[0] === key && term.held !== 1)?.held ?? 1;
  }
}

/** Side of a tile without its wires of one row over that of the run. */
function sideOf(spans, figure, row, factorOf) {
  let before = 0,
    after = 0;
  for (const term of spans) {
    const area = figure(term.key)[row];
    if (!(area > 0)) continue;
    before += area;
    after += factorOf(term) * area;
  }
  return before > 0 ? Math.sqrt(after / before) : 1;
}

/** At most so many of a list, spread over it, both ends among them. */
function spread(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / (most - 1))]);
}

/** A word of a shell's command. */
function quoted(word) {
  return "'" + word.replaceAll("'", "'\\''") + "'";
}

function familyOf(key) {
  return key.slice(0, key.lastIndexOf("."));
}

function keyOf(word) {
  return FOLLOWERS.find((of) => of.word === word)?.key;
}

/** True if the text of a constraint names a metric that prices move. */
function mentions(text) {
  const words = new Set(text.match(/[A-Za-z][A-Za-z0-9]*(?:\/[A-Za-z][A-Za-z0-9]*)?/g) ?? []);
  return FOLLOWERS.some((of) => words.has(of.word));
}

/** A value in YAML's flow style; texts in quotes, as they may hold anything. */
function yaml(value) {
  if (Array.isArray(value)) return "[" + value.map(yaml).join(", ") + "]";
  if (value && typeof value === "object")
    return (
      "{" +
      Object.entries(value)
        .map(([key, of]) => key + ": " + yaml(of))
        .join(", ") +
      "}"
    );
  return typeof value === "number" || /^[A-Za-z][A-Za-z-]*$/.test(value) ? String(value) : JSON.stringify(value);
}
