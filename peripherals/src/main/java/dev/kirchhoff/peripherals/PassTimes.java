package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.analog.ColumnAmplifier;
import dev.kirchhoff.peripherals.array.CellArray;
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
 * <p>Lines and front end settle to half a step by docs/circuits.md, eq. 7 and 8.
 *
 * <p>A stated time, of a pass or of a single pulse, has to hold the settling of wires and front end
 * and the least time of the converter; what is missing of a change is then exp(−(B + 1) ln 2
 * t/t_settle).
 */
final class PassTimes {
  private static final double LEAST_PULSE_FO4 = 12;
  private static final double ROUNDING = 1e-9;
  private static final double LN_2 = StrictMath.log(2);

  private final ColumnCircuits circuits;
  private final Chip chip;
  private final ColumnKind column;
  private final Pulses pulses;

  /** Conversions of one converter in a pass. */
  private final int turns;

  /** Settling of lines and front end. */
  private final double settle_ns;

  /** Time for which inputs are applied. */
  private final double integrate_ns;

  /** Stated time of a single pulse, within which lines have to settle. */
  private final OptionalDouble pulse_ns;

  /** Time of reading one pulse of a digit. */
  private final double read_ns;

  private PassTimes(ColumnCircuits circuits) {
    this.circuits = circuits;
    chip = circuits.site().chip();
    column = circuits.site().kind();
    pulses = circuits.site().pulses();
    turns = circuits.site().turns();
    settle_ns = settling_ns(circuits);
    integrate_ns = circuits.integrate_ns();
    pulse_ns = statedPulse_ns();
    read_ns =
        pulse_ns.isPresent()
            ? Math.max(integrate_ns, pulse_ns.getAsDouble())
            : settle_ns + integrate_ns;
  }

  /**
   * The times of a pass of columns that a converter reads.
   *
   * @param circuits circuits of a chip
   */
  static PassTiming ofAnalog(ColumnCircuits circuits) {
    return new PassTimes(circuits).timing();
  }

  /** A digital array adds once a clock cycle, pipelined where its adders are slower. */
  static PassTiming ofAdders(ColumnCircuits circuits) {
    double cycle_ns = circuits.site().pulses().cycle_ns();
    OptionalDouble stated_ns = circuits.site().chip().crossbar().compute().pass_ns();
    int turns = circuits.site().turns();
    double pass_ns = stated_ns.orElse(turns * cycle_ns);
    return new PassTiming(
        0,
        cycle_ns,
        cycle_ns,
        pass_ns,
        new PassTiming.Turns(turns, pass_ns / turns, 0),
        pass_ns,
        cycle_ns,
        0,
        Math.max(0, circuits.overrun(cycle_ns)));
  }

  /** Settling of lines to half a step, and of the front end (eq. 7 and 8). */
  private static double settling_ns(ColumnCircuits circuits) {
    ColumnSite site = circuits.site();
    Chip chip = site.chip();
    CellArray array = circuits.array();
    // Mohm fF = ns.
    double wordline_ns =
        Units.MOHM_PER_OHM
            * array.wordline_fF()
            * Families.factor(site.calibration(), chip, Part.INPUT, Quantity.TIME)
            * (circuits.rows().input().stage_ohm()
                + array.wordlineSegment_ohm() * chip.crossbar().columns() / 2);
    double column_ohm =
        site.kind().isOpen()
            ? 2e6 / (chip.crossbar().rowsActive() * site.mean_uS())
            : circuits.frontEnd().isPresent() ? 0 : circuits.electrics().frontEndInput_ohm();
    double bitline_ns =
        Units.MOHM_PER_OHM
            * array.bitline_fF()
            * site.calibration().factor(Families.of(chip, Part.CROSSBAR), Quantity.TIME)
            * (column_ohm + array.bitlineSegment_ohm() * chip.crossbar().rows() / 2);
    double wires_ns = constants(chip) * LN_2 * (wordline_ns + bitline_ns);
    double lines_ns = wires_ns + circuits.rows().input().least_ns();
    return lines_ns + circuits.frontEnd().map(ColumnAmplifier::least_ns).orElse(0.0);
  }

  /** Times ln 2 in which a line settles to half a step: one a bit and one more. */
  private static int constants(Chip chip) {
    return chip.pe().readout().bits() + 1;
  }

