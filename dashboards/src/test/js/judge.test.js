import { test, equal, ok } from "/test/check.js";
import {
  analysed,
  bestUnder,
  brushed,
  constraintsSet,
  frontOf,
  judged,
  limitOf,
  limitsOf,
  limitsSet,
  meeting,
  spoken,
  steered,
} from "/assets/judge.js";
import { setAt } from "/assets/analysis.js";

/** Numbers that look random and are the same each time (Park and Miller's generator). */
function numbers(seed) {
  let at = seed;
  return () => (at = (at * 48271) % 2147483647) / 2147483647;
}

/** Rows that no other row of the mask beats, by asking every pair; of equal rows the first. */
function bruteFront(objectives, mask, n) {
  const better = (a, b) => {
    let strict = false;
    for (const { column, maximise } of objectives) {
      const d = maximise ? column[b] - column[a] : column[a] - column[b];
      if (d > 0) return false;
      if (d < 0) strict = true;
    }
    return strict || a < b;
  };
  const valued = (row) => mask[row] && objectives.every(({ column }) => !isNaN(column[row]));
  const rows = Array.from({ length: n }, (_, row) => row).filter(valued);
  return rows.filter((row) => !rows.some((other) => other !== row && better(other, row)));
}

for (const count of [2, 3, 4]) {
  test("the front of " + count + " objectives is that of every pair", () => {
    const random = numbers(20261128 + count);
    for (let trial = 0; trial < 40; trial++) {
      const n = 1 + Math.floor(random() * 120);
      const grid = trial % 2 ? 6 : 1e6; // ties in half of the trials
      const objectives = Array.from({ length: count }, (_, k) => ({
        maximise: k % 2 === 0,
        column: Float64Array.from({ length: n }, () => (random() < 0.03 ? NaN : Math.floor(random() * grid) / 7)),
      }));
      const mask = Uint8Array.from({ length: n }, () => (random() < 0.8 ? 1 : 0));
      const front = [...frontOf(objectives, mask, n)].sort((a, b) => a - b);
      equal(front, bruteFront(objectives, mask, n), "trial " + trial);
    }
  });
}

test("a front over a wide range keeps members that differ little", () => {
  const x = Float64Array.from([1, 1.0000001, 1e6, 1e9]);
  const y = Float64Array.from([9, 8.9999999, 2, 1]);
  equal(frontOf([{ column: x }, { column: y }], new Uint8Array(4).fill(1), 4), [0, 1, 2, 3]);
});

test("limits are read from their text, others are physics", () => {
  equal(limitOf("snr >= 12 dB"), { name: "snr", atMost: false, value: 12, unit: "dB" });
  equal(limitOf("area <= 2.5e2 mm2"), { name: "area", atMost: true, value: 250, unit: "mm2" });
  equal(limitOf("IR drop beyond a = 0.5"), null);
  const header = { constraints: ["IR drop beyond a = 0.5", "snr >= 12 dB"] };
  equal(
    limitsOf(header).map(({ at, key }) => [at, key]),
    [[1, "slack.1"]],
  );
});

test("a limit that is moved judges by its slack, and the others by the log", () => {
  const limits = limitsOf({ constraints: ["snr >= 12 dB", "area <= 50 mm2"] });
  // snr 13, 11, 12.5, no value; area 40, 40, 60
  const slacks = new Map([["slack.0", Float32Array.from([1, -1, 0.5, NaN])]]);
  const data = { n: 4, missed: Int32Array.from([0, 0b01, 0b10, 0x7fffffff]) };
  const judge = (moved) => [...meeting(data, limits, new Map(moved), (key) => slacks.get(key) ?? null)];
  equal(judge([]), [1, 0, 0, 0]);
  equal(judge([["slack.0", 11]]), [1, 1, 0, 0], "looser");
  equal(judge([["slack.0", 12.75]]), [1, 0, 0, 0], "tighter");
  equal(judge([["slack.0", 13.5]]), [0, 0, 0, 0], "too tight");
  const column = Float64Array.from([5, 7, 9, 1]);
  const best = bestUnder(data, limits, new Map([["slack.0", 11]]), (key) => slacks.get(key), [
    { column, maximise: true },
  ]);
  equal(best, [7]);
});

