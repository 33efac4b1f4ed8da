import { test, equal, ok } from "/test/check.js";
import { pivot, sampleNotice, levelsWithDesigns, shades } from "/assets/pivot.js";

const columns = {
  down: Int16Array.from([0, 0, 1, 1, 1, -1, 0]),
  across: Int16Array.from([0, 0, 1, 1, 1, 1, 1]),
  value: Float64Array.from([3, 5, 2, 9, 4, 8, NaN]),
  counts: Uint8Array.from([1, 1, 1, 1, 1, 1, 1]),
  n: 7,
  rows: 2,
  columns: 2,
};

test("each pair of levels has its best, median and number", () => {
  equal(pivot({ ...columns, maximise: true }), [
    [
      { count: 2, best: 5, median: 4, at: 1 },
      { count: 0, best: null, median: null, at: -1 },
    ],
    [
      { count: 0, best: null, median: null, at: -1 },
      { count: 3, best: 9, median: 4, at: 3 },
    ],
  ]);
});

test("of least values the first of equals is the best, and infeasible designs are left out", () => {
  const value = Float64Array.from([3, 3, 2, 9, 4, 8, 1]);
  const counts = Uint8Array.from([1, 1, 0, 1, 1, 1, 0]);
  const cells = pivot({ ...columns, value, counts, maximise: false });
  equal(cells[0][0], { count: 2, best: 3, median: 3, at: 0 });
  equal(cells[1][1], { count: 2, best: 4, median: 6.5, at: 4 });
});

test("levels without designs are no rows", () => {
  equal(levelsWithDesigns(columns.down, columns.counts, 7, 4), [0, 1]);
});

test("shades run from the worst to the best, on the scale of the figure", () => {
  equal(shades([1, 10, 100], { logarithmic: true, maximise: true }), [0, 0.5, 1]);
  equal(shades([1, null, 3], { maximise: false }), [1, null, 0]);
  ok(shades([0, 5], { logarithmic: true })[0] === null, "zero has no place on a logarithmic scale");
});

test("a table of a sample names the command that has the others", () => {
  const thinned = { thinned: true, note: "5 of 9 designs kept" };
  equal(sampleNotice({ id: "k3f9" }, { thinned: false, note: "" }), "");
  equal(
    sampleNotice({ id: "k3f9" }, thinned),
    "5 of 9 designs kept; the table counts the sample. All designs: ./kirchhoff pivot k3f9 …",
  );
  const large = { id: "k3f9", swept: { rows: 2000000 } };
  const all = ", a sample of a sweep of 2,000,000 rows. All rows: ./kirchhoff export k3f9 --output rows.csv";
  equal(sampleNotice(large, { thinned: false }), "The table counts the designs of the log" + all);
  equal(sampleNotice(large, thinned), "5 of 9 designs kept; the table counts the sample" + all);
});
