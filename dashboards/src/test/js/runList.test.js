import { test, equal } from "/test/check.js";
import { listed } from "/assets/runList.js";

const run = (id, name, more = {}) => [id, { id, name, state: "finished", evaluated: 10, front: 1, best: [], ...more }];
const runs = new Map([
  run("a-1", "Quick", { evaluated: 100 }),
  run("b-2", "Quick", { evaluated: 300, best: [{ value: 4, maximise: true }] }),
  run("c-3", "Four", { evaluated: 200 }),
  run("d-4", "", {}),
]);
const groups = [
  {
    name: "Quick",
    runs: ["b-2", "a-1"],
    columns: [
      { title: "seed", values: ["2", "1"] },
      { title: "budget", values: ["9", "9"] },
    ],
  },
  { name: "Four", runs: ["c-3"], columns: [] },
];
const notes = { "a-1": { note: "for the review", tags: ["tapeout"], archived: true } };
const ids = (list) => list.map((group) => [group.name, ...group.runs.map((row) => row.run.id)]);

test("runs are grouped by spec, archived ones left out, and the newest come first", () => {
  equal(ids(listed(runs, groups, notes)), [
    ["", "d-4"],
    ["Four", "c-3"],
    ["Quick", "b-2"],
  ]);
});

test("settings that are equal in what is left are no columns", () => {
  const [, , quick] = listed(runs, groups, notes, { archived: true });
  equal(quick.columns, ["seed"]);
  equal(
    quick.runs.map((row) => row.settings),
    [["2"], ["1"]],
  );
  equal(listed(runs, groups, notes)[2].columns, []);
});

test("a search looks into notes, tags and settings", () => {
  equal(ids(listed(runs, groups, notes, { search: "REVIEW tapeout", archived: true })), [["Quick", "a-1"]]);
  equal(ids(listed(runs, groups, notes, { search: "nowhere" })), []);
});

test("an order holds within groups and among them", () => {
  equal(ids(listed(runs, groups, notes, { order: "designs", archived: true })), [
    ["Quick", "b-2", "a-1"],
    ["Four", "c-3"],
    ["", "d-4"],
  ]);
  equal(ids(listed(runs, groups, notes, { order: "best", archived: true }))[0], ["Quick", "b-2", "a-1"]);
});
