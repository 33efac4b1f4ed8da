package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/** Copies of each stage's weights. Immutable. */
public final class Copies {
  private final int[] copies;

  private Copies(int[] copies) {
    this.copies = copies;
  }

  /** One copy of each stage. */
  public static Copies oneEach(int stages) {
    int[] copies = new int[stages];
    Arrays.fill(copies, 1);
    return new Copies(copies);
  }

  /** Copies of each stage. */
  public static Copies ofStages(int... copies) {
    return new Copies(copies.clone());
  }

  /** Copies of a stage. */
  public int of(int stage) {
    return copies[stage];
  }

  /** Number of stages. */
  public int stages() {
    return copies.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Copies those && Arrays.equals(copies, those.copies);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(copies);
  }

  @Override
  public String toString() {
    return Arrays.toString(copies);
  }
}
