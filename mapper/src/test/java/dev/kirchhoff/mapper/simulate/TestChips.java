package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Curvature;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.mapper.column.AnalogPath;
import dev.kirchhoff.peripherals.Electrics;
import dev.kirchhoff.peripherals.PassTiming;
import dev.kirchhoff.peripherals.ReadoutErrors;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A crossbar that tests vary. */
final class TestChips {
  static final double READ_V = 0.2;

  private static final ComponentModel MODEL = ComponentModel.standard();

  static final WeightEncoding OFFSET = new WeightEncoding(Encoding.OFFSET, false, false, false);
  static final WeightEncoding FLIPPED = new WeightEncoding(Encoding.OFFSET, true, false, false);
  static final WeightEncoding PAIR = new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false);
  static final WeightEncoding ROW_PAIR =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, true, false);
  static final WeightEncoding DIGITAL_PAIR =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, false, true);
  static final WeightEncoding COMBINED =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false, OptionalInt.of(2), 0, 0);

  String device = "redox-hfox-wan2022";
  int rows = 64;
  int columns = 64;
  int rowsActive = 64;
  boolean skipsZeroRows;
  WeightEncoding weights = PAIR;
  Access access = Access.ONE_TRANSISTOR;
  int cellBits = 2;
  Input.Encoding input = Input.Encoding.BIT_SERIAL;
  int bitsPerPulse = 1;
  OptionalInt combine = OptionalInt.of(1);
  Input.Sign sign = Input.Sign.SECOND_PASS;
  int adcBits = 12;
  Readout.Range range = Readout.Range.FULL;
  double segment_ohm;
  double driver_ohm;
  double frontEnd_ohm;
  double lostBits;

  /** Deviation of the noise of a conversion beside that of lost bits, in steps. */
  double noise_steps;

  /** Full range over the narrowest that the readout is sized for. */
  double gain = Double.POSITIVE_INFINITY;

  double noiseFactor = 1;

  /** Errors of the levels of inputs. */
  InputErrors inputs = InputErrors.NONE;

  ConverterMismatch mismatch = ConverterMismatch.NONE;
  double virtualGround_V;
  int columnsPerAdc = 8;
  boolean kernelsApart;

  /** Programming errors relative to those of the device. */
  double variation = 1;

  /** Rise of the cells' conductance from 0 V to the read voltage. */
  double curvature;

  /** Share of cells that are stuck at the largest conductance. */
  double stuckHigh;

  /** Crossbars of a PE and converters of a tile, times and capacitances: prices alone. */
  boolean pricedOtherwise;

  Cell cell() {
    Device preset = varied(new DeviceCatalogue().device(device).orElseThrow());
    return new Cell(preset, access, cellBits, READ_V, false);
  }

  CrossbarModel model() {
    return CrossbarModel.of(
        new Crossbar(
            pricedOtherwise ? 4 : 1,
            pricedOtherwise ? 4 : 1,
            rows,
            columns,
            rowsActive,
            weights,
            Crossbar.Wires.OF_PITCH,
            MODEL,
            Compute.current(),
            skipsZeroRows),
        cell(),
        new Input(
            input,
            OptionalInt.of(bitsPerPulse),
            combine,
            sign,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            MODEL),
        new Readout(ReadoutKind.SAR, adcBits, range, pricedOtherwise ? 32 : columnsPerAdc, MODEL)
            .with(mismatch),
        new AnalogPath(
            pricedOtherwise
                ? new Electrics(segment_ohm, segment_ohm, driver_ohm, frontEnd_ohm, 99, 77, 0.9)
                : new Electrics(segment_ohm, segment_ohm, driver_ohm, frontEnd_ohm, 10, 10, 0.9),
            pricedOtherwise
                ? new PassTiming(9, 10, 9, 99, new PassTiming.Turns(11, 9, 9), 5, 9, 0, 0)
                : new PassTiming(1, 10, 1, 10, new PassTiming.Turns(1, 1, 0), 10, 1, 0, 0),
            new ReadoutErrors(
                ErrorBudget.ofLostBits(lostBits).plusNoise(noise_steps * noise_steps),
                noiseFactor,
                virtualGround_V,
                gain),
            inputs,
            300),
        kernelsApart);
  }

  private Device varied(Device preset) {
    if (variation == 1 && stuckHigh == 0 && curvature == preset.curvature().at(READ_V)) {
      return preset;
    }
    DeviceStatistics old = preset.statistics();
    List<DeviceStatistics.ProgrammingError> errors =
        old.programming().stream()
            .map(
                e ->
                    new DeviceStatistics.ProgrammingError(
                        e.age_s(), e.sigma_uS().stream().map(c -> variation * c).toList()))
            .toList();
    return new Device(
        preset.name(),
        preset.material(),
        preset.window(),
        new Curvature(curvature, READ_V),
        preset.operation(),
        new DeviceStatistics(
            errors,
            old.reference_uS(),
            old.drift(),
            old.readNoise(),
            old.law(),
            stuckHigh == 0 ? old.faults() : new DeviceStatistics.Faults(0, stuckHigh)),
        preset.limits(),
        preset.cellArea_F2(),
        preset.provenance());
  }
}
