package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
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
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.mapper.noise.IrDrop;
import dev.kirchhoff.mapper.traffic.TrackNeed;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.CircuitLibrary;
import java.util.ArrayList;
import java.util.List;

/** What a reader of a design's numbers should know, in sentences. */
final class Warnings {
  private static final double LOW_SNR_DB = 5;
  private static final double BITS_PER_BYTE = 8;

  private Warnings() {}

  static List<String> of(DesignMapping mapping, DesignNoise noise, Totals totals) {
    List<String> warnings = new ArrayList<>(mapping.prices().warnings());
    Chip chip = mapping.design().chip();
    if (!CircuitLibrary.isStandard(chip.crossbar().model())) {
      table(mapping, noise, totals, warnings);
    }
    unit(mapping, Action.RELU, chip.tile().units().relu(), "relu", warnings);
    unit(mapping, Action.LOOKUP, chip.tile().units().sigmoid(), "sigmoid", warnings);
    unit(mapping, Action.MAX_COMPARE, chip.tile().units().maxPool(), "maxPool", warnings);
    unit(mapping, Action.ADD, chip.tile().units().shiftAdd(), "shiftAdd", warnings);
    unit(mapping, Action.MULTIPLY_ACCUMULATE, chip.tile().units().vector(), "vector", warnings);
    if (mapping.design().mapping().floorplan() != Floorplan.SHARED
        && mapping.design().mapping().extraCrossbars() > 0) {
      warnings.add(
          "mapping.extraCrossbars has no effect where layers have tiles of their own, which copies"
              + " fill.");
    }
    ground(mapping, warnings);
    if (mapping.inPhases()) {
      phases(mapping, warnings);
    }
    away(mapping, warnings);
    circuits(mapping, warnings);
    if (chip.pe().input().encoding() == Input.Encoding.AMPLITUDE
        && mapping.design().widest().inputs() > DigitStatistics.WIDEST) {
      warnings.add(
          "Statistics of amplitudes of more than "
              + DigitStatistics.WIDEST
              + " bits are those of "
              + DigitStatistics.WIDEST
              + " bits.");
    }
    if (chip.crossbar().sumsCurrents()
        && chip.pe().input().encoding().isAmplitude()
        && chip.pe().input().bitsOfPulse(mapping.design().widest().inputs()) > 1) {
      warnings.add(
          "Inputs are amplitudes of several levels: cells are taken as linear up to the read"
              + " voltage; pulseWidth or pulseCount does not ask for that.");
    }
    if (noise.depth() > 1) {
      warnings.add(
          "snr is the mean over "
              + noise.depth()
              + " layers; if the noise of every layer reached the output in full it would be "
              + Units.significant(noise.snrSummed_dB())
              + " dB. How much does depends on the network and is not measured here.");
    }
    if (totals.has(Metric.SNR) && totals.value(Metric.SNR) < LOW_SNR_DB) {
      warnings.add(
          "The signal-to-noise ratio of "
              + Units.significant(totals.value(Metric.SNR))
              + " dB is below 5 dB, where the closed form does not hold.");
    }
    return warnings;
  }

  private static void phases(DesignMapping mapping, List<String> warnings) {
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      double reloaded = mapping.phases().reloaded(j);
      if (reloaded > 0) {
        int batch = job.schedule.inferences();
        warnings.add(
            count(reloaded, "crossbar")
                + " of "
                + job.job().network().name()
                + (Math.round(reloaded) == 1 ? " is" : " are")
                + " programmed again in "
                + count(mapping.phases().phases(j), "phase")
                + " for each "
                + (batch == 1 ? "inference" : "batch of " + Units.count(batch))
                + ", layers run one by one"
                + (mapping.design().mapping().schedule() == Schedule.PIPELINED
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

  /** What leaves the tiles and where it goes, where that is nowhere. */
  private static void away(DesignMapping mapping, List<String> warnings) {
    if (mapping.design().chip().uncore().io().links() > 0) {
      return;
    }
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      double bits = job.run.spill.otherBits();
      if (bits > 0) {
        warnings.add(
            Units.printBytes(bits / BITS_PER_BYTE)
                + " of "
                + job.job().network().name()
                + " leave the chip in each inference, which has no io: they take no time; give"
                + " chip.io links, tile.buffer or globalBuffer more room.");
      }
    }
  }

  /** Tracks that the circuits of each network need, as counted and as a router needs them. */
  private static void circuits(DesignMapping mapping, List<String> warnings) {
    Interconnect interconnect = mapping.design().chip().uncore().interconnect();
    int tracks = interconnect.tracks();
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      TrackNeed need =
          TrackNeed.of(job.traffic(), interconnect.circuits().switchBox());
      if (need.circuits() > 0) {
        warnings.add(
            count(need.circuits(), "circuit")
                + " of "
                + job.job().network().name()
                + (need.circuits() == 1 ? " needs " : " need ")
                + count(need.firstFit(), "track")
                + " on fixed ways, as counted here, and "
                + need.negotiated()
                + " laid around each other, as map does; the fabric has "
                + tracks
                + (need.firstFit() > tracks && need.negotiated() <= tracks ? ", enough." : "."));
      }
    }
  }

  private static void table(
      DesignMapping mapping, DesignNoise noise, Totals totals, List<String> warnings) {
    double drop = noise.irParameter();
    if (drop > IrDrop.LARGEST) {
      warnings.add(
          "The array's figures are used as given; by its device and wires its IR drop is a = "
              + Units.significant(drop)
              + ", beyond 0.5.");
    }
    double current_uA = ColumnModel.columnCurrent_uA(mapping.design().chip());
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

  private static void ground(DesignMapping mapping, List<String> warnings) {
    MappingOptions options = mapping.design().mapping();
    boolean isShared = options.floorplan() == Floorplan.SHARED;
    boolean isFine = options.ground().granularity() == MappingOptions.Granularity.CROSSBAR;
    if (!isShared && !isFine) {
      warnings.add(
          "mapping.granularity has no effect where layers have tiles of their own, which are whole"
              + " already.");
    }
    if (options.ground().share() && !(isShared && isFine)) {
      warnings.add(
          "mapping.share has no effect where layers have tiles of their own or take whole PEs or"
              + " tiles.");
    }
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      if (job.sharing.isPacked() && job.sharing.saved() > 0) {
        warnings.add(
            "Layers of "
                + job.job().network().name()
                + " share crossbars: "
                + Units.count(Math.round(job.crossbars()))
                + " instead of "
                + Units.count(Math.round(job.crossbarsOfCopies()))
                + "; "
                + job.waiting()
                + " of them take longer because they are read in turn.");
      }
    }
  }

  private static void unit(
      DesignMapping mapping, Action action, DigitalUnit unit, String word, List<String> warnings) {
    if (unit.count() > 0) {
      return;
    }
    for (int j = 0; j < mapping.jobs(); j++) {
      double elements = mapping.job(j).counts.of(action);
      if (elements > 0) {
        warnings.add(
            mapping.job(j).job().network().name()
                + " wants "
                + Units.count(Math.round(elements))
                + " actions of tile."
                + word
                + ", which the chip does not have; they take the time of one unit a tile.");
      }
    }
  }

  /** Whether layers differ in precision. */
  static boolean isMixed(Design design) {
    Precision first = design.jobs().get(0).precision().get(0);
    for (Job job : design.jobs()) {
      for (Precision precision : job.precision()) {
        if (precision.weights() != first.weights() || precision.inputs() != first.inputs()) {
          return true;
        }
      }
    }
    return false;
  }
}
