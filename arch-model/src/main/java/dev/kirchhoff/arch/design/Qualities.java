package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.kernel.Outcome.Measure;
import dev.kirchhoff.arch.result.Metric;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures that {@link Metric#RESULT_QUALITY} is of in the designs of a spec, by kernel. Qualities
 * are ordered only where they are of one measure, and by its direction.
 *
 * @param measures measures by the name of the kernel, in the order of the workload
 */
record Qualities(Map<String, Set<Measure>> measures) {
  /** Qualities of a workload that is not known. */
  static final Qualities UNKNOWN = new Qualities(Map.of());

  Qualities {
    Map<String, Set<Measure>> copies = new LinkedHashMap<>();
    measures.forEach((name, of) -> copies.put(name, new LinkedHashSet<>(of)));
    measures = copies;
  }

  /**
   * The one measure of qualities; empty where they have several or there is none.
   *
   * @param program kernel whose quality it is; empty of all together
   */
  Optional<Measure> common(String program) {
    Set<Measure> all = new LinkedHashSet<>();
    measures.forEach(
        (name, of) -> {
          if (program.isEmpty() || name.equals(program)) {
            all.addAll(of);
          }
        });
    return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
  }

  /**
   * Problem of an objective or a limit on the quality that takes it the wrong way round.
   *
   * @param program kernel that it is asked of; empty of all together
   * @param wantsMore whether more is asked for
   * @param remedy the other way round, as it is written
   */
  Optional<String> problem(Metric metric, String program, boolean wantsMore, String remedy) {
    if (metric != Metric.RESULT_QUALITY) {
      return Optional.empty();
    }
    List<String> kernels =
        measures.keySet().stream().filter(n -> program.isEmpty() || n.equals(program)).toList();
    Set<Measure> all = new LinkedHashSet<>();
    kernels.forEach(name -> all.addAll(measures.get(name)));
    if (all.size() > 1) {
      return Optional.of(
          "quality is "
              + kernels.stream()
                  .map(name -> headings(measures.get(name)) + " of " + name)
                  .collect(Collectors.joining(" and "))
              + ", which have no common order; take qualityLoss"
              + (kernels.size() > 1 ? ", or a limit on one of them: quality[" : ", or one measure")
              + (kernels.size() > 1 ? kernels.get(0) + "]" : ""));
    }
    if (all.isEmpty() || all.iterator().next().isHigherBetter() == wantsMore) {
      return Optional.empty();
    }
    return Optional.of(
        "quality of "
            + String.join(" and ", kernels)
            + " is "
            + headings(all)
            + ", of which "
            + (wantsMore ? "less" : "more")
            + " is better; write "
            + remedy);
  }

  private static String headings(Set<Measure> measures) {
    return measures.stream().map(Measure::heading).collect(Collectors.joining(" or "));
  }
}
