package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Sentence;
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
import dev.kirchhoff.mapper.schedule.PhasePlan;
import dev.kirchhoff.mapper.traffic.TrackNeed;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.CircuitLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Caveats of a design's figures, in sentences. */
final class Warnings {
  private static final double LOW_SNR_DB = 5;
  private static final double LARGE_LOSS = 0.5;

  private final EvaluatedDesign evaluated;
  private final Chip chip;
  private final MappingOptions options;
  private final Totals totals;
  private final List<String> found;

  private Warnings(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    chip = evaluated.design().chip();
    options = evaluated.design().mapping();
    totals = evaluated.totals();
    found = new ArrayList<>(evaluated.prices().warnings());
  }

  static List<String> of(EvaluatedDesign evaluated) {
    Warnings warnings = new Warnings(evaluated);
    warnings.arrayTable();
    warnings.units();
    warnings.storage();
    warnings.programs();
    warnings.inputs();
    warnings.noise();
    warnings.wires();
    warnings.ofPrograms(warnings::signs);
    KernelWarnings.add(evaluated, warnings.found);
    return warnings.found;
  }

  private void warn(boolean holds, String pattern, Object... arguments) {
    if (holds) {
      found.add(Sentence.of(pattern, arguments));
    }
  }

  private void ofPrograms(IntConsumer check) {
    IntStream.range(0, evaluated.programs()).forEach(check);
  }

  private void wires() {
    double loss = evaluated.noise().wireLoss();
    warn(
        loss > LARGE_LOSS,
        "Lines of the array lose {%.0f} % of a layer's current (the estimate is within 4 points of exact"
            + " circuits); narrower arrays, wider lines or fewer active rows lose less.",
        loss * 100);
  }

  /** An array with given figures, which no model limits. */
  private void arrayTable() {
    if (CircuitLibrary.isStandard(chip.crossbar().model())) {
      return;
    }
    double current_uA = ColumnModel.columnCurrent_uA(chip);
    warn(
        current_uA > Limits.LARGEST_CURRENT_UA,
        "The array's figures are used as given; its device would let a column draw up to {} mA,"
            + " beyond 5 mA.",
        current_uA / 1e3);
    double density = Limits.density_WperMm2(totals);
    warn(
        density > Limits.LARGEST_DENSITY_WPERMM2,
        "The peak power density of {} W/mm2 is beyond 1 W/mm2.",
        density);
  }

  /** Work of digital units that tiles do not have. */
  private void units() {
    Tile.Units units = chip.tile().units();
    unit(Action.RELU, units.relu(), "relu");
    unit(Action.LOOKUP, units.sigmoid(), "sigmoid");
    unit(Action.MAX_COMPARE, units.maxPool(), "maxPool");
    unit(Action.ADD, units.shiftAdd(), "shiftAdd");
    unit(Action.MULTIPLY_ACCUMULATE, units.vector(), "vector");
  }

  private void unit(Action action, DigitalUnit unit, String word) {
    ofPrograms(
        j -> {
          double elements = evaluated.flow(j).actions().of(action);
          warn(
              unit.count() <= 0 && elements > 0,
              "{} wants {} actions of tile.{}, which the chip does not have; they take the time of"
                  + " one unit a tile.",
              evaluated.program(j).job().network().name(),
              Math.round(elements),
              word);
        });
  }

  /** Keys of the mapping without effect; what layers share. */
  private void storage() {
    boolean isShared = options.floorplan() == Floorplan.SHARED;
    boolean isFine = options.allocation().granularity() == MappingOptions.Granularity.CROSSBAR;
    warn(
        !isShared && options.extraCrossbars() > 0,
        "mapping.extraCrossbars has no effect where layers have tiles of their own, which copies"
            + " fill.");
    warn(
        !isShared && !isFine,
        "mapping.granularity has no effect where layers have tiles of their own, which are whole"
            + " already.");
    warn(
        options.allocation().share() && !(isShared && isFine),
        "mapping.share has no effect where layers have tiles of their own or take whole PEs or"
            + " tiles.");
    ofPrograms(j -> matrices(evaluated.program(j)));
    ofPrograms(j -> sharing(evaluated.program(j)));
  }

  /** Matrices that several layers use, and recurrent cells with one matrix. */
  private void matrices(MappedProgram program) {
    int uses = 0;
    int stored = 0;
    int joint = 0;
    for (int l = 0; l < program.layers(); l++) {
      boolean isReused = program.counts().stores(l) && program.counts().isReused(l);
      stored += isReused ? 1 : 0;
      uses += isReused || program.counts().storing(l) != l ? 1 : 0;
      joint += program.counts().layer(l).matrix().stateInputs() > 0 ? 1 : 0;
    }
    warn(
        uses > 0,
        "{} layers of {} use {} and read one after another.",
        uses,
        program.name(),
        stored == 1 ? "one stored matrix" : Sentence.of("{} stored matrices", stored));
    warn(
        joint > 0,
        "{} of {} {} W and R as one matrix, which reads inputs and state at once"
            + " (mapping.recurrent).",
        joint == 1 ? "A recurrent cell" : Sentence.of("{} recurrent cells", joint),
        program.name(),
        joint == 1 ? "has" : "have");
  }

  private void sharing(MappedProgram program) {
    warn(
        program.sharing().map(CrossbarSharing::saved).orElse(0.0) > 0,
        "Layers of {} share crossbars: {} instead of {}; {} of them take longer because they are"
            + " read in turn.",
        program.name(),
        Math.round(program.crossbars()),
        Math.round(program.crossbarsOfCopies()),
        program.waiting());
  }

