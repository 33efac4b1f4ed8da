package dev.kirchhoff.peripherals.calibration;

import static dev.kirchhoff.arch.calibration.CircuitFamily.ADDER_CHAIN;
import static dev.kirchhoff.arch.calibration.CircuitFamily.ADDER_TREE;
import static dev.kirchhoff.arch.calibration.CircuitFamily.CHARGE_ARRAY;
import static dev.kirchhoff.arch.calibration.CircuitFamily.CHARGE_DECREMENT;
import static dev.kirchhoff.arch.calibration.CircuitFamily.CURRENT_ARRAY_SRAM;
import static dev.kirchhoff.arch.calibration.CircuitFamily.FLASH;
import static dev.kirchhoff.arch.calibration.CircuitFamily.SAR;
import static dev.kirchhoff.arch.calibration.CircuitFamily.SENSE_AMPLIFIER;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Chips of {@code designs/} beside the models of their circuits: the ratio of their headline's
 * published energy to the modelled one and the setting of that row. A chip is listed under each
 * family that draws a tenth of its energy or more, as one figure tells nothing of the rest. No
 * model uses the ratios; a test derives the table from the specs.
 */
public final class ComparedChips {
  private static final List<ComparedChip> ALL =
      List.of(
          chip("chen-natelec-2019", 1.84, 9, 0.1, 3, 0.0676, 65, SENSE_AMPLIFIER),
          chip("hung-isscc-2022", 0.28, 8, 0.1, 3, 0.5556, 22, SENSE_AMPLIFIER),
          chip("liu-isscc-2020", 0.68, 784, 0.1, 1, 0.0195, 130, SENSE_AMPLIFIER),
          chip("mochida-vlsi-2018", 0.81, 16, 0.1, 1, 0.0521, 180, SENSE_AMPLIFIER),
          chip("xue-isscc-2020", 1.02, 16, 0.1, 4, 0.1019, 22, SENSE_AMPLIFIER),
          chip("xue-isscc-2021", 0.33, 4, 0.1, 4, 0.2041, 22, SENSE_AMPLIFIER),
          chip("xue-jssc-2019", 0.46, 9, 0.1, 4, 0.08511, 55, SENSE_AMPLIFIER),
          withoutVoltage("jia-jssc-2020", 1.95, 2304, 8, 0.0007407, 65, SAR, CHARGE_ARRAY),
          withoutVoltage("papistas-cicc-2021", 2.82, 1024, 6, 0.02252, 22, SAR, CURRENT_ARRAY_SRAM),
          withoutVoltage("wang-vlsi-2022", 1.67, 64, 8, 0.2117, 22, SAR, CHARGE_ARRAY),
          withoutVoltage("sinangil-jssc-2021", 1.70, 64, 4, 0.1818, 7, FLASH, CURRENT_ARRAY_SRAM),
          chip("spetalnick-isscc-2022", 1.40, 9, 0.1, 4, 0.0627, 40, FLASH),
          chip("yin-ted-2020", 1.24, 128, 0.1, 3, 0.1538, 90, FLASH),
          chip("yoon-jssc-2021", 0.73, 9, 0.1, 4, 0.1, 40, FLASH),
          chip("neurram-nature-2022", 0.92, 256, 0.5, 6, 0.0002505, 130, CHARGE_DECREMENT),
          adder("chih-isscc-2021", 1.01, 256, 0.4005, 22, ADDER_TREE),
          adder("fujiwara-isscc-2022", 1.51, 64, 0.4274, 5, ADDER_TREE),
          adder("zz-isscc-2022-15.5", 0.58, 32, 0.195, 28, ADDER_TREE),
          adder("zz-isscc-2023-7.2", 0.48, 128, 0.182, 28, ADDER_TREE),
          adder("kim-colonnade-jssc-2021", 2.11, 128, 0.102, 65, ADDER_CHAIN));

  private ComparedChips() {}

  private static ComparedChip chip(
      String design,
      double ratio,
      int rows,
      double read_V,
      int bits,
      double rate_GSps,
      double node_nm,
      CircuitFamily... families) {
    return new ComparedChip(
        design,
        List.of(families),
        ratio,
        new OperatingPoint(
            rows, OptionalDouble.of(read_V), OptionalInt.of(bits), rate_GSps, node_nm));
  }

  /** A chip whose columns have no read voltage: capacitors, or cells that discharge a bitline. */
  private static ComparedChip withoutVoltage(
      String design,
      double ratio,
      int rows,
      int bits,
      double rate_GSps,
      double node_nm,
      CircuitFamily... families) {
    return new ComparedChip(
        design,
        List.of(families),
        ratio,
        new OperatingPoint(rows, OptionalDouble.empty(), OptionalInt.of(bits), rate_GSps, node_nm));
  }

  /** A chip whose columns are added exactly, without a read voltage or bits of a code. */
  private static ComparedChip adder(
      String design,
      double ratio,
      int rows,
      double rate_GSps,
      double node_nm,
      CircuitFamily... families) {
    return new ComparedChip(
        design,
        List.of(families),
        ratio,
        new OperatingPoint(rows, OptionalDouble.empty(), OptionalInt.empty(), rate_GSps, node_nm));
  }

  /** All of them. */
  public static List<ComparedChip> all() {
    return ALL;
  }

  /** The chips of a family. */
  public static List<ComparedChip> of(CircuitFamily family) {
    return ALL.stream().filter(chip -> chip.families().contains(family)).toList();
  }
}
