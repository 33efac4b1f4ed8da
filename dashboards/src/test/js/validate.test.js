import { test, equal, near } from "/test/check.js";
import { errorOf, familiesOf } from "/assets/validate.js";

const chip = (id, families, componentTable = false) => ({ id, families, componentTable, values: [] });

test("the error is averaged per chip first, and sums and given values are in none", () => {
  const [a, b, table] = [chip("a", []), chip("b", []), chip("t", [], true)];
  const value = (of, ours, published, counts = true) => ({ chip: of, ours, published, counts });
  near(errorOf([value(a, 2, 1), value(a, 1, 2), value(b, 1, 1)]), Math.exp(Math.log(2) / 2) - 1, 1e-12);
  equal(errorOf([value(a, 9, 1, false), value(table, 9, 1)]), null);
});

test("families are those of the chips, most chips first", () => {
  equal(familiesOf({ chips: [chip("a", ["sar", "flash"]), chip("b", ["sar"])] }), [
    ["sar", 2],
    ["flash", 1],
  ]);
});
