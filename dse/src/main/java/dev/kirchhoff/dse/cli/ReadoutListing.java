package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.catalog.ReadoutCatalog;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.calibration.FittedChip;
import dev.kirchhoff.peripherals.calibration.FittedChips;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Models of readouts side by side, in text. */
final class ReadoutListing {
  private static final int MOST_BITS = 16;
  private static final double LEAST_NM = 3;
  private static final double MOST_NM = 250;

  private ReadoutListing() {}

  /** The models at bits, rate and node as written on the command line. */
  static ReadoutCatalog of(int bits, String rate, String node) {
    if (bits < 1 || bits > MOST_BITS) {
      throw new UsageException("--bits is " + bits + ", must be 1.." + MOST_BITS);
    }
    double rate_GSps = quantity("--rate", rate, Dimension.RATE, "100 MS/s");
    double node_nm = quantity("--node", node, Dimension.LENGTH, "32 nm") * Units.NM_PER_UM;
    if (rate_GSps <= 0) {
      throw new UsageException("--rate is " + rate + ", must be above 0");
    }
    if (node_nm < LEAST_NM || node_nm > MOST_NM) {
      throw new UsageException("--node is " + node + ", must be 3..250 nm");
    }
    return ReadoutCatalog.of(bits, rate_GSps, node_nm);
  }

  private static double quantity(String option, String text, Dimension dimension, String example) {
    try {
      return Units.quantity(text, dimension);
    } catch (Units.UnitException e) {
      throw new UsageException(
          option + ": " + e.getMessage() + "; for example \"" + example + "\"");
    }
  }

  static Page text(ReadoutCatalog catalog) {
    TextTable table =
        new TextTable("")
            .left(IntStream.range(1, 12).toArray())
            .texts(10, 11)
            .optional(11, 9, 8, 10, 4, 3, 1);
    table.head(
        "model", "kind", "energy", "column", "lost", "area", "time", "power", "fitted", "chips",
        "holds", "source");
    for (ReadoutCatalog.ReadoutEntry row : catalog.readouts()) {
      table.row(
          row.name(),
          row.kind(),
          Units.print(row.energy_fJ(), Dimension.ENERGY),
          row.column_fJ() > 0 ? Units.print(row.column_fJ(), Dimension.ENERGY) : "inside",
          Sentence.of("{%.1f} b", row.lostBits()),
          Units.print(row.area_um2(), Dimension.AREA),
          Units.print(row.time_ns(), Dimension.TIME),
          Units.print(row.power_uW(), Dimension.POWER),
          row.fitted().isEmpty() ? "-" : row.fitted(),
          row.coverage().map(ReadoutListing::brief),
          row.caveats().isEmpty() ? "yes" : String.join("; ", row.caveats()),
          row.source());
    }
    Page out =
        new Page()
            .line(
                "Readouts at {} b, {} a conversion, {} and its nominal supply; {}",
                catalog.bits(),
                Units.print(1 / catalog.rate_GSps(), Dimension.TIME),
                Units.print(catalog.node_nm() / Units.NM_PER_UM, Dimension.LENGTH),
                catalog.column())
            .append(
                "Energy and time of a conversion, area of a converter, power at the rate or as fast"
                    + " as it can; column: its front end and cells meanwhile; lost: bits less"
                    + " effective bits; factors fitted on silicon are in energy and column; chips:"
                    + " those of designs/ that the model was compared with, and where this column"
                    + " lies\n")
            .append(table);
    Set<CircuitFamily> told = EnumSet.noneOf(CircuitFamily.class);
    catalog.readouts().stream()
        .flatMap(row -> row.coverage().stream())
        .filter(coverage -> told.add(coverage.family()))
        .forEach(coverage -> chips(coverage, out));
    return out;
  }

  private static String brief(FitCoverage coverage) {
    List<FittedChip> chips = FittedChips.of(coverage.family());
    return (chips.isEmpty() ? "" : chips.size() + ", ") + coverage.grade().word();
  }

  /** A line of a family: its chips with the factors that they ask for, and their range. */
  private static void chips(FitCoverage coverage, Page out) {
    List<FittedChip> chips = FittedChips.of(coverage.family());
    out.line(
        "{}: {}{}",
        coverage.family().word(),
        coverage.sentence(),
        chips.isEmpty()
            ? ""
            : Sentence.of(
                ": {} ({})",
                chips.stream().map(c -> c.design() + " " + Units.brief(c.asks())).toList(),
                coverage.at().spans(chips.stream().map(FittedChip::at).toList()).stream()
                    .map(span -> span.axis().word() + " " + span.range())
                    .toList()));
  }
}
