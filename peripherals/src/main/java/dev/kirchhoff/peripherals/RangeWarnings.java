package dev.kirchhoff.peripherals;

import static dev.kirchhoff.arch.spec.Units.number;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.peripherals.array.Programming;
import dev.kirchhoff.peripherals.array.WrittenCells;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Warnings about models that price a chip outside their range: the setting, the range, the
 * consequence.
 */
final class RangeWarnings {
  private static final double SUPPLY_SPREAD = 0.35;
  private static final double COLDEST_K = 273;
  private static final double HOTTEST_K = 398;

  /** Bias of a random bit that needs no correction (assumed). */
  private static final double MOST_BIAS = 1e-3;

  /** Deviation of a delay, in periods of the counter, that leaves a bias of 1e-5. */
  private static final double UNBIASED_PERIODS = 1.5;

  private final Chip chip;
  private final ChipCircuits circuits;
  private final List<String> found = new ArrayList<>();

  private RangeWarnings(Chip chip, ChipCircuits circuits) {
    this.chip = chip;
    this.circuits = circuits;
  }

  static List<String> of(Chip chip, ChipCircuits circuits, Set<CircuitFamily> families) {
    RangeWarnings warnings = new RangeWarnings(chip, circuits);
    for (FittedFactor own : circuits.ownFactors()) {
      warnings.warn(
          !families.contains(own.family()),
          "calibration: no part of this chip is of family {}; its factor on {} has no effect",
          own.family().word(),
          own.quantity().word());
    }
    warnings.technology();
    warnings.write();
    warnings.readout();
    warnings.integrator();
    warnings.kernelParts();
    boolean chosen = !(chip.pe().sampleHold().model() instanceof ComponentModel.Default);
    warnings.warn(
        chosen && chip.pe().sampleHold().count() > 0 && circuits.site().kind().readsBitline(),
        "pe.sampleHold: has no effect before a readout that takes the bitline's current");
    chip.pe().inputRegister().ifPresent(memory -> warnings.memory("pe.inputRegister", memory));
    chip.pe().outputRegister().ifPresent(memory -> warnings.memory("pe.outputRegister", memory));
    chip.tile().buffer().ifPresent(memory -> warnings.memory("tile.buffer", memory));
    chip.uncore().globalBuffer().ifPresent(memory -> warnings.memory("globalBuffer", memory));
    return List.copyOf(warnings.found);
  }

  private void warn(boolean holds, String pattern, Object... arguments) {
    if (holds) {
      found.add(Sentence.of(pattern, arguments));
    }
  }

  /** A value beyond the range of a model, which goes on with its trend. */
  private void range(
      String path, double value, String unit, double least, double most, String model) {
    warn(
        value < least || value > most,
        "{}: {}{} is outside {}..{}{} of {} continued",
        path,
        number(value),
        unit,
        number(least),
        number(most),
        unit,
        model);
  }

  private void technology() {
    double node_nm = chip.technology().node_nm();
    for (ScalingClass scaling : ScalingClass.values()) {
      range(
          "technology.node",
          node_nm,
          " nm",
          scaling.smallest_nm(),
          scaling.largest_nm(),
          "the " + scaling.word() + " model; its trend is");
    }
    Process process = circuits.site().process();
    range(
        "technology.node",
        node_nm,
        " nm",
        process.smallestCard_nm(),
        process.largestCard_nm(),
        "the measured transistors; their trend is");
    range(
        "operation.temperature",
        chip.technology().temperature_K(),
        " K",
        COLDEST_K,
        HOTTEST_K,
        "the leakage and wire models; their trend is");
    double supply_V = chip.technology().supply_V();
    double nominal_V = process.nominal_V();
    warn(
        Math.abs(supply_V - nominal_V) > SUPPLY_SPREAD * nominal_V,
        "technology.supply: {} V is far from the nominal {} V; on-currents and logic energies are"
            + " extrapolated",
        number(supply_V),
        number(nominal_V));
  }

