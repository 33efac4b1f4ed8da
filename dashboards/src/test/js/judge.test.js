import { test, equal, ok } from "/test/check.js";
import { brushed, frontOf, limitsOf, meeting, bestUnder } from "/assets/judge.js";
import { limitOf } from "/assets/axes.js";

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
