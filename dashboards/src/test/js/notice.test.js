import { test, equal } from "/test/check.js";
import { standing, newsBetween } from "/assets/notice.js";

const run = (state, evaluated = [1000, 2000, 8000], hypervolume = [0.1, 0.5, 0.6]) => ({
  state,
  curve: { evaluated, hypervolume },
});
const front = (knee) => [{ index: 3 }, { index: knee, knee: true }];

test("an end, a stall and a new knee are news, once", () => {
  const before = standing(run("running"), front(7));
  equal(newsBetween(before, standing(run("running"), front(7))), []);
  equal(newsBetween(before, standing(run("running"), front(9))), [{ kind: "knee", text: "New knee: design #9" }]);
  const stalled = standing(run("running", [1000, 4000, 8000], [0.1, 0.6, 0.6]), front(7));
  equal(newsBetween(before, stalled), [{ kind: "stall", text: "No notable gain over the last 4,000 designs" }]);
  equal(newsBetween(stalled, stalled), []);
  equal(newsBetween(before, standing(run("finished"), front(7))), [{ kind: "end", text: "Finished" }]);
});

test("a run that had ended when the page was opened is no news", () => {
  const ended = standing(run("finished"), front(7));
  equal(newsBetween(ended, ended), []);
});
