package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Dimension.RATIO;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * Fingerprint of an array: the sign of the difference of neighbouring cells that were all
 * programmed alike, a bit a pair.
 *
 * <p>A blind pulse after programming leaves every cell at a conductance of its own, relative spread
 * d; errors of the machine add to it. The quality is the intra Hamming distance, the mean share of
 * bits that differ between the first read and a later one; with read noise e of a cell it is
 *
 * <pre>HD = arccos(d² / (d² + e²)) / π        (1)</pre>
 *
 * <p>Cells are independent, so that the same array with its rows shifted stands for another chip;
 * the inter Hamming distance is 1/2. A run has converged if every later read is nearer to the first
 * one than to all of its shifts and at most half of the pairs read alike. Converters must tell
 * cells of one state apart: cells that differ by less than a step read alike, their bit is zero on
 * every chip, which makes the intra distance small and the inter distance small with it. Comparison
 * with enrolled fingerprints is the verifier's and not counted.
 */
record FingerprintKernel(CellPairs cells, int reads) implements Kernel {
  private static final Outcome.Measure INTRA =
      new Outcome.Measure("intra", "intra Hamming distance", "%", false);
  private static final Outcome.Measure INTER =
      new Outcome.Measure("inter", "least inter Hamming distance", "%", true);
  private static final Outcome.Measure ALIKE =
      new Outcome.Measure("alike", "pairs that read alike", "%", false);
  static final Kind KIND =
      new Kind(
          "fingerprint",
          "Identifies a chip by the signs of differences between neighbouring cells of one state.",
          "H. Jiang et al., Nature Electronics 1, 548 (2018), doi 10.1038/s41928-018-0146-5;"
              + " (1) for jointly normal variables: W. F. Sheppard, Phil. Trans. R. Soc. A 192,"
              + " 101 (1899), doi 10.1098/rsta.1899.0003",
          List.of(
              Key.of("rows", whole(2, 1024), "16", "rows of cells"),
              Key.of("columns", whole(2, 1024), "64", "cells of a row; two make a bit"),
              Key.of("reads", whole(1, 1000), "8", "reads after the first"),
              Key.of(
                  "spread",
                  quantity(RATIO, 0, 0.15),
                  "10%",
                  "standard deviation of the cells over their mean"),
              Key.of("seed", whole(0, Integer.MAX_VALUE), "1", "seed of the cells")),
          List.of(INTRA, INTER, ALIKE),
          s ->
              new FingerprintKernel(
                  new CellPairs(
                      s.whole("rows"), s.whole("columns") / 2, s.number("spread"), s.whole("seed")),
                  s.whole("reads")));

  /** Full scale over the mean of cells, six deviations of the widest spread above it. */
  private static final double FULL_SCALE = 2;

  /** Share of pairs without a difference beyond which the readout, not the chip, makes the bits. */
  private static final double ALIKE_AT_MOST = 0.5;

  @Override
  public String word() {
    return KIND.shape().name();
  }

  /** Fingerprints, read after read. */
  private List<Fingerprint> fingerprints(Machine machine) {
    Machine.Stored array = machine.store("cells", cells.alike(), FULL_SCALE);
    machine.pulse(array, cells.deviations());
    List<Fingerprint> found = new ArrayList<>();
    for (int read = 0; read <= reads; read++) {
      found.add(Fingerprint.of(machine.readCells(array)));
      machine.digital(VectorOperation.COMPARE, cells.pairs(), 8);
      machine.endOfIteration();
    }
    return found;
  }

  @Override
  public Outcome run(Machine machine) {
    List<Fingerprint> found = fingerprints(machine);
    Fingerprint first = found.get(0);
    double alike = first.alike() / (double) cells.pairs();
    double intra = 0;
    double inter = 1;
    boolean isKnown = alike <= ALIKE_AT_MOST;
    for (Fingerprint read : found.subList(1, found.size())) {
      double same = read.distance(first, 0);
      intra += same / reads;
      for (int shift = 1; shift < cells.rows(); shift++) {
        double other = read.distance(first, shift);
        inter = Math.min(inter, other);
        isKnown &= same < other;
      }
    }
    return Outcome.of(INTRA, 100 * intra, reads + 1, isKnown)
        .with(INTER, 100 * inter)
        .with(ALIKE, 100 * alike);
  }
}
