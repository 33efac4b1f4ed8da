package dev.kirchhoff.dse.survey;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import dev.kirchhoff.peripherals.scaling.Process;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A spec from a row of the survey, by the rule of its family. The spec states geometry, node,
 * supply and precision, lets the clock be as fast as the models say, sets every factor of the
 * catalogue to one, and expects the published figures: time and area, energy at the published time
 * and at its own. Rows of an array are a whole multiple of those read at once, so that all passes
 * are full.
 *
 * @param row the row
 * @param family its family
 * @param turns conversions of a converter in one pass, which are as many invocations
 * @param text the spec
 */
public record SurveySpec(SurveyRow row, SurveyFamily family, int turns, String text) {
  /** A sense amplifier of the language has at most this width; further bits are dropped. */
  private static final int SENSE_BITS = 4;

  /** Codes up to this width come from a flash where no source names the converter. */
  private static final int FLASH_BITS = 5;

  /** Voltage across an SRAM cell that feeds a held bitline. */
  private static final double HELD_V = 0.1;

  private static final double ROOM_K = 300;

  private static final int DIGITS = 6;

  /** Id of the row of {@code expect} with the throughput that the stated time gives. */
  static final String THROUGHPUT = "throughput";

  /** Ids of the rows of {@code expect}. */
  static String id(SurveyQuantity quantity) {
    return quantity.word();
  }

  /** Name of a file that holds it. */
  public String name() {
    return "survey-" + row.row() + ".yaml";
  }

  /** Reason that no rule applies to a row, or empty. */
  static Optional<String> gap(SurveyRow row) {
    SurveyRow.Array array = row.array();
    boolean isKnown = array.dotLength().isPresent() && array.outputs().isPresent();
    boolean hasLine =
        SurveyFamily.of(row) == SurveyFamily.RESISTIVE_SENSE || array.cells().isPresent();
    return isKnown && hasLine
        ? Optional.empty()
        : Optional.of("rows, columns or the products of a code are not published");
  }

  /** The spec of a row that has no {@link #gap}. */
  static SurveySpec of(SurveyRow row) {
    SurveyFamily family = SurveyFamily.of(row);
    Rule rule = new Rule(row, family);
    return new SurveySpec(row, family, rule.geometry().turns(), rule.spec());
  }

  /**
   * Geometry of the array that a spec states.
   *
   * @param rows rows on a bitline
   * @param rowsActive rows of one pass
   * @param columns columns
   * @param columnsPerAdc columns of one converter
   * @param banks weights behind a multiplying cell
   * @param turns conversions of a converter in one pass
   */
  record Geometry(int rows, int rowsActive, int columns, int columnsPerAdc, int banks, int turns) {}

  private record Rule(SurveyRow row, SurveyFamily family) {
    private boolean isTernary() {
      return row.bits().weights() == 1.5;
    }

    private int weightBits() {
      return isTernary() ? 2 : (int) Math.ceil(row.bits().weights());
    }

    private int inputBits() {
      return (int) Math.ceil(row.bits().inputs());
    }

    /** Bits of a code, at most those that tell all sums of a converter apart. */
    private int codeBits() {
      int published = Math.max(1, (int) Math.ceil(row.bits().code().orElse(1)));
      return isAnalogue() ? published : Math.min(published, sumBits());
    }

    /** Bits of the largest sum of products. */
    private int sumBits() {
      long most =
          (long) row.array().dotLength().orElseThrow()
              * ((1L << inputBits()) - 1)
              * ((1L << weightBits()) - 1);
      return Long.SIZE - Long.numberOfLeadingZeros(most);
    }

    /** One resistive cell a weight of four bits and more: its level is analogue. */
    private boolean isAnalogue() {
      return family.isResistive()
          && row.bits().weights() >= 4
          && row.array().columnsRead().orElse(1) == 1;
    }

    private boolean isPair() {
      return isTernary() || isAnalogue();
    }

    /** Two rows a product, one for each sign of an input. */
    private boolean isXnor() {
      int rowsRead = row.array().rowsRead().orElse(0);
      return row.bits().weights() == 1 && rowsRead == 2 * row.array().dotLength().orElseThrow();
    }

    private int cellsPerWeight() {
      return isPair() ? 2 : weightBits();
    }

