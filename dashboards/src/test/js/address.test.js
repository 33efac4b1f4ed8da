import { test, equal } from "/test/check.js";
import { addressOf, plainView, readAddress } from "/assets/address.js";

function read(address) {
  return readAddress(new URL(address, "http://page/"));
}

test("a plain view has a plain address", () => {
  equal(addressOf({ run: "r1" }, plainView()), "/runs/r1");
  equal(read("/runs/r1"), { page: "explore", run: "r1", design: null, compared: null, view: plainView() });
});

test("an address brings back the whole view", () => {
  const view = {
    ...plainView(),
    x: "area_mm2",
    y: "snr_dB",
    colour: "pe.readout",
    infeasible: true,
    zoom: [1, 2, 3, 4.5],
    brush: new Map([
      ["pe.readout", [1, 1]],
      ["area_mm2", [-Infinity, 60.5]],
    ]),
    limits: new Map([["slack.1", 11]]),
    prices: new Map([["sar.energy", 0.5]]),
    selected: 42,
    pins: [
      { index: 7, name: "low power, 60 mm²" },
      { index: 8, name: "" },
    ],
    columns: ["area_mm2", "cell.bits"],
    table: ["area_mm2", "onFront"],
    rows: "all",
    sort: { key: "area_mm2", descending: true },
  };
  equal(read(addressOf({ run: "a b/c" }, view)).view, view);
  equal(read(addressOf({ run: "a b/c" }, view)).run, "a b/c");
});

test("what is no view is left out", () => {
  const { view } = read("/runs/r1?b.area=x~y&l.slack.0=no&rows=none&design=-3&zoom=1~2");
  equal(view, plainView());
});

test("designs and runs to compare are read from the address", () => {
  equal(read("/compare?d=r1~12&d=r2").compared, [
    { run: "r1", index: 12 },
    { run: "r2", index: null },
  ]);
});
