import { test, equal, ok } from "/test/check.js";
import { ordered, windowOf, TALLEST } from "/assets/ordering.js";
import { uniform } from "/assets/analysis.js";

const rows = (n) => Int32Array.from({ length: n }, (_, i) => i);

test("rows are ordered either way, those without a value last", () => {
  const column = Float64Array.of(3, NaN, -1, 2, 0, -0.5);
  equal(ordered(rows(6), column), [2, 5, 4, 3, 0, 1]);
  equal(ordered(rows(6), column, true), [0, 3, 4, 5, 2, 1]);
});

test("a knob that a design does not have is last", () => {
  const levels = Int16Array.of(2, -1, 0, 1);
  equal(ordered(rows(4), levels), [2, 3, 0, 1]);
  equal(ordered(rows(4), levels, true), [0, 3, 2, 1]);
});

test("values that 32 bits do not tell apart are ordered too, and equal ones keep their order", () => {
  const column = Float64Array.of(1 + 3e-9, 1 + 1e-9, 1 + 2e-9, 1 + 1e-9);
  equal(ordered(rows(4), column), [1, 3, 2, 0]);
  equal(ordered(rows(4), column, true), [0, 2, 1, 3]);
  equal(ordered(rows(3), Int32Array.of(20_000_001, 20_000_000, 20_000_002)), [1, 0, 2]);
});

test("the order of many rows is that of a plain sort", () => {
  const random = uniform(11);
  const n = 20_000;
  const column = Float64Array.from({ length: n }, () => (random() - 0.3) * 10 ** Math.floor(random() * 12 - 6));
  const plain = Array.from(rows(n)).sort((a, b) => column[a] - column[b] || a - b);
  equal(ordered(rows(n), column), plain);
  const some = Int32Array.from(rows(n).filter((row) => row % 3 === 1));
  equal(
    ordered(some, column),
    plain.filter((row) => row % 3 === 1),
  );
});

test("a table that fits is not scrolled", () => {
  const window = windowOf(5, 28, 400);
  equal([window.tall, window.at(0)], [140, { first: 0, shift: 0 }]);
});

test("the first and the last row are reached, also beyond the tallest element", () => {
  for (const count of [100, 1_000_000]) {
    const window = windowOf(count, 28, 400);
    ok(window.tall <= TALLEST, "not too tall");
    equal(window.at(0), { first: 0, shift: 0 });
    const end = window.at(window.tall - 400);
    ok(Math.abs(end.first * 28 + end.shift - (count * 28 - 400)) < 1e-6, "ends with the last row");
    const row = Math.floor(count / 2);
    equal(window.at(window.scrollTo(row)).first, row);
  }
});
