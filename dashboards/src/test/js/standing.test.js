import { test, equal } from "/test/check.js";
import { gradesOf, marksOf, tallyOf } from "/assets/standing.js";

const leaf = (name, source) => ({ name, source, parts: [] });
const details = {
  trees: {
    energy: {
      name: "chip",
      source: "",
      parts: [
        {
          name: "PE",
          source: "",
          parts: [
            {
              name: "crossbar",
              source: "",
              parts: [
                leaf("cellRead", "Ohm's law; extrapolated: read voltage 0.35 V, fitted at 0.1 V (7 chips)"),
                leaf("static", "leakage"),
              ],
            },
            {
              name: "readout",
              source: "",
              parts: [leaf("convert", "unfitted: no factor of the catalogue; 3 chips ask for 0.82 to 3.26")],
            },
          ],
        },
      ],
    },
  },
};

test("marks are read from the sources of the cost trees, one a part", () => {
  equal(marksOf(details), [
    { part: "crossbar", grade: "extrapolated", reason: "read voltage 0.35 V, fitted at 0.1 V (7 chips)" },
    { part: "readout", grade: "unfitted", reason: "no factor of the catalogue; 3 chips ask for 0.82 to 3.26" },
  ]);
  equal(marksOf(null), []);
});

test("marks of several designs are counted by part and grade", () => {
  const marks = marksOf(details);
  equal(
    tallyOf([marks, [marks[1]]]).map(({ part, count }) => [part, count]),
    [
      ["readout", 2],
      ["crossbar", 1],
    ],
  );
});

test("marks are counted by grade", () => {
  const marks = ["unfitted", "extrapolated", "unfitted"].map((grade, k) => ({ part: "p" + k, grade, reason: "" }));
  equal(gradesOf(marks), "2 unfitted, 1 extrapolated");
  equal(gradesOf([]), "");
});
