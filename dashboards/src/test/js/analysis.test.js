import { test, equal, near, ok } from "/test/check.js";
import * as analysis from "/assets/analysis.js";
import { analysed } from "/assets/judge.js";

const efficiency = { name: "TOPS/W", key: "eff", unit: "TOPS/W", maximise: true, scale: "logarithmic" };
const area = { name: "area", key: "area", unit: "mm2", maximise: false, scale: "logarithmic" };

/** A knob axis over a column of ordinals. */
function knob(key, levels, column) {
  return { key, title: key, kind: "knob", levels, of: (row) => column[row] };
}

/** A cloud of members only, feasible, with knobs `{ path: [values, ordinals] }`. */
function front(eff, areas, knobs, more = {}) {
  const n = eff.length;
  const names = Object.keys(knobs);
  return {
    n,
    index: Int32Array.from({ length: n }, (_, i) => 10 * i),
    axes: names.map((path) => knob(path, knobs[path][0], knobs[path][1])),
    knobs: names.map((path) => ({ path, condition: "", values: knobs[path][0] })),
    ordinals: names.map((path) => Int16Array.from(knobs[path][1])),
    objectives: [
      { ...efficiency, values: Float64Array.from(eff) },
      { ...area, values: Float64Array.from(areas) },
    ],
    limits: [],
    missed: new Int32Array(n),
    meets: new Uint8Array(n).fill(1),
    members: Int32Array.from({ length: n }, (_, i) => i),
    curve: { evaluated: [], hypervolume: [] },
    ...more,
  };
}

