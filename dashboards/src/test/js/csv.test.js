import { test, equal } from "/test/check.js";
import { csv, designsCsv } from "/assets/csv.js";

test("fields with separators, quotes and line ends are quoted", () => {
  equal(
    csv(
      ["a", 'b"c'],
      [
        ["x,y", null],
        ["two\nlines", NaN],
      ],
    ),
    'a,"b""c"\n"x,y",\n"two\nlines",\n',
  );
});

test("designs have their knobs in words and their figures that are loaded", () => {
  const axes = [
    { key: "cell.bits", path: "cell.bits", kind: "knob", levels: ["1", "2"] },
    { key: "area_mm2", kind: "quantity" },
    { key: "agreement", kind: "quantity", isShare: true },
    { key: "snr_dB", kind: "quantity" },
  ];
  const columns = { "cell.bits": [0, -1], area_mm2: [40.25, 50], agreement: [87.5, NaN] };
  const data = { index: [7, 9] };
  const text = designsCsv({
    axes,
    columnOf: ({ key }) => columns[key] ?? null,
    data,
    rows: [0, 1],
    meets: [1, 0],
    members: [0],
  });
  equal(text, "index,cell.bits,area_mm2,agreement,feasible,front\n7,1,40.25,0.875,true,true\n9,,50,,false,false\n");
});
