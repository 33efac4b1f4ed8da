import { test, equal } from "/test/check.js";
import { axesOf, columnOf } from "/assets/axes.js";
import { cloudOf } from "/assets/cloud.js";
import { frontOf, limitsOf, meeting } from "/assets/judge.js";
import { pricedMissed, pricedObjectives, pricedSlack } from "/assets/priced.js";
import { limitSentences, textOf } from "/assets/sentences.js";
import * as verdict from "/assets/verdict.js";

// Five designs of which four meet snr >= 12 dB; the first three are the front of the log, the second its knee.
const EFF = Float64Array.of(9, 8, 4, 3, 20);
const AREA = Float64Array.of(90, 50, 40, 45, 30);
const SNR = [12.2, 13, 18, 17.1, 8];
const SAR = Float32Array.of(90, 90, 50, 10, 90); // of 100 uJ each
const COLUMNS = {
  "slack.0": Float32Array.from(SNR, (snr) => snr - 12),
  "parts.energy_uJ.sar": SAR,
  "parts.energy_uJ.fixed": SAR.map((cost) => 100 - cost),
};
const HEADER = {
  knobs: [],
  axes: [
    { key: "energyEfficiency_TOPSperW", name: "TOPS/W", unit: "TOPS/W", maximise: true, scale: "logarithmic" },
    { key: "area_mm2", name: "area", unit: "mm2", maximise: false, scale: "logarithmic" },
  ],
  constraints: ["snr >= 12 dB"],
  recorded: {
    slacks: [{ key: "slack.0", name: "snr >= 12 dB", unit: "dB" }],
  },
  costs: {
    columns: ["sar", "fixed"].map((family) => ({ key: "parts.energy_uJ." + family, name: family, unit: "uJ" })),
  },
};
const DETAIL = { known: 5, feasible: 4, front: 3, missed: [1] };

/** The store of a page on which limits and prices are set. */
function page({ limits = [], prices = [] } = {}) {
  const data = {
    n: 5,
    loaded: true,
    index: Int32Array.of(0, 1, 2, 3, 4),
    missed: Int32Array.of(0, 0, 0, 0, 1),
    knobs: [],
    objectives: [EFF, AREA],
    rowOf: (index) => index,
    figure: (key) => COLUMNS[key] ?? null,
  };
  const view = { limits: new Map(limits), prices: new Map(prices) };
  const front = [0, 1, 2].map((index) => ({ index, values: [EFF[index], AREA[index]], knee: index === 1 }));
  const priced = { n: 5, missed: pricedMissed(data, HEADER, view.prices) };
  const slackOf = (key) => pricedSlack(data, HEADER, view.prices, key);
  const meets = meeting(priced, limitsOf(HEADER), view.limits, slackOf);
  const isOwn = !limits.length && !prices.length;
  const members = isOwn ? Int32Array.of(0, 1, 2) : frontOf(pricedObjectives(data, HEADER, view.prices), meets, 5);
  const axes = axesOf(HEADER, () => null);
  return { data, header: HEADER, view, axes, front, meets, members, detail: DETAIL, judged: 1 };
}

test("with nothing set the verdict is that of the log", () => {
  const { own, members, knee, designs, feasible, missed } = verdict.verdictOf(page());
  equal([own, members, knee.index, designs, feasible], [true, 3, 1, 5, 4]);
  equal(missed, [{ name: "snr >= 12 dB", designs: 1 }]);
  equal(verdict.settingsOf(page()), []);
  equal([verdict.rankOf(page(), 1), verdict.rankOf(page(), 3)], ["knee of the front", "dominated"]);
});

test("a limit that is moved moves front, knee and what is missed, and is named as it is set", () => {
  const store = page({ limits: [["slack.0", 17]] });
  const { own, members, knee, designs, feasible, missed } = verdict.verdictOf(store);
  // of the designs with 17 dB, number 2 dominates number 3: a front of one member has no knee
  equal([own, members, knee, designs, feasible], [false, 1, null, 5, 2]);
  equal(missed, [{ name: "snr >= 17 dB", designs: 3 }]);
  equal(verdict.underText(store), "under snr ≥ 17 dB");
  equal(verdict.rankOf(store, 1), "knee of the run's front, misses a limit under snr ≥ 17 dB");
  equal(verdict.rankOf(store, 2), "on the front under snr ≥ 17 dB");
  equal(verdict.missesOf(store, 1), [{ name: "snr >= 17 dB", by: 4, unit: "dB" }]);
  equal(verdict.constraintsOf(store), ["snr >= 17 dB"]);
  const words = limitSentences(cloudOf(store)).map(textOf).join(" ");
  equal([words.includes("of snr ≥ 17 dB"), words.includes("snr ≥ 12")], [false, false], words);
  const near = limitSentences(cloudOf(page({ limits: [["slack.0", 17.5]] }))).map(textOf);
  equal(near[0], "1 of 1 members lies within 5 % of snr ≥ 17.5 dB.");
});

