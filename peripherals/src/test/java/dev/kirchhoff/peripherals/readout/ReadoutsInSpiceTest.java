package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Readouts of the catalogue against the same circuits of transistors in SPICE ({@code scripts/spice
 * --readouts}), and constants that stand for these.
 */
class ReadoutsInSpiceTest {
  private static final Path MEASURED = Path.of("..", "docs", "figures", "spice-readouts.csv");
  private static final Path DOCUMENT = Path.of("..", "docs", "figures", "spice-readouts.md");
  private static final int[] BITS = {3, 4, 6};
  private static final double WITHIN = 1.3;

  /** Least time of a decision of a flash, that of a bit in the decks of a SAR, in FO4. */
  private static final double BIT_FO4 = 40;

  private static final double KT_FJ = 1.380649e-23 * 300 * 1e15;

  private static final List<Row> ROWS = rows();

  /** Constants as the median of a figure over cards. */
  private static final Map<String, ToDoubleFunction<Row>> CONSTANTS = new LinkedHashMap<>();

  static {
    CONSTANTS.put(
        "sar-28nm.logic",
        row ->
            Math.cbrt(row.control_fJ(3) * row.control_fJ(4) * row.control_fJ(6) / (3 * 4 * 6))
                / row.nand_fJ());
    CONSTANTS.put("sar-28nm.settling", row -> row.at("settling_ps") / row.at("fo4_ps"));
    CONSTANTS.put("sar-28nm.control", row -> row.at("control_ps") / row.at("fo4_ps"));
    CONSTANTS.put(
        "comparator.latch_noise",
        row -> {
          double noise_V = row.at("noise_mV") / 1000;
          double supply_V = row.at("supply_V");
          return row.at("latch_fJ") * noise_V * noise_V / (KT_FJ * supply_V * supply_V);
        });
    CONSTANTS.put(
        "decision.start",
        row -> {
          double gain = row.at("supply_V") / 2 / 0.002;
          return row.at("decided_ps") / row.at("tau_ps") - Math.log(gain);
        });
    CONSTANTS.put("flash-28nm.counted", row -> row.at("encoder4_fJ") / 11 / row.nand_fJ());
    CONSTANTS.put(
        "flash-28nm.adder_delay",
        row -> (row.at("sum_ps") + row.at("carry_ps")) / 2 / row.at("fo4_ps"));
    CONSTANTS.put(
        "shared-ramp.count", row -> (row.at("edge_fJ") + row.at("held_fJ")) / 2 / row.nand_fJ());
    CONSTANTS.put(
        "common.latched", row -> (row.at("latching_fJ") + row.at("edge_fJ") / 2) / row.nand_fJ());
    CONSTANTS.put("common.ripple", row -> row.at("count_fJ") / row.nand_fJ());
    CONSTANTS.put("tdc-timely.line", row -> row.at("step_fJ") / row.nand_fJ());
    CONSTANTS.put("tdc-timely.least_step", row -> row.at("delay_ps") / row.at("fo4_ps"));
    CONSTANTS.put("cco-hermes.least_step", row -> row.at("ring_ps") / row.at("fo4_ps"));
    CONSTANTS.put("cco-hermes.capacitor", row -> row.at("starved_fF") / row.at("node_nm") * 1000);
    CONSTANTS.put("cco-hermes.swing", row -> row.at("starved_V") / row.at("supply_V"));
  }

  /** Figures of a card. */
  private record Row(Flavour flavour, Map<String, Double> figures) {
    double at(String name) {
      return figures.get(name);
    }

    double nand_fJ() {
      return at("nand2_fJ");
    }

    /** Energy of a decision, of which a share turns the set-reset stage over. */
    double decision_fJ(double turned) {
      return (1 - turned) * at("latch_fJ") + turned * at("turned_fJ");
    }

    /** Energy of a SAR without its comparator, half of whose decisions turn its stage over. */
    double control_fJ(int bits) {
      return at("sar" + bits + "_fJ") - bits * decision_fJ(0.5);
    }

    /** Energy of a flash whose comparators turn over in a third of the conversions. */
    double flash_fJ(int bits, double noise_V) {
      double wide = Math.max(1, Math.pow(at("noise_mV") / 1000 / noise_V, 2));
      return ((1 << bits) - 1) * wide * decision_fJ(1 / 3.0) + at("encoder" + bits + "_fJ");
    }

    Process process() {
      return Process.of(new Technology(at("node_nm"), at("supply_V"), flavour, 300));
    }
  }

  private static List<Row> rows() {
    try {
      List<String> lines =
          Files.readAllLines(MEASURED).stream().filter(line -> !line.startsWith("#")).toList();
      String[] names = lines.get(0).split(",");
      List<Row> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 2; i < names.length; i++) {
          figures.put(names[i], Double.parseDouble(cells[i]));
        }
        rows.add(new Row(Flavour.ofWord(cells[0]).orElseThrow(), figures));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Signal signal(Process process, int bits) {
    return Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, 300);
  }

  /** Energy of the terms of a converter of some names. */
  private static double sum(Converter converter, String... names) {
    Solution solution = converter.solution();
    return solution.rows(Terms.of(Term.ENERGY)).stream()
        .filter(row -> List.of(names).stream().anyMatch(row.name()::startsWith))
        .mapToDouble(solution::value)
        .sum();
  }

  private static double sar_fJ(Row row, int bits) {
    Process process = row.process();
    Converter sar = Readouts.sar(process, signal(process, bits), OptionalDouble.empty());
    return sum(sar, "logic", "comparator latch", "comparator noise");
  }

