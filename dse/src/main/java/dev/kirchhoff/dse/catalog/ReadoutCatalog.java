package dev.kirchhoff.dse.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.ReadoutComparison;
import dev.kirchhoff.peripherals.calibration.ComparedChip;
import java.util.List;
import java.util.Optional;

/**
 * All models of readouts side by side.
 *
 * @param column column that they serve
 */
public record ReadoutCatalog(
    int bits, double rate_GSps, double node_nm, String column, List<ReadoutEntry> readouts) {

  /**
   * A model.
   *
   * @param figures its figures on the column
   * @param grade agreement with silicon; empty if it was not compared
   * @param chips chips that its family was compared with
   * @param caveats reasons why the model does not hold here
   * @param coverage fit of its family; absent if it was not compared
   */
  public record ReadoutEntry(
      String name,
      String kind,
      @JsonUnwrapped ReadoutComparison.Figures figures,
      String grade,
      String reason,
      String source,
      List<String> chips,
      @JsonProperty("doubts") List<String> caveats,
      @JsonIgnore Optional<FitCoverage> coverage) {

    static ReadoutEntry of(ReadoutComparison.Row row) {
      return new ReadoutEntry(
          row.entry().name(),
          row.entry().kind(),
          row.figures(),
          row.fitCoverage().map(fit -> fit.grade().word()).orElse(""),
          row.fitCoverage().map(FitCoverage::reason).orElse(""),
          row.data().source(),
          row.fitCoverage().map(FitCoverage::chips).orElse(List.of()).stream()
              .map(ComparedChip::design)
              .toList(),
          row.caveats(),
          row.fitCoverage());
    }
  }

  /**
   * The models at bits, rate and node.
   *
   * @param own the user's readout, which comes first; empty without
   */
  public static ReadoutCatalog of(
      Optional<OwnReadout> own, int bits, double rate_GSps, double node_nm) {
    return new ReadoutCatalog(
        bits,
        rate_GSps,
        node_nm,
        ReadoutComparison.COLUMN,
        ReadoutComparison.of(
                own.map(OwnReadout::circuits).orElse(CircuitSettings.NONE),
                own.map(mine -> mine.entry().name()),
                bits,
                rate_GSps,
                node_nm)
            .stream()
            .map(ReadoutEntry::of)
            .toList());
  }
}
