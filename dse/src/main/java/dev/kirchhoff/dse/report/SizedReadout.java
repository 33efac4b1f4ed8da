package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.FigureConstants;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.ReadoutComparison;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.util.List;
import java.util.Optional;

/**
 * Figures of a readout of the catalogue and the constants that they lean on.
 *
 * @param bits bits of the code
 * @param rate_GSps conversions in a nanosecond
 * @param column column that it serves
 */
public record SizedReadout(
    int bits, double rate_GSps, double node_nm, String column, List<FigureConstants> figures) {
  public SizedReadout {
    figures = List.copyOf(figures);
  }

  /**
   * A readout at bits, rate and node; empty if no readout of that name has equations.
   *
   * @param bits bits, which the range of the model may narrow
   */
  public static Optional<SizedReadout> of(String name, int bits, double rate_GSps, double node_nm) {
    return CircuitLibrary.entries().stream()
        .filter(entry -> entry.part() == Part.READOUT && entry.name().equals(name))
        .findFirst()
        .flatMap(
            entry -> {
              int held = entry.data().range().bits().map(range -> within(range, bits)).orElse(bits);
              return ReadoutComparison.solution(entry, held, rate_GSps, node_nm)
                  .map(
                      solution ->
                          new SizedReadout(
                              held,
                              rate_GSps,
                              node_nm,
                              ReadoutComparison.COLUMN,
                              ConstantsReport.figures(solution)));
            });
  }

  private static int within(CircuitFile.Bits range, int bits) {
    return Math.max(range.fewest(), Math.min(range.most(), bits));
  }
}
