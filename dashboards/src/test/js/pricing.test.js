import { test, equal, near, ok } from "/test/check.js";
import { pricing } from "/assets/pricing.js";

const column = (key, factor) => ({ key, name: key, unit: "", ...(factor ? { factor } : {}) });

/** Two designs, the first with SAR converters, the second with sense amplifiers; numbers that one adds up in the head. */
const COLUMNS = {
  "parts.energy_uJ.sar": [40, NaN],
  "parts.energy_uJ.senseAmplifier": [NaN, 20],
  "parts.energy_uJ.interconnect": [10, 10],
  "parts.energy_uJ.interconnect.wires": [20, 10],
  "parts.energy_uJ.writeDriver.sar": [10, NaN],
  "parts.energy_uJ.fixed": [20, 10],
  "parts.area_mm2.sar": [30, NaN],
  "parts.area_mm2.senseAmplifier": [NaN, 5],
  "parts.area_mm2.interconnect": [5, 5],
  "parts.area_mm2.interconnect.wires": [4, 4],
  "parts.area_mm2.sramBuffer.chip": [1, 1],
  "parts.area_mm2.fixed": [10, 10],
  "parts.powerPeak_W.sar": [5, NaN],
  "parts.powerPeak_W.fixed": [5, 5],
  "slack.0": [100 - 50, 100 - 25],
  "slack.1": [1, 2],
  "slack.2": [3 - 2, 4 - 2],
  "slack.3": [1 - 10 / 50, 1 - 5 / 25],
};
const HEADER = {
  axes: [
    { key: "energyEfficiency_TOPSperW", name: "TOPS/W" },
    { key: "area_mm2", name: "area" },
  ],
  recorded: {
    metrics: [],
    slacks: ["area <= 100 mm2", "snr >= 12 dB", "TOPS/W >= 2", "power density too large"].map((name, k) => ({
      key: "slack." + k,
      name,
      unit: "",
    })),
  },
  costs: {
    columns: Object.keys(COLUMNS)
      .filter((key) => key.startsWith("parts."))
      .map((key) => column(key, key === "parts.energy_uJ.senseAmplifier" ? 0.52 : undefined)),
  },
  spec: {
    calibration: [
      { family: "flash", quantity: "area", factor: 1.5, fittedOn: ["chip: a"] },
      { family: "sar", quantity: "energy", factor: 3, fittedOn: ["old"] },
    ],
  },
};
const figure = (key) => (COLUMNS[key] ? Float32Array.from(COLUMNS[key]) : null);
const prices = (entries) => new Map(Object.entries(entries));

test("a factor on energy multiplies the columns of its family, verified cells included", () => {
  const ratios = pricing(HEADER).ratios(figure, 2, prices({ "sar.energy": 0.5 }));
  equal(ratios.get("energy_uJ"), [0.75, 1]); // (20 + 10 + 20 + 5 + 20) / 100
  equal(ratios.get("powerPeak_W"), [0.75, 1]);
  equal(ratios.has("area_mm2"), false);
});

test("shares of the families follow the prices", () => {
  const of = pricing(HEADER);
  const share = (rows, entries, key) => of.shares(figure, rows, prices(entries)).get(key);
  // of the first design, 100 uJ: 40 of converters; at half 20 + 10 + 20 + 5 + 20 = 75
  near(share([0], {}, "sar.energy"), 0.4, 1e-7);
  near(share([0], { "sar.energy": 0.5 }, "sar.energy"), 20 / 75, 1e-7);
  near(share([0], { "sar.energy": 0.5 }, "interconnect.energy"), 30 / 75, 1e-7);
  // both designs: 40 of 150 uJ
  near(share([0, 1], {}, "sar.energy"), 40 / 150, 1e-7);
  // four times the area of SAR: (120 + 10 + 1) ... the side of a tile grows by sqrt(130 / 40), its wires with it
  const side = Math.sqrt((120 + 10) / (30 + 10));
  near(share([0], { "sar.area": 4 }, "sar.area"), 120 / (120 + 5 + 4 * side + 1 + 10), 1e-7);
});

test("a factor on area stretches wires by the side of a tile, and their energy with it", () => {
  const ratios = pricing(HEADER).ratios(figure, 2, prices({ "sar.area": 5 }));
  // inside a tile 30 + 10 become 150 + 10: the side doubles
  equal(ratios.get("area_mm2"), [(150 + 5 + 8 + 1 + 10) / 50, 1]);
  equal(ratios.get("energy_uJ"), [(40 + 10 + 40 + 10 + 20) / 100, 1]);
});

test("two factors on one column are a product", () => {
  const ratios = pricing(HEADER).ratios(figure, 2, prices({ "sar.energy": 2, "writeDriver.energy": 3 }));
  equal(ratios.get("energy_uJ"), [(80 + 10 + 20 + 60 + 20) / 100, 1]);
});