test("a price that is set moves front and knee and says its factor", () => {
  const store = page({ prices: [["sar.energy", 0.1]] });
  equal(verdict.settingsOf(store), [{ name: "prices", key: "sar.energy", text: "sar energy × 0.1", own: "× 1" }]);
  // efficiencies by hand: 9/0.19, 8/0.19, 4/0.55, 3/0.91
  equal(
    verdict.valuesOf(store, 1).map((value) => Number(value.toFixed(2))),
    [42.11, 50],
  );
  equal(verdict.frontOrder(store), [0, 1, 2], "best first");
  equal(verdict.rankOf(store, 3), "dominated under sar energy × 0.1");
  equal(verdict.verdictOf(store).knee.index, 1);
});

test("what a price moves is stated of the best of each objective and of the knee", () => {
  equal(verdict.changesOf(page()), null);
  const [eff, area, knee] = verdict.changesOf(page({ prices: [["sar.energy", 0.1]] }));
  equal([eff.name, eff.before, eff.after.index], ["TOPS/W", { index: 0, value: 9 }, 0]);
  equal(Number(eff.after.value.toFixed(2)), 47.37);
  equal(
    [area.before, area.after],
    [2, 2].map((index) => ({ index, value: 40 })),
  );
  equal([knee.name, knee.before.index, knee.after.index], ["knee", 1, 1]);
});

test("columns that load are no verdict", () => {
  const store = page({ limits: [["slack.0", 17]] });
  store.data = { ...store.data, figure: () => null };
  store.judged = 2;
  equal(verdict.verdictOf(store).loading, true);
  equal(verdict.rankOf(store, 1), "on the front of the run");
});

test("what loads says so, and is no result", () => {
  const store = page();
  equal(
    [verdict.isLoading(store), verdict.waitingText({ ...store, data: { ...store.data, n: 0 }, detail: null })],
    [false, "Nothing evaluated yet."],
  );
  const unread = { ...store, data: { ...store.data, n: 0, loaded: false } };
  equal([verdict.isLoading(unread), verdict.waitingText(unread)], [true, "Loading designs…"]);
  const behind = { ...store, data: { ...store.data, n: 0 }, detail: { evaluated: 9, known: 0 } };
  equal([verdict.waitingText(behind), verdict.verdictOf(behind).loading], ["Loading designs…", true]);
  const set = page({ limits: [["slack.0", 17]] });
  set.data = { ...set.data, figure: () => null };
  equal(verdict.isLoading(set), true, "the slacks that a limit is judged by are on their way");
  const priced = page({ prices: [["sar.energy", 2]] });
  priced.data = { ...priced.data, figure: () => null };
  equal(verdict.isLoading(priced), true);
  const away = { ...store, front: [], data: { ...store.data, loaded: false, rowOf: () => -1 } };
  equal(verdict.rankOf(away, 3), "loading…");
  const knob = axesOf({ knobs: [{ path: "bits", values: [1, 2] }] }, () => null)[0];
  equal(columnOf(knob, { n: 1, knobs: [] }), null, "a knob whose column loads has no levels");
});

test("an excluded design is named with the limit that its chips miss, at any limits", () => {
  const excluded = [{ index: 3, missed: "agreement >= 94 %", accuracy: { samples: 200 } }, { index: 4 }];
  for (const limits of [[], [["slack.0", 17]]]) {
    const store = { ...page({ limits }), detail: { ...DETAIL, excluded } };
    equal(verdict.rankOf(store, 3), "excluded: its simulated chips miss agreement ≥ 94 %");
    equal(verdict.rankOf(store, 4), "excluded by a command");
    equal([verdict.exclusionOf(store, 1), verdict.accuracyOf(store, 1)], ["", null]);
    equal(verdict.accuracyOf(store, 3).samples, 200);
  }
});

test("a member is confirmed once its chips are simulated and miss no limit", () => {
  equal([undefined, {}, { accuracy: { missed: "agreement >= 94 %" } }, { accuracy: {} }].map(verdict.isConfirmed), [
    false,
    false,
    false,
    true,
  ]);
});
