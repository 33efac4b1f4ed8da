// Designs of a run as columns of numbers that grow: bytes of the server laid under typed arrays.
import { bytes } from "/assets/dom.js";

const COMPUTING = 425; // status of an answer that the server goes on to compute
const AGAIN_MILLIS = 200;

const TYPES = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

// Head and columns of an answer of the server.
export function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const columns = new Map();
  for (const { name, type, offset } of head.columns) {
    columns.set(name, new TYPES[type](buffer, 4 + length + offset, head.rows));
  }
  return { ...head, columns };
}

// Columns whose names start in "knob." hold ordinals of 16 bits, whatever width they travelled in.
function kept(name, column) {
  return name.startsWith("knob.") && column instanceof Int8Array ? Int16Array : column.constructor;
}

// Columns with room behind them, so that new rows cost what they are.
class Growing {
  constructor() {
    this.n = 0;
    this.arrays = new Map();
  }

  append(rows, columns) {
    for (const [name, column] of columns) {
      const Type = kept(name, column);
      let array = this.arrays.get(name);
      if (!array || array.length < this.n + rows) {
        const larger = new Type(Math.max(this.n + rows, Math.ceil(1.5 * this.n)));
        if (array) larger.set(array.subarray(0, this.n));
        this.arrays.set(name, (array = larger));
      }
      array.set(column, this.n);
    }
    this.n += rows;
  }

  column(name) {
    return this.arrays.get(name)?.subarray(0, this.n) ?? null;
  }
}

const NO_ROWS = new Int32Array(0);
const ALWAYS = ["objectives", "missed", "knobs"]; // columns of every run that is looked at

// No designs.
export function noData(loaded = false) {
  return {
    n: 0,
    total: 0,
    version: 0,
    loaded,
    thinned: false,
    note: "",
    index: NO_ROWS,
    missed: NO_ROWS,
    knobs: [],
    objectives: [],
    rowOf: () => -1,
    figure: () => null,
  };
}

// Loads the designs of a run and what comes to them. `news(data)` is called with every new state of them, `trouble(error)` when
// the server did not answer.
export class DesignColumns {
  constructor(run, news, trouble = (failure) => console.error(failure)) {
    this.run = run;
    this.news = news;
    this.trouble = trouble;
    this.position = 0;
    this.version = 0;
    this.growing = new Growing();
    this.names = ["objectives", "missed"];
    this.wanted = new Set();
    this.stale = false; // whether the server may have more designs
    this.asked = false;
    this.busy = false;
    this.closed = false;
    this.lastLoad = 0;
  }

  close() {
    this.closed = true;
  }

  // Asks for designs that the server has and the page has not; joined while an answer is awaited.
  load() {
    this.stale = true;
    this.work();
  }

  async work() {
    if (this.busy) {
      this.asked = true;
      return;
    }
    this.busy = true;
    try {
      this.drop();
      if (this.stale) await this.more();
      await this.also(["knobs"]);
      await this.also([...this.wanted]);
    } catch (failure) {
      if (failure.status === COMPUTING) {
        this.asked = true;
        await new Promise((done) => setTimeout(done, AGAIN_MILLIS));
      } else if (!this.closed) this.trouble(failure); // the stream tells when the server is back
    } finally {
      this.busy = false;
      if (this.asked && !this.closed) {
        this.asked = false;
        this.work();
      }
    }
  }

  // Takes the designs that came since the last answer, at a pace that leaves time to draw them.
  async more() {
    const pause = Math.max(120, this.growing.n / 200) - (performance.now() - this.lastLoad);
    if (this.lastLoad && pause > 0) await new Promise((done) => setTimeout(done, pause));
    if (this.closed) return;
    this.stale = false;
    let answer;
    try {
      answer = await this.fetched(this.names, this.position);
    } catch (failure) {
      this.stale = true;
      throw failure;
    }
    if (this.closed) return;
    this.lastLoad = performance.now();
    this.take(answer);
  }

  async fetched(names, since) {
    const query = "?names=" + encodeURIComponent(names.join(",")) + (since ? "&since=" + since : "");
    return decode(await bytes("/api/runs/" + encodeURIComponent(this.run) + "/columns" + query));
  }

