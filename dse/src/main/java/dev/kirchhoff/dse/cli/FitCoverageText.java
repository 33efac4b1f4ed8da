package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.calibration.OperatingPoint.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Silicon behind the readouts and arrays of designs: marks, a sentence that counts them. */
final class FitCoverageText {
  private FitCoverageText() {}

  /** Parts with marks behind them; empty where no part has one. */
  static String marks(List<FitCoverage> coverages) {
    return coverages.stream()
        .filter(FitCoverage::isMarked)
        .map(coverage -> coverage.part().word() + " " + coverage.grade().word())
        .collect(Collectors.joining(", "));
  }

  /** Members whose parts carry a mark, counted by family; empty where none does. */
  static String sentence(List<List<FitCoverage>> members) {
    Map<String, List<FitCoverage>> groups = new LinkedHashMap<>();
    for (List<FitCoverage> member : members) {
      for (FitCoverage coverage : member) {
        if (coverage.isMarked()) {
          String key = coverage.part().word() + " " + coverage.grade().word();
          groups
              .computeIfAbsent(key + " (" + coverage.family().word(), k -> new ArrayList<>())
              .add(coverage);
        }
      }
    }
    List<String> parts = new ArrayList<>();
    groups.entrySet().stream()
        .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
        .forEach(
            group ->
                parts.add(
                    Units.count(group.getValue().size())
                        + " of "
                        + Units.count(members.size())
                        + " members: "
                        + group.getKey()
                        + ": "
                        + reason(group.getValue())
                        + ")"));
    return parts.isEmpty() ? "" : "Silicon: " + String.join("; ", parts) + ".\n";
  }

  private static String reason(List<FitCoverage> group) {
    FitCoverage first = group.get(0);
    if (first.grade() == FitCoverage.Grade.UNFITTED) {
      return first.reason();
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (FitCoverage coverage : group) {
      for (Span span : coverage.outside()) {
        counts.merge(span.axis().word() + ", fitted at " + span.range(), 1, Integer::sum);
      }
    }
    List<String> reasons = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(Comparator.comparingInt(count -> -count.getValue()))
        .forEach(count -> reasons.add(count.getKey() + " (" + count.getValue() + ")"));
    return String.join("; ", reasons);
  }
}
