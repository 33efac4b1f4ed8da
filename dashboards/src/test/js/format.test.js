import { test, equal } from "/test/check.js";
import { three, integer, withUnit, between, oneUnit, percent, points, shortId } from "/assets/format.js";

test("numbers have three significant digits", () => {
  equal([three(0), three(0.0123456), three(8.076), three(99.96), three(1234)], ["0", "0.0123", "8.08", "100", "1,230"]);
  equal(three(1.5e7), "1.50e7");
  equal([three(null), three(NaN)], ["–", "–"]);
});

test("counts are grouped by thousands", () => {
  equal([integer(0), integer(4784), integer(1e6)], ["0", "4,784", "1,000,000"]);
});

test("a quantity has the prefix that fits", () => {
  equal(
    [withUnit(0.074, "ms"), withUnit(524.35, "uJ"), withUnit(1500, "uJ"), withUnit(17, "dB")],
    ["74.0 µs", "524 µJ", "1.50 mJ", "17.0 dB"],
  );
});

test("a band has the prefix of its middle and is empty where nothing disagrees", () => {
  equal(between(500, 1500, 2500, "uJ"), "0.500 – 2.50");
  equal(between(1, 1, 1, "uJ"), "");
});

test("shares are percent and losses points", () => {
  equal([percent(0.1234), percent(0.0001), percent(0)], ["12.3 %", "<0.1 %", "0.0 %"]);
  equal([points(0.0123), points(-0.0001)], ["1.2", "0.0"]);
});

test("a run is named by the letters that were drawn, or by the id that somebody gave", () => {
  equal(["20261128T202834Z-quickstart-nzqr", "tight", "q-1"].map(shortId), ["nzqr", "tight", "q-1"]);
});

test("a column has one unit, for values and bands", () => {
  const energy = oneUnit([111000, 110000, 900], "uJ");
  equal(
    [energy.unit, energy.text(111000), energy.text(900), energy.between(55300, 221000)],
    ["mJ", "111", "0.900", "55.3 – 221"],
  );
  const ratio = oneUnit([12, null], "TOPS/W");
  equal(
    [ratio.unit, ratio.text(12), ratio.text(null), ratio.between(3, 3), ratio.between(null, 3)],
    ["TOPS/W", "12.0", "–", "", ""],
  );
  equal(oneUnit([], "ms").unit, "ms");
});
