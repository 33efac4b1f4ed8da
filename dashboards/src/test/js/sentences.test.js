import { test, equal, contains } from "/test/check.js";
import * as sentences from "/assets/sentences.js";
import { analysed } from "/assets/judge.js";

function cloud() {
  const encoding = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
  const bits = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
  const eff = Float64Array.of(1.7, 1.75, 1.8, 1.85, 4.8, 5, 5.5, 6, 7, 8);
  const snr = [12.1, 13, 13, 13, 13, 13, 13, 13, 12.2, 12.3];
  return {
    n: 10,
    index: Int32Array.from(eff, (_, i) => i),
    axes: [
      { key: "encoding", title: "encoding", levels: ["offset", "differential"], of: (row) => encoding[row] },
      { key: "bits", title: "bits", levels: ["4", "5", "6"], of: (row) => bits[row] },
    ],
    knobs: [
      { path: "encoding", condition: "", values: ["offset", "differential"] },
      { path: "bits", condition: "", values: [4, 5, 6] },
    ],
    ordinals: [Int16Array.from(encoding), Int16Array.from(bits)],
    objectives: [
      { name: "TOPS/W", key: "eff", unit: "TOPS/W", maximise: true, scale: "logarithmic", values: eff },
      { name: "area", key: "area", unit: "mm2", maximise: false, scale: "logarithmic", values: eff.map((x) => 50 + x) },
    ],
    limits: analysed({ constraints: ["snr >= 12 dB"] }, () => Float32Array.from(snr, (value) => value - 12)),
    missed: new Int32Array(10),
    meets: new Uint8Array(10).fill(1),
    members: Int32Array.from(eff, (_, i) => i),
    curve: { evaluated: [10, 100], hypervolume: [0.5, 0.5] },
  };
}

test("the sentence on plateaus has its numbers and brushes its side", () => {
  const [sentence] = sentences.separationSentences(cloud());
  equal(
    sentences.textOf(sentence),
    "The front has a gap from 1.85 TOPS/W to 4.80 TOPS/W. 4 of 4 members below 3.00 TOPS/W use encoding = offset, 0 of 6 above.",
  );
  equal([sentence.brush, sentence.colour], [[{ key: "eff", from: -Infinity, to: 3 }], "encoding"]);
});

test("a knob at a bound says which end of its choice", () => {
  const [sentence] = sentences.boundSentences(cloud());
  equal(
    sentences.textOf(sentence),
    "bits = 6 in 10 of 10 members: the highest value of its choice; a wider choice may improve the front.",
  );
  equal(sentence.brush, [{ key: "bits", from: 2, to: 2 }]);
});

test("values below which there is none are one sentence", () => {
  const one = cloud();
  one.knobs[1] = { path: "bits", condition: "", values: [1, 2, 4] };
  one.axes[1].levels = ["1", "2", "4"];
  one.ordinals[1].fill(0);
  const at = one.axes[1];
  at.of = () => 0;
  equal(sentences.boundSentences(one).map(sentences.textOf), [
    "bits = 1 in all 10 members: the lowest; no lower value exists.",
  ]);
});

test("layers at a bound are one sentence, an end that holds the best of an objective another", () => {
  const n = 40;
  const eff = Float64Array.from({ length: n }, (_, i) => 1 + i);
  const layers = [0, 1].map((layer) => Int16Array.from(eff, (_, i) => (i < 4 && layer ? 1 : 0)));
  const side = Int16Array.from(eff, (_, i) => (i >= 30 ? 2 : i < 15 ? 1 : 0));
  const one = {
    ...cloud(),
    n,
    axes: [
      { key: "weights", title: "weights = 8", levels: ["0", "1", "2"], layers: 2, of: (row) => layers[1][row] },
      { key: "side", title: "side", levels: ["64", "128", "256"], of: (row) => side[row] },
    ],
    knobs: [
      ...["weights[a]", "weights[b]"].map((path) => ({ path, condition: "", values: [6, 8] })),
      { path: "side", condition: "", values: [64, 128, 256] },
    ],
    ordinals: [...layers, side],
    objectives: [{ name: "TOPS/W", key: "eff", unit: "TOPS/W", maximise: true, scale: "logarithmic", values: eff }],
    limits: [],
    members: Int32Array.from(eff, (_, i) => i),
  };
  const [bits, end] = sentences.boundSentences(one);
  equal(
    sentences.textOf(bits),
    "weights = 6 in all 2 layers in 36 of 40 members: the lowest value of its choice; a wider choice may improve the front.",
  );
  equal(bits.brush, [{ key: "weights", from: 0, to: 0 }]);
  equal(
    sentences.textOf(end),
    "side = 256 in the 10 members best in TOPS/W (31.0 TOPS/W or better): the highest value of its choice; a wider choice may improve the front.",
  );
  equal(end.brush, [{ key: "eff", from: 31, to: Infinity }]);
});