test("metrics follow their costs, and those that do not are left alone or unknown", () => {
  const of = pricing(HEADER);
  const ratios = of.ratios(figure, 2, prices({ "sar.energy": 0.5 }));
  const one = Float64Array.of(1, 1);
  equal(of.values("energyEfficiency_TOPSperW", one, ratios), [1 / 0.75, 1]);
  equal(of.values("power_W", one, ratios), [0.75, 1]);
  equal(of.values("energyEfficiencyPeak_TOPSperW", one, ratios), [1 / 0.75, 1]);
  ok(of.values("area_mm2", one, ratios) === one);
  ok(of.values("latency_ms", one, ratios) === one && of.values("snr_dB", one, ratios) === one);
  equal(of.values("energyEfficiencyIdeal_TOPSperW", one, ratios), null);
  equal(of.values("worst.energy_uJ", one, ratios), null);
  equal(of.values("leakage_W", one, ratios), null, "a run without columns of static power");
  equal(of.unknown, []);
});

test("slacks follow, and with them the constraints that are missed", () => {
  const of = pricing(HEADER);
  const ratios = of.ratios(figure, 2, prices({ "sar.energy": 3, "sar.area": 5 }));
  const slack = (k) => of.slack(HEADER.recorded.slacks[k].name, figure("slack." + k), figure, ratios);
  equal(slack(0), [100 - 174, 75]);
  equal(slack(1), [1, 2]);
  // energy becomes 120 + 10 + 40 + 30 + 20 = 220 of 100
  near(slack(2)[0], 3 / 2.2 - 2, 1e-6);
  // peak power 10 becomes 20 over 174 mm2
  near(slack(3)[0], 1 - 20 / 174, 1e-6);
  equal(of.missed(Int32Array.of(2, 0), figure, ratios), [1 | 2 | 4, 0]);
  equal(of.missed(Int32Array.of(5, 0), figure, of.ratios(figure, 2, new Map())), [5, 0]);
});

test("formulas over figures that prices move are unknown and stay as the run judged them", () => {
  const slacks = ["energy * latency <= 3", "energy[resnet18] <= 2 mJ", "latency <= 0.1 * snr"];
  const recorded = { ...HEADER.recorded, slacks: slacks.map((name, k) => ({ key: "slack." + k, name, unit: "" })) };
  const of = pricing({ ...HEADER, recorded });
  const ratios = of.ratios(figure, 2, prices({ "sar.energy": 0.5 }));
  equal(of.unknown, slacks.slice(0, 2));
  equal(of.slack(slacks[0], figure("slack.0"), figure, ratios), null);
  equal(of.missed(Int32Array.of(3, 0), figure, ratios), [3, 0]);
});

test("sliders are those of families that cost anything, by their share on the front", () => {
  const offers = pricing(HEADER).offers(figure, 2, [1]);
  equal(
    offers.map((offer) => offer.key),
    [
      "interconnect.energy",
      "senseAmplifier.energy",
      "interconnect.area",
      "senseAmplifier.area",
      "sramBuffer.area",
      "sar.area",
      "sar.energy",
      "writeDriver.energy",
    ],
  );
  equal([offers[1].share, offers[1].held], [20 / 50, 0.52]);
  equal(
    pricing(HEADER).offers((key) => (key.endsWith("fixed") ? null : figure(key)), 2, [1]),
    null,
  );
});

test("moved sliders are a calibration, times what the run holds, beside the spec's own rows", () => {
  const text = pricing(HEADER).calibration(
    prices({ "sar.energy": 0.5, "senseAmplifier.energy": 2 }),
    "what-if of ab12",
  );
  equal(
    text,
    "calibration:\n" +
      '  - {family: flash, quantity: area, factor: 1.5, fittedOn: ["chip: a"]}\n' +
      '  - {family: sar, quantity: energy, factor: 0.5, fittedOn: ["what-if of ab12"]}\n' +
      '  - {family: senseAmplifier, quantity: energy, factor: 1.04, fittedOn: ["what-if of ab12"]}\n',
  );
  equal(pricing(HEADER).calibration(prices({ "sar.energy": 1 }), "x"), null);
});

test("the command searches on with the run's spec, the factors, the designs and the limits of the page", () => {
  const header = { ...HEADER, spec: { constraints: ["area <= 100 mm2", "snr >= 12 dB"] } };
  const of = pricing(header);
  const set = prices({ "sar.energy": 0.5 });
  equal(
    of.command(set, "r-ab12", [7, 3]),
    "./kirchhoff explore --from r-ab12 --from-designs 7,3 --set " +
      "'calibration=[{family: sar, quantity: energy, factor: 0.5, fittedOn: [\"what-if of r-ab12\"]}]'",
  );
  const limited = of.command(set, "r", [], prices({ "slack.1": 10 }));
  ok(limited.endsWith(` --set 'constraints=["area <= 100 mm2","snr >= 10 dB"]'`), limited);
  ok(!limited.includes("--from-designs"));
  const many = of
    .command(set, "r", [...Array(1000).keys()])
    .match(/--from-designs (\S+)/)[1]
    .split(",");
  equal([many.length, many[0], many.at(-1)], [100, "0", "999"]);
  equal(of.command(prices({}), "r", [1]), null);
});

test("a run without costs by circuit family has no prices", () => {
  equal(pricing({ costs: { columns: [], refusal: "made by another model" } }), null);
  equal(pricing({}), null, "and none before they are known");
});