    Geometry geometry() {
      SurveyRow.Array array = row.array();
      int active = array.dotLength().orElseThrow() * (isXnor() ? 2 : 1);
      int outputs = array.outputs().orElseThrow();
      int atOnce = outputs * cellsPerWeight();
      OptionalInt cells = array.cells();
      if (family == SurveyFamily.DIGITAL || family == SurveyFamily.CHARGE) {
        int banks = Math.max(1, cells.orElseThrow() / (active * atOnce));
        return new Geometry(active, active, atOnce, cellsPerWeight(), banks, 1);
      }
      int rows = Math.max(1, array.rowsPerColumn().orElse(active) / active) * active;
      int turns = Math.max(1, cells.orElse(0) / (rows * atOnce));
      return new Geometry(rows, active, atOnce * turns, cellsPerWeight() * turns, 1, turns);
    }

    String spec() {
      Geometry g = geometry();
      List<String> lines = new ArrayList<>();
      lines.add("kirchhoff: 1");
      lines.add("name: " + quoted(row.paper().brief() + ", row " + row.row() + " of the survey"));
      lines.add(
          "source: "
              + quoted(
                  row.paper().authors()
                      + ", "
                      + row.paper().title()
                      + ", "
                      + row.paper().venue()
                      + " "
                      + row.paper().year()));
      lines.add("note: " + quoted("Generated: " + family.assumes() + "."));
      lines.add("precision: {weights: " + weightBits() + ", inputs: " + inputBits() + "}");
      lines.add("chip:");
      lines.add("  technology: {node: " + number(row.node_nm()) + " nm" + supply() + "}");
      lines.add("  clock: fastest");
      lines.add("  io: none");
      lines.add("  interconnect: none");
      lines.add("  tile: none");
      lines.add("  pe:");
      lines.add("    perTile: 1");
      lines.add("    input: " + input());
      lines.add("    readout: " + readout(g));
      if (family.isResistive() || isHeld()) {
        lines.add("    sampleHold: none");
      }
      if (row.converter().kind().equals("voltageSense")) {
        lines.add("    frontEnd: none");
      }
      lines.add("    shiftAdd: none");
      lines.add("    inputRegister: none");
      lines.add("    outputRegister: none");
      lines.add("  crossbar: " + crossbar(g));
      lines.add("  cell: " + cell(g));
      lines.add("operation: {peakData: {inputs: 50 %, weights: 50 %}}");
      lines.addAll(calibration());
      lines.add("expect:");
      lines.addAll(expect(g));
      return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    /** Every factor of the catalogue, switched off. */
    private static List<String> calibration() {
      List<String> lines = new ArrayList<>();
      for (FittedFactor factor : FittedFactors.all()) {
        if (lines.isEmpty()) {
          lines.add("calibration:");
        }
        lines.add(
            "  - {family: "
                + factor.family().word()
                + ", quantity: "
                + factor.quantity().word()
                + ", factor: 1, fittedOn: [nothing]}");
      }
      return lines;
    }

    private String supply() {
      return row.supply_V().isPresent()
          ? ", supply: " + number(row.supply_V().getAsDouble()) + " V"
          : "";
    }

    private String input() {
      int bits = inputBits();
      if (bits == 1) {
        return "{encoding: bitSerial}";
      }
      return switch (family) {
        case DIGITAL -> "{encoding: bitSerial, bitsPerPulse: " + bits + "}";
        case CHARGE -> "{encoding: amplitude}";
        case BITLINE, RESISTIVE_SENSE, RESISTIVE_CONVERTER -> "{encoding: pulseWidth}";
      };
    }

    private String readout(Geometry g) {
      if (family == SurveyFamily.DIGITAL) {
        return "adderTree";
      }
      return "{kind: "
          + readoutKind()
          + ", bits: "
          + (readoutKind().equals("senseAmplifier") ? Math.min(SENSE_BITS, codeBits()) : codeBits())
          + ", columnsPerAdc: "
          + g.columnsPerAdc()
          + "}";
    }

    private String readoutKind() {
      String named = row.converter().kind();
      boolean isAdc = named.equals("sar") || named.equals("flash");
      if (!isAdc && (named.equals("unknown") || family == SurveyFamily.CHARGE)) {
        return codeBits() <= FLASH_BITS ? "flash" : "sar";
      }
      return switch (named) {
        case "comparator" -> "senseAmplifier";
        case "voltageSense" -> "flash";
        default -> named;
      };
    }

    private String crossbar(Geometry g) {
      StringBuilder text =
          new StringBuilder("{perPe: ")
              .append(row.array().banks())
              .append(", rows: ")
              .append(g.rows())
              .append(", columns: ")
              .append(g.columns());
      if (g.rowsActive() != g.rows()) {
        text.append(", rowsActive: ").append(g.rowsActive());
      }
      if (family == SurveyFamily.CHARGE) {
        text.append(", compute: charge");
      }
      text.append(", weights: {encoding: ")
          .append(isXnor() ? "xnor" : isPair() ? "differential" : "offset");
      if (!isPair() && weightBits() > 1) {
        text.append(", combine: weight");
      }
      return text.append("}}").toString();
    }

    private boolean isHeld() {
      return family == SurveyFamily.BITLINE && row.heldBitline().isPresent();
    }

    /** Resistance of an SRAM cell that carries half of a minimum transistor's on-current. */
    private double held_kohm() {
      Technology.Roadmap roadmap = Technology.Roadmap.LOW_POWER;
      double supply_V = row.supply_V().orElse(NominalSupply.of(row.node_nm()));
      Process process = Process.of(new Technology(row.node_nm(), supply_V, roadmap, ROOM_K));
      double cell_uA = process.onCurrent_uAPerUm() * 2 * process.feature_um() / 2;
      return 1e3 * HELD_V / cell_uA;
    }

    private String cell(Geometry g) {
      if (isHeld()) {
        return "{bits: 1, bitline: held, device: {extends: sram-8t, resistance: {low: "
            + number(held_kohm())
            + " kohm}}, readVoltage: "
            + number(HELD_V)
            + " V}";
      }
      if (!family.isResistive()) {
        return "{bits: 1, device: sram-6t" + (g.banks() > 1 ? ", banks: " + g.banks() : "") + "}";
      }
      String bits = isAnalogue() ? "analog" : "1";
      if (row.cell().startsWith("PCM")) {
        return "{access: 1T1R, bits: " + bits + ", device: pcm-ibm90}";
      }
      if (row.cell().startsWith("MRAM")) {
        return "{access: 1T1R, bits: " + bits + ", device: mtj-stt-28nm}";
      }
      return "{access: 1T1R, bits: " + bits + ", device: redox-hfox-tsmc40, readVoltage: 0.1 V}";
    }

    /** Operations of one invocation of all banks. */
    private double operations() {
      SurveyRow.Array array = row.array();
      return 2.0 * array.dotLength().orElseThrow() * array.outputs().orElseThrow() * array.banks();
    }

    private List<String> expect(Geometry g) {
      List<String> rows = new ArrayList<>();
      Optional<String> efficiency =
          row.topsPerW().isPresent()
              ? Optional.of("TOPS/W: " + number(row.topsPerW().getAsDouble()) + ", within: 30 %}")
              : Optional.empty();
      row.published()
          .invocation_ns()
          .ifPresent(
              one_ns -> {
                double time_ns = one_ns * g.turns();
                String stated =
                    family == SurveyFamily.DIGITAL
                        ? "clock: " + number(1e3 / time_ns) + " MHz"
                        : "crossbar.passTime: " + number(time_ns) + " ns";
                rows.add(
                    head(SurveyQuantity.TIME)
                        + "passTime: "
                        + number(time_ns)
                        + " ns, within: 30 %}");
                String when = "when: {" + stated + "}, ";
                efficiency.ifPresent(text -> rows.add(head(SurveyQuantity.ENERGY) + when + text));
                rows.add(
                    "  - {id: "
                        + THROUGHPUT
                        + ", "
                        + when
                        + "TOPS: "
                        + number(operations() / (one_ns * 1e3))
                        + ", within: 1 %, role: given}");
              });
      efficiency.ifPresent(text -> rows.add(head(SurveyQuantity.ENERGY_AT_OWN_TIME) + text));
      row.published()
          .area_um2()
          .ifPresent(
              area ->
                  rows.add(
                      head(SurveyQuantity.AREA)
                          + "area: "
                          + number(area)
                          + " um2, areaScope: unstated, within: 30 %}"));
      return rows;
    }

    private static String head(SurveyQuantity quantity) {
      return "  - {id: " + id(quantity) + ", ";
    }

    private static String number(double value) {
      return new BigDecimal(value)
          .round(new MathContext(DIGITS))
          .stripTrailingZeros()
          .toPlainString();
    }

    private static String quoted(String text) {
      return "\"" + text.replace("\\", "").replace('"', '\'') + "\"";
    }
  }
}
