import { test, equal } from "/test/check.js";
import { addressOf, plainView, readAddress } from "/assets/address.js";

const read = (address) => readAddress(new URL(address, "http://page/"));

test("a view comes back from its address", () => {
  const view = {
    ...plainView(),
    x: "area_mm2",
    y: "snr_dB",
    colour: "pe.readout",
    infeasible: true,
    zoom: [1, 2.5, -3, 1e-9],
    selected: 42,
    pins: [
      { index: 7, name: "small & low | power" },
      { index: 9, name: "" },
    ],
    columns: ["pe.readout", "area_mm2"],
    brush: new Map([
      ["energyEfficiency_TOPSperW", [2.1, 4.5]],
      ["pe.readout", [0, Infinity]],
    ]),
    limits: new Map([["slack.1", 13]]),
    prices: new Map([["sar.energy", 0.5]]),
  };
  const to = addressOf({ page: "explore", run: "20261128T-a b-k3f9" }, view);
  const back = read(to);
  equal([back.page, back.run], ["explore", "20261128T-a b-k3f9"]);
  view.pins[0].name = "small & low   power"; // the separator of pins is no part of a name
  equal(back.view, view);
});

test("pages have paths of their own", () => {
  equal(addressOf({ page: "design", run: "R", design: 5 }, plainView()), "/runs/R/designs/5");
  equal(read("/runs/R/designs/5").design, 5);
  for (const page of ["whatif", "prices", "sweep"]) equal(read(addressOf({ page, run: "R" })).page, page);
  equal(read("/").page, "runs");
  equal(read("/validate").page, "validate");
  equal(read("/nonsense/x").page, "runs");
  equal(read("/runs/R?design=3").view.selected, 3, "a link of an earlier version");
});

test("designs and runs to compare, four at most", () => {
  const list = [
    { run: "A", index: 1 },
    { run: "B~x", index: 2 },
    { run: "C", index: null },
  ];
  equal(read(addressOf({ compared: list })).compared, list);
  equal(read("/compare?d=A~1&d=B~2&d=C~3&d=D~4&d=E~5").compared.length, 4);
});

test("nonsense in an address is no view", () => {
  const { view } = read("/runs/R?b.a=1&b.c=x~y&l.d=&l.e=abc&p.f=-1&p.g=0&zoom=1~2&design=-3&pins=x|");
  equal([view.brush.size, view.prices.size, view.zoom, view.selected, view.pins], [0, 0, null, null, []]);
  equal(
    [...view.limits.keys()].filter((key) => key === "e"),
    [],
  );
});
