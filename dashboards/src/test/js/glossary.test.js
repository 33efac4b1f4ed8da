import { test, equal } from "/test/check.js";
import { glossaryOf, meaningOf, rangeOf, search, variablesOf } from "/assets/glossary.js";

const glossary = glossaryOf({
  terms: [
    { words: ["sense amplifier"], meaning: "decides a bit" },
    { words: ["processing element", "PE"], meaning: "crossbars that share registers" },
    { words: ["bits"], meaning: "word of the glossary" },
    { words: ["knee"], meaning: "member from which every direction costs most" },
  ],
  keys: [
    { path: "pe.perTile", kind: null, meaning: "PEs in one tile", least: 1, most: 4096 },
    { path: "pe.readout.bits", kind: "sar", meaning: "bits of a code", least: 1, most: 16 },
    { path: "pe.readout.bits", kind: "senseAmplifier", meaning: "bits of a code", least: 1, most: 4 },
    { path: "workload", kind: null, meaning: "the network", least: null, most: null },
  ],
});

test("terms are found in any case, as plurals and as names of kinds", () => {
  equal(
    [meaningOf(glossary, "pe"), meaningOf(glossary, "senseAmplifier"), meaningOf(glossary, "sense amplifiers")],
    ["crossbars that share registers", "decides a bit", "decides a bit"],
  );
  equal([meaningOf(glossary, "unknown"), meaningOf(glossary, null)], [null, null]);
});

test("paths of knobs are explained by the grammar, without their layer", () => {
  equal(
    [
      meaningOf(glossary, "pe.perTile"),
      meaningOf(glossary, "pe.perTile[resnet18/01]"),
      meaningOf(glossary, "workload"),
    ],
    ["PEs in one tile", "PEs in one tile", "the network"],
  );
});

test("a variable that is a knob means the formulas that it is in", () => {
  const crossbar = { rows: "= side", columns: "= side", rowsActive: "= side / shares", perPe: "= sides" };
  const found = variablesOf({
    knobs: [{ path: "side" }, { path: "shares" }, { path: "pe.perTile" }, { path: "interconnect" }],
    spec: { name: "side", chip: { pe: { crossbar } }, precision: [{ outputs: "= precision.inputs" }] },
  });
  equal([...found.keys()], ["side", "shares"]);
  equal(
    found.get("side"),
    "variable that this spec defines under let; it sets crossbar.rows = side; crossbar.columns = side; crossbar.rowsActive = side / shares",
  );
  equal(found.get("shares"), "variable that this spec defines under let; it sets crossbar.rowsActive = side / shares");
  equal([...variablesOf(null)], []);
});

test("the range of a knob is that of its kind", () => {
  equal(rangeOf(glossary, "pe.readout.bits", "senseAmplifier"), { least: 1, most: 4 });
  equal(rangeOf(glossary, "pe.readout.bits", "neuron"), null);
  equal(rangeOf(glossary, "pe.perTile"), { least: 1, most: 4096 });
  equal(rangeOf(glossary, "workload"), null);
});

test("a search puts the word itself first and meanings last", () => {
  equal(
    search(glossary, "bit").map(({ words }) => words[0]),
    ["bits", "pe.readout.bits", "sense amplifier"],
  );
  equal(search(glossary, " "), []);
});

test("a search finds keys of the spec by path and last name, and variables of the run", () => {
  const words = (text) =>
    search(glossary, text, new Map([["side", "it sets crossbar.rows = side"]])).map((one) => one.words[0]);
  equal([words("perTile"), words("pe.perTile"), words("side")], [["pe.perTile"], ["pe.perTile"], ["side"]]);
  equal(words("pe.readout.bits"), ["pe.readout.bits"], "a key of several kinds is one entry");
  equal(words("bits")[0], "bits");
});

test("a limit of physics is explained without its number", () => {
  const one = glossaryOf({ terms: [{ words: ["IR drop beyond a"], meaning: "limit" }] });
  equal(meaningOf(one, "IR drop beyond a = 0.5"), "limit");
});

test("a limit is explained by the figure that it bounds", () => {
  equal(meaningOf(glossary, "knee >= 12 dB"), "member from which every direction costs most");
});