  /** Crossbars, weights, bits and tracks that layers wait for. */
  private void programs() {
    Crossbar crossbar = chip.crossbar();
    ofPrograms(
        j -> {
          int waiting = evaluated.program(j).turns().map(ArrayTurns::layersWaiting).orElse(0);
          warn(
              waiting > 0,
              "Of a PE's {} crossbars {} {works|work} at once: {} layer{|s} of {} {takes|take}"
                  + " longer because crossbars are read in turn.",
              crossbar.perPe(),
              crossbar.working(),
              waiting,
              evaluated.program(j).name());
        });
    evaluated
        .mapping()
        .loading()
        .ifPresent(loading -> ofPrograms(j -> phases(loading.phases(), j)));
    ofPrograms(
        j -> {
          double bits = evaluated.flow(j).offTile().other_bits();
          warn(
              chip.uncore().io().isEmpty() && bits > 0,
              "{} of {} leave the chip in each inference, which has no io: they take no time; give"
                  + " chip.io links, tile.buffer or globalBuffer more room.",
              Units.printBytes(bits / Units.BITS_PER_BYTE),
              evaluated.program(j).name());
        });
    Interconnect fabric = chip.uncore().interconnect();
    fabric.channels().ifPresent(channels -> ofPrograms(j -> tracks(fabric, channels, j)));
  }

  private void phases(PhasePlan loading, int j) {
    double reloaded = loading.reloaded(j);
    int batch = evaluated.flow(j).schedule().inferences();
    warn(
        reloaded > 0,
        "{} crossbar{|s} of {} {is|are} programmed again in {} phase{|s} for each {}, layers run one"
            + " by one{}; more tiles would avoid it, a larger mapping.batch share it.",
        Math.round(reloaded),
        evaluated.program(j).name(),
        loading.phases(j),
        batch == 1 ? "inference" : Sentence.of("batch of {}", batch),
        options.schedule() == Schedule.PIPELINED ? " although the schedule says pipelined" : "");
  }

  /** Tracks that the connections of each network need, as counted and as a router needs them. */
  private void tracks(Interconnect fabric, Interconnect.SwitchedChannels channels, int j) {
    TrackNeed need = TrackNeed.of(evaluated.flow(j).traffic(), channels.switchBox());
    int tracks = fabric.tracks();
    warn(
        need.connections() > 0,
        "{} connection{|s} of {} {needs|need} {} track{|s} on fixed ways, as counted here, and {}"
            + " laid around each other, as map does; the fabric has {}{}",
        need.connections(),
        evaluated.program(j).name(),
        need.firstFit(),
        need.negotiated(),
        tracks,
        need.firstFit() > tracks && need.negotiated() <= tracks ? ", enough." : ".");
  }

  /** Inputs whose levels the statistics or the cells do not follow. */
  private void inputs() {
    Input input = chip.pe().input();
    int bits = widestInput();
    boolean isAmplitude = input.encoding() == Input.Encoding.AMPLITUDE;
    warn(
        isAmplitude && bits > DigitStatistics.WIDEST
            || input.combines() && input.bitsOfDigit(bits) > DigitStatistics.WIDEST,
        "Statistics of {} of more than {} bits are those of {} bits.",
        isAmplitude ? "amplitudes" : "combined pulses",
        DigitStatistics.WIDEST,
        DigitStatistics.WIDEST);
    double curvature = chip.cell().device().curvature().at(chip.cell().readVoltage_V());
    warn(
        chip.crossbar().sumsCurrents()
            && input.hasAmplitudes()
            && input.bitsOfPulse(bits) > 1
            && curvature != 0,
        "Inputs are amplitudes of several levels, and the cells' conductance window is {} % {} at"
            + " the read voltage than near 0 V, which distorts them (explain noise: curvature of"
            + " the cells' current); pulseWidth and pulseCount have one voltage.",
        Math.abs(100 * curvature),
        curvature > 0 ? "larger" : "smaller");
  }

  private void noise() {
    DesignNoise noise = evaluated.noise();
    List<Job> jobs = evaluated.design().jobs();
    if (!jobs.isEmpty() && jobs.stream().allMatch(Job::isKernel)) {
      return; // errors of kernels are simulated
    }
    warn(
        noise.depth() > 1,
        "snr is the mean over {} layers; if the noise of every layer reached the output in full it"
            + " would be {} dB. How much does depends on the network and is not measured here.",
        noise.depth(),
        noise.snrSummed_dB());
    warn(
        totals.has(Metric.SNR) && totals.value(Metric.SNR) < LOW_SNR_DB,
        "The signal-to-noise ratio of {} dB is below 5 dB, where the closed form does not hold.",
        totals.has(Metric.SNR) ? totals.value(Metric.SNR) : 0.0);
  }

  /** Peak figures of unsigned inputs beside a network most of whose products take two passes. */
  private void signs(int j) {
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
    warn(
        !evaluated.design().operation().peakData().signed() && 2 * twice > all,
        "Most products of {} have signed inputs, which are read twice; peak figures are of unsigned"
            + " inputs, of signed ones with operation.peakData.negative: 50 %.",
        evaluated.program(j).name());
  }

  private int widestInput() {
    return evaluated.design().jobs().stream()
        .flatMap(job -> job.precision().stream())
        .mapToInt(Precision::inputs)
        .reduce(evaluated.design().peakInputBits(), Math::max);
  }
}
