// Tables as comma-separated values (RFC 4180). Pure.

/** A field; quoted where it must be. */
export function field(value) {
  if (value == null || (typeof value === "number" && !Number.isFinite(value))) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

/** A table of rows of values, with a line of names. */
export function csv(names, rows) {
  return [names, ...rows].map((row) => row.map(field).join(",") + "\n").join("");
}

/**
 * Designs as a table: number, knobs, quantities that are loaded, shares from 0 to 1, feasible, front.
 *
 * @param axes axes of the run
 * @param columnOf column of an axis; null while it is not loaded
 * @param rows rows to write
 */
export function designsCsv({ axes, columnOf, data, rows, meets, members }) {
  const kept = axes
    .filter((axis) => axis.key !== "index" && axis.key !== "design")
    .map((axis) => ({ axis, column: columnOf(axis) }))
    .filter(({ column }) => column);
  const front = new Set(members);
  const names = ["index", ...kept.map(({ axis }) => nameOf(axis)), "feasible", "front"];
  return csv(
    names,
    Array.from(rows, (row) => [
      data.index[row],
      ...kept.map(({ axis, column }) =>
        axis.kind === "knob"
          ? column[row] < 0
            ? ""
            : axis.levels[column[row]]
          : Number((axis.isShare ? column[row] / 100 : column[row]).toPrecision(9)),
      ),
      meets[row] === 1,
      front.has(row),
    ]),
  );
}

function nameOf(axis) {
  return axis.kind === "knob" ? (axis.path ?? axis.key) : axis.key + (axis.band ? "_" + axis.band : "");
}
