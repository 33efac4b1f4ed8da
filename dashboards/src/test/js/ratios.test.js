import { test, equal } from "/test/check.js";
import { waterfall, foremost, changeText, draws, attained, band, logMean } from "/assets/ratios.js";
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
