// Orders of many rows by a column, and the window of a long table. Pure.

const BITS = 11;
const SIZE = 1 << BITS;
const LAST = 0xffffffff;

/** Keys of unsigned 32-bit numbers in the order of the values; rows without a value are last in either direction. */
function keysOf(rows, column, descending) {
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  const keys = new Uint32Array(rows.length);
  const isLevel = column instanceof Int16Array || column instanceof Int8Array;
  for (let i = 0; i < rows.length; i++) {
    const of = column[rows[i]];
    if (of == null || Number.isNaN(of) || (isLevel && of < 0)) {
      keys[i] = LAST;
      continue;
    }
    value[0] = of;
    let key = bits[0] & 0x80000000 ? ~bits[0] >>> 0 : (bits[0] | 0x80000000) >>> 0;
    if (descending) key = ~key >>> 0;
    keys[i] = Math.min(key, LAST - 1);
  }
  return keys;
}

/**
 * Rows in the order of a column: by radix of 32-bit keys, then exactly where these are equal. Stable, so that an earlier
 * order stays among equals.
 */
export function ordered(rows, column, descending = false) {
  const n = rows.length;
  let keys = keysOf(rows, column, descending);
  let from = Int32Array.from(rows);
  let to = new Int32Array(n);
  let moved = new Uint32Array(n);
  const counts = new Uint32Array(SIZE);
  for (let shift = 0; shift < 32; shift += BITS) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[(keys[i] >>> shift) & (SIZE - 1)]++;
    let sum = 0;
    for (let k = 0; k < SIZE; k++) {
      const count = counts[k];
      counts[k] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const place = counts[(keys[i] >>> shift) & (SIZE - 1)]++;
      to[place] = from[i];
      moved[place] = keys[i];
    }
    [from, to] = [to, from];
    [keys, moved] = [moved, keys];
  }
  if (column instanceof Float64Array || column instanceof Int32Array) settle(from, keys, column, descending);
  return from;
}

// Insertion among rows of equal keys; nearly no row moves.
function settle(rows, keys, column, descending) {
  for (let i = 1; i < rows.length; i++) {
    if (keys[i] === LAST) return;
    const row = rows[i];
    const value = column[row];
    let j = i;
    while (
      j > 0 &&
      keys[j - 1] === keys[i] &&
      (descending ? column[rows[j - 1]] < value : column[rows[j - 1]] > value)
    ) {
      rows[j] = rows[j - 1];
      j--;
    }
    rows[j] = row;
  }
}

/** Tallest element that browsers draw reliably (Firefox ends near 17 million pixels). */
export const TALLEST = 8e6;

/**
 * The window of a table of `count` rows of `height` pixels behind a scroller: height of what is scrolled, and by the scroller's
 * position the first row with the part of it that is above the window.
 */
export function windowOf(count, height, visible) {
  const whole = count * height;
  const tall = Math.min(whole, TALLEST);
  const slack = Math.max(0, tall - visible);
  const travel = Math.max(0, whole - visible);
  return {
    tall,
    at(scrollTop) {
      const offset = slack > 0 ? Math.min(1, Math.max(0, scrollTop / slack)) * travel : 0;
      const first = Math.min(Math.max(0, count - 1), Math.floor(offset / height));
      return { first, shift: offset - first * height };
    },
    scrollTo(row) {
      return travel > 0 ? Math.min(slack, (Math.min(row * height, travel) / travel) * slack) : 0;
    },
  };
}
