package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.analog.AmplifiedColumn;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Comparison of all models of readouts at equal bits, rate and node, on the same column: 128 rows,
 * all active, cells of 1 to 40 uS read at 0.2 V, single pulses, a clock of 1 GHz, the node's
 * nominal supply, full range, a bitline of 41 fF. What the converter needs beside it, front end and
 * cells for as long as it needs the column, is a figure of its own.
 */
public final class ReadoutComparison {
  private static final int ROWS = 128;
  private static final double FULL_US = 40;
  private static final double MEAN_US = 20.5;
  private static final double READ_V = 0.2;
  private static final double CYCLE_NS = 1;
  private static final double ROOM_K = 300;
  private static final double BITLINE_FF = 41;
  private static final ColumnLoad LOAD = new ColumnLoad(ROWS, ROWS, FULL_US, MEAN_US, READ_V);

  /** The column that all are compared on, in words. */
  public static final String COLUMN =
      "column of 128 active rows, cells of 1..40 uS read at 0.2 V, single pulses, clock 1 GHz";

  private ReadoutComparison() {}

  /**
   * One model.
   *
   * @param entry the model
   * @param data its file
   * @param figures its figures
   * @param fitCoverage silicon behind its energy here; none of published figures and other tools
   * @param caveats why the figures may not hold here, or empty
   */
  public record Row(
      CircuitModel entry,
      CircuitFile data,
      Figures figures,
      Optional<FitCoverage> fitCoverage,
      List<String> caveats) {
    public Row {
      caveats = List.copyOf(caveats);
    }
  }

  /**
   * Figures of a model.
   *
   * @param energy_fJ energy of a conversion
   * @param column_fJ energy of front end and cells for a conversion; 0 where the model holds it
   * @param lostBits bits − effective bits by noise and non-linearity
   * @param area_um2 area of a converter
   * @param time_ns time of a conversion, integration of the current included where it counts
   * @param power_uW power at the rate, or at its own if that is lower; leakage included
   */
  public record Figures(
      double energy_fJ,
      double column_fJ,
      double lostBits,
      double area_um2,
      double time_ns,
      double power_uW) {}

  /**
   * All analogue readouts of the catalogue, and before them one of the user's own.
   *
   * @param own circuits beside those of the catalogue
   * @param name name of the user's readout among them; empty without
   * @param bits bits of the code
   * @param rate_GSps conversions in a nanosecond
   * @param node_nm node
   */
  public static List<Row> of(
      CircuitSettings own, Optional<String> name, int bits, double rate_GSps, double node_nm) {
    Process process = process(node_nm);
    List<Row> rows = new ArrayList<>();
    Circuits circuits = Circuits.of(own);
    name.ifPresent(
        mine -> rows.add(row(process, circuits, model(own, mine).orElseThrow(), bits, rate_GSps)));
    for (CircuitModel entry : CircuitLibrary.entries()) {
      if (entry.part() == Part.READOUT && entry.converter().isPresent()) {
        rows.add(row(process, Circuits.CATALOGUE, entry, bits, rate_GSps));
      }
    }
    return List.copyOf(rows);
  }

  /** Readout of a name: a circuit of the user's own, whose column is that of a SAR, or a model. */
  private static Optional<CircuitModel> model(CircuitSettings own, String name) {
    return own.files().containsKey(name)
        ? Optional.of(CircuitModels.own(name, ReadoutKind.SAR))
        : CircuitLibrary.entries().stream()
            .filter(entry -> entry.part() == Part.READOUT && entry.name().equals(name))
            .filter(entry -> entry.converter().isPresent())
            .findFirst();
  }

  /**
   * Circuit of one readout on the column of the comparison; empty if there is none of that name
   * with equations.
   *
   * @param own circuits beside those of the catalogue
   * @param bits bits of the code, which the range of the model may narrow
   * @param rate_GSps conversions in a nanosecond
   * @param node_nm node
   */
  public static Optional<Sized> sized(
      CircuitSettings own, String name, int bits, double rate_GSps, double node_nm) {
    Circuits circuits = Circuits.of(own);
    return model(own, name)
        .map(
            entry -> {
              int held = circuits.circuit(name).orElseThrow().range().within(bits);
              Process process = process(node_nm);
              Measured measured = Measured.of(process, circuits, entry, held, rate_GSps);
              return new Sized(
                  held,
                  measured.converter().solution(),
                  coverage(
                      circuits,
                      entry,
                      measured.readout(),
                      Math.min(rate_GSps, 1 / measured.converter().time_ns()),
                      node_nm));
            });
  }

  /**
   * Readout on the column of the comparison.
   *
   * @param bits its bits
   * @param solution values of its circuit
   * @param fitCoverage silicon behind its energy; none of published figures and other tools
   */
  public record Sized(int bits, Solution solution, Optional<FitCoverage> fitCoverage) {}

  private static Process process(double node_nm) {
    return Process.of(Technology.nominal(node_nm, Flavour.LOW_POWER, ROOM_K));
  }

