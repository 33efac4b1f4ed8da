package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.event.FigureConstants;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.ReadoutComparison;
import java.util.List;
import java.util.Optional;

/**
 * Figures of a readout and the constants that they lean on.
 *
 * @param bits bits of the code
 * @param rate_GSps conversions in a nanosecond
 * @param column column that it serves
 * @param silicon agreement of its energy with chips, in words; empty of published figures and of
 *     models of other tools
 */
public record SizedReadout(
    int bits,
    double rate_GSps,
    double node_nm,
    String column,
    String silicon,
    List<FigureConstants> figures) {
  public SizedReadout {
    figures = List.copyOf(figures);
  }

  /**
   * A readout at bits, rate and node; empty if no readout of that name has equations.
   *
   * @param own circuits beside those of the catalogue
   * @param bits bits, which the range of the model may narrow
   */
  public static Optional<SizedReadout> of(
      CircuitSettings own, String name, int bits, double rate_GSps, double node_nm) {
    return ReadoutComparison.sized(own, name, bits, rate_GSps, node_nm)
        .map(
            sized ->
                new SizedReadout(
                    sized.bits(),
                    rate_GSps,
                    node_nm,
                    ReadoutComparison.COLUMN,
                    sized.fitCoverage().map(FitCoverage::sentence).orElse(""),
                    ConstantsReport.figures(sized.solution())));
  }
}
