package dev.kirchhoff.dse.table;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.engine.LimitSampleEngine;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Neighbourhood;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Weights of the rows of a sampled sweep: the number of designs of the space that a row stands for.
 * Of a design d in part r of a sample
 *
 * <pre>
 *   w = a / p + Σ a',    p = 1 − (1 − q(d))^n (1 − g(d))^m                                    (1)
 * </pre>
 *
 * where a is the share of part r in the rows and a' that of each later part, whose designs are
 * drawn among those that are not there yet; n designs of the part are spread over the space, each
 * of them d with the probability q ({@link LatinHypercube#probability}), and m draws near its
 * limits give d with the probability g each ({@link Neighbourhood#probability}). As g depends on
 * earlier parts alone, sums of w over some kind of designs have their number as expectation.
 *
 * <p>Source: Horvitz and Thompson, J. Am. Stat. Assoc. 47 (1952) 663; for the density of a part
 * Veach and Guibas, SIGGRAPH 1995, DOI 10.1145/218380.218498; for parts that depend on earlier ones
 * Cappé et al., DOI 10.1198/106186004X12803.
 */
final class SampleWeights {
  private final int[] values;
  private final List<Part> parts = new ArrayList<>();
  private long designs;

  /**
   * A part of the sample.
   *
   * @param first index of its first design
   * @param spread designs that are spread over the space
   * @param drawsPerDesign draws around centres, for each design that they gave
   * @param near the centres; empty for none
   */
  private record Part(
      long first, long spread, double drawsPerDesign, Optional<Neighbourhood> near) {}

  /** Weights of the rows of a run, none of which is known yet. */
  SampleWeights(List<RunEvent.KnobHeader> knobs) {
    values = knobs.stream().mapToInt(knob -> knob.values().size()).toArray();
  }

  /** Takes the rows of a round. */
  void take(RunEvent.Round round) {
    Optional<LimitSampleEngine.Part> begun = LimitSampleEngine.Part.of(round.engineState().path(0));
    begun.ifPresent(part -> parts.add(part(part)));
    designs = round.evaluated();
    if (parts.isEmpty()) {
      parts.add(new Part(0, Long.MAX_VALUE, 0, Optional.empty()));
    }
  }

  private Part part(LimitSampleEngine.Part part) {
    List<int[]> centres =
        part.centres().stream()
            .map(centre -> centre.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    return new Part(
        designs,
        part.spread(),
        (double) part.draws() / Math.max(1, part.near()),
        Optional.of(new Neighbourhood(centres, values)));
  }

  /** Rows of a part that are there. */
  private long rows(int part) {
    long end = part + 1 < parts.size() ? parts.get(part + 1).first() : designs;
    return end - parts.get(part).first();
  }

  private int part(long index) {
    int part = parts.size() - 1;
    while (parts.get(part).first() > index) {
      part--;
    }
    return part;
  }

  /** The rows of an event that were drawn near the limits. */
  BitSet near(RunEvent.Evaluations event) {
    BitSet near = new BitSet();
    for (int row = 0; row < event.count(); row++) {
      long index = event.first() + row;
      Part part = parts.get(part(index));
      near.set(row, index - part.first() >= part.spread());
    }
    return near;
  }

  /** Weight (1) of each row of an event. */
  double[] of(RunEvent.Evaluations event) {
    double[] weights = new double[event.count()];
    int[] design = new int[values.length];
    for (int row = 0; row < weights.length; row++) {
      for (int k = 0; k < design.length; k++) {
        design[k] = event.knobs()[k][row];
      }
      int own = part(event.first() + row);
      long later = designs - parts.get(own).first() - rows(own);
      weights[row] = (rows(own) / chance(own, design) + later) / designs;
    }
    return weights;
  }

  /** Probability p of (1); of a part that is not there whole, by the share that is. */
  private double chance(int number, int[] design) {
    Part part = parts.get(number);
    long rows = rows(number);
    double spread = LatinHypercube.probability(design, values);
    if (part.near().isEmpty()) {
      return -Math.expm1(rows * Math.log1p(-spread));
    }
    long near = Math.max(0, rows - part.spread());
    return -Math.expm1(
        Math.min(rows, part.spread()) * Math.log1p(-spread)
            + near * part.drawsPerDesign() * Math.log1p(-part.near().get().probability(design)));
  }
}
