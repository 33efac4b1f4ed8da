package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.peripherals.array.CellArray;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.Sensing;
import java.util.OptionalDouble;

/**
 * Time of a pass of a crossbar.
 *
 * <p>Sampled columns are read together and converted one after another while the next pass reads:
 * max(read, n t_c). Without sample-and-hold the mux gives one column at a time a path for its
 * current, the others float: n (read + t_c), and cells conduct while their column is selected. Open
 * columns settle as dividers through their own active cells, half of them driven (assumed); a
 * neuron samples them as soon as they have settled, a cycle at least, once a bit plane, and cells
 * conduct no longer: I = V_r G_driven/2, half of what driven cells carry into a virtual ground.
 * Rows without input are driven to the reference, whatever the signs are. A converter that holds
 * its input on its own capacitors lets cells and front end go as soon as it has sampled.
 *
 * <p>A row selector picks the rows of the next read meanwhile, R_a t_pick, which a pass lasts at
 * least.
 *
 * <p>Where pulses are combined before a conversion, each of a digit's is settled, integrated and
 * sampled, at the time of one pulse each; sharing its charge takes no time beside the next settling
 * (assumed).
 *
 * <p>Lines and front end settle to half a step in (docs/circuits.md, eq. 64a and 64b)
 *
 * <pre>
 *   t_settle = (B + 1) ln 2 (τ_w + τ_b) + Σ t_min
 *   τ_w = f_in C_w (R_drv + r_w N_c/2),   τ_b = f_x C_b (R_in + r_b R/2)
 * </pre>
 *
 * <p>with C_w and C_b of a wordline and a bitline, r_w and r_b of a segment, R_drv of the driver's
 * stage, R_in of the front end, for open columns 2/(R_a ḡ) of half of the active cells at their
 * mean conductance ḡ; f_in and f_x are the fitted time factors of input and crossbar, t_min the
 * least times of driver and front end.
 *
 * <p>A stated time, of a pass or of a single pulse, has to hold the settling of wires and front end
 * and the least time of the converter; what is missing of a change is then exp(−(B + 1) ln 2
 * t/t_settle).
 */
final class PassTimes {
  private static final double LEAST_PULSE_FO4 = 12;
  private static final double ROUNDING = 1e-9;
  private static final double LN_2 = StrictMath.log(2);

  private PassTimes() {}