test("the last limit on a figure is in force, for designs before it too", () => {
  const limits = limitsOf({ constraints: ["snr >= 12 dB", "area <= 50 mm2", "snr >= 14 dB"] });
  equal(
    limits.map(({ text, former, recorded }) => [text, former, recorded.key]),
    [
      ["area <= 50 mm2", [], "slack.1"],
      ["snr >= 14 dB", [0], "slack.0"],
    ],
  );
  // snr 13 (before the command), 15, 11, 14; the third missed the first limit, the last is too large
  const slacks = new Map([["slack.0", Float32Array.from([1, 3, -1, 2])]]);
  const data = { n: 4, missed: Int32Array.from([0, 0, 0b001, 0b010]) };
  const judge = (moved) => [...meeting(data, limits, new Map(moved), (key) => slacks.get(key) ?? null)];
  equal(judge([]), [0, 1, 0, 0]);
  equal(judge([["slack.2", 11]]), [1, 1, 1, 0], "looser than ever");
});

test("analyses read the limit that is in force, as views do", () => {
  const slack = Float32Array.of(1, 3, -1, 2);
  const header = { constraints: ["snr >= 12 dB", "area <= 9 mm2", "snr >= 14 dB", "cell levels missing"] };
  const slackOf = (key) => (key === "slack.0" ? slack : null);
  const [area, snr, levels] = analysed(header, slackOf);
  equal([area.name, area.bit], ["area <= 9 mm2", 2]);
  equal([snr.name, snr.key, snr.column, snr.bit, setAt(snr)], ["snr >= 14 dB", "slack.2", "slack.0", 5, 14]);
  equal([levels.name, levels.bit, levels.at], ["cell levels missing", 8, null]);
  // the first was judged by the limit before alone, the last misses the area
  equal([...judged(Int32Array.of(0, 0, 1, 2), [area, snr])], [5, 0, 5, 2]);
  const [, looser] = analysed(header, slackOf, undefined, new Map([["slack.2", 11]]));
  equal([...judged(Int32Array.of(0, 0, 1, 2), [area, looser])], [0, 0, 0, 2]);
});

test("a limit that is set is named as it is set, with the unit of its figure", () => {
  const header = {
    axes: [{ key: "quality", name: "quality", unit: "dB" }],
    constraints: ["area <= 2.5e2 mm2", "too wide", "quality >= 30"],
  };
  const moved = new Map([["slack.2", 32.5]]);
  equal(
    limitsSet(header, moved).map(({ text, own, isMoved }) => [text, own, isMoved]),
    [
      ["area <= 2.5e2 mm2", "area <= 2.5e2 mm2", false],
      ["quality >= 32.5 dB", "quality >= 30 dB", true],
    ],
  );
  equal(constraintsSet(header, moved), ["area <= 2.5e2 mm2", "too wide", "quality >= 32.5 dB"]);
  const [, , quality] = analysed(header, () => Float32Array.of(1), undefined, moved);
  equal([quality.name, setAt(quality)], ["quality >= 32.5 dB", 32.5]);
});

// A run of which commands set its area to 40 mm² after two designs, took it back after four, and set it anew after six.
const steps = [
  ["limit area <= 40 mm2", true, 2],
  ["limit area <= 1 mm2", false, 3],
  ["unlimit area", true, 4],
  ["limit area <= 60 mm2", true, 6],
].map(([command, accepted, atIndex]) => ({ command, accepted, atIndex }));
const recorded = { slacks: [{ key: "slack.0", name: "area <= 50 mm2", unit: "mm2" }] };
const area = [45, 30, 45, 30, 70, 30, 70, 30];
const designs = {
  n: 8,
  index: Int32Array.from(area, (_, row) => row),
  // as the search judged each: by 50, 40, nothing, 60 mm² in another column
  missed: Int32Array.of(0, 0, 1, 0, 0, 0, 4, 0),
  figure: () => Float32Array.from([5, 20, -5, 10, NaN, NaN, NaN, NaN]),
};

test("slacks of a steered run are to one value, whichever limit was in force", () => {
  const header = { constraints: ["area <= 40 mm2", "too wide"], recorded };
  const data = steered(designs, header, steps.slice(0, 2));
  equal([...data.figure("slack.0")].slice(0, 4), [5, 20, 5, 20]);
  const judge = (moved) => [
    ...meeting({ n: 4, missed: data.missed }, limitsOf(header), new Map(moved), (key) => data.figure(key)),
  ];
  equal(judge([]), [0, 1, 0, 1], "designs before the command are judged by it too");
  equal(judge([["slack.0", 46]]), [1, 1, 1, 1], "looser again");
  const [limit] = analysed(header, (key) => data.figure(key));
  equal([limit.at, limit.moved, limit.column], [50, 40, "slack.0"]);
  equal([...judged(data.missed, [limit])].slice(0, 4), [1, 0, 1, 0]);
  equal(steered(designs, header, []), designs, "nothing to do without a command");
});

