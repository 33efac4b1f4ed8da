import { test, equal } from "/test/check.js";
import {
  waterfall,
  foremost,
  changeText,
  draws,
  outcome,
  lettered,
  sharedAxes,
  projected,
  attained,
  band,
  logMean,
} from "/assets/ratios.js";
import { three } from "/assets/format.js";

const close = (actual, expected, what) => {
  if (Math.abs(actual - expected) > 1e-12) throw new Error(what + ": expected " + expected + ", was " + actual);
};

test("the parts of a waterfall add up to the logarithm of the ratio", () => {
  const a = new Map([
    ["readout", 110],
    ["crossbar", 99],
    ["io", 5],
  ]);
  const b = new Map([
    ["readout", 55],
    ["crossbar", 120],
    ["bus", 8],
  ]);
  const entries = waterfall(a, b);
  const sum = entries.reduce((s, entry) => s + entry.log, 0);
  close(sum, Math.log(214 / 183), "sum");
  equal(entries[0].name, "readout");
  equal(entries.find((entry) => entry.name === "bus").a, 0);
});

test("equal parts have no bar", () => {
  const same = new Map([["readout", 3]]);
  equal(
    waterfall(same, same).map((entry) => entry.log),
    [0],
  );
  close(logMean(2, 2), 2, "mean of equal numbers");
  close(logMean(1, Math.E), Math.E - 1, "mean");
});

test("small parts are one bar", () => {
  const entries = [{ log: 0.5 }, { log: -0.1 }, { log: 0.0005 }, { log: 0.0003 }];
  const { shown, rest, count } = foremost(entries);
  equal([shown.length, count], [2, 2]);
  close(rest, 0.0008, "rest");
});

test("a change is a percentage up to a factor of two", () => {
  equal(
    [changeText(Math.log(1.2), three), changeText(Math.log(0.935), three), changeText(Math.log(3.1), three)],
    ["+20 %", "−6.5 %", "× 3.10"],
  );
  equal([changeText(0, three), changeText(Math.log(1.004), three)], ["±0 %", "+0.40 %"]);
});

test("shares of draws are counts of a hundred", () => {
  equal(
    [draws(0.972), draws(1), draws(0.998), draws(0.002), draws(0)],
    ["97 of 100", "100 of 100", "more than 99 of 100", "fewer than 1 of 100", "0 of 100"],
  );
});

test("a front attains a value where a member is at least as good on the other axis", () => {
  const front = [
    [10, 2],
    [20, 5],
  ];
  // Area to the right is minimised, efficiency upwards is maximised.
  equal(attained(front, [5, 10, 15, 20, 30], [1, -1]), [null, 2, 2, 5, 5]);
  equal(
    band([
      [null, 2, 3],
      [1, 4, 3],
    ]),
    [null, [2, 4], [3, 3]],
  );
});

test("a comparison says no more than its draws know", () => {
  const words = (verdict, aBetter, bBetter, modelled = true) => {
    const { bold, share, after } = outcome({ verdict, modelled, aBetter, bBetter }, "C", "D", "1 %");
    return [bold, share, after];
  };
  equal(words("same", 0, 0), ["C and D are the same", null, ""]);
  equal(words("equal", 0, 0), ["C and D are equal within 1 %", 1, ""]);
  equal(words("bBetter", 0.02, 0.98), ["D is better than C", 0.98, ""]);
  equal(words("aBetter", 1, 0, false), ["C is better than D", null, "; no error is modelled for it"]);
  equal(words("equal", 0, 0, false), ["C and D are equal within 1 %", null, "; no error is modelled for it"]);
  equal(words("aAhead", 0.5, 0.1), [
    "C is ahead of D",
    0.5,
    ", equal within 1 % in 40 of 100; the sources do not tell them apart",
  ]);
  equal(words("bAhead", 0.4, 0.6), ["D is ahead of C", 0.6, "; the sources do not tell them apart"]);
});

test("a server's A and B have the letters of the page", () => {
  equal(lettered("A and B differ: A is 1, B 2; Both", "C", "A"), "C and A differ: C is 1, A 2; Both");
});

test("fronts of other objectives are compared on those that all have", () => {
  const efficiency = { key: "e", maximise: true };
  const area = { key: "a", maximise: false };
  const snr = { key: "s", maximise: true };
  equal(
    sharedAxes([
      [efficiency, area],
      [snr, area, { ...efficiency }],
    ]),
    [efficiency, area],
  );
  equal(sharedAxes([[efficiency, area], [{ ...area, maximise: true }]]), []);
  equal(sharedAxes([[area], [{ ...area, band: "low" }]]), []);
  const front = [
    { index: 1, values: [10, 5, 3] },
    { index: 2, values: [20, 5, 3] },
    { index: 3, values: [5, 5, 3] },
    { index: 4, values: [1, 4, 1] },
    { index: 5, values: [0, 2, 2] },
  ];
  // By e and a alone 2 and 3 equal 1, and 4 is dominated by none: it has less of both.
  equal(
    projected(front, [snr, efficiency, area], [efficiency, area]).map(([member, values]) => [member.index, values]),
    [
      [1, [5, 3]],
      [4, [4, 1]],
    ],
  );
  equal(projected(front, [snr, efficiency, area], [snr, efficiency, area]).length, 5);
});