  /** A converter on the column that all are compared on. */
  private record Measured(Readout readout, Signal signal, Converter converter) {
    static Measured of(
        Process process, Circuits beside, CircuitModel entry, int bits, double rate_GSps) {
      Readout readout =
          new Readout(
              ReadoutKind.ofWord(entry.kind()),
              bits,
              Readout.Range.FULL,
              1,
              new ComponentModel.Named(entry.name()));
      Signal signal =
          Signal.ofCurrent(beside, process, LOAD, bits, OptionalDouble.of(1), false, ROOM_K);
      Circuits circuits =
          entry.name().equals(CircuitModels.SURVEY) ? atRate(process, rate_GSps) : beside;
      Converter converter =
          CircuitLibrary.converter(
              readout, ReadoutColumn.alone(circuits, process, readout, LOAD, signal, CYCLE_NS));
      return new Measured(readout, signal, converter);
    }
  }

  private static Row row(
      Process process, Circuits beside, CircuitModel entry, int bits, double rate_GSps) {
    Measured measured = Measured.of(process, beside, entry, bits, rate_GSps);
    Readout readout = measured.readout();
    Converter converter = measured.converter();
    double energy_fJ = converter.energy_fJ(Account.CLOSED);
    ColumnKind column = ResistiveColumn.of(readout, entry, false);
    double counting_ns = column.readsBitline() ? converter.integrate_ns(CYCLE_NS) : 0;
    double time_ns = counting_ns + converter.time_ns();
    double static_uW = converter.static_uW(Account.CLOSED);
    CircuitFile data = beside.circuit(entry.name()).orElseThrow();
    return new Row(
        entry,
        data,
        new Figures(
            energy_fJ,
            column_fJ(process, column, measured.signal(), converter),
            converter.errors().lostBits(),
            converter.area_um2(Account.CLOSED),
            time_ns,
            energy_fJ * Math.min(rate_GSps, 1 / time_ns) + static_uW),
        coverage(beside, entry, readout, Math.min(rate_GSps, 1 / time_ns), process.node_nm()),
        caveats(data, bits, rate_GSps, process.node_nm(), time_ns));
  }

  /** The survey's regression at a rate in place of that of our SAR. */
  private static Circuits atRate(Process process, double rate_GSps) {
    double bits = CircuitFile.of(CircuitModels.SURVEY).constant("sar_bits") + 1;
    double bit_FO4 = 1 / rate_GSps / bits / process.fo4_ns();
    return Circuits.of(
        new CircuitSettings(Map.of(), Map.of(CircuitModels.SURVEY + ".sar_bit", bit_FO4)));
  }

  private static Optional<FitCoverage> coverage(
      Circuits beside, CircuitModel entry, Readout readout, double rate_GSps, double node_nm) {
    OperatingPoint at =
        new OperatingPoint(
            ROWS, OptionalDouble.of(READ_V), OptionalInt.of(readout.bits()), rate_GSps, node_nm);
    if (beside.isOwn(entry.name())) {
      return Optional.of(FitCoverage.ofOwn(Part.READOUT, at));
    }
    return entry.standard()
        ? Optional.of(FitCoverage.of(Part.READOUT, Families.readout(readout), Calibration.NONE, at))
        : Optional.empty();
  }

  /** Front end and cells, as long as the converter needs the column. */
  private static double column_fJ(
      Process process, ColumnKind column, Signal signal, Converter converter) {
    double pulses_ns = converter.integrate_ns(CYCLE_NS);
    double more_ns = converter.conducting_ns(converter.time_ns());
    double output_fF = column.readoutLoad_fF(converter);
    double settle_ns = Math.max(CYCLE_NS, (pulses_ns + more_ns) / 2);
    AmplifiedColumn amplified =
        new AmplifiedColumn(
            process, signal, LOAD, BITLINE_FF, output_fF, settle_ns, pulses_ns, pulses_ns);
    return column
        .frontEnd()
        .map(circuit -> ColumnAmplifier.of(Circuits.CATALOGUE, circuit, amplified))
        .map(
            amplifier -> {
              double on_ns = amplifier.least_ns() + pulses_ns + more_ns;
              double cells_fJ = LOAD.typical_uS() * READ_V * process.supply_V() * on_ns;
              return amplifier.amplify_fJ(on_ns, Account.CLOSED) + cells_fJ;
            })
        .orElse(0.0);
  }

  private static List<String> caveats(
      CircuitFile data, int bits, double rate_GSps, double node_nm, double time_ns) {
    CircuitFile.Range range = data.range();
    List<String> caveats = new ArrayList<>();
    if (!range.holdsBits(bits)) {
      CircuitFile.Bits held = range.bits().orElseThrow();
      caveats.add(
          "holds for "
              + held.fewest()
              + (held.most() > held.fewest() ? ".." + held.most() : "")
              + " b");
    }
    if (!range.holdsNode(node_nm)) {
      caveats.add(
          "holds for "
              + Units.number(range.smallest_nm())
              + ".."
              + Units.number(range.largest_nm())
              + " nm");
    }
    if (time_ns * rate_GSps > 1 + 1e-9) {
      caveats.add("too slow, " + Units.number(Math.ceil(time_ns * rate_GSps)) + " in turn");
    }
    return caveats;
  }
}
