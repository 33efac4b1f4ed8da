package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.ReadoutComparison;
import dev.kirchhoff.peripherals.calibration.FittedChip;
import dev.kirchhoff.peripherals.calibration.FittedChips;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** All models of readouts side by side. */
record ReadoutListing(
    int bits, double rate_GSps, double node_nm, List<ReadoutComparison.Row> rows) {
  private static final int MOST_BITS = 16;
  private static final double UM_TO_NM = 1000;
  private static final double LEAST_NM = 3;
  private static final double MOST_NM = 250;

  /** The listing at bits, rate and node as written on the command line. */
  static ReadoutListing of(int bits, String rate, String node) {
    if (bits < 1 || bits > MOST_BITS) {
      throw new UsageException("--bits is " + bits + ", must be 1.." + MOST_BITS);
    }
    double rate_GSps = quantity("--rate", rate, Dimension.RATE, "100 MS/s");
    double node_nm = quantity("--node", node, Dimension.LENGTH, "32 nm") * UM_TO_NM;
    if (rate_GSps <= 0) {
      throw new UsageException("--rate is " + rate + ", must be above 0");
    }
    if (node_nm < LEAST_NM || node_nm > MOST_NM) {
      throw new UsageException("--node is " + node + ", must be 3..250 nm");
    }
    return new ReadoutListing(
        bits, rate_GSps, node_nm, ReadoutComparison.of(bits, rate_GSps, node_nm));
  }

  private static double quantity(String option, String text, Dimension dimension, String example) {
    try {
      return Units.quantity(text, dimension);
    } catch (Units.UnitException e) {
      throw new UsageException(
          option + ": " + e.getMessage() + "; for example \"" + example + "\"");
    }
  }

  String text() {
    TextTable table = new TextTable("", 12);
    table.row(
        "model", "kind", "energy", "column", "lost", "area", "time", "power", "fitted", "chips",
        "holds", "source");
    for (ReadoutComparison.Row row : rows) {
      table.row(
          row.entry().name(),
          row.entry().kind(),
          Units.print(row.energy_fJ(), Dimension.ENERGY),
          row.sensing_fJ() > 0 ? Units.print(row.sensing_fJ(), Dimension.ENERGY) : "inside",
          String.format(Locale.ROOT, "%.1f b", row.lostBits()),
          Units.print(row.area_um2(), Dimension.AREA),
          Units.print(row.time_ns(), Dimension.TIME),
          Units.print(row.power_uW(), Dimension.POWER),
          row.fitted().isEmpty() ? "-" : row.fitted(),
          row.fitCoverage().map(ReadoutListing::brief).orElse("-"),
          row.caveats().isEmpty() ? "yes" : String.join("; ", row.caveats()),
          row.entry().data().source());
    }
    return "Readouts at "
        + bits
        + " b, "
        + Units.print(1 / rate_GSps, Dimension.TIME)
        + " a conversion"
        + ", "
        + Units.print(node_nm / UM_TO_NM, Dimension.LENGTH)
        + " and its nominal supply; "
        + ReadoutComparison.COLUMN
        + "\nEnergy and time of a conversion, area of a converter, power at the rate or as fast as it"
        + " can; column: its front end and cells meanwhile; lost: bits less effective bits; factors"
        + " fitted on silicon are in energy and column; chips: those of designs/ that the model was"
        + " compared with, and where this column lies\n"
        + table
        + chips();
  }

  private static String brief(FitCoverage standing) {
    List<FittedChip> chips = FittedChips.of(standing.family());
    return (chips.isEmpty() ? "" : chips.size() + ", ") + standing.grade().word();
  }

  /** A line for each family: its chips with the factors that they ask for, and their range. */
  private String chips() {
    StringBuilder lines = new StringBuilder();
    Set<CircuitFamily> told = EnumSet.noneOf(CircuitFamily.class);
    for (ReadoutComparison.Row row : rows) {
      if (row.fitCoverage().isPresent() && told.add(row.fitCoverage().get().family())) {
        lines.append(line(row.fitCoverage().get()));
      }
    }
    return lines.toString();
  }

  private static String line(FitCoverage standing) {
    List<FittedChip> chips = FittedChips.of(standing.family());
    if (chips.isEmpty()) {
      return standing.family().word() + ": " + standing.sentence() + "\n";
    }
    String asked =
        chips.stream()
            .map(chip -> chip.design() + " " + Units.brief(chip.asks()))
            .collect(Collectors.joining(", "));
    String range =
        standing.at().spans(chips.stream().map(FittedChip::at).toList()).stream()
            .map(span -> span.axis().word() + " " + span.range())
            .collect(Collectors.joining(", "));
    return standing.family().word()
        + ": "
        + standing.sentence()
        + ": "
        + asked
        + " ("
        + range
        + ")\n";
  }

  ObjectNode json() {
    ObjectNode node =
        Console.mapper()
            .createObjectNode()
            .put("bits", bits)
            .put("rate_GSps", rate_GSps)
            .put("node_nm", node_nm)
            .put("column", ReadoutComparison.COLUMN);
    ArrayNode list = node.putArray("readouts");
    for (ReadoutComparison.Row row : rows) {
      ObjectNode entry =
          list.addObject()
              .put("name", row.entry().name())
              .put("kind", row.entry().kind())
              .put("energy_fJ", row.energy_fJ())
              .put("column_fJ", row.sensing_fJ())
              .put("lostBits", row.lostBits())
              .put("area_um2", row.area_um2())
              .put("time_ns", row.time_ns())
              .put("power_uW", row.power_uW())
              .put("fitted", row.fitted())
              .put("grade", row.fitCoverage().map(s -> s.grade().word()).orElse(""))
              .put("reason", row.fitCoverage().map(FitCoverage::reason).orElse(""))
              .put("source", row.entry().data().source());
      ArrayNode chips = entry.putArray("chips");
      row.fitCoverage().map(s -> FittedChips.of(s.family())).orElse(List.of()).stream()
          .map(FittedChip::design)
          .forEach(chips::add);
      ArrayNode doubts = entry.putArray("doubts");
      row.caveats().forEach(doubts::add);
    }
    return node;
  }
}
