package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.memory.MemoryCircuits;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Circuit family of each part of a chip: by the kind of the part, never by the chip. */
public final class Families {
  private static final Part[] PARTS = Part.values();

  private Families() {}

  /**
   * The family of a part. What serves a column's converter belongs to the converter's family. Parts
   * that the language has no word for are given and never multiplied; they count as logic.
   */
  public static CircuitFamily of(Chip chip, Part part) {
    return switch (part) {
      case CROSSBAR -> array(chip);
      case INPUT -> driver(chip);
      case FRONT_END, SAMPLE_HOLD, COLUMN_MUX, READOUT, TRANSPOSE, FEEDBACK ->
          readout(chip.pe().readout());
      case INPUT_REGISTER -> memory(chip.pe().inputRegister());
      case OUTPUT_REGISTER -> memory(chip.pe().outputRegister());
      case TILE_BUFFER -> memory(chip.tile().buffer());
      case TILE_OUTPUT_REGISTER -> memory(chip.tile().outputRegister());
      case GLOBAL_BUFFER -> memory(chip.uncore().globalBuffer());
      case ROW_SELECTOR, SHIFT_ADD, RANDOM, RELU, SIGMOID, MAX_POOL, TILE_SHIFT_ADD, VECTOR ->
          CircuitFamily.LOGIC;
      case PE_OTHERS, TILE_OTHERS, CHIP_OTHERS, CONTROL -> CircuitFamily.LOGIC;
      case BUS, INTERCONNECT, LINKS, IO -> CircuitFamily.INTERCONNECT;
      case WRITE_DRIVER -> CircuitFamily.WRITE_DRIVER;
    };
  }

  /**
   * True if a family's factors hold for a part: not for models that stand for another tool or
   * publication, whose figures they would change, and not for front ends, whose currents are those
   * of the column, samples and multiplexers before a converter, transpose paths and loop
   * amplifiers. Bits of read noise are reads and conversions, which have factors of their own.
   */
  static boolean isFitted(Chip chip, Part part) {
    return isDefault(chip, part) && NeurosimModels.of(chip, part).isEmpty();
  }

  /**
   * True if a family's factors hold for a part of a chip that is known to name no model of another
   * tool.
   */
  static boolean isDefault(Chip chip, Part part) {
    return switch (part) {
      case FRONT_END, SAMPLE_HOLD, COLUMN_MUX, TRANSPOSE, FEEDBACK -> false;
      case RANDOM -> !(chip.pe().kernelParts().random() instanceof RandomSource.DeviceNoise);
      case READOUT ->
          !(chip.pe().readout().model() instanceof ComponentModel.Named)
              || CircuitLibrary.entry(chip.pe().readout()).standard();
      case CROSSBAR,
          INPUT,
          ROW_SELECTOR,
          SHIFT_ADD,
          INPUT_REGISTER,
          OUTPUT_REGISTER,
          WRITE_DRIVER,
          TILE_BUFFER,
          BUS,
          TILE_OUTPUT_REGISTER,
          RELU,
          SIGMOID,
          MAX_POOL,
          TILE_SHIFT_ADD,
          VECTOR,
          INTERCONNECT,
          LINKS,
          GLOBAL_BUFFER,
          IO,
          PE_OTHERS,
          TILE_OTHERS,
          CHIP_OTHERS,
          CONTROL ->
          true;
    };
  }

  /** Factor of a part's family on a quantity; one where it does not hold. */
  static double factor(Calibration calibration, Chip chip, Part part, Quantity quantity) {
    return isFitted(chip, part) ? calibration.factor(of(chip, part), quantity) : 1;
  }

  /** The families that a chip has instances of. */
  public static Set<CircuitFamily> of(PriceTable prices, Chip chip) {
    Set<CircuitFamily> families = EnumSet.noneOf(CircuitFamily.class);
    for (Part part : PARTS) {
      if (prices.instances(part) > 0 && !part.isOthers() && isFitted(chip, part)) {
        families.add(of(chip, part));
      }
    }
    return families;
  }

  /** A resistive array is physics, measured device by device: only its layout is fitted. */
  private static CircuitFamily array(Chip chip) {
    return switch (chip.crossbar().compute().kind()) {
      case CURRENT -> CircuitFamily.LAYOUT;
      case DISCHARGE -> CircuitFamily.CURRENT_ARRAY_SRAM;
      case CHARGE -> CircuitFamily.CHARGE_ARRAY;
      case DIGITAL -> readout(chip.pe().readout());
    };
  }

  /**
   * Drivers of an SRAM array belong to it, as published figures hold them together, unless they
   * make amplitudes, which gates never take.
   */
  private static CircuitFamily driver(Chip chip) {
    Input input = chip.pe().input();
    boolean amplitudes =
        input.encoding() == Input.Encoding.AMPLITUDE
            || (input.encoding() == Input.Encoding.BIT_SERIAL && input.hasAmplitudes());
    return switch (chip.crossbar().compute().kind()) {
      case CURRENT -> amplitudes ? CircuitFamily.DAC : CircuitFamily.WORDLINE_DRIVER;
      case DISCHARGE, CHARGE -> amplitudes ? CircuitFamily.DAC : array(chip);
      case DIGITAL -> array(chip);
    };
  }

  /** The family of a readout. */
  static CircuitFamily readout(Readout readout) {
    boolean isOpen = readout.frontEnd() == Readout.FrontEnd.NONE;
    return isOpen && readout.kind() == ReadoutKind.SENSE_AMPLIFIER
        ? CircuitFamily.VOLTAGE_SENSE
        : readout.kind().family();
  }

  private static CircuitFamily memory(Optional<Memory> memory) {
    return switch (MemoryCircuits.kind(memory)) {
      case SRAM -> CircuitFamily.SRAM_BUFFER;
      case EDRAM -> CircuitFamily.EDRAM_BUFFER;
      case REGISTER_FILE -> CircuitFamily.LOGIC;
    };
  }
}
