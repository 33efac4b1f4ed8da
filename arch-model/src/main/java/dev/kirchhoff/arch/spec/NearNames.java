package dev.kirchhoff.arch.spec;

import java.util.Collection;
import java.util.Optional;

/**
 * Suggestion of the name that was probably meant: the nearest within an edit distance of max(2,
 * length / 3). A beginning of at least four letters, and an abbreviation (cols of columns), count
 * as one edit.
 */
public final class NearNames {
  private NearNames() {}

  /** The nearest of the candidates, if one is near. */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    int limit = Math.max(2, name.length() / 3);
    String best = null;
    int bestDistance = limit + 1;
    for (String candidate : candidates) {
      int distance =
          shortens(name, candidate) ? Math.min(1, limit) : distance(name, candidate, limit);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code "; did you mean X?"} if one is near, else {@code "; there are A, B, C"}. */
  public static String hint(String name, Collection<String> candidates) {
    return nearest(name, candidates)
        .map(near -> "; did you mean " + near + "?")
        .orElse(candidates.isEmpty() ? "" : "; there are " + String.join(", ", candidates));
  }

  /** True if a name is a prefix of a candidate, or omits letters between its ends. */
  private static boolean shortens(String name, String candidate) {
    if (name.length() < 4 || name.length() >= candidate.length()) {
      return false;
    }
    if (candidate.startsWith(name)) {
      return true;
    }
    int last = name.length() - 1;
    if (name.charAt(0) != candidate.charAt(0)
        || name.charAt(last) != candidate.charAt(candidate.length() - 1)) {
      return false;
    }
    int next = 0;
    for (int i = 0; i < candidate.length() && next <= last; i++) {
      if (candidate.charAt(i) == name.charAt(next)) {
        next++;
      }
    }
    return next > last;
  }

  /**
   * Optimal-string-alignment distance: insertions, deletions, substitutions and swaps of
   * neighbours.
   */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                ? 0
                : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
