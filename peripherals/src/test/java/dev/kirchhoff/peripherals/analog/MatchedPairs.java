package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Pairs of the catalogue's matched-pair alone. */
public final class MatchedPairs {
  private static final String TEXT =
      """
      sentence: "A pair alone."
      source: "test"
      equations: |
        use matched-pair as pair: sigma = wanted
        area both = pair.A
      """;
  private static final Circuits CIRCUITS =
      Circuits.CATALOGUE.with(
          Map.of(
              "alone",
              CircuitFile.parse("alone", "alone.circuit", TEXT.getBytes(StandardCharsets.UTF_8))));

  private static final Vocabulary<Wanted> NAMES =
      Vocabulary.<Wanted>builder()
          .including(ProcessNames.VOCABULARY, Wanted::process)
          .quantity("wanted", "V", "", "deviation that may be left", Wanted::sigma_V)
          .build();

  private MatchedPairs() {}

  private record Wanted(Process process, double sigma_V) {}

  /**
   * A pair.
   *
   * @param sigma_V deviation of the threshold difference that is left
   * @param gate_um2 gate area of a device
   * @param gate_fF capacitance of a gate
   * @param area_um2 area of both with their trim
   * @param trimBits bits of the trim
   * @param trimEnergy factor of the trim on the energy of the device
   */
  public record Pair(
      double sigma_V,
      double gate_um2,
      double gate_fF,
      double area_um2,
      double trimBits,
      double trimEnergy) {}

  /** Smallest pair whose threshold difference deviates by no more than a limit. */
  public static Pair pair(Process process, double sigma_V) {
    Solution s = solution(process, sigma_V);
    return new Pair(
        s.quantity("pair.left", 0),
        s.quantity("pair.gate", 0),
        s.quantity("pair.C", 0),
        s.quantity("pair.A", 0),
        s.quantity("pair.trim", -1),
        1 + s.quantity("pair.extra", -1));
  }

  /** Deviation of the threshold difference of a pair of one square micrometre. */
  public static double threshold_Vum(Process process) {
    return solution(process, 1).quantity("A_vt", 0);
  }

  private static Solution solution(Process process, double sigma_V) {
    return CIRCUITS.solve("alone", NAMES, new Wanted(process, sigma_V), process.node_nm());
  }
}
