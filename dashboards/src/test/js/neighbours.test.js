import { test, equal } from "/test/check.js";
import { gain, ranked } from "/assets/neighbours.js";

const energy = { key: "energy", scale: "logarithmic", maximise: false };
const snr = { key: "snr", scale: "linear", maximise: true };

test("a gain is the logarithm of a ratio, or a difference", () => {
  equal(gain(energy, 1, Math.E), 1);
  equal(gain(snr, 12, 10), 2);
});

test("a value where there was none is better than any other", () => {
  equal(gain(energy, 5, null), Infinity);
  equal(gain(energy, undefined, 5), -Infinity);
  equal(gain(energy, null, undefined), 0);
});

test("a neighbour with a result dominates a design without one", () => {
  const list = [
    { knob: 0, ordinal: 1, values: [null], missed: ["kernels without a solution"] },
    { knob: 0, ordinal: 2, values: [3], missed: [] },
  ];
  const [first, second] = ranked(list, [energy], [null]);
  equal(first.ordinal, 2);
  equal(first.dominates, true);
  equal(second.dominates, false);
});
