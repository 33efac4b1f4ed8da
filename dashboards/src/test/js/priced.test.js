import { test, equal } from "/test/check.js";
import { limitsOf, meeting, steered } from "/assets/judge.js";
import { pricedMissed, pricedSlack } from "/assets/priced.js";

// Two designs of 100 and 50 uJ, all of it in converters of the first; a command limited their power since.
const COLUMNS = {
  "parts.energy_uJ.sar": Float32Array.of(100, 0),
  "parts.energy_uJ.fixed": Float32Array.of(0, 50),
  power_W: Float32Array.of(1, 2),
  "slack.0": Float32Array.of(5, 5),
};
const HEADER = {
  axes: [{ key: "area_mm2", name: "area", unit: "mm2" }],
  constraints: ["area <= 50 mm2", "power <= 2 W"],
  recorded: {
    metrics: [{ key: "power_W", name: "power", unit: "W" }],
    slacks: [{ key: "slack.0", name: "area <= 50 mm2", unit: "mm2" }],
  },
  costs: {
    columns: ["sar", "fixed"].map((family) => ({ key: "parts.energy_uJ." + family, name: family, unit: "uJ" })),
  },
};

test("a limit that a command added is judged at the prices that are set", () => {
  const raw = {
    n: 2,
    index: Int32Array.of(0, 1),
    missed: Int32Array.of(0, 0),
    objectives: [Float64Array.of(45, 45)],
    figure: (key) => COLUMNS[key] ?? null,
  };
  const data = steered(raw, HEADER, []);
  const judge = (prices) => {
    const priced = { n: 2, missed: pricedMissed(data, HEADER, prices) };
    return [...meeting(priced, limitsOf(HEADER), new Map(), (key) => pricedSlack(data, HEADER, prices, key))];
  };
  equal([...pricedSlack(data, HEADER, new Map(), "slack.1")], [1, 0]);
  equal(judge(new Map()), [1, 1]);
  const dear = new Map([["sar.energy", 3]]);
  equal([...pricedSlack(data, HEADER, dear, "slack.1")], [-1, 0], "three times the power of the first");
  equal(judge(dear), [0, 1]);
});
