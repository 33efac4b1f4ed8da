package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.chip.Chip;
import java.util.function.Supplier;

/**
 * The chips bound last, by the ordinals of the knobs that a chip depends on: designs that differ in
 * other knobs alone have the same chip, the same object, so that whoever keeps what was computed of
 * it can tell by identity that it has not changed.
 */
final class RecentChips {
  private static final int SIZE = 16;

  private final int[] knobs;
  private final int[][] keys;
  private final Chip[] chips = new Chip[SIZE];
  private int next;

  /** Chips that depend on these knobs. */
  RecentChips(int[] knobs) {
    this.knobs = knobs.clone();
    keys = new int[SIZE][knobs.length];
  }

  /** The chip of a design, bound if it is not among the last. */
  Chip of(int[] ordinals, Supplier<Chip> bind) {
    for (int i = 0; i < SIZE; i++) {
      if (chips[i] != null && matches(keys[i], ordinals)) {
        return chips[i];
      }
    }
    Chip chip = bind.get();
    for (int k = 0; k < knobs.length; k++) {
      keys[next][k] = ordinals[knobs[k]];
    }
    chips[next] = chip;
    next = (next + 1) % SIZE;
    return chip;
  }

  private boolean matches(int[] key, int[] ordinals) {
    for (int k = 0; k < knobs.length; k++) {
      if (key[k] != ordinals[knobs[k]]) {
        return false;
      }
    }
    return true;
  }
}
