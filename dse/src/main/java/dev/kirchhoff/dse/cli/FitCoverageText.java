package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.FrontReport.PartStanding;
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
  static String marks(List<PartStanding> parts) {
    return parts.stream()
        .filter(PartStanding::isMarked)
        .map(part -> part.part() + " " + part.grade())
        .collect(Collectors.joining(", "));
  }

  /** Members whose parts carry a mark, counted by family; empty where none does. */
  static String sentence(List<List<PartStanding>> members) {
    Map<String, List<PartStanding>> groups = new LinkedHashMap<>();
    for (List<PartStanding> member : members) {
      for (PartStanding part : member) {
        if (part.isMarked()) {
          String key = part.part() + " " + part.grade();
          groups.computeIfAbsent(key + " (" + part.family(), k -> new ArrayList<>()).add(part);
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

  /** The ranges that parts of a grade and family are outside of; without any their own reason. */
  private static String reason(List<PartStanding> group) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (PartStanding part : group) {
      for (String range : part.ranges()) {
        counts.merge(range, 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      return group.get(0).reason();
    }
    List<String> reasons = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(Comparator.comparingInt(count -> -count.getValue()))
        .forEach(count -> reasons.add(count.getKey() + " (" + count.getValue() + ")"));
    return String.join("; ", reasons);
  }
}
