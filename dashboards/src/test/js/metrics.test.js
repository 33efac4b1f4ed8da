import { test, equal } from "/test/check.js";
import { bandTitle, figure, wordsOf, figuresOf } from "/assets/metrics.js";

const kernel = {
  work: "task",
  axes: [{ key: "quality", unit: "dB", maximise: true }],
  recorded: { metrics: [{ key: "qualityLoss", unit: "dB" }] },
};
const network = { work: "inference", axes: [{ key: "energy_uJ", unit: "uJ", maximise: false }] };

test("a run of a kernel alone has the units and the direction of its measure", () => {
  const { work, units, better } = wordsOf(kernel);
  equal([work, units, better], ["task", { quality: "dB", qualityLoss: "dB" }, { quality: "higher" }]);
});

test("a network beside a kernel, or no header, speaks of inferences", () => {
  equal(wordsOf(kernel, network).work, "inference");
  equal(wordsOf(null).work, "inference");
  equal(wordsOf(kernel, kernel).work, "task");
});

test("a rate counts passes of the workload", () => {
  equal(figure({ format: "perSecond", work: "task" }, 12).join(" "), "12.0 tasks/s");
  equal(figure({ format: "perSecond" }, 12).join(" "), "12.0 inferences/s");
});

test("a figure without a band beside others says why", () => {
  const bands = { area_mm2: { low: 1, high: 2 } };
  equal(bandTitle("area", bands, "area_mm2"), "area");
  equal(bandTitle("snr", bands, "snr_dB").startsWith("snr. No band: "), true);
  equal(bandTitle("snr", {}, "snr_dB"), "snr", "nothing is known of a design without an account");
});

test("figures of one row have one unit", () => {
  const energy = figuresOf({ format: "quantity", unit: "uJ" }, [321, 359, 2390]);
  equal([321, 2390].map(energy.text), ["321 µJ", "2,390 µJ"]);
  equal(energy.band({ low: 160, nominal: 321, high: 1150 }), "160 – 1,150");
  equal(energy.band(undefined), "");
  equal(figuresOf({ format: "share" }, [0.929]).text(0.929), "92.9 %");
});
