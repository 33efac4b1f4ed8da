import { test, equal, near } from "/test/check.js";
import { amountOf } from "/assets/knobs.js";
import { axesOf, binsOf, columnOf, extentOf, foremost, simulatedAxes, spaceSize } from "/assets/axes.js";

const header = {
  axes: [{ name: "area", key: "area_mm2", unit: "mm2", maximise: false, scale: "logarithmic" }],
  knobs: [
    { path: "pe.readout", values: ["sar", "flash"], condition: "" },
    { path: "pe.readout.bits", values: [4, 6, 8], condition: "pe.readout = sar" },
    { path: "pe.readout.bits", values: [3, 4], condition: "pe.readout = flash" },
    { path: "cell.readVoltage", values: ["0.2 V", "0.05 V", "100 mV"], condition: "" },
    { path: "precision.weights[a]", values: [6, 8], condition: "" },
    { path: "precision.weights[b]", values: [6, 8], condition: "" },
  ],
  recorded: { metrics: [{ key: "area_mm2", name: "area", unit: "mm2" }], slacks: [] },
};

const data = {
  n: 3,
  index: Int32Array.from([0, 1, 2]),
  knobs: [
    [0, 1, 0],
    [2, -1, 0],
    [-1, 1, -1],
    [0, 1, 2],
    [0, 1, 1],
    [0, 0, 1],
  ].map((column) => Int16Array.from(column)),
  objectives: [Float64Array.from([1, 10, 100])],
  figure: () => null,
};

const axis = (key) => axesOf(header).find((one) => one.key === key);

test("alternatives of one path are one axis over all their values, in order", () => {
  const bits = axis("pe.readout.bits");
  equal(bits.levels, ["3", "4", "6", "8"]);
  equal(columnOf(bits, data), [3, 1, 1]);
});

test("values with units are in the order of their amounts", () => {
  equal(axis("cell.readVoltage").levels, ["0.05 V", "100 mV", "0.2 V"]);
  equal(columnOf(axis("cell.readVoltage"), data), [2, 0, 1]);
});

test("amounts of values are in the base unit of their text", () => {
  equal(["1 hour", "1 day", "30 days", "2 min", "1 month"].map(amountOf), [3600, 86400, 2592000, 120, 2629800]);
  equal(["64 KB", "1 MHz", "3", "2e-1 V", "50 %"].map(amountOf), [65536, 1e6, 3, 0.2, 50]);
});

test("a knob of every layer counts the layers with its last value", () => {
  equal(columnOf(axis("precision.weights"), data), [0, 1, 2]);
});

test("a metric that is an objective has one axis, of the objective's digits", () => {
  equal(axesOf(header).filter((one) => one.key === "area_mm2").length, 1);
  equal(columnOf(axis("area_mm2"), data), [1, 10, 100]);
});

test("the size of a space adds alternatives and multiplies knobs", () => {
  equal(spaceSize(header.knobs), (3 + 2) * 3 * 2 * 2);
  equal(spaceSize([]), 0);
});

test("bins are even on the axis and hold both ends", () => {
  const area = axis("area_mm2");
  const column = Float64Array.from([1, 10, 100, NaN, 0]);
  const extent = extentOf(column, area);
  equal(extent, [1, 100]);
  const { bin, count, edges } = binsOf(area, column, extent);
  equal(bin, [0, count / 2, count - 1, -1, -1]);
  near(edges(count / 2)[0], 10, 1e-9);
});

test("a recorded share is in percent, as its limits are", () => {
  const metricOf = (key) => (key === "agreement" ? { format: "percent", scale: "linear", better: "higher" } : null);
  const recorded = { metrics: [{ key: "agreement", name: "agreement", unit: "" }] };
  const [agreement] = axesOf({ axes: [], recorded }, metricOf);
  equal([agreement.unit, agreement.maximise], ["%", true]);
  const shares = Float32Array.from([0.75, NaN]);
  equal([...agreement.source({ figure: () => shares })], [75, NaN]);
  equal(agreement.source({ figure: () => null }), null);
});

test("simulated figures are axes of the designs that have them, with intervals", () => {
  const counted = (value) => ({ value, low: value - 0.25, high: value + 0.125 });
  const accuracy = { accuracy: counted(0.5), loss: counted(0.25), agreement: counted(0.75) };
  const axes = simulatedAxes([{ index: 1, accuracy }, { index: 2 }]);
  equal(
    axes.map((one) => one.key),
    ["simulatedAgreement", "simulatedLoss", "simulatedAccuracy"],
  );
  equal(axes[0].estimate, "agreement");
  equal([...axes[0].source({ n: 3, rowOf: (index) => index })], [NaN, 75, NaN]);
  equal([axes[0].interval(1), axes[0].interval(2), axes[0].interval(9)], [[50, 87.5], null, null]);
  equal(foremost(accuracy).key, "simulatedAgreement");
  const older = { accuracy: counted(0.5), loss: counted(0.25) };
  equal(
    simulatedAxes([{ index: 1, accuracy: older }]).map((one) => one.key),
    ["simulatedLoss", "simulatedAccuracy"],
  );
  equal(foremost(older).key, "simulatedAccuracy");
  equal(simulatedAxes([{ index: 1 }]), []);
});
