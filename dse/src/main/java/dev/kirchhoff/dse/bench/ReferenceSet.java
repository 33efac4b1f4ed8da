package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Hypervolume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Reference set of a bench: the front that others are measured by. On the objectives' axes it spans
 * 0 (best) to 1 (worst) in each objective; where its members are equal in one, a wide difference is
 * 1. With V the volume that a front dominates below the point at 1.1 in each objective:
 *
 * <pre>share = V(front) / V(reference set)</pre>
 *
 * <p>The share is at most 1 unless a member of the front dominates one of the set, and 0 of a front
 * whose members all lie beyond 1.1 in some objective.
 */
public final class ReferenceSet {
  private static final double CORNER = 1.1;

  private final List<Objective> objectives;
  private final List<List<Double>> members;
  private final double[] best;
  private final double[] span;
  private final double[] corner;
  private final double volume;

  private ReferenceSet(List<Objective> objectives, List<List<Double>> members) {
    this.objectives = List.copyOf(objectives);
    this.members = List.copyOf(members);
    int dimensions = objectives.size();
    best = new double[dimensions];
    span = new double[dimensions];
    corner = new double[dimensions];
    Arrays.fill(corner, CORNER);
    for (int m = 0; m < dimensions; m++) {
      int axis = m;
      double[] places =
          members.stream()
              .mapToDouble(member -> objectives.get(axis).coordinate(member.get(axis)))
              .toArray();
      best[m] = Arrays.stream(places).min().orElse(0);
      double range = Arrays.stream(places).max().orElse(0) - best[m];
      span[m] = range > 0 ? range : objectives.get(m).axis().wideSpan();
    }
    volume = volume(members);
  }

  /** The front of the union of some fronts. */
  public static ReferenceSet of(
      List<Objective> objectives, Collection<? extends List<List<Double>>> fronts) {
    Archive union = new Archive(objectives.size());
    long index = 0;
    for (List<List<Double>> front : fronts) {
      for (List<Double> member : front) {
        double[] values = member.stream().mapToDouble(Double::doubleValue).toArray();
        offer(union, objectives, index++, values);
      }
    }
    return new ReferenceSet(objectives, values(union, objectives));
  }

  static void offer(Archive front, List<Objective> objectives, long index, double... values) {
    double[] minimised = new double[values.length];
    Arrays.setAll(minimised, m -> objectives.get(m).minimised(values[m]));
    front.offer(index, minimised);
  }

  /** Members of a front in metric units; a sign that is taken twice is none. */
  static List<List<Double>> values(Archive front, List<Objective> objectives) {
    List<List<Double>> members = new ArrayList<>();
    for (Archive.Member member : front.members()) {
      List<Double> values = new ArrayList<>();
      for (int m = 0; m < objectives.size(); m++) {
        values.add(objectives.get(m).minimised(member.values().get(m)));
      }
      members.add(values);
    }
    return members;
  }

  /** Number of members. */
  public int size() {
    return members.size();
  }

  /** Share of this front's hypervolume, 0..1; 0 if this front is empty. */
  public double share(List<List<Double>> front) {
    return volume > 0 ? volume(front) / volume : 0;
  }

  private double volume(List<List<Double>> front) {
    double[][] points = new double[front.size()][objectives.size()];
    for (int i = 0; i < points.length; i++) {
      for (int m = 0; m < points[i].length; m++) {
        double coordinate = objectives.get(m).coordinate(front.get(i).get(m));
        points[i][m] = (coordinate - best[m]) / span[m];
      }
    }
    return Hypervolume.of(points, corner);
  }
}
