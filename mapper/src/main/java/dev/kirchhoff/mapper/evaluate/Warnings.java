package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.mapping.ArrayTurns;
import dev.kirchhoff.mapper.mapping.CrossbarSharing;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.ProgramCounts;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.mapper.noise.IrDrop;
import dev.kirchhoff.mapper.traffic.TrackNeed;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.CircuitLibrary;
import java.util.ArrayList;
import java.util.List;

/** Caveats of a design's figures, in sentences. */
final class Warnings {
  private static final double LOW_SNR_DB = 5;

  private Warnings() {}

  static List<String> of(EvaluatedDesign evaluated) {
    List<String> warnings = new ArrayList<>(evaluated.prices().warnings());
    Chip chip = evaluated.design().chip();
    DesignNoise noise = evaluated.noise();
    Totals totals = evaluated.totals();
    if (!CircuitLibrary.isStandard(chip.crossbar().model())) {
      table(evaluated, warnings);
    }
    unit(evaluated, Action.RELU, chip.tile().units().relu(), "relu", warnings);
    unit(evaluated, Action.LOOKUP, chip.tile().units().sigmoid(), "sigmoid", warnings);
    unit(evaluated, Action.MAX_COMPARE, chip.tile().units().maxPool(), "maxPool", warnings);
    unit(evaluated, Action.ADD, chip.tile().units().shiftAdd(), "shiftAdd", warnings);
    unit(evaluated, Action.MULTIPLY_ACCUMULATE, chip.tile().units().vector(), "vector", warnings);
    if (evaluated.design().mapping().floorplan() != Floorplan.SHARED
        && evaluated.design().mapping().extraCrossbars() > 0) {
      warnings.add(
          "mapping.extraCrossbars has no effect where layers have tiles of their own, which copies"
              + " fill.");
    }
    granularity(evaluated, warnings);
    turns(evaluated, warnings);
    if (evaluated.mapping().inPhases()) {
      phases(evaluated, warnings);
    }
    offChip(evaluated, warnings);
    tracks(evaluated, warnings);
    Input input = chip.pe().input();
    boolean isAmplitude = input.encoding() == Input.Encoding.AMPLITUDE;
    if (isAmplitude && widestInput(evaluated.design()) > DigitStatistics.WIDEST
        || input.combines()
            && input.bitsOfDigit(widestInput(evaluated.design())) > DigitStatistics.WIDEST) {
      warnings.add(
          (isAmplitude
                  ? "Statistics of amplitudes of more than "
                  : "Statistics of combined pulses of more than ")
              + DigitStatistics.WIDEST
              + " bits are those of "
              + DigitStatistics.WIDEST
              + " bits.");
    }
    if (chip.crossbar().sumsCurrents()
        && chip.pe().input().encoding().isAmplitude()
        && chip.pe().input().bitsOfPulse(widestInput(evaluated.design())) > 1) {
      warnings.add(
          "Inputs are amplitudes of several levels: cells are taken as linear up to the read"
              + " voltage; pulseWidth or pulseCount does not ask for that.");
    }
    // Errors of kernels are simulated.
    List<Job> jobs = evaluated.design().jobs();
    boolean isSimulated = !jobs.isEmpty() && jobs.stream().allMatch(Job::isKernel);
    if (!isSimulated && noise.depth() > 1) {
      warnings.add(
          "snr is the mean over "
              + noise.depth()
              + " layers; if the noise of every layer reached the output in full it would be "
              + Units.significant(noise.snrSummed_dB())
              + " dB. How much does depends on the network and is not measured here.");
    }
    if (!isSimulated && totals.has(Metric.SNR) && totals.value(Metric.SNR) < LOW_SNR_DB) {
      warnings.add(
          "The signal-to-noise ratio of "
              + Units.significant(totals.value(Metric.SNR))
              + " dB is below 5 dB, where the closed form does not hold.");
    }
    signs(evaluated, warnings);
    KernelWarnings.add(evaluated, warnings);
    return warnings;
  }

