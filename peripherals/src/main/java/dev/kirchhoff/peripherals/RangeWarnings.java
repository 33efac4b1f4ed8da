package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.peripherals.analog.Integrator;
import dev.kirchhoff.peripherals.analog.LoopAmplifiers;
import dev.kirchhoff.peripherals.array.WriteDriver;
import dev.kirchhoff.peripherals.circuit.Account;
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

  private RangeWarnings() {}

  static List<String> of(Chip chip, ChipCircuits circuits, Set<CircuitFamily> families) {
    List<String> warnings = new ArrayList<>();
    for (FittedFactor own : circuits.ownFactors()) {
      if (!families.contains(own.family())) {
        warnings.add(
            "calibration: no part of this chip is of family "
                + own.family().word()
                + "; its factor on "
                + own.quantity().word()
                + " has no effect");
      }
    }
    double node_nm = chip.technology().node_nm();
    for (ScalingClass scaling : ScalingClass.values()) {
      if (node_nm < scaling.smallest_nm() || node_nm > scaling.largest_nm()) {
        warnings.add(
            "technology.node: "
                + Account.number(node_nm)
                + " nm is outside "
                + Account.number(scaling.smallest_nm())
                + ".."
                + Account.number(scaling.largest_nm())
                + " nm of the "
                + scaling.word()
                + " model; its trend is continued");
      }
    }
    double temperature_K = chip.technology().temperature_K();
    if (temperature_K < COLDEST_K || temperature_K > HOTTEST_K) {
      warnings.add(
          "operation.temperature: "
              + Account.number(temperature_K)
              + " K is outside 273..398 K of the leakage and wire models; their trend is"
              + " continued");
    }
    double supply_V = chip.technology().supply_V();
    double nominal_V = NominalSupply.of(node_nm);
    if (Math.abs(supply_V - nominal_V) > SUPPLY_SPREAD * nominal_V) {
      warnings.add(
          "technology.supply: "
              + Account.number(supply_V)
              + " V is far from the nominal "
              + Account.number(nominal_V)
              + " V; on-currents and logic energies are extrapolated");
    }
    write(chip, circuits, warnings);
    readout(chip, warnings);
    integrator(circuits, warnings);
    kernelParts(chip, warnings);
    boolean chosen = !(chip.pe().sampleHold().model() instanceof ComponentModel.Default);
    if (chosen && chip.pe().sampleHold().count() > 0 && circuits.site().kind().readsBitline()) {
      warnings.add(
          "pe.sampleHold: has no effect before a readout that takes the bitline's current");
    }
    chip.pe().inputRegister().ifPresent(memory -> memory("pe.inputRegister", memory, warnings));
    chip.pe().outputRegister().ifPresent(memory -> memory("pe.outputRegister", memory, warnings));
    chip.tile().buffer().ifPresent(memory -> memory("tile.buffer", memory, warnings));
    chip.uncore().globalBuffer().ifPresent(memory -> memory("globalBuffer", memory, warnings));
    return List.copyOf(warnings);
  }

  private static void integrator(ChipCircuits circuits, List<String> warnings) {
    if (circuits.column().frontEnd().orElse(null) instanceof Integrator integrator
        && integrator.isLarge()) {
      warnings.add(
          "pe.frontEnd: integrator takes a capacitor of "
              + Account.number(integrator.capacitance_fF() / 1000)
              + " pF, "
              + Account.number(integrator.capacitor_um2())
              + " um2, a column behind a mirror of "
              + Account.number(integrator.ratio())
              + ":1; shorter pulses, fewer active rows or fewer bits need less");
    }
  }

  private static void kernelParts(Chip chip, List<String> warnings) {
    if (chip.pe().kernelParts().random() instanceof RandomSource.Counter counter
        && counter.biasBound() > MOST_BIAS) {
      double clock_MHz = 1000 * counter.clock_GHz() * UNBIASED_PERIODS / counter.periods();
      warnings.add(
          "pe.random: bits may be biased by "
              + Account.number(counter.biasBound())
              + ", the delay deviates by "
              + Account.number(counter.periods())
              + " periods of the counter's clock; "
              + (counter.spread() > 0
                  ? "a clock of "
                      + Account.number(clock_MHz)
                      + " MHz leaves less than "
                      + Account.number(MOST_BIAS)
                  : "a delay without spread is not random"));
    }
    chip.pe()
        .kernelParts()
        .feedback()
        .filter(amplifier -> amplifier.gain() > LoopAmplifiers.mostGain())
        .ifPresent(
            amplifier ->
                warnings.add(
                    "pe.feedback.gain: "
                        + Account.number(amplifier.gain())
                        + " is above "
                        + Account.number(LoopAmplifiers.mostGain())
                        + " of two cascoded stages; the trend of its current and area is continued"));
  }

  private static void write(Chip chip, ChipCircuits circuits, List<String> warnings) {
    if (!chip.crossbar().sumsCurrents()) {
      return;
    }
    double node_nm = chip.technology().node_nm();
    double write_V = chip.cell().device().writeAt(chip.technology().supply_V()).voltage_V();
    double most_V = WriteDriver.most_V(node_nm);
    if (write_V > most_V) {
      warnings.add(
          "cell.device: is written at "
              + Account.number(write_V)
              + " V, "
              + Account.number(write_V - most_V)
              + " V above the "
              + Account.number(most_V)
              + " V of thick-oxide transistors at "
              + Account.number(node_nm)
              + " nm; stacked drivers and access transistors are not priced");
    }
    int columns = chip.crossbar().allColumns();
    double column_uA =
        circuits.column().array().halfSelectedWrite_uS(columns, write_V) * write_V / 2;
    double current_uA = chip.cell().device().write().current_uA();
    if (column_uA > current_uA) {
      warnings.add(
          "cell.access: half-selected cells draw "
              + Account.number(column_uA)
              + " uA from a column in a write, "
              + Account.number(column_uA / current_uA)
              + " times the current of the cell that is written; wider drivers and the fall of"
              + " voltage along the line are not priced");
    }
  }

  private static void readout(Chip chip, List<String> warnings) {
    if (chip.pe().readout().model() instanceof ComponentModel.Given
        || chip.pe().readout().kind().isDigital()) {
      return;
    }
    CircuitModel entry = CircuitLibrary.entry(chip.pe().readout());
    CircuitFile.Range range = entry.data().range();
    double node_nm = chip.technology().node_nm();
    if (!range.holdsNode(node_nm)) {
      warnings.add(
          "technology.node: "
              + Account.number(node_nm)
              + " nm is outside "
              + Account.number(range.smallest_nm())
              + ".."
              + Account.number(range.largest_nm())
              + " nm of readout model "
              + entry.name()
              + "; its trend is continued");
    }
    int bits = chip.pe().readout().bits();
    if (!range.holdsBits(bits)) {
      warnings.add(
          "pe.readout.bits: "
              + bits
              + " is outside "
              + range.bits().orElseThrow().fewest()
              + ".."
              + range.bits().orElseThrow().most()
              + " of model "
              + entry.name()
              + "; its trend is continued");
    }
  }

  private static void memory(String path, Memory memory, List<String> warnings) {
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
    if (memory.size_B() < fewest_B || memory.size_B() > most_B) {
      warnings.add(
          path
              + ".size: "
              + Account.number(memory.size_B())
              + " B is outside "
              + Account.number(fewest_B)
              + ".."
              + Account.number(most_B)
              + " B of the "
              + memory.kind().word()
              + " model; its trend is continued");
    }
  }
}
