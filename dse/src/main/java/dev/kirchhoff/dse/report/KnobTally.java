package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunComparison;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.spec.Knob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values of knobs among the members of two fronts: the choices by which they differ. Layers of a
 * knob are counted together. Knobs differ by half the sum of the differences of their values'
 * shares (total variation, 0..1).
 */
final class KnobTally {
  /** Difference below which a knob does not tell two fronts apart (chosen). */
  private static final double LEAST = 0.05;

  private KnobTally() {}

  /** Knobs that members of both fronts have, those that differ the most first. */
  static List<RunComparison.KnobShares> between(
      RunFront a, List<Long> membersOfA, RunFront b, List<Long> membersOfB) {
    Map<String, Map<String, Double>> ours = shares(a, membersOfA);
    Map<String, Map<String, Double>> theirs = shares(b, membersOfB);
    List<RunComparison.KnobShares> knobs = new ArrayList<>();
    for (String path : ours.keySet()) {
      if (theirs.containsKey(path)) {
        RunComparison.KnobShares knob = knob(path, ours.get(path), theirs.get(path));
        if (variation(knob) >= LEAST) {
          knobs.add(knob);
        }
      }
    }
    knobs.sort(
        Comparator.comparingDouble((RunComparison.KnobShares knob) -> -variation(knob))
            .thenComparing(RunComparison.KnobShares::path));
    return knobs;
  }

  private static RunComparison.KnobShares knob(
      String path, Map<String, Double> ours, Map<String, Double> theirs) {
    Set<String> values = new LinkedHashSet<>(ours.keySet());
    values.addAll(theirs.keySet());
    return new RunComparison.KnobShares(
        path,
        values.stream()
            .map(
                value ->
                    new RunComparison.ValueShare(
                        value, ours.getOrDefault(value, 0.0), theirs.getOrDefault(value, 0.0)))
            .sorted(
                Comparator.comparingDouble(
                        (RunComparison.ValueShare share) -> -Math.abs(share.a() - share.b()))
                    .thenComparing(RunComparison.ValueShare::value))
            .toList());
  }

  private static double variation(RunComparison.KnobShares knob) {
    return knob.values().stream().mapToDouble(share -> Math.abs(share.a() - share.b())).sum() / 2;
  }

  /** Share of each value by knob, of the members that have the knob. */
  private static Map<String, Map<String, Double>> shares(RunFront front, List<Long> members) {
    Set<Long> chosen = new HashSet<>(members);
    List<RunEvent.KnobHeader> knobs = front.header().knobs();
    Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
    for (RunFront.Member member : front.members()) {
      for (int k = 0; chosen.contains(member.index()) && k < member.ordinals().size(); k++) {
        int ordinal = member.ordinals().get(k);
        if (ordinal >= 0 && ordinal < knobs.get(k).values().size()) {
          JsonNode value = knobs.get(k).values().get(ordinal);
          shares
              .computeIfAbsent(
                  Knob.pathOfAllLayers(knobs.get(k).path()), path -> new LinkedHashMap<>())
              .merge(value.isTextual() ? value.asText() : value.toString(), 1.0, Double::sum);
        }
      }
    }
    for (Map<String, Double> counts : shares.values()) {
      double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
      counts.replaceAll((value, count) -> count / all);
    }
    return shares;
  }
}
