import { test, equal, near, ok } from "/test/check.js";
import * as plan from "/assets/chipPlan.js";

const size = { chips: 1, tiles: 4, pesPerTile: 2, crossbarsPerPe: 1, rows: 4, columns: 4, crossbars: 3, loads: 1 };
const chip = (more = {}) => ({
  size,
  gridColumns: 2,
  layers: [
    { crossbars: 2, utilization: 0.75, energy_uJ: 6, share: 1 },
    { crossbars: 1, utilization: 0.5, energy_uJ: 4, share: 0.5 },
  ],
  tiles: { side: 1, tile: [0, 1, 2], chip: [0, 0, 0], node: [0, 3, 1] },
  links: { bits: [100], capacity: [2], chip: [0], from: [-1], to: [0] },
  link_bitPerNs: 5,
  interval_ns: 40,
  areas: [],
  ...more,
});

test("tiles lie at their nodes, row by row", () => {
  const { cells, right, bottom } = plan.tilePlan(chip());
  equal(
    cells.map(({ x, y, size }) => [x, y, size]),
    [
      [0, 0, 1],
      [1, 1, 1],
      [1, 0, 1],
    ],
  );
  equal([right, bottom], [2, 2]);
});

test("tiles that share a router share its cell", () => {
  const { cells } = plan.tilePlan(chip({ tiles: { side: 1, tile: [0, 1, 2], chip: [0, 0, 0], node: [0, 0, 1] } }));
  equal(
    cells.map(({ x, y, size }) => [x, y, size]),
    [
      [0, 0, 0.5],
      [0.5, 0, 0.5],
      [1, 0, 0.5],
    ],
  );
});

test("squares of tiles keep their side, and a fabric without a grid is drawn in rows and said to be", () => {
  const squares = plan.tilePlan(
    chip({ gridColumns: 8, tiles: { side: 4, tile: [0, 40], chip: [0, 0], node: [0, 36] } }),
  );
  equal(
    squares.cells.map(({ x, y, size }) => [x, y, size]),
    [
      [0, 0, 4],
      [4, 4, 4],
    ],
  );
  const ring = plan.tilePlan(chip({ gridColumns: 0 }));
  ok(ring.schematic);
  equal(
    ring.cells.map(({ x, y }) => [x, y]),
    [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
  );
});

test("a link is busy for its bits over its rate", () => {
  near(plan.linkBusy(chip(), 0), 100 / 10 / 40, 1e-12);
});

test("blocks add up to cells, crossbars and the energy of their share of the layer", () => {
  const blocks = [
    { pe: 0, crossbar: 0, layer: 0, rows: 4, columns: 3 },
    { pe: 1, crossbar: 0, layer: 1, rows: 2, columns: 2 },
  ];
  const use = plan.usage(chip(), blocks);
  equal([use.layer, use.layers, use.crossbars, use.cells], [0, 2, 2, 16]);
  // 12 of 24 cells of the first, 4 of 8 of the second, of whose network are half of the inferences
  near(use.energy_uJ, 3 + 1, 1e-12);
  equal(plan.usage(chip(), []).layer, -1);
});

test("areas are true: cells and strips fill the square in proportion", () => {
  const { cells, parts, all_um2 } = plan.areaPlan(8, 10, [
    { part: "bus", area_um2: 5 },
    { part: "buffer", area_um2: 15 },
  ]);
  equal(all_um2, 100);
  near(
    cells.reduce((sum, cell) => sum + cell.width * cell.height, 0),
    0.8,
    1e-12,
  );
  equal(
    parts.map(({ part }) => part),
    ["buffer", "bus"],
  );
  near(parts[0].width * parts[0].height, 0.15, 1e-12);
});

test("a grid has no hole", () => {
  equal(
    [1, 7, 8, 12, 64].map((count) => plan.gridOf(count).columns),
    [1, 7, 4, 4, 8],
  );
});

test("text reads on every colour of a layer", () => {
  const light = ([r, g, b]) =>
    [r, g, b].map((c) => (c / 255) ** 2.2).reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
  for (let layer = 0; layer < 21; layer++) {
    const colour = plan.layerColour(layer, 21);
    const ink = plan.inkOn(colour) === "#ffffff" ? 1 : 0.01;
    const [high, low] = [light(colour), ink].sort((a, b) => b - a);
    ok((high + 0.05) / (low + 0.05) >= 4, "layer " + layer + " has " + (high + 0.05) / (low + 0.05));
  }
});
