package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes of single knobs of designs. A knob that comes into existence keeps the value that the
 * design had at the same path: the same text, else the nearest number, else the knob's start.
 */
final class KnobMoves {
  private static final Pattern NUMBER = Pattern.compile("^-?[0-9]+(?:[.][0-9]+)?(?:e-?[0-9]+)?");

  private final DesignSpace space;

  KnobMoves(DesignSpace space) {
    this.space = space;
  }

  /**
   * A design with one knob moved.
   *
   * @throws IllegalArgumentException if the knob has no such ordinal, or does not exist in the
   *     design
   */
  int[] moved(int[] design, int knob, int ordinal) {
    if (knob < 0 || knob >= design.length || design[knob] == Knob.ABSENT) {
      throw new IllegalArgumentException("the design has no knob number " + knob);
    }
    Knob moving = space.knobs().get(knob);
    if (ordinal < 0 || ordinal >= moving.cardinality()) {
      throw new IllegalArgumentException(
          moving.path() + " has no value number " + ordinal + "; it has " + moving.cardinality());
    }
    int[] to = design.clone();
    to[knob] = ordinal;
    space.normalise(to);
    boolean settled = false;
    while (!settled) {
      settled = true;
      for (int k = 0; k < to.length; k++) {
        if (design[k] == Knob.ABSENT && to[k] != Knob.ABSENT) {
          int kept = kept(design, to, k);
          settled &= kept == to[k];
          to[k] = kept;
        }
      }
      space.normalise(to);
    }
    return to;
  }

  /** The ordinal of a new knob that is nearest to the value at its path before. */
  private int kept(int[] before, int[] after, int knob) {
    Knob known = space.knobs().get(knob);
    for (int k = 0; k < before.length; k++) {
      Knob other = space.knobs().get(k);
      if (k != knob && before[k] != Knob.ABSENT && other.path().equals(known.path())) {
        return nearest(known, other.values().get(before[k]), after[knob]);
      }
    }
    return after[knob];
  }

  private static int nearest(Knob knob, String value, int start) {
    int same = knob.values().indexOf(value);
    if (same >= 0 || !knob.ordered() || !NUMBER.matcher(value).find()) {
      return same >= 0 ? same : start;
    }
    double wanted = number(value);
    int best = 0;
    for (int o = 1; o < knob.cardinality(); o++) {
      double gap = Math.abs(number(knob.values().get(o)) - wanted);
      best = gap < Math.abs(number(knob.values().get(best)) - wanted) ? o : best;
    }
    return best;
  }

  private static double number(String value) {
    Matcher matcher = NUMBER.matcher(value);
    return matcher.find() ? Double.parseDouble(matcher.group()) : Double.NaN;
  }

  /**
   * The design of another space with the values of this one. The spec of a single design has one
   * knob left for every layer that chooses for itself; a layer of another network takes the value
   * that most layers have.
   */
  int[] carried(int[] design, DesignSpace other) {
    int[] to = other.start();
    for (int k = 0; k < to.length; k++) {
      Knob knob = other.knobs().get(k);
      List<String> alike = new ArrayList<>();
      for (int own = 0; own < design.length; own++) {
        Knob known = space.knobs().get(own);
        if (design[own] != Knob.ABSENT
            && Knob.pathOfAllLayers(known.path()).equals(Knob.pathOfAllLayers(knob.path()))) {
          String value = known.values().get(design[own]);
          if (known.path().equals(knob.path())) {
            alike = List.of(value);
            break;
          }
          alike.add(value);
        }
      }
      int kept = alike.isEmpty() ? -1 : knob.values().indexOf(most(alike));
      to[k] = to[k] != Knob.ABSENT && kept >= 0 ? kept : to[k];
    }
    other.normalise(to);
    return to;
  }

  /** The most frequent of some texts, of equals the first. */
  private static String most(List<String> texts) {
    return texts.stream()
        .max(Comparator.comparingInt(text -> Collections.frequency(texts, text)))
        .orElseThrow();
  }

  /** All designs one knob away: {knob, ordinal} by the design. */
  Map<int[], int[]> neighbours(int[] design) {
    Map<int[], int[]> found = new LinkedHashMap<>();
    for (int k = 0; k < design.length; k++) {
      if (design[k] == Knob.ABSENT) {
        continue;
      }
      Knob knob = space.knobs().get(k);
      for (int o = 0; o < knob.cardinality(); o++) {
        boolean isNear = !knob.ordered() || Math.abs(o - design[k]) == 1;
        if (o != design[k] && isNear) {
          found.put(moved(design, k, o), new int[] {k, o});
        }
      }
    }
    return found;
  }

  /**
   * Knobs in which two designs differ, in groups that move together: the layers of one path, and
   * knobs that exist in one design alone with the knob that decides so.
   */
  List<List<Integer>> differing(int[] a, int[] b) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int k = 0; k < a.length; k++) {
      if (a[k] != b[k]) {
        int root = k;
        while (a[root] == Knob.ABSENT || b[root] == Knob.ABSENT) {
          root = space.knobs().get(root).condition().orElseThrow().parent();
        }
        String path = Knob.pathOfAllLayers(space.knobs().get(root).path());
        boolean isOfLayer = !path.equals(space.knobs().get(root).path());
        groups.computeIfAbsent(isOfLayer ? path : path + "#" + root, p -> new ArrayList<>()).add(k);
      }
    }
    return List.copyOf(groups.values());
  }

  /** A design with the ordinals that another has of some knobs. */
  int[] with(int[] design, int[] other, List<Integer> knobs) {
    int[] to = design.clone();
    knobs.forEach(k -> to[k] = other[k]);
    space.normalise(to);
    return to;
  }
}