test("a limit that was taken back judges nothing", () => {
  const header = { constraints: ["removed: area <= 40 mm2", "too wide"], recorded };
  const data = steered(designs, header, steps.slice(0, 3));
  equal(limitsOf(header), []);
  equal(
    analysed(header, () => null).map(({ name }) => name),
    ["too wide"],
  );
  equal(
    [...meeting({ n: 4, missed: data.missed }, limitsOf(header), new Map(), () => null)],
    [1, 1, 1, 1],
    "designs that missed it meet what is left",
  );
});

test("a limit that is set anew after it was taken back has a column of its own", () => {
  const header = { constraints: ["removed: area <= 40 mm2", "too wide", "area <= 60 mm2"], recorded };
  const data = steered(designs, header, steps);
  equal(
    limitsOf(header).map(({ text, at }) => [text, at]),
    [["area <= 60 mm2", 2]],
  );
  equal([...meeting({ n: 8, missed: data.missed }, limitsOf(header), new Map(), () => null)], [1, 1, 1, 1, 1, 1, 0, 1]);
});

test("a limit that was added judges the designs before it by the figure that it is on", () => {
  const header = {
    constraints: ["area <= 50 mm2", "too wide", "power <= 2 W", "delay <= 1 ns"],
    recorded: {
      slacks: [...recorded.slacks, { key: "slack.1", name: "too wide" }],
      metrics: [{ key: "power_W", name: "power", unit: "W" }],
    },
  };
  const columns = { "slack.0": Float32Array.of(5, 20, 5, 20), power_W: Float32Array.of(1, 3, 2, NaN) };
  const raw = {
    n: 4,
    index: Int32Array.of(0, 1, 2, 3),
    missed: Int32Array.of(0, 0, 0, 0),
    objectives: [],
    figure: (key) => columns[key] ?? null,
  };
  const data = steered(raw, header, []);
  equal([...data.figure("slack.2")], [1, -1, 0, NaN]);
  equal([...meeting(data, limitsOf(header), new Map(), (key) => data.figure(key))], [1, 0, 1, 0]);
  equal(data.figure("slack.3"), null, "nothing recorded is the delay");
});

test("a limit without a unit is in that of its figure, added ones too", () => {
  const header = {
    axes: [
      { key: "quality", name: "quality", unit: "dB" },
      { key: "energyEfficiency_TOPSperW", name: "TOPS/W", unit: "TOPS/W" },
    ],
    constraints: ["area <= 50 mm2", "quality >= 30", "TOPS/W >= 2"],
    recorded,
  };
  equal(
    limitsOf(header).map(({ shownIn }) => shownIn),
    ["mm2", "dB", ""],
  );
  const raw = { ...designs, objectives: [Float64Array.of(31, 29), Float64Array.of(3, 1)] };
  equal([...steered(raw, header, []).figure("slack.1")], [1, -1]);
  equal(
    spoken("limit quality >= 30: accepted after 12,000 designs", header),
    "limit quality >= 30 dB: accepted after 12,000 designs",
  );
  equal(spoken("limit quality >= 1e-3", header), "limit quality >= 1e-3 dB");
  equal(spoken("limit area <= 40 mm2", header), "limit area <= 40 mm2");
  equal(spoken("limit TOPS/W >= 2", header), "limit TOPS/W >= 2");
  equal(spoken("pause: accepted after 1 designs", header), "pause: accepted after 1 designs");
});

test("a brush has both its ends, and leaves out what has no value", () => {
  const data = { n: 4 };
  const columns = { a: Float64Array.from([1, 2, 3, NaN]), b: Int16Array.from([0, -1, 1, 1]) };
  equal(
    brushed(data, new Map([["a", [1, 2]]]), (key) => columns[key]),
    [1, 1, 0, 0],
  );
  const both = new Map([
    ["a", [2, 9]],
    ["b", [0, 1]],
  ]);
  equal(
    brushed(data, both, (key) => columns[key]),
    [0, 0, 1, 0],
  );
  ok(brushed(data, new Map([["c", [0, 0]]]), () => null).every(Boolean), "a column that loads narrows nothing");
});
