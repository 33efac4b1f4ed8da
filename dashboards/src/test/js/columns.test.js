import { test, equal, ok } from "/test/check.js";
import { DesignColumns, decode } from "/assets/columns.js";

const TYPES = { int8: Int8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };

/** Bytes as the server writes them. */
function encoded({ position, whole, rows, columns, total = rows, kept = rows }) {
  const places = [];
  let offset = 0;
  for (const [name, type, values] of columns) {
    places.push({ name, type, offset });
    offset += Math.ceil((TYPES[type].BYTES_PER_ELEMENT * values.length) / 8) * 8;
  }
  const head = new TextEncoder().encode(JSON.stringify({ position, whole, total, kept, rows, columns: places }));
  const length = Math.ceil((4 + head.length) / 8) * 8 - 4;
  const buffer = new ArrayBuffer(4 + length + offset);
  new DataView(buffer).setUint32(0, length, true);
  new Uint8Array(buffer, 4, length).fill(32);
  new Uint8Array(buffer, 4, length).set(head);
  columns.forEach(([, type, values], k) => new TYPES[type](buffer, 4 + length + places[k].offset, rows).set(values));
  return buffer;
}

/** A server of designs `index -> value` that came in some order. */
class Server {
  constructor() {
    this.log = [];
    this.asked = [];
  }

  answer(names, since) {
    this.asked.push([names.join(), since]);
    const fresh = this.log.slice(since).sort((a, b) => a[0] - b[0]);
    const columns = [["index", "int32", fresh.map(([index]) => index)]];
    for (const name of names) {
      if (name === "objectives") columns.push(["objective.0", "float64", fresh.map(([, value]) => value)]);
      if (name === "missed") columns.push(["missed", "int32", fresh.map(() => 0)]);
      if (name === "knobs") columns.push(["knob.0", "int8", fresh.map(([index]) => index % 3)]);
      if (name === "area_mm2") columns.push(["area_mm2", "float32", fresh.map(([, value]) => 2 * value)]);
    }
    return decode(
      encoded({ position: this.log.length, whole: !since, rows: fresh.length, columns, total: this.log.length }),
    );
  }
}

/** Columns that ask a server, and a promise of the state after which nothing is awaited any more. */
function client(server) {
  let last = null;
  const designs = new DesignColumns(
    "R",
    (data) => (last = data),
    (failure) => ok(false, failure),
  );
  designs.fetched = async (names, since) => server.answer(names, since);
  designs.settled = async () => {
    while (designs.busy || designs.asked) await new Promise((done) => setTimeout(done, 5));
    return last;
  };
  return designs;
}

test("an answer of the server is laid under typed arrays", () => {
  const answer = decode(
    encoded({
      position: 7,
      whole: true,
      rows: 3,
      columns: [
        ["index", "int32", [0, 1, 5]],
        ["knob.0", "int8", [-1, 0, 2]],
        ["area_mm2", "float32", [1.5, NaN, 2]],
      ],
    }),
  );
  equal([answer.position, answer.rows], [7, 3]);
  equal(answer.columns.get("knob.0"), [-1, 0, 2]);
  equal(answer.columns.get("area_mm2"), [1.5, NaN, 2]);
});

test("designs that come in any order are kept in the order of their numbers, once each", async () => {
  const server = new Server();
  server.log.push([0, 10], [1, 11], [4, 14]);
  const designs = client(server);
  designs.load();
  await designs.settled();
  server.log.push([5, 15], [2, 12], [3, 13], [1, 11]);
  designs.load();
  const data = await designs.settled();
  equal(data.index, [0, 1, 2, 3, 4, 5]);
  equal(data.objectives[0], [10, 11, 12, 13, 14, 15]);
  equal(data.knobs[0], [0, 1, 2, 0, 1, 2]);
  equal([data.rowOf(4), data.rowOf(9)], [4, -1]);
});

test("a figure is asked for when it is used, and grows with the designs", async () => {
  const server = new Server();
  server.log.push([0, 1], [1, 2]);
  const designs = client(server);
  designs.load();
  const before = await designs.settled();
  equal(before.figure("area_mm2"), null);
  equal((await designs.settled()).figure("area_mm2"), [2, 4]);
  server.log.push([2, 3]);
  designs.load();
  const data = await designs.settled();
  equal(data.figure("area_mm2"), [2, 4, 6]);
  ok(server.asked.filter(([, since]) => !since).length <= 3, "asked whole again: " + server.asked.join(" · "));
});

test("a figure that is forgotten is not asked for with further designs, until it is used again", async () => {
  const server = new Server();
  server.log.push([0, 1], [1, 2]);
  const designs = client(server);
  designs.load();
  (await designs.settled()).figure("area_mm2");
  await designs.settled();
  designs.forget(["area_mm2"]);
  server.log.push([2, 3]);
  const before = server.asked.length;
  designs.load();
  const data = await designs.settled();
  ok(!server.asked.slice(before).some(([names]) => names.includes("area_mm2")), server.asked.join(" · "));
  equal([data.n, data.figure("area_mm2")], [3, null]);
  equal((await designs.settled()).figure("area_mm2"), [2, 4, 6]);
});

test("a server that still computes costs is asked again", async () => {
  const server = new Server();
  server.log.push([0, 1], [1, 2]);
  const designs = client(server);
  let refusals = 2;
  designs.fetched = async (names, since) => {
    if (names.includes("area_mm2") && refusals-- > 0) throw Object.assign(new Error("computing"), { status: 425 });
    return server.answer(names, since);
  };
  designs.load();
  equal((await designs.settled()).figure("area_mm2"), null);
  equal((await designs.settled()).figure("area_mm2"), [2, 4]);
  equal(refusals, -1);
});
