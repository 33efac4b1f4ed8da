package dev.kirchhoff.arch.event;

import dev.kirchhoff.arch.result.CostTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Energy or area of a part in two designs; parts of one name are added up over tiles and chip.
 *
 * @param figure {@code energy} or {@code area}
 * @param unit unit of the values
 * @param part the part; {@code total} for the sum
 * @param a value of design A; absent where it has no such part
 * @param b value of design B; absent where it has no such part
 * @param ratio A over B, where both have it and B's is above 0
 */
public record PartPair(
    String figure,
    String unit,
    String part,
    OptionalDouble a,
    OptionalDouble b,
    OptionalDouble ratio) {
  private static final Set<String> LEVELS = Set.of("chip", "tile", "PE");

  /** The parts of two trees with their total, the largest first. */
  public static List<PartPair> of(String figure, CostTree a, CostTree b) {
    Map<String, Double> ours = new LinkedHashMap<>();
    Map<String, Double> theirs = new LinkedHashMap<>();
    add(a, ours);
    add(b, theirs);
    Map<String, Double> largest = new LinkedHashMap<>(ours);
    theirs.forEach((part, value) -> largest.merge(part, value, Math::max));
    List<PartPair> pairs = new ArrayList<>();
    pairs.add(pair(figure, a.unit(), "total", a.value(), b.value()));
    largest.entrySet().stream()
        .filter(part -> part.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            part ->
                pairs.add(
                    pair(
                        figure,
                        a.unit(),
                        part.getKey(),
                        ours.get(part.getKey()),
                        theirs.get(part.getKey()))));
    return pairs;
  }

  private static void add(CostTree node, Map<String, Double> parts) {
    if (LEVELS.contains(node.name())) {
      node.parts().forEach(part -> add(part, parts));
    } else {
      parts.merge(node.name(), node.value(), Double::sum);
    }
  }

  private static PartPair pair(String figure, String unit, String part, Double a, Double b) {
    boolean isRatio = a != null && b != null && b > 0;
    return new PartPair(
        figure,
        unit,
        part,
        a == null ? OptionalDouble.empty() : OptionalDouble.of(a),
        b == null ? OptionalDouble.empty() : OptionalDouble.of(b),
        isRatio ? OptionalDouble.of(a / b) : OptionalDouble.empty());
  }
}
