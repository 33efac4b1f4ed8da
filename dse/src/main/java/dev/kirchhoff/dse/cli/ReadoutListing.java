package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.design.CircuitFiles;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.catalog.OwnReadout;
import dev.kirchhoff.dse.catalog.ReadoutCatalog;
import dev.kirchhoff.dse.catalog.ReadoutCatalog.ReadoutEntry;
import dev.kirchhoff.dse.report.SizedReadout;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.ReadoutComparison.Figures;
import dev.kirchhoff.peripherals.calibration.ComparedChip;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Models of readouts side by side, in text. */
final class ReadoutListing {
  private static final int MOST_BITS = 16;
  private static final double LEAST_NM = 3;
  private static final double MOST_NM = 250;

  private ReadoutListing() {}

  /** The models at bits, rate and node as written on the command line. */
  static ReadoutCatalog of(Optional<OwnReadout> own, int bits, String rate, String node) {
    Point point = Point.of(bits, rate, node);
    return ReadoutCatalog.of(own, bits, point.rate_GSps(), point.node_nm());
  }

  /** Readout at a point; empty if there is none of that name with equations. */
  static Optional<SizedReadout> sized(
      Optional<OwnReadout> own, String name, int bits, String rate, String node) {
    Point point = Point.of(bits, rate, node);
    CircuitSettings circuits = own.map(OwnReadout::circuits).orElse(CircuitSettings.NONE);
    return SizedReadout.of(circuits, name, bits, point.rate_GSps(), point.node_nm());
  }

  /**
   * Figures of a readout with the constants that they lean on.
   *
   * @param name its name on the command line
   * @param asked bits that were asked for
   * @param point options that set the column, as they were given
   */
  static Page sized(SizedReadout readout, String name, int asked, String point) {
    boolean isOwn = name.endsWith(CircuitFiles.ENDING);
    Page out = new Page().append('\n');
    if (!readout.silicon().isEmpty()) {
      out.line("Silicon: {}", readout.silicon());
    }
    out.line(
        "Beside all readouts: ./kirchhoff catalog circuits {}--kind readout{}",
        isOwn ? name + " " : "",
        point);
    out.append('\n')
        .line(
            "What its figures lean on at {} b{}, asked for {}, {}; {}",
            readout.bits(),
            readout.bits() == asked ? "" : Sentence.of(", nearest to {} in its range", asked),
            Units.print(readout.rate_GSps(), Dimension.RATE),
            Units.print(readout.node_nm() / Units.NM_PER_UM, Dimension.LENGTH),
            readout.column());
    readout.figures().forEach(figure -> ConstantsText.figure(figure, out));
    return out;
  }

  /** Rate and node of a comparison. */
  private record Point(double rate_GSps, double node_nm) {
    static Point of(int bits, String rate, String node) {
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
      return new Point(rate_GSps, node_nm);
    }
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
        new Table<ReadoutEntry>("")
            .column("model", ReadoutEntry::name)
            .column("kind", ReadoutEntry::kind)
            .left()
            .optional(7)
            .column("energy", Dimension.ENERGY, of(Figures::energy_fJ))
            .left()
            .column("column", row -> column(row.figures().column_fJ()))
            .left()
            .optional(6)
            .column("lost", row -> Sentence.of("{%.1f} b", row.figures().lostBits()))
            .left()
            .optional(5)
            .column("area", Dimension.AREA, of(Figures::area_um2))
            .left()
            .column("time", Dimension.TIME, of(Figures::time_ns))
            .left()
            .column("power", Dimension.POWER, of(Figures::power_uW))
            .left()
            .optional(3)
            .column("chips", row -> row.coverage().map(ReadoutListing::brief))
            .left()
            .optional(2)
            .column(
                "holds", row -> row.caveats().isEmpty() ? "yes" : String.join("; ", row.caveats()))
            .text()
            .optional(4)
            .column("source", ReadoutEntry::source)
            .text()
            .optional(1)
            .of(catalog.readouts());
    Page out =
        new Page()
            .line(
                "Readouts at {} b, asked for {}, {} and its nominal supply; {}",
                catalog.bits(),
                Units.print(catalog.rate_GSps(), Dimension.RATE),
                Units.print(catalog.node_nm() / Units.NM_PER_UM, Dimension.LENGTH),
                catalog.column())
            .append(
                "Energy and time of a conversion, area of a converter, power at the rate or as fast"
                    + " as it can; column: its front end and cells meanwhile; lost: bits less"
                    + " effective bits; chips: those of designs/ that the model was compared"
                    + " with\n")
            .append(table);
    Set<CircuitFamily> told = EnumSet.noneOf(CircuitFamily.class);
    catalog.readouts().stream()
        .flatMap(row -> row.coverage().stream())
        .filter(coverage -> coverage.family().map(told::add).orElse(true))
        .forEach(coverage -> chips(coverage, out));
    return out;
  }

  private static ToDoubleFunction<ReadoutEntry> of(ToDoubleFunction<Figures> figure) {
    return row -> figure.applyAsDouble(row.figures());
  }

  private static String column(double energy_fJ) {
    return energy_fJ > 0 ? Units.print(energy_fJ, Dimension.ENERGY) : "inside";
  }

  private static String brief(FitCoverage coverage) {
    List<ComparedChip> chips = coverage.chips();
    return (chips.isEmpty() ? "" : chips.size() + ", ") + coverage.grade().word();
  }

  /** A line of a family: its chips with its published over modelled energy, and their range. */
  private static void chips(FitCoverage coverage, Page out) {
    List<ComparedChip> chips = coverage.chips();
    out.line(
        "{}: {}{}",
        coverage.family().map(CircuitFamily::word).orElse("own circuit"),
        coverage.sentence(),
        chips.isEmpty()
            ? ""
            : Sentence.of(
                ": {} ({})",
                chips.stream().map(ComparedChip::sentence).toList(),
                coverage.at().spans(chips.stream().map(ComparedChip::at).toList()).stream()
                    .map(span -> span.axis().word() + " " + span.range())
                    .toList()));
  }
}