  /**
   * The times of a pass.
   *
   * @param circuits circuits of a chip
   */
  static PassTiming of(ChipCircuits circuits) {
    double conversion_ns = circuits.conversion_ns;
    Chip chip = circuits.chip;
    CellArray array = circuits.array;
    if (chip.crossbar().compute().kind() == Compute.Kind.DIGITAL) {
      return ofDigital(circuits);
    }
    // ohm fF = 1e-6 ns.
    double wordline_ns =
        1e-6
            * array.wordline_fF()
            * Families.factor(circuits.calibration, chip, Part.INPUT, Quantity.TIME)
            * (circuits.rowInput.stage_ohm()
                + array.wordlineSegment_ohm() * chip.crossbar().columns() / 2);
    double column_ohm =
        circuits.isOpen() ? 2e6 / columnMean_uS(chip) : circuits.electrics.frontEndInput_ohm();
    double bitline_ns =
        1e-6
            * array.bitline_fF()
            * circuits.calibration.factor(Families.of(chip, Part.CROSSBAR), Quantity.TIME)
            * (column_ohm + array.bitlineSegment_ohm() * chip.crossbar().rows() / 2);
    double wires_ns = (chip.pe().readout().bits() + 1) * LN_2 * (wordline_ns + bitline_ns);
    double lines_ns = wires_ns + circuits.rowInput.least_ns();
    double settle_ns = circuits.amplified ? lines_ns + circuits.frontEnd.least_ns() : lines_ns;
    double integrate_ns = circuits.converter.integrate_ns(circuits.pulses_ns());
    int turns = circuits.sums.turns();
    Converter converter = circuits.converter;
    boolean isTable = chip.crossbar().isTable();
    OptionalDouble stated_ns = chip.crossbar().compute().pass_ns();
    boolean hasPass = stated_ns.isPresent();
    boolean isResistive = ChipCircuits.isResistive(chip) && !isTable;
    // A single pulse whose time is stated has to settle within it.
    boolean isPulseStated =
        (!hasPass || isResistive)
            && !isTable
            && chip.pe().input().pulse_ns().isPresent()
            && circuits.train.sustained();
    double read_ns =
        isPulseStated
            ? Math.max(integrate_ns, chip.pe().input().pulse_ns().getAsDouble())
            : settle_ns + integrate_ns;
    double convert_ns = turns * conversion_ns;
    // The pulses of a digit are read and sampled one after another before its conversion.
    double digit_ns = circuits.pulsesPerDigit * read_ns;
    boolean holds = circuits.sampled || converter.holdsInput();
    double conduct_ns = holds ? read_ns : read_ns + conversion_ns;
    double pass_ns;
    if (isTable) {
      pass_ns = convert_ns;
    } else {
      // The columns of a charge array hold what they add up.
      pass_ns =
          !chip.crossbar().sumsCurrents()
              ? digit_ns + convert_ns
              : circuits.sampled
                  ? Math.max(digit_ns, convert_ns)
                  : turns * (digit_ns + conversion_ns);
    }
    pass_ns = Math.max(pass_ns, circuits.pickRows_ns());
    double needed_ns = settle_ns;
    double given_ns = Double.POSITIVE_INFINITY;
    double forSettling_ns = given_ns;
    if (hasPass) {
      pass_ns = stated_ns.getAsDouble();
      given_ns = pass_ns;
      // Sampled columns settle while those before are converted, a charge array settles once.
      int settlings = circuits.sampled || !chip.crossbar().sumsCurrents() ? 1 : turns;
      double conversions_ns = turns * converter.needed_ns();
      double before_ns = circuits.sampled ? 0 : conversions_ns;
      // Trains of pulses, and single ones whose time is stated, are applied in full; pulses last
      // twelve FO4 at least.
      double least_ns = circuits.train.counts() * LEAST_PULSE_FO4 * circuits.process.fo4_ns();
      double applied_ns =
          !isResistive
              ? Math.max(settle_ns, chip.crossbar().sumsCurrents() ? least_ns : 0)
              : isPulseStated
                  ? Math.max(settle_ns, read_ns)
                  : circuits.train.sustained() ? settle_ns : Math.max(read_ns, least_ns);
      double reading_ns =
          Math.max(settlings * circuits.pulsesPerDigit * applied_ns + before_ns, conversions_ns);
      needed_ns = Math.max(reading_ns, circuits.pickRows_ns());
      forSettling_ns = (pass_ns - before_ns) / settlings / circuits.pulsesPerDigit;
      if (isPulseStated) {
        forSettling_ns = Math.min(forSettling_ns, read_ns);
      }
    } else if (isPulseStated) {
      given_ns = read_ns;
      forSettling_ns = read_ns;
    }
    if (converter.sensing() == Sensing.SAMPLED_VOLTAGE) {
      // Half of the active rows drive the other half: in series they carry half of their current.
      double plane_ns = Math.max(settle_ns, circuits.cycle_ns);
      conduct_ns = plane_ns * circuits.train.bits() / 2;
    }
    // Columns without sample-and-hold are read in turn; those of a charge array hold their sum.
    boolean inTurn = chip.crossbar().sumsCurrents() && !circuits.sampled;
    conduct_ns =
        Math.min(conduct_ns, (inTurn ? pass_ns / turns : pass_ns) / circuits.pulsesPerDigit);
    double unsettled =
        isTable || forSettling_ns >= settle_ns
            ? 0
            : StrictMath.exp(
                -(chip.pe().readout().bits() + 1) * LN_2 * Math.max(0, forSettling_ns) / settle_ns);
    double late = isTable ? 0 : Math.max(circuits.overrun(conversion_ns), needed_ns / given_ns - 1);
    if (hasPass && isPulseStated) {
      late = Math.max(late, settle_ns / read_ns - 1);
    }
    return new PassTiming(
        settle_ns,
        integrate_ns * circuits.noiseOfPulses(),
        conversion_ns,
        pass_ns,
        conduct_ns,
        circuits.cycle_ns,
        unsettled,
        late > ROUNDING ? late : 0);
  }

  /** A digital array adds once a clock cycle, pipelined where its adders are slower. */
  private static PassTiming ofDigital(ChipCircuits circuits) {
    double cycle_ns = circuits.cycle_ns;
    double pass_ns =
        circuits.chip.crossbar().compute().pass_ns().orElse(circuits.sums.turns() * cycle_ns);
    return new PassTiming(
        0,
        cycle_ns,
        cycle_ns,
        pass_ns,
        pass_ns,
        cycle_ns,
        0,
        Math.max(0, circuits.overrun(cycle_ns)));
  }

  /** Conductance of a column whose active cells are in the middle of their window. */
  private static double columnMean_uS(Chip chip) {
    ConductanceWindow window = chip.cell().device().window();
    return chip.crossbar().rowsActive() * (window.max_uS() + window.min_uS()) / 2;
  }
}
