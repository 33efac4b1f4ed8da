package dev.kirchhoff.dse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Specs of kernels small enough that a test evaluates them in milliseconds. */
final class KernelSpecs {
  /** One block of 8 x 8 samples of the shipped photograph. */
  static final String DCT = "{kernel: dct, rows: 8, columns: 8}";

  static final String HOPFIELD = "{kernel: hopfield, neurons: 16, patterns: 2, probes: 4}";

  static final String ADDER = "{kernel: statefulAdder, bits: 2, rows: 4}";

  static final String BITS = "{kernel: randomBits, bits: 256}";

  /** A system of which low bits stall and coarse cells diverge. */
  static final String SOLVER =
      "{kernel: conjugateGradient, matrix: {kind: covariance, size: 16}, outer: {stepsAtMost: 20}}";

  private static final String SPEC =
      """
      kirchhoff: 1
      name: tiny
      workload: %s
      precision: {weights: 6, inputs: 8, outputs: 8}
      chip:
        technology: {node: 28 nm}
        tile: {count: fit}
        pe: {perTile: 1, transpose: shared, random: digital, readout: {kind: sar, bits: 8, columnsPerAdc: 8}}
        crossbar: {perPe: 1, rows: 64, columns: 64, weights: {encoding: differential}}
        cell: {access: 1T1R, bits: 2}
      """;

  private KernelSpecs() {}

  /**
   * A spec.
   *
   * @param workload workload in one line, the third of the spec
   * @param more lines at its end, from the eleventh on
   */
  static String text(String workload, String... more) {
    return SPEC.formatted(workload) + String.join("\n", more) + (more.length > 0 ? "\n" : "");
  }

  /** A spec in a file of its name. */
  static String write(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
