import { test, equal } from "/test/check.js";
import { partsOf, partColour, stagesOf } from "/assets/parts.js";
import { ranked } from "/assets/neighbours.js";
import { pathOf, marksOf } from "/assets/costTree.js";

const TREE = {
  name: "chip",
  value: 10,
  parts: [
    {
      name: "tile",
      value: 9,
      parts: [
        {
          name: "PE",
          value: 6,
          parts: [
            { name: "readout", value: 4, source: "table; unfitted: no factor" },
            { name: "shiftAdd", value: 2 },
          ],
        },
        { name: "shiftAdd", value: 3, parts: [{ name: "static", value: 3 }] },
      ],
    },
    { name: "io", value: 1 },
  ],
};

test("parts of one name at two levels are two, as the terminal prints them", () => {
  equal(
    partsOf(TREE).map((part) => [part.label, part.value, part.share]),
    [
      ["readout", 4, 0.4],
      ["shiftAdd (tile)", 3, 0.3],
      ["shiftAdd (PE)", 2, 0.2],
      ["io", 1, 0.1],
    ],
  );
});

test("parts add up to the whole", () => {
  equal(
    partsOf(TREE).reduce((sum, part) => sum + part.value, 0),
    TREE.value,
  );
});

test("a part has one colour, by its name alone", () => {
  equal([partColour("readout"), partColour("nothing")], ["var(--part-readout)", "var(--part-rest)"]);
});

test("stages of the time are those below the single levels", () => {
  const stages = [
    { name: "00", value: 1 },
    { name: "01", value: 0 },
    { name: "02", value: 2 },
  ];
  equal(
    stagesOf({ name: "latency", value: 3, parts: [{ name: "net", value: 3, parts: stages }] }).map((s) => s.name),
    ["00", "02"],
  );
});

test("a part is found in the tree, and what it was not fitted to", () => {
  equal(pathOf(TREE, "readout"), [0, 0, 0]);
  equal(pathOf(TREE, "none"), null);
  equal(marksOf(TREE.parts[0].parts[0].parts[0]), ["unfitted"]);
});

test("neighbours that gain within the limits come first", () => {
  const axes = [
    { key: "a", maximise: true, scale: "logarithmic" },
    { key: "b", maximise: false, scale: "logarithmic" },
  ];
  const of = (knob, values, missed = []) => ({ knob, ordinal: 0, values, missed });
  const order = ranked(
    [of(0, [1, 2]), of(1, [4, 1], [{}]), of(2, [2.1, 2]), of(3, [2.5, 0.9]), of(4, [2, 1])],
    axes,
    [2, 1],
  );
  equal(
    order.map((neighbour) => [neighbour.knob, neighbour.dominates]),
    [
      [3, true],
      [2, false],
      [1, false],
      [4, false],
      [0, false],
    ],
  );
});
