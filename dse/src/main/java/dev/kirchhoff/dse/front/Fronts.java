package dev.kirchhoff.dse.front;

import dev.kirchhoff.dse.space.Objective;
import java.util.List;

/**
 * What a search knows of the designs evaluated so far: the front, a front per value of one knob
 * (the technology), and the infeasible designs nearest to being feasible. The content depends on
 * the set of designs, not on their order.
 */
public final class Fronts {
  private final List<Objective> objectives;
  private final Archive whole;
  private final Archive[] niches;
  private final NearMisses nearMisses;
  private final double[] minimised;

  /**
   * Empty fronts.
   *
   * @param objectives the objectives
   * @param niches values of the technology knob; 0 = there is none
   */
  public Fronts(List<Objective> objectives, int niches) {
    this(objectives, new Archive(objectives.size()), new Archive[niches], new NearMisses());
    for (int i = 0; i < niches; i++) {
      this.niches[i] = new Archive(objectives.size());
    }
  }

  private Fronts(
      List<Objective> objectives, Archive whole, Archive[] niches, NearMisses nearMisses) {
    this.objectives = List.copyOf(objectives);
    this.whole = whole;
    this.niches = niches;
    this.nearMisses = nearMisses;
    this.minimised = new double[objectives.size()];
  }

  /** Fronts with the same content, which change apart from these. */
  public Fronts copy() {
    Archive[] copies = new Archive[niches.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = niches[i].copy();
    }
    return new Fronts(objectives, whole.copy(), copies, nearMisses.copy());
  }

  /** The objectives. */
  public List<Objective> objectives() {
    return objectives;
  }

  /** The front of all designs. */
  public Archive whole() {
    return whole;
  }

  /** Number of technologies that have a front of their own. */
  public int niches() {
    return niches.length;
  }

  /** The front of the designs of one technology. */
  public Archive niche(int ordinal) {
    return niches[ordinal];
  }

  /** Infeasible designs nearest to being feasible. */
  public NearMisses nearMisses() {
    return nearMisses;
  }

  /**
   * Takes note of a design.
   *
   * @param index its index
   * @param values its objectives in metric units; not read if it is infeasible
   * @param relativeTotal sum of its relative violations; 0 = feasible
   * @param niche its value of the technology knob; −1 if it has none
   * @return whether it entered the front of all designs
   */
  public boolean offer(long index, double[] values, float relativeTotal, int niche) {
    if (relativeTotal > 0) {
      nearMisses.offer(index, relativeTotal);
      return false;
    }
    for (int m = 0; m < minimised.length; m++) {
      minimised[m] = objectives.get(m).minimised(values[m]);
    }
    if (niche >= 0 && niche < niches.length) {
      niches[niche].offer(index, minimised);
    }
    return whole.offer(index, minimised);
  }

  /** Objectives of a member in metric units. */
  public double[] values(Archive archive, int place) {
    double[] values = new double[minimised.length];
    for (int m = 0; m < values.length; m++) {
      double value = archive.value(place, m);
      values[m] = objectives.get(m).maximise() ? -value : value;
    }
    return values;
  }
}