  take(answer) {
    const fresh = answer.whole ? [] : this.fresh(answer);
    if (answer.whole) {
      this.growing = new Growing();
      this.growing.append(answer.rows, answer.columns);
    } else if (fresh.length === answer.rows && this.ascends(answer)) {
      this.growing.append(answer.rows, answer.columns);
    } else if (fresh.length) {
      this.merge(answer, fresh);
    }
    this.position = answer.position;
    this.head = answer;
    this.tell();
  }

  // Rows of an answer that are not here yet.
  fresh(answer) {
    const index = answer.columns.get("index");
    const rows = [];
    for (let row = 0; row < index.length; row++) if (this.rowOf(index[row]) < 0) rows.push(row);
    return rows;
  }

  ascends(answer) {
    const here = this.growing.column("index");
    return !here?.length || !answer.rows || answer.columns.get("index")[0] > here[here.length - 1];
  }

  // Rows that belong between those that are here: islands of a search end their rounds in any order.
  merge(answer, fresh) {
    const merged = new Growing();
    const here = this.growing.column("index");
    const there = answer.columns.get("index");
    const rows = here.length + fresh.length;
    const from = new Int32Array(rows);
    for (let at = 0, a = 0, b = 0; at < rows; at++) {
      const first = b === fresh.length || (a < here.length && here[a] < there[fresh[b]]);
      from[at] = first ? a++ : -1 - fresh[b++];
    }
    const columns = new Map();
    for (const [name, column] of answer.columns) {
      const old = this.growing.column(name);
      if (!old) continue;
      const joined = new (kept(name, column))(rows);
      for (let at = 0; at < rows; at++) joined[at] = from[at] < 0 ? column[-1 - from[at]] : old[from[at]];
      columns.set(name, joined);
    }
    merged.append(rows, columns);
    this.growing = merged;
  }

  // Further columns of the designs that are here.
  async also(names) {
    const missing = names.filter((name) => !this.names.includes(name));
    if (!missing.length) return;
    const answer = await this.fetched(missing, 0);
    if (this.closed) return;
    this.names.push(...missing);
    const here = this.growing.column("index");
    if (here && answer.rows === here.length && answer.columns.get("index").every((index, row) => index === here[row])) {
      answer.columns.delete("index");
      for (const [name, column] of answer.columns) this.growing.arrays.set(name, knobColumn(name, column));
      this.tell();
    } else {
      this.position = 0; // designs came between the two answers: take all columns at once
      this.take(await this.fetched(this.names, 0));
    }
  }

  // Leaves figures out of further answers, which the server may have to compute, until they are asked for again.
  forget(keys) {
    for (const key of keys) this.wanted.delete(key);
  }

  drop() {
    const isKept = (name) => ALWAYS.includes(name) || this.wanted.has(name);
    for (const name of this.names) if (!isKept(name)) this.growing.arrays.delete(name);
    this.names = this.names.filter(isKept);
  }

  // Asks for a recorded figure of all designs.
  want(key) {
    if (this.wanted.has(key) || this.closed) return;
    this.wanted.add(key);
    this.work();
  }

  rowOf(design) {
    const index = this.growing.column("index");
    if (!index) return -1;
    let low = 0;
    let high = index.length - 1;
    if (index[design] === design) return design;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (index[middle] < design) low = middle + 1;
      else if (index[middle] > design) high = middle - 1;
      else return middle;
    }
    return -1;
  }

  tell() {
    const { growing } = this;
    const list = (kind) => {
      const columns = [];
      for (let k = 0; growing.arrays.has(kind + k); k++) columns.push(growing.column(kind + k));
      return columns;
    };
    this.version++;
    this.news({
      n: growing.n,
      total: this.head.total,
      version: this.version,
      loaded: true,
      thinned: this.head.kept < this.head.total,
      note: this.head.note ?? "",
      index: growing.column("index") ?? NO_ROWS,
      missed: growing.column("missed") ?? NO_ROWS,
      knobs: list("knob."),
      objectives: list("objective."),
      rowOf: (design) => this.rowOf(design),
      figure: (key) => {
        const column = growing.column(key);
        if (!column) this.want(key);
        return column;
      },
    });
  }
}

function knobColumn(name, column) {
  return name.startsWith("knob.") && column instanceof Int8Array ? Int16Array.from(column) : column;
}
