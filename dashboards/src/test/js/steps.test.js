import { test, equal } from "/test/check.js";
import { readSteps, stepsText, stepsQuery, stepWords, settled, controlsOf, boundOf, injected } from "/assets/steps.js";

const KNOBS = [
  { path: "side", values: [64, 128, 256] },
  { path: "precision.weights[net/01]", values: [6, 8] },
  { path: "precision.weights[net/02]", values: [6, 8] },
  { path: "pe.readout", values: ["sar", "flash"] },
  { path: "pe.readout.bits", values: [4, 5] },
];

test("steps survive the address", () => {
  const steps = [
    { moves: [[0, 2]] },
    {
      moves: [
        [1, 1],
        [2, 1],
      ],
    },
    { set: "cell.device=pcm" },
  ];
  equal(stepsText(steps), "0:2;1-2:1;cell.device=pcm");
  equal(readSteps("0:2;1-2:1;cell.device=pcm"), steps);
  equal(readSteps("nonsense;5;=3;"), []);
  equal(readSteps(null), []);
});

test("a request has every move in its order and of a setting the last value", () => {
  const query = stepsQuery(readSteps("0:2;a.b=1 V;1-2:0;a.b=2 V"));
  equal(query, "knob=0%3A2&knob=1%3A0&knob=2%3A0&set=a.b%3D2+V");
});

test("overruled steps are left out of what is kept", () => {
  equal(stepsText(settled(readSteps("0:2;a=1;0:1;a=2"))), "0:1;a=2");
});

test("a step has words", () => {
  equal(stepWords({ moves: [[0, 2]] }, KNOBS, [1, 0, 0, 0, 0]), "side 128 → 256");
  equal(
    stepWords(
      {
        moves: [
          [1, 1],
          [2, 1],
        ],
      },
      KNOBS,
      null,
    ),
    "precision.weights, all layers → 8",
  );
  equal(stepWords({ set: "workload=vgg8" }, KNOBS, null), "workload → vgg8");
});

test("a design has a control for each knob that it has and one for all layers", () => {
  const controls = controlsOf(KNOBS, [2, 0, 1, 0, -1]);
  equal(
    controls.map((control) => [control.path, control.knobs, control.ordinal, control.bound]),
    [
      ["side", [0], 2, "highest"],
      ["precision.weights", [1, 2], -1, null],
      ["pe.readout", [3], 0, null],
    ],
  );
});

test("a bound is told of ordered values alone", () => {
  equal(
    [boundOf(KNOBS[0], 0), boundOf(KNOBS[0], 1), boundOf(KNOBS[3], 0), boundOf({ values: [1] }, 0)],
    ["lowest", null, null, null],
  );
});

test("an injection names the design and what is changed of it", () => {
  equal(injected(12, [2, 0, 1, 0, -1], [2, 0, 0, 1, 1], KNOBS), [
    "#12",
    "precision.weights[net/02]=6",
    "pe.readout=flash",
    "pe.readout.bits=5",
  ]);
});