const plateaus = () =>
  front([1.7, 1.75, 1.8, 1.85, 4.8, 5, 5.5, 6, 7, 8], [55, 56, 57, 58, 60, 61, 62, 63, 64, 65], {
    encoding: [
      ["offset", "differential"],
      [0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
    ],
    bits: [
      [1, 2, 3, 4],
      [3, 3, 3, 3, 0, 1, 0, 1, 0, 1],
    ],
    noise: [
      ["a", "b"],
      [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
    ],
  });

test("a property that marks one side wholly has all information, one that is spread evenly has none", () => {
  equal(analysis.information(4, 4, 0, 6), 1);
  equal(analysis.information(2, 4, 3, 6), 0);
  // by hand: H(4, 6) = 0.97095 bits; with 3 of 4 and 1 of 6 after = 0.4 H(3,1) + 0.6 H(1,5) = 0.71451, bias = 0.07213
  near(analysis.information(3, 4, 1, 6), (0.97095 - 0.71451 - 0.07213) / 0.97095, 1e-4);
});

test("the knob that makes the plateaus is found at the gap", () => {
  const [cut] = analysis.separations(plateaus());
  equal([cut.objective.key, cut.low, cut.high, cut.below, cut.above], ["eff", 1.85, 4.8, 4, 6]);
  equal(cut.at, 3);
  const [split, same] = cut.splits;
  equal([split.axis.key, split.from, split.to, split.a, split.b, split.share], ["encoding", 0, 0, 4, 0, 1]);
  equal([same.axis.key, same.from, same.a, same.b], ["bits", 3, 4, 0], "numbers come after kinds");
});

test("levels up to one are a property of numbers", () => {
  const cloud = front([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8], {
    bits: [
      ["1 bit", "2 bit", "3 bit", "4 bit"],
      [0, 1, 0, 1, 2, 3, 2, 3],
    ],
  });
  const [cut] = analysis.separations(cloud);
  equal([cut.below, cut.above, cut.splits[0].from, cut.splits[0].to], [4, 4, 0, 1]);
});

test("each cut is told by knobs that were not told before", () => {
  const eff = Array.from({ length: 40 }, (_, i) => 1 + i);
  const cloud = front(eff, eff, {
    bits: [[4, 5, 6, 7], eff.map((_, i) => Math.floor(i / 10))],
    kind: [["a", "b"], eff.map((_, i) => (i < 30 ? 0 : 1))],
  });
  const keys = analysis.separations(cloud).map(({ splits }) => splits[0].axis.key);
  equal([keys.length > 0, new Set(keys).size === keys.length], [true, true], keys.join());
});

test("a decibel along the front costs the median of what is left of the best", () => {
  // from 10 to 15 dB: half of the efficiency with every dB but the last, which takes nothing; the area stays
  const snr = { name: "snr", key: "snr", unit: "dB", maximise: true, scale: "linear" };
  const values = Float64Array.of(10, 11, 12, 13, 14, 15);
  const cloud = front([32, 16, 8, 4, 2, 2], [1, 1, 1, 1, 1, 1], {});
  cloud.objectives.push({ ...snr, values });
  const [found, ...rest] = analysis.exchange(cloud);
  equal([found.objective.key, found.steps, found.from, found.to, rest.length], ["snr", 5, 10, 15, 0]);
  const [efficiencies, areas] = found.costs;
  near(efficiencies.median, -Math.log10(2), 1e-12);
  equal([efficiencies.least, areas.median], [0, 0]);
  equal(analysis.exchange(front([1, 2], [1, 2], {})), [], "no objective is linear");
});

test("a front without structure is not separated", () => {
  const eff = Array.from({ length: 40 }, (_, i) => 1 + i / 40);
  const cloud = front(eff, eff, { noise: [["a", "b"], eff.map((_, i) => i % 2)] });
  equal(analysis.separations(cloud), []);
});

test("a round number lies between two", () => {
  equal(
    [
      analysis.roundBetween(1.85, 4.83),
      analysis.roundBetween(80.1, 90.2),
      analysis.roundBetween(0.0741, 0.0749),
      analysis.roundBetween(-3, 4),
    ],
    [3, 90, 0.0745, 0],
  );
  for (const [low, high] of [
    [1.234567, 1.234568],
    [999, 1001],
    [1e-9, 2e-9],
  ])
    ok(analysis.roundBetween(low, high) > low && analysis.roundBetween(low, high) < high, low + " to " + high);
});

test("knobs at a bound are numbers of three values or more, with whether a lower value exists", () => {
  const cloud = front([1, 2, 3], [1, 2, 3], {
    "cell.bits": [
      [1, 2, 4],
      [0, 0, 0],
    ],
    voltage: [
      ["0.1 V", "0.05 V", "0.2 V"],
      [1, 1, 0],
    ],
    kind: [
      ["a", "b", "c"],
      [0, 0, 0],
    ],
    two: [
      [1, 2],
      [0, 0, 0],
    ],
    spread: [
      [1, 2, 3],
      [0, 1, 2],
    ],
  });
  const found = analysis.bounds(cloud);
  equal(
    found.map((b) => [cloud.knobs[b.knob].path, b.value, b.isLowest, b.isFloor, b.members]),
    [
      ["cell.bits", 1, true, true, 3],
      ["voltage", "0.05 V", true, false, 2],
    ],
  );
});

test("a conditional knob is at a bound among the members that have it", () => {
  const cloud = front([1, 2, 3, 4], [1, 2, 3, 4], {
    columns: [
      [1, 4, 8],
      [2, 2, -1, -1],
    ],
  });
  const [bound] = analysis.bounds(cloud);
  equal([bound.holders, bound.members, bound.isLowest], [2, 2, false]);
});

test("half of many members is a bound where chance does not explain it, of two values two thirds beyond chance", () => {
  // as in the terminal's BindingTest: 24/3 + 2 sqrt(16/3) = 12.6 of 24; of two values 12 + 3 sqrt(6) = 19.3
  equal(
    [12, 13].map((members) => analysis.isAtBound(members, 24, 3)),
    [false, true],
  );
  equal(
    [19, 20].map((members) => analysis.isAtBound(members, 24, 2)),
    [false, true],
  );
  equal([analysis.isAtBound(3, 5, 3), analysis.isAtBound(2, 3, 3), analysis.isAtBound(3, 3, 2)], [false, true, false]);
});

test("knobs of each layer are one bound of the layers that have it at once", () => {
  const values = Array.from({ length: 24 }, (_, i) => 1 + i);
  const bits = [6, 8];
  const cloud = front(values, values, {
    "weights[0]": [bits, values.map(() => 0)],
    "weights[1]": [bits, values.map((_, i) => (i === 0 ? 1 : 0))],
    "weights[2]": [bits, values.map((_, i) => i % 2)],
  });
  equal(
    analysis.bounds(cloud).map((b) => [b.knob, b.value, b.isLowest, b.members, b.holders, b.layers, b.allLayers]),
    [[0, 6, true, 23, 24, 2, 3]],
  );
});

test("an end that holds the best of an objective is named with it", () => {
  const eff = Array.from({ length: 40 }, (_, i) => 1 + i);
  const side = eff.map((_, i) => (i >= 30 ? 2 : i < 15 ? 1 : 0));
  const make = (column) => front(eff, eff, { side: [[64, 128, 256], column] });
  equal(analysis.bounds(make(side)), []);
  const [end, ...rest] = analysis.bestEnds(make(side));
  equal(
    [end.value, end.isLowest, end.objective.key, end.members, end.worst, rest.length],
    [256, false, "eff", 10, 31, 0],
  );
  equal(analysis.bestEnds(make([...side.slice(0, 39), 1])), [], "the best of all has another");
});

test("times are compared as times", () => {
  equal(analysis.endsOf({ values: ["1 day", "6 hours", "30 days"] }), { lowest: 1, highest: 2 });
});

test("values that all members share are those of which others were evaluated", () => {
  const cloud = front([1, 2, 3, 9], [1, 2, 3, 9], {
    device: [
      ["x", "y"],
      [0, 0, 0, 1],
    ],
    fixed: [
      ["x", "y"],
      [0, 0, 0, 0],
    ],
  });
  cloud.members = Int32Array.of(0, 1, 2);
  equal(
    analysis.common(cloud).map(({ axis, level }) => [axis.key, level]),
    [["device", 0]],
  );
});

const limited = (moved) => {
  const snr = [11.2, 12.1, 12.5, 14, 20];
  const cloud = front([14, 13, 12, 10, 5], [50, 55, 60, 70, 40], {
    bits: [
      [1, 2],
      [0, 0, 1, 1, 1],
    ],
  });
  cloud.limits = analysed({ constraints: ["snr >= 12 dB", "cell levels missing"] }, (key) =>
    key === "slack.0" ? Float32Array.from(snr, (value) => value - 12) : null,
  );
  cloud.limits[0].moved = moved;
  cloud.missed = Int32Array.of(1, 0, 0, 0, 2);
  cloud.meets = Uint8Array.of(0, 1, 1, 1, 0);
  cloud.members = Int32Array.of(1, 2, 3);
  return cloud;
};

test("members lean on a limit within a share of it", () => {
  const [lean] = analysis.leaning(limited());
  equal([lean.limit.name, lean.members], ["snr >= 12 dB", 2]);
});

test("a looser limit admits designs that miss nothing else, and the best of them is the gain", () => {
  const [{ step, moves }] = analysis.limitMoves(limited(), 2);
  const [looser, tighter] = moves;
  equal([step, looser.to, looser.gained, tighter.to, tighter.gained], [1, 11, 1, 13, -2]);
  near(10 ** looser.objectives[0].gain, 14 / 13, 1e-9);
  near(10 ** tighter.objectives[0].gain, 10 / 13, 1e-9);
  // no worse in area than the knee (60): rows 1 and 2 now, row 0 after
  near(10 ** looser.objectives[0].kneeGain, 14 / 13, 1e-9);
  near(10 ** looser.objectives[1].kneeGain, 55 / 50, 1e-9);
});

test("a limit that was moved on the page is the one that is stepped", () => {
  const [{ moves }] = analysis.limitMoves(limited(13), 3);
  equal([moves[0].to, moves[0].gained, moves[1].to], [12, 2, 14]);
});

test("importance is the share of variance between levels, corrected for their number", () => {
  const n = 4000;
  const random = analysis.uniform(7);
  const strong = Array.from({ length: n }, () => Math.floor(random() * 2));
  const idle = Array.from({ length: n }, () => Math.floor(random() * 20));
  const eff = strong.map((level) => 10 ** (level + (random() - 0.5) * Math.sqrt(12) * 0.5));
  const cloud = front(eff, eff, {
    strong: [["a", "b"], strong],
    idle: [idle.map(String).slice(0, 20), idle],
  });
  const [{ shares, designs }] = analysis.importance(cloud);
  equal([designs, shares[0].axis.key], [n, "strong"]);
  // by hand: variance between two levels one decade apart 0.25, within 0.25
  near(shares[0].share, 0.5, 0.02);
  near(shares[1].share, 0, 0.005);
});

test("samples are seeded, ascending and without repeats", () => {
  const a = analysis.sample(1000, (row) => row % 2 === 0, 100, 3);
  equal(
    a,
    analysis.sample(1000, (row) => row % 2 === 0, 100, 3),
  );
  equal([a.length, new Set(a).size], [100, 100]);
  ok(
    a.every((row, k) => row % 2 === 0 && (k === 0 || row > a[k - 1])),
    "ascending and even",
  );
});

test("the value that causes infeasibility is found with the limit that it misses", () => {
  const n = 200;
  const device = Array.from({ length: n }, (_, i) => i % 2);
  const cloud = front(
    device.map(() => 1),
    device.map(() => 1),
    { device: [["good", "bad"], device] },
  );
  cloud.limits = analysed({ constraints: ["snr >= 12 dB", "area <= 9 mm2"] }, () => null);
  cloud.missed = Int32Array.from(device, (bad, i) => (bad && i % 10 !== 1 ? 2 : 0));
  const { share, causes } = analysis.infeasible(cloud);
  near(share, 0.4, 1e-9);
  const [cause] = causes;
  equal([cause.axis.key, cause.level, cause.designs, cause.infeasible], ["device", 1, 100, 80]);
  equal([cause.limit.name, cause.missing], ["area <= 9 mm2", 80]);
});

test("a stall is counted from the last notable growth of the hypervolume", () => {
  const cloud = plateaus();
  cloud.curve = { evaluated: [100, 200, 300, 400], hypervolume: [0.1, 0.5, 0.5, 0.5001] };
  const found = analysis.course(cloud, 9);
  equal([found.stalled, found.designs, found.knee], [200, 400, 90]);
  equal(
    found.bests.map(({ row, before }) => [row, before]),
    [
      [9, 8],
      [0, -1],
    ],
  );
});

test("the knee has the least sum of coordinates within the front's range", () => {
  const cloud = front([1, 7, 8], [1, 1.2, 8], {});
  equal(analysis.kneeOf(cloud), 1);
  cloud.members = Int32Array.of(0, 1);
  equal(analysis.kneeOf(cloud), -1, "two members have no knee");
});

test("a range beyond a decade does not set the scale of the knee", () => {
  // decades of TOPS/W: 0, 2.9, 3; of area 0, 0.9, 1: in the front's range row 1 is near the worst of area
  const cloud = front([1, 10 ** 1.5, 1000], [1, 10 ** 0.2, 10], {});
  equal(analysis.kneeOf(cloud), 2, "sums 3, 1.7, 1 with a decade as scale");
});

test("representatives are the knee, the best of each objective and then the farthest; each member belongs to one", () => {
  const cloud = front([1, 1.01, 2, 4, 8, 8.05], [1, 1.001, 2, 4, 8, 9], {});
  const groups = analysis.representatives(cloud, 2, 4);
  equal(groups[0].row, 2);
  equal(groups[0].roles, ["knee"]);
  equal([groups[1].row, groups[2].row], [5, 0]);
  equal(groups.flatMap((group) => group.members).sort(), [0, 1, 2, 3, 4, 5]);
  equal(analysis.alike(cloud, 0, 0.03), [1]);
  equal(analysis.alike(cloud, 5, 0.03), [], "12 % apart in area");
});

test("groups of near ties hold every member once", () => {
  const cloud = front([1, 1.01, 1.02, 5, 5.01], [1, 1.01, 1.02, 5, 5.01], {});
  const groups = analysis.ties(cloud, 3);
  equal(
    groups.map((group) => [group.row, ...group.members]),
    [
      [3, 3, 4],
      [0, 0, 1, 2],
    ],
  );
});

test("firmness counts the members that were drawn", () => {
  const found = analysis.firmness([0.95, 0.5, null, 0.2, undefined]);
  equal([found.drawn, found.firm, found.half, found.median], [3, 1, 2, 0.5]);
});