  private OptionalDouble statedPulse_ns() {
    boolean isFree = chip.crossbar().compute().pass_ns().isEmpty() || column.settlesInPulse();
    return isFree && !chip.crossbar().isTable() && pulses.train().sustained()
        ? chip.pe().input().pulse_ns()
        : OptionalDouble.empty();
  }

  private PassTiming timing() {
    boolean isTable = chip.crossbar().isTable();
    double conversion_ns = circuits.conversion_ns();
    double pass_ns = chip.crossbar().compute().pass_ns().orElse(pass_ns(isTable));
    double share_ns = pass_ns / column.turns().reads(turns) / pulses.perDigit();
    double conduct_ns =
        column.conduct_ns(circuits.converter(), read_ns, conversion_ns, plane_ns(), pulses.train());
    Room room = isTable ? Room.UNBOUND : room(pass_ns);
    double late = isTable ? 0 : Math.max(circuits.overrun(conversion_ns), room.late());
    return new PassTiming(
        settle_ns,
        integrate_ns * pulses.averaged(),
        conversion_ns,
        pass_ns,
        turns(isTable, pass_ns, conversion_ns),
        Math.min(conduct_ns, share_ns),
        pulses.cycle_ns(),
        unsettled(room.settling_ns()),
        late > ROUNDING ? late : 0);
  }

  /** Time of a pass that is not stated; the figures of a table include all but conversions. */
  private double pass_ns(boolean isTable) {
    // The pulses of a digit are read and sampled one after another before its conversion.
    double digit_ns = pulses.perDigit() * read_ns;
    double conversion_ns = circuits.conversion_ns();
    double free_ns =
        isTable ? turns * conversion_ns : column.turns().pass_ns(turns, digit_ns, conversion_ns);
    return Math.max(free_ns, circuits.pickRows_ns());
  }

  /** Conversions of a pass; those of columns that are read in turn share it, stated or not. */
  private PassTiming.Turns turns(boolean isTable, double pass_ns, double conversion_ns) {
    boolean isInTurn = !isTable && column.turns().reads(turns) == turns;
    double together_ns = isTable || isInTurn ? 0 : pulses.perDigit() * read_ns;
    return new PassTiming.Turns(
        turns,
        isInTurn ? pass_ns / turns : conversion_ns,
        Math.min(pass_ns, Math.max(together_ns, circuits.pickRows_ns())));
  }

  /** Time of a bit plane that is sampled as soon as it has settled. */
  private double plane_ns() {
    return Math.max(settle_ns, pulses.cycle_ns());
  }

  private double unsettled(double settling_ns) {
    return settling_ns >= settle_ns
        ? 0
        : StrictMath.exp(-constants(chip) * LN_2 * Math.max(0, settling_ns) / settle_ns);
  }

  /**
   * Room that stated times leave.
   *
   * @param settling_ns time that lines have for settling
   * @param late time that is needed over the time that is stated, less 1
   */
  private record Room(double settling_ns, double late) {
    /** No time is stated that lines have to settle within. */
    static final Room UNBOUND = new Room(Double.POSITIVE_INFINITY, -1);
  }

  private Room room(double pass_ns) {
    Room ofPulse = pulse_ns.isPresent() ? new Room(read_ns, settle_ns / read_ns - 1) : Room.UNBOUND;
    return chip.crossbar().compute().pass_ns().isPresent() ? roomInPass(pass_ns, ofPulse) : ofPulse;
  }

  private Room roomInPass(double pass_ns, Room ofPulse) {
    int settlings = column.turns().reads(turns);
    double conversions_ns = turns * circuits.converter().needed_ns();
    double before_ns = column.turns().beforeReads_ns(conversions_ns);
    // Trains of pulses, and single ones whose time is stated, are applied in full; pulses last
    // twelve FO4 at least.
    double least_ns =
        pulses.train().counts() * LEAST_PULSE_FO4 * circuits.site().process().fo4_ns();
    double applied_ns =
        pulse_ns.isPresent()
            ? Math.max(settle_ns, read_ns)
            : column.applied_ns(pulses.train(), settle_ns, read_ns, least_ns);
    double reading_ns =
        Math.max(settlings * pulses.perDigit() * applied_ns + before_ns, conversions_ns);
    double needed_ns = Math.max(reading_ns, circuits.pickRows_ns());
    double settling_ns = (pass_ns - before_ns) / settlings / pulses.perDigit();
    return new Room(
        Math.min(settling_ns, ofPulse.settling_ns()),
        Math.max(needed_ns / pass_ns - 1, ofPulse.late()));
  }
}