test("a knob at the end of what the grammar allows cannot be widened", () => {
  const [widest] = sentences.boundSentences(cloud(), () => ({ least: 1, most: 6 }));
  contains(sentences.textOf(widest), "its model allows no higher one.");
  const [wider] = sentences.boundSentences(cloud(), () => ({ least: 1, most: 16 }));
  contains(sentences.textOf(wider), "a wider choice (1 to 16 allowed) may improve the front.");
});

test("a binding limit brushes its slack", () => {
  const [sentence] = sentences.leaningSentences(cloud());
  equal(sentences.textOf(sentence), "3 of 10 members lie within 5 % of snr ≥ 12 dB.");
  equal(sentence.brush, [{ key: "slack.0", from: 0, to: 0.05 * 12 }]);
});

test("the price of a decibel states best and knee", () => {
  const tighter = sentences.moveSentences(cloud(), 9).find((sentence) => sentence.kind === "tighter");
  contains(sentences.textOf(tighter), "1 dB more (snr ≥ 13 dB): best TOPS/W −25 % to 6.00 TOPS/W");
  contains(sentences.textOf(tighter), "3 designs drop out.");
});

test("gains read as ratios on a logarithmic axis and differences on a linear one", () => {
  const [eff, area] = cloud().objectives;
  const snr = { name: "snr", unit: "dB", maximise: true, scale: "linear" };
  equal(
    [
      sentences.gainText(eff, Math.log10(1.104)),
      sentences.gainText(area, Math.log10(1.1)),
      sentences.gainText(eff, 0),
      sentences.gainText(snr, -1.5),
      sentences.gainText(snr, NaN),
    ],
    ["+10 %", "−9.1 %", "±0", "−1.50 dB", "–"],
  );
});

test("a run without a front tells why", () => {
  const empty = {
    ...cloud(),
    members: new Int32Array(0),
    missed: new Int32Array(10).fill(1),
    meets: new Uint8Array(10),
  };
  equal(sentences.storyOf(empty).map(sentences.textOf), ["None of 10 designs meets every limit: 10 miss snr ≥ 12 dB."]);
});

test("the whole story has a sentence of each kind that applies", () => {
  const kinds = new Set(sentences.storyOf(cloud(), { shares: [0.95, 0.4] }).map((sentence) => sentence.kind));
  for (const kind of ["separation", "bound", "limit", "tighter", "firm", "importance", "stall", "course"])
    contains([...kinds].join(" "), kind);
});

test("the models tell few members from others only where most leave the front in half of the draws", () => {
  const words = (shares) => sentences.firmSentences(cloud(), shares).map(sentences.textOf).join();
  const few = "tell few members from others";
  equal([words([0.8, 0.7, 0.6, 0.3]).includes(few), words([0.4, 0.3, 0.2, 0.1, 0.95]).includes(few)], [false, true]);
});

test("the sentence on a decibel along the front states the medians", () => {
  const one = cloud();
  const values = Float64Array.from(one.index, (i) => 12 + i);
  one.objectives.push({ name: "snr", key: "snr", unit: "dB", maximise: true, scale: "linear", values });
  one.objectives[0] = { ...one.objectives[0], values: Float64Array.from(one.index, (i) => 100 * 0.9 ** i) };
  one.objectives[1] = { ...one.objectives[1], values: Float64Array.from(one.index, () => 50) };
  const [sentence] = sentences.exchangeSentences(one);
  equal(
    sentences.textOf(sentence),
    "Along the front 1 dB more snr moves the best TOPS/W by −10 %, area by ±0 (medians of 9 steps, 12.0 dB to 21.0 dB).",
  );
});

test("the sentence on draws brushes the members that stay", () => {
  const [firm] = sentences.firmSentences(cloud(), [0.95, 0.6, 0.1]);
  equal(firm.brush, [{ key: "onFront", from: 90, to: 100 }]);
  contains(sentences.textOf(firm), "Of 10 members, 3 of them drawn, 1 stays in 90 % of draws and 2 in half");
});