  private void integrator() {
    circuits
        .column()
        .frontEnd()
        .ifPresent(
            amplifier ->
                warn(
                    amplifier.solution().reach() > 1,
                    "pe.frontEnd: integrator takes a capacitor of {} pF, {} um2, a column behind a"
                        + " mirror of {}:1; shorter pulses, fewer active rows or fewer bits need"
                        + " less",
                    number(amplifier.collected_fF() / 1000),
                    number(amplifier.collector_um2()),
                    number(amplifier.ratio())));
  }

  private void kernelParts() {
    if (chip.pe().kernelParts().random() instanceof RandomSource.Counter counter) {
      double clock_MHz = 1000 * counter.clock_GHz() * UNBIASED_PERIODS / counter.periods();
      warn(
          counter.biasBound() > MOST_BIAS,
          "pe.random: bits may be biased by {}, the delay deviates by {} periods of the counter's"
              + " clock; {}",
          number(counter.biasBound()),
          number(counter.periods()),
          counter.spread() > 0
              ? Sentence.of(
                  "a clock of {} MHz leaves less than {}", number(clock_MHz), number(MOST_BIAS))
              : "a delay without spread is not random");
    }
    double reach = circuits.kernels().feedback.solution().reach();
    chip.pe()
        .kernelParts()
        .feedback()
        .ifPresent(
            amplifier ->
                warn(
                    reach > 1,
                    "pe.feedback.gain: {} is above {} of two cascoded stages; the trend of its"
                        + " current and area is continued",
                    number(amplifier.gain()),
                    number(amplifier.gain() / reach)));
  }

  private void write() {
    double node_nm = chip.technology().node_nm();
    double write_V = chip.cell().device().writeAt(chip.technology().supply_V()).voltage_V();
    double most_V = circuits.writeDriver().most_V();
    warn(
        write_V > most_V,
        "cell.device: is written at {} V, {} V above the {} V of thick-oxide transistors at {} nm;"
            + " stacked drivers and access transistors are not priced",
        number(write_V),
        number(write_V - most_V),
        number(most_V),
        number(node_nm));
    int columns = chip.crossbar().allColumns();
    WrittenCells row =
        WrittenCells.of(circuits.column().array(), columns, new WrittenCells.Verify(0, 0));
    double column_uA = Programming.of(circuits.site().circuits(), row).halfSelected_uA();
    double current_uA = chip.cell().device().write().current_uA();
    warn(
        column_uA > current_uA,
        "cell.access: half-selected cells draw {} uA from a column in a write, {} times the current"
            + " of the cell that is written; wider drivers and the fall of voltage along the line"
            + " are not priced",
        number(column_uA),
        number(column_uA / current_uA));
  }

  private void readout() {
    Readout readout = chip.pe().readout();
    if (readout.model() instanceof ComponentModel.Given || readout.kind().isDigital()) {
      return;
    }
    CircuitModel entry = CircuitLibrary.entry(readout);
    CircuitFile.Range range =
        circuits.site().circuits().circuit(entry.name()).orElseThrow().range();
    String model = "model " + entry.name() + "; its trend is";
    range(
        "technology.node",
        chip.technology().node_nm(),
        " nm",
        range.smallest_nm(),
        range.largest_nm(),
        "readout " + model);
    range
        .bits()
        .ifPresent(
            bits ->
                range("pe.readout.bits", readout.bits(), "", bits.fewest(), bits.most(), model));
  }

  private void memory(String path, Memory memory) {
    if (memory.model() instanceof ComponentModel.Given) {
      return;
    }
    double fewest_B =
        switch (memory.kind()) {
          case SRAM -> 64;
          case EDRAM -> 16 * 1024;
          case REGISTER_FILE -> 1;
        };
    double most_B = memory.kind() == Memory.MemoryKind.REGISTER_FILE ? 8 * 1024 : 4.0 * 1024 * 1024;
    range(
        path + ".size",
        memory.size_B(),
        " B",
        fewest_B,
        most_B,
        "the " + memory.kind().word() + " model; its trend is");
  }
}
