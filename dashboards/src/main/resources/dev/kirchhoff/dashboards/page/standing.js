// Silicon behind a design's figures: parts whose cost is extrapolated beyond the chips that their factor was fitted on, or has
// no factor. Read from the sources in its cost trees, as a terminal marks them. Pure.

const MARK = /(?:^|; )(extrapolated|unfitted): ([^;]*(?:; \d+ chips[^;]*)?)/;

/** Marks of an account: part, grade ("extrapolated" or "unfitted") and reason, each part once; empty without an account. */
export function marksOf(details) {
  const marks = new Map();
  const visit = (node, part) => {
    const found = String(node.source ?? "").match(MARK);
    const of = part === "frontEnd" ? "readout" : part; // the front end has the factor of its readout
    if (found && of && !marks.has(of)) marks.set(of, { part: of, grade: found[1], reason: found[2].trim() });
    for (const child of node.parts ?? []) visit(child, (child.parts ?? []).length ? child.name : (part ?? child.name));
  };
  for (const tree of Object.values(details?.trees ?? {})) visit(tree, null);
  return [...marks.values()];
}

/** Marks in few words, "2 unfitted, 1 extrapolated"; empty where there is none. */
export function gradesOf(marks) {
  return ["unfitted", "extrapolated"]
    .map((grade) => [marks.filter((mark) => mark.grade === grade).length, grade])
    .filter(([count]) => count > 0)
    .map(([count, grade]) => count + " " + grade)
    .join(", ");
}

/** Parts by mark over several designs: part, grade, reason and count, most frequent first. */
export function tallyOf(lists) {
  const groups = new Map();
  for (const marks of lists) {
    for (const mark of marks) {
      const key = mark.part + " " + mark.grade;
      if (!groups.has(key)) groups.set(key, { ...mark, count: 0 });
      groups.get(key).count++;
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
