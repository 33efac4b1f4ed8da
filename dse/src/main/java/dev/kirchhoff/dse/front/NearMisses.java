package dev.kirchhoff.dse.front;

import java.util.Arrays;

/**
 * Infeasible designs of least violation, from which a search starts that has found no feasible one.
 * The content does not depend on the order of offers; of equal violations the lower index wins.
 */
public final class NearMisses {
  private static final int KEPT = 8;

  private final long[] indices = new long[KEPT];
  private final float[] violations = new float[KEPT];
  private int size;

  /** A list with the same content, which changes apart from this one. */
  public NearMisses copy() {
    NearMisses copy = new NearMisses();
    System.arraycopy(indices, 0, copy.indices, 0, size);
    System.arraycopy(violations, 0, copy.violations, 0, size);
    copy.size = size;
    return copy;
  }

  /** Number of designs, at most 8. */
  public int size() {
    return size;
  }

  /** Index of the design at a place; the least violation is at place 0. */
  public long index(int place) {
    return indices[place];
  }

  /** Sum of relative violations of the design at a place. */
  public float violation(int place) {
    return violations[place];
  }

  /** Offers an infeasible design with the sum of its relative violations. */
  public void offer(long index, float violation) {
    int at = size;
    while (at > 0
        && (violation < violations[at - 1]
            || violation == violations[at - 1] && index < indices[at - 1])) {
      at--;
    }
    if (at == KEPT) {
      return;
    }
    int moved = Math.min(size, KEPT - 1) - at;
    System.arraycopy(indices, at, indices, at + 1, moved);
    System.arraycopy(violations, at, violations, at + 1, moved);
    indices[at] = index;
    violations[at] = violation;
    size = Math.min(size + 1, KEPT);
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(indices, size));
  }
}
