package dev.kirchhoff.dse.moves;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Couplings of knobs that moves change together. Two kinds, both read off the paths of the spec
 * language:
 *
 * <ul>
 *   <li>pairs that keep a quantity: capacity (longer rows, fewer tiles), precision of a read (more
 *       active rows, bits per cell or per pulse need more converter bits);
 *   <li>groups of one knob per layer, which are shifted as one.
 * </ul>
 *
 * A missing coupling costs speed, never correctness: any two knobs are also moved together at
 * random.
 */
public final class KnobCouplings {

  /**
   * Two knobs that move together.
   *
   * @param first index of a knob
   * @param second index of another knob
   * @param sense +1 = in the same direction, −1 = in opposite directions
   */
  record Pair(int first, int second, int sense) {}

  private record Rule(String first, String second, int sense) {}

  /** Endings of paths; {@code readout~bits} means a path through readout that ends in bits. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("rows", "readout~bits", 1),
          new Rule("rowsActive", "readout~bits", 1),
          new Rule("side", "readout~bits", 1),
          new Rule("reads", "readout~bits", -1),
          new Rule("shares", "readout~bits", -1),
          new Rule("bitsPerPulse", "readout~bits", 1),
          new Rule("cell.bits", "readout~bits", 1),
          new Rule("rows", "tile.count", -1),
          new Rule("side", "tile.count", -1),
          new Rule("columns", "tile.count", -1),
          new Rule("perTile", "tile.count", -1),
          new Rule("perPe", "tile.count", -1),
          new Rule("cell.bits", "tile.count", -1),
          new Rule("side", "perPe", -1),
          new Rule("rows", "perPe", -1),
          new Rule("perPe", "perTile", -1),
          new Rule("side", "shares", 1),
          new Rule("rows", "reads", 1));

  private static final int SMALLEST_GROUP = 3;

  private final List<Pair> pairs = new ArrayList<>();
  private final List<int[]> groups = new ArrayList<>();

  /** Reads the couplings off the paths of a space. */
  public KnobCouplings(DesignSpace space) {
    List<Knob> knobs = space.knobs();
    for (Rule rule : RULES) {
      for (int a = 0; a < knobs.size(); a++) {
        for (int b = 0; b < knobs.size(); b++) {
          if (a != b
              && matches(knobs.get(a).path(), rule.first())
              && matches(knobs.get(b).path(), rule.second())) {
            pairs.add(new Pair(a, b, rule.sense()));
          }
        }
      }
    }
    Map<String, List<Integer>> alike = new LinkedHashMap<>();
    for (int k = 0; k < knobs.size(); k++) {
      String family = family(knobs.get(k).path());
      if (!family.equals(knobs.get(k).path())) {
        alike.computeIfAbsent(family + knobs.get(k).values(), key -> new ArrayList<>()).add(k);
      }
    }
    for (List<Integer> group : alike.values()) {
      if (group.size() >= SMALLEST_GROUP) {
        groups.add(group.stream().mapToInt(Integer::intValue).toArray());
      }
    }
  }

  private static boolean matches(String path, String ending) {
    int tilde = ending.indexOf('~');
    if (tilde >= 0) {
      return path.contains(ending.substring(0, tilde))
          && matches(path, ending.substring(tilde + 1));
    }
    return path.equals(ending) || path.endsWith("." + ending);
  }

  /** The path without what tells layers apart: text in brackets, or a last part with a slash. */
  private static String family(String path) {
    String bare = path.replaceAll("\\[[^\\]]*\\]", "[]");
    int dot = bare.lastIndexOf('.');
    return bare.indexOf('/', dot + 1) > 0 ? bare.substring(0, dot + 1) : bare;
  }

  /** Pairs that keep a quantity. */
  List<Pair> pairs() {
    return pairs;
  }

  /** Groups of knobs that mean the same for different layers. */
  List<int[]> groups() {
    return groups;
  }
}