  private static double flash_fJ(Row row, int bits) {
    Process process = row.process();
    double own_ns = BIT_FO4 * process.fo4_ns();
    double needed_ns = Readouts.flash(process, signal(process, bits), own_ns).needed_ns();
    Converter flash = Readouts.flash(process, signal(process, bits), Math.max(own_ns, needed_ns));
    return sum(flash, "comparator latch", "comparator noise", "encoder");
  }

  private static double flashInSpice_fJ(Row row, int bits) {
    Signal signal = signal(row.process(), bits);
    double share = CircuitFile.of("common").constant("of_decision");
    return row.flash_fJ(bits, share * signal.range_V() / (1 << bits));
  }

  /** Least time of a decision of 2 mV in the model over that of the deck. */
  private static double decision(Row row) {
    double start = CircuitFile.of("decision").constant("start");
    double gain = row.at("supply_V") / 2 / 0.002;
    return row.process().latch_ns() * 1000 * (start + Math.log(gain)) / row.at("decided_ps");
  }

  @Test
  void equalWorkTakesTheEnergyOfTheTransistors() {
    for (Row row : ROWS) {
      for (int bits : BITS) {
        assertWithin(sar_fJ(row, bits) / row.at("sar" + bits + "_fJ"), "SAR " + bits, row);
        assertWithin(flash_fJ(row, bits) / flashInSpice_fJ(row, bits), "flash " + bits, row);
      }
      // Regeneration begins early in the slow latch of low standby power at 22 nm: 1.34.
      assertEquals(0, Math.log(decision(row)), Math.log(1.35), row.toString());
    }
  }

  private static void assertWithin(double ratio, String of, Row row) {
    assertTrue(ratio < WITHIN && ratio > 1 / WITHIN, of + " " + ratio + " of " + row);
  }

  @Test
  void constantsAreTheMediansOfTheCards() {
    CONSTANTS.forEach(
        (path, figure) -> {
          String[] names = path.split("\\.");
          double stated = CircuitFile.of(names[0]).constant(names[1]);
          double median = ROWS.stream().mapToDouble(figure).sorted().toArray()[ROWS.size() / 2];
          assertEquals(median, stated, 0.05 * median, path);
        });
  }

  @Test
  void areasAreTheWidthsOfTheSchematics() throws IOException {
    String sizes =
        Files.readAllLines(MEASURED).stream()
            .filter(line -> line.startsWith("# sizes"))
            .findFirst()
            .orElseThrow();
    double latch = size(sizes, "latch");
    assertEquals(size(sizes, "comparator"), CircuitFile.of("common").constant("comparator_area"));
    assertEquals(
        size(sizes, "flip-flop") + latch, CircuitFile.of("counter").constant("latch_area"));
    assertEquals(size(sizes, "full adder"), CircuitFile.of("flash-28nm").constant("counted_area"));
    assertEquals(latch, CircuitFile.of("shared-ramp").constant("latch_area"));
    assertEquals(
        size(sizes, "step of a delay line"), CircuitFile.of("tdc-timely").constant("line_area"));
    assertEquals(
        size(sizes, "control of a bit of a SAR"),
        CircuitFile.of("sar-28nm").constant("logic_area"));
  }

  private static double size(String sizes, String of) {
    int at = sizes.indexOf(" " + of + " ") + of.length() + 2;
    return Double.parseDouble(sizes.substring(at).split(",")[0]);
  }

  @Test
  void theDocumentedFiguresAreThose() throws IOException {
    StringBuilder text = new StringBuilder("# Readouts in SPICE\n\n");
    text.append("Written by `ReadoutsInSpiceTest` from [spice-readouts.csv](spice-readouts.csv), ");
    text.append("which `scripts/spice --readouts`\nmeasures. Energy of a conversion, model over ");
    text.append(
        "transistors, at the supply of the card, 40 FO4 a bit or decision, more where a latch takes it.\nA pair drawn larger ");
    text.append("for its offset is in neither, nor the array of a SAR.\n\n");
    text.append(
        "| flavour | node, nm | supply, V | decision, fJ | of 2 mV, ps | model / SPICE | flash 3, 4, 6 b, fJ | ");
    text.append("model / SPICE | SAR 3, 4, 6 b, fJ | model / SPICE |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (Row row : ROWS) {
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %.0f | %.2f | %.3g | %.3g | %.2f | %s | %s | %s | %s |\n",
              row.flavour().word(),
              row.at("node_nm"),
              row.at("supply_V"),
              row.at("latch_fJ"),
              row.at("decided_ps"),
              decision(row),
              each("%.3g", bits -> flashInSpice_fJ(row, bits)),
              each("%.2f", bits -> flash_fJ(row, bits) / flashInSpice_fJ(row, bits)),
              each("%.3g", bits -> row.at("sar" + bits + "_fJ")),
              each("%.2f", bits -> sar_fJ(row, bits) / row.at("sar" + bits + "_fJ"))));
    }
    text.append("\n| constant | value | least | most of a card |\n|---|---|---|---|\n");
    CONSTANTS.forEach(
        (path, figure) -> {
          String[] names = path.split("\\.");
          double[] of = ROWS.stream().mapToDouble(figure).sorted().toArray();
          text.append(
              String.format(
                  Locale.ROOT,
                  "| `%s` | %.3g | %.3g | %.3g |\n",
                  path,
                  CircuitFile.of(names[0]).constant(names[1]),
                  of[0],
                  of[of.length - 1]));
        });
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(DOCUMENT, text);
    }
    assertEquals(text.toString(), Files.readString(DOCUMENT), DOCUMENT.toString());
  }

  private static String each(String format, IntToDoubleFunction figure) {
    List<String> texts = new ArrayList<>();
    for (int bits : BITS) {
      texts.add(String.format(Locale.ROOT, format, figure.applyAsDouble(bits)));
    }
    return String.join(", ", texts);
  }
}
