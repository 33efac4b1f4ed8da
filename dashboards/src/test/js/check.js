// Registration of unit tests and their assertions.

const tests = [];

/** Adds a test of the module that is being loaded. */
export function test(name, body) {
  tests.push({ name, body });
}

/** Loads a module of tests and runs them one after the other: `[{ name, failure }]`, no failure = null. */
export async function runModule(address) {
  tests.length = 0;
  await import(address);
  const outcomes = [];
  for (const { name, body } of [...tests]) {
    let failure = null;
    try {
      await body();
    } catch (error) {
      failure = String(error?.stack ?? error);
    }
    outcomes.push({ name, failure });
  }
  return outcomes;
}

function plain(value) {
  if (ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (value instanceof Map) return [...value].map(([key, of]) => [key, plain(of)]);
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)]));
  return typeof value === "number" && !isFinite(value) ? String(value) : value;
}

/** Fails unless both are equal by value; typed arrays count as arrays, maps as their entries. */
export function equal(actual, expected, what = "value") {
  const [a, e] = [JSON.stringify(plain(actual)), JSON.stringify(plain(expected))];
  if (a !== e) throw new Error(what + ": expected " + e + ", was " + a);
}

/** Fails unless a number is within a distance of another. */
export function near(actual, expected, distance, what = "value") {
  if (!(Math.abs(actual - expected) <= distance))
    throw new Error(what + ": expected " + expected + " ± " + distance + ", was " + actual);
}

export function ok(condition, what) {
  if (!condition) throw new Error(what ?? "the condition does not hold");
}

/** Fails unless a text contains another. */
export function contains(text, part) {
  if (!String(text).includes(part)) throw new Error("expected a text with '" + part + "', was '" + text + "'");
}