  /** Peak figures of unsigned inputs beside a network most of whose products take two passes. */
  private static void signs(EvaluatedDesign evaluated, List<String> warnings) {
    if (evaluated.design().operation().peakData().signed()) {
      return;
    }
    for (int j = 0; j < evaluated.programs(); j++) {
      ProgramCounts counts = evaluated.program(j).counts();
      double all = 0;
      double twice = 0;
      for (int l = 0; l < counts.layers(); l++) {
        if (counts.isOnCrossbars(l)) {
          CrossbarMapping mapping = counts.mapping(l).orElseThrow();
          all += mapping.macs();
          twice += mapping.operands().signPasses() > 1 ? mapping.macs() : 0;
        }
      }
      if (2 * twice > all) {
        warnings.add(
            "Most products of "
                + evaluated.program(j).name()
                + " have signed inputs, which are read twice; peak figures are of unsigned inputs,"
                + " of signed ones with operation.peakData.negative: 50 %.");
      }
    }
  }

  private static void phases(EvaluatedDesign evaluated, List<String> warnings) {
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      double reloaded = evaluated.mapping().loading().orElseThrow().phases().reloaded(j);
      if (reloaded > 0) {
        int batch = evaluated.flow(j).schedule().inferences();
        warnings.add(
            count(reloaded, "crossbar")
                + " of "
                + program.name()
                + (Math.round(reloaded) == 1 ? " is" : " are")
                + " programmed again in "
                + count(evaluated.mapping().loading().orElseThrow().phases().phases(j), "phase")
                + " for each "
                + (batch == 1 ? "inference" : "batch of " + Units.count(batch))
                + ", layers run one by one"
                + (evaluated.design().mapping().schedule() == Schedule.PIPELINED
                    ? " although the schedule says pipelined"
                    : "")
                + "; more tiles would avoid it, a larger mapping.batch share it.");
      }
    }
  }

  private static String count(double number, String word) {
    long whole = Math.round(number);
    return Units.count(whole) + " " + word + (whole == 1 ? "" : "s");
  }

  /** Bits that leave a chip without links. */
  private static void offChip(EvaluatedDesign evaluated, List<String> warnings) {
    if (evaluated.design().chip().uncore().io().isPresent()) {
      return;
    }
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      double bits = evaluated.flow(j).offTile().other_bits();
      if (bits > 0) {
        warnings.add(
            Units.printBytes(bits / Units.BITS_PER_BYTE)
                + " of "
                + program.name()
                + " leave the chip in each inference, which has no io: they take no time; give"
                + " chip.io links, tile.buffer or globalBuffer more room.");
      }
    }
  }

  /** Tracks that the connections of each network need, as counted and as a router needs them. */
  private static void tracks(EvaluatedDesign evaluated, List<String> warnings) {
    Interconnect interconnect = evaluated.design().chip().uncore().interconnect();
    int tracks = interconnect.tracks();
    if (interconnect.channels().isEmpty()) {
      return;
    }
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      TrackNeed need =
          TrackNeed.of(evaluated.flow(j).traffic(), interconnect.channels().get().switchBox());
      if (need.connections() > 0) {
        warnings.add(
            count(need.connections(), "connection")
                + " of "
                + program.name()
                + (need.connections() == 1 ? " needs " : " need ")
                + count(need.firstFit(), "track")
                + " on fixed ways, as counted here, and "
                + need.negotiated()
                + " laid around each other, as map does; the fabric has "
                + tracks
                + (need.firstFit() > tracks && need.negotiated() <= tracks ? ", enough." : "."));
      }
    }
  }

  private static void table(EvaluatedDesign evaluated, List<String> warnings) {
    Totals totals = evaluated.totals();
    double drop = evaluated.noise().irParameter();
    if (drop > IrDrop.LARGEST) {
      warnings.add(
          "The array's figures are used as given; by its device and wires its IR drop is a = "
              + Units.significant(drop)
              + ", beyond 0.5.");
    }
    double current_uA = ColumnModel.columnCurrent_uA(evaluated.design().chip());
    if (current_uA > Limits.LARGEST_CURRENT_UA) {
      warnings.add(
          "The array's figures are used as given; its device would let a column draw up to "
              + Units.significant(current_uA / 1e3)
              + " mA, beyond 5 mA.");
    }
    double density = Limits.density_WperMm2(totals);
    if (density > Limits.LARGEST_DENSITY_WPERMM2) {
      warnings.add(
          "The peak power density of " + Units.significant(density) + " W/mm2 is beyond 1 W/mm2.");
    }
  }

  /** Layers whose crossbars wait for each other's converters. */
  private static void turns(EvaluatedDesign evaluated, List<String> warnings) {
    Crossbar crossbar = evaluated.design().chip().crossbar();
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      int waiting = program.turns().map(ArrayTurns::layersWaiting).orElse(0);
      if (waiting > 0) {
        warnings.add(
            "Of a PE's "
                + crossbar.perPe()
                + " crossbars "
                + crossbar.working()
                + (crossbar.working() == 1 ? " works" : " work")
                + " at once: "
                + count(waiting, "layer")
                + " of "
                + program.name()
                + (waiting == 1 ? " takes" : " take")
                + " longer because crossbars are read in turn.");
      }
    }
  }

  /** Matrices that several layers use, and recurrent cells with one matrix. */
  private static void matrices(MappedProgram program, List<String> warnings) {
    int uses = 0;
    int stored = 0;
    int joint = 0;
    for (int l = 0; l < program.layers(); l++) {
      boolean isReused = program.counts().stores(l) && program.counts().isReused(l);
      stored += isReused ? 1 : 0;
      uses += isReused || program.counts().storing(l) != l ? 1 : 0;
      joint += program.counts().layer(l).matrix().stateInputs() > 0 ? 1 : 0;
    }
    if (uses > 0) {
      warnings.add(
          uses
              + " layers of "
              + program.name()
              + " use "
              + (stored == 1 ? "one stored matrix" : stored + " stored matrices")
              + " and read one after another.");
    }
    if (joint > 0) {
      warnings.add(
          (joint == 1 ? "A recurrent cell of " : joint + " recurrent cells of ")
              + program.name()
              + (joint == 1 ? " has" : " have")
              + " W and R as one matrix, which reads inputs and state at once"
              + " (mapping.recurrent).");
    }
  }

  private static void granularity(EvaluatedDesign evaluated, List<String> warnings) {
    MappingOptions options = evaluated.design().mapping();
    boolean isShared = options.floorplan() == Floorplan.SHARED;
    boolean isFine = options.allocation().granularity() == MappingOptions.Granularity.CROSSBAR;
    if (!isShared && !isFine) {
      warnings.add(
          "mapping.granularity has no effect where layers have tiles of their own, which are whole"
              + " already.");
    }
    if (options.allocation().share() && !(isShared && isFine)) {
      warnings.add(
          "mapping.share has no effect where layers have tiles of their own or take whole PEs or"
              + " tiles.");
    }
    for (int j = 0; j < evaluated.programs(); j++) {
      matrices(evaluated.program(j), warnings);
    }
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      if (program.sharing().map(CrossbarSharing::saved).orElse(0.0) > 0) {
        warnings.add(
            "Layers of "
                + program.name()
                + " share crossbars: "
                + Units.count(Math.round(program.crossbars()))
                + " instead of "
                + Units.count(Math.round(program.crossbarsOfCopies()))
                + "; "
                + program.waiting()
                + " of them take longer because they are read in turn.");
      }
    }
  }

  private static void unit(
      EvaluatedDesign evaluated,
      Action action,
      DigitalUnit unit,
      String word,
      List<String> warnings) {
    if (unit.count() > 0) {
      return;
    }
    for (int j = 0; j < evaluated.programs(); j++) {
      double elements = evaluated.flow(j).actions().of(action);
      if (elements > 0) {
        warnings.add(
            evaluated.program(j).job().network().name()
                + " wants "
                + Units.count(Math.round(elements))
                + " actions of tile."
                + word
                + ", which the chip does not have; they take the time of one unit a tile.");
      }
    }
  }

  private static int widestInput(Design design) {
    int widest = design.peakInputBits();
    for (Job job : design.jobs()) {
      for (Precision precision : job.precision()) {
        widest = Math.max(widest, precision.inputs());
      }
    }
    return widest;
  }
}
