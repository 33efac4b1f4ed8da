// The list of runs as it is searched, sorted and grouped. Pure.

/** Orders of runs within their group: [word, title]. */
export const ORDERS = [
  ["newest", "newest first"],
  ["oldest", "oldest first"],
  ["designs", "most designs"],
  ["front", "largest front"],
  ["hypervolume", "largest hypervolume"],
  ["best", "best first objective"],
];

const NEWEST = (a, b) => (a.id < b.id ? 1 : -1);
const most = (figure) => (a, b) => (figure(b) ?? -Infinity) - (figure(a) ?? -Infinity) || NEWEST(a, b);

function signedBest(run) {
  const best = run.best?.[0];
  return best?.value == null ? null : best.maximise ? best.value : -best.value;
}

const COMPARISONS = {
  newest: NEWEST,
  oldest: (a, b) => -NEWEST(a, b),
  designs: most((run) => run.evaluated),
  front: most((run) => run.front),
  hypervolume: most((run) => run.hypervolume),
  best: most(signedBest),
};

/** True if every word of a search occurs in a run: name, id, state, note, tags, settings that differ. */
export function matches(run, notes, settings, search) {
  const text = [
    run.name,
    run.id,
    run.state,
    run.engine,
    "seed " + run.seed,
    notes?.note,
    ...(notes?.tags ?? []),
    ...settings,
  ]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word));
}

/**
 * Groups of runs that are shown: [{ name, columns: [title], runs: [{ run, notes, settings: [text by column] }] }].
 *
 * @param runs rows of runs by id
 * @param groups groups of the server: name, runs, columns
 * @param notes notes by id
 */
export function listed(runs, groups, notes, { search = "", order = "newest", archived = false } = {}) {
  const known = new Set(groups.flatMap((group) => group.runs));
  const without = [...runs.values()].filter((run) => !known.has(run.id));
  const all = [...groups, ...byName(without)];
  const shown = [];
  for (const group of all) {
    const rows = group.runs
      .map((id, place) => ({
        run: runs.get(id),
        notes: notes[id] ?? { note: "", tags: [], archived: false },
        settings: group.columns.map((column) => column.values[place]),
      }))
      .filter(({ run }) => run)
      .filter((row) => archived || !row.notes.archived)
      .filter((row) => matches(row.run, row.notes, row.settings, search))
      .sort((a, b) => COMPARISONS[order](a.run, b.run));
    if (rows.length)
      shown.push(withoutEqual({ name: group.name, columns: group.columns.map((c) => c.title), runs: rows }));
  }
  return shown.sort((a, b) => COMPARISONS[order](a.runs[0].run, b.runs[0].run));
}

function byName(runs) {
  const groups = new Map();
  for (const run of runs) {
    const name = run.name ?? "";
    if (!groups.has(name)) groups.set(name, { name, runs: [], columns: [] });
    groups.get(name).runs.push(run.id);
  }
  return [...groups.values()];
}

// Settings that are the same in all runs that are left are no columns any more.
function withoutEqual({ name, columns, runs }) {
  const kept = columns.map((_, k) => new Set(runs.map((row) => row.settings[k])).size > 1);
  return {
    name,
    columns: columns.filter((_, k) => kept[k]),
    runs: runs.map((row) => ({ ...row, settings: row.settings.filter((_, k) => kept[k]) })),
  };
}
