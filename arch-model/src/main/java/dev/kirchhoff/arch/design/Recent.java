package dev.kirchhoff.arch.design;

import java.util.ArrayList;
import java.util.List;

/**
 * The records made last, so that a record equal to one of them is the same object: whoever keeps
 * what was computed of it can tell by identity that it has not changed. The oldest goes first.
 */
final class Recent<T> {
  private static final int SIZE = 16;

  private final List<T> records = new ArrayList<>(SIZE);
  private int next;

  /** The record among the last that equals a fresh one, or the fresh one, kept from now on. */
  T of(T fresh) {
    for (int i = 0; i < records.size(); i++) {
      T known = records.get(i);
      if (known.equals(fresh)) {
        return known;
      }
    }
    if (records.size() < SIZE) {
      records.add(fresh);
    } else {
      records.set(next, fresh);
      next = (next + 1) % SIZE;
    }
    return fresh;
  }
}
