package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.KernelTask;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.dse.study.KernelReport.Group;
import dev.kirchhoff.dse.study.KernelReport.Row;
import dev.kirchhoff.mapper.kernel.KernelChip;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.mapper.simulate.NonIdeality;
import dev.kirchhoff.mapper.simulate.SimulationOptions;
import dev.kirchhoff.mapper.simulate.WireLosses;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * Study of a kernel on simulated chips of one design: as designed, over age, with each effect alone
 * and left out, over the bits of converters and of elements.
 */
public final class KernelStudy {
  private static final double HOUR_S = 3600;
  private static final double DAY_S = 86_400;
  private static final double MONTH_S = 30 * DAY_S;
  private static final double YEAR_S = 365 * DAY_S;
  private static final int BITS_AROUND = 2;
  private static final int MOST_BITS = 12;

  private final Design design;
  private final Job job;
  private final KernelTask task;
  private final List<Outcome> ideals;
  private final Settings settings;
  private final WireLosses losses = new WireLosses();
  private final Consumer<String> progress;

  /**
   * Chips that are drawn.
   *
   * @param seed seed of the draws
   * @param draws chips of each condition
   */
  public record Settings(long seed, int draws) {}

  /**
   * A study of one kernel of a design.
   *
   * @param progress listener to finished conditions
   */
  public KernelStudy(Design design, Job job, Settings settings, Consumer<String> progress) {
    this.design = design;
    this.job = job;
    this.task = job.kernel().orElseThrow();
    this.ideals =
        KernelRun.ideals(task.kernel(), SimulationOptions.of(settings.seed(), 0), settings.draws());
    this.settings = settings;
    this.progress = progress;
  }

  /** Runs all conditions. */
  public KernelReport report(String name) {
    double age_s = design.operation().age_s();
    List<Group> groups = new ArrayList<>();
    SimulationOptions all = SimulationOptions.of(settings.seed(), age_s);
    KernelRun own = run(design, precision(), all);
    progress.accept("this design");
    groups.add(
        new Group(
            "result",
            List.of(
                row("exact machine", ideals, own.ideal()),
                row("this design", own.outcomes(), own.outcome()))));
    groups.add(new Group("time since programming", ages(age_s)));
    groups.add(new Group("effects left out", effects(all, false)));
    groups.add(new Group("one effect alone", effects(all, true)));
    groups.add(new Group("bits of the converters", converterBits(all)));
    groups.add(new Group("bits of elements", weightBits(all)));
    return new KernelReport(
        task.kernel().word() + " on " + name,
        String.format(Locale.ROOT, "chips drawn: %d, seed %d", settings.draws(), settings.seed()),
        own.ideal().measure(),
        own.ideal().others().stream().map(Outcome.Figure::measure).toList(),
        groups.stream().filter(group -> !group.rows().isEmpty()).toList());
  }

  private Precision precision() {
    return job.precision().get(0);
  }

  private List<Row> ages(double age_s) {
    Map<Double, String> ages = new TreeMap<>();
    ages.put(0.0, "0 s");
    ages.put(HOUR_S, "1 hour");
    ages.put(DAY_S, "1 day");
    ages.put(MONTH_S, "1 month");
    ages.put(YEAR_S, "1 year");
    ages.putIfAbsent(age_s, Units.print(age_s * Units.NS_PER_S, Dimension.TIME));
    List<Row> rows = new ArrayList<>();
    ages.forEach(
        (age, word) ->
            rows.add(
                row(
                    word + (age == age_s ? " (the spec's)" : ""),
                    design,
                    precision(),
                    SimulationOptions.of(settings.seed(), age))));
    return rows;
  }

  private List<Row> effects(SimulationOptions all, boolean alone) {
    List<Row> rows = new ArrayList<>();
    for (NonIdeality effect : NonIdeality.of(task.kernel().solves())) {
      SimulationOptions options = alone ? all.with(EnumSet.of(effect)) : all.without(effect);
      rows.add(row(effect.words(), design, precision(), options));
    }
    return rows;
  }

  private List<Row> converterBits(SimulationOptions all) {
    Readout readout = design.chip().pe().readout();
    List<Row> rows = new ArrayList<>();
    if (readout.kind().keys().isEmpty()) {
      return rows;
    }
    int most = readout.kind().keys().get().mostBits();
    int from = Math.max(1, readout.bits() - BITS_AROUND);
    for (int bits = from; bits <= Math.min(most, readout.bits() + BITS_AROUND); bits++) {
      Readout other = readout.withBits(bits);
      Design changed =
          design.with(
              design.chip().with(design.chip().pe().with(design.chip().pe().input(), other)));
      rows.add(row(bits + " bits", changed, precision(), all));
    }
    return rows;
  }

  private List<Row> weightBits(SimulationOptions all) {
    List<Row> rows = new ArrayList<>();
    int own = precision().weights();
    int from = Math.max(2, own - BITS_AROUND);
    for (int bits = from; bits <= Math.min(MOST_BITS, own + BITS_AROUND); bits++) {
      Precision other = new Precision(bits, precision().inputs(), precision().outputs());
      rows.add(row(bits + " bits", design, other, all));
    }
    return rows;
  }

  private Row row(String name, Design of, Precision precision, SimulationOptions options) {
    KernelRun run = run(of, precision, options);
    progress.accept(name);
    return row(name, run.outcomes(), run.outcome());
  }

  private KernelRun run(Design of, Precision precision, SimulationOptions options) {
    KernelChip chip = KernelChip.of(of, Prices.of(of), task.kernel(), precision);
    return KernelRun.of(task.kernel(), ideals, chip, options, settings.draws(), losses);
  }

  private Row row(String name, List<Outcome> outcomes, Outcome median) {
    boolean isHigherBetter = median.measure().isHigherBetter();
    OptionalDouble least = qualities(outcomes).min();
    OptionalDouble most = qualities(outcomes).max();
    return new Row(
        name,
        median.quality(),
        isHigherBetter ? least : most,
        isHigherBetter ? most : least,
        median.others().stream().map(Outcome.Figure::value).toList(),
        median.iterations(),
        (int) outcomes.stream().filter(Outcome::converged).count(),
        outcomes.size());
  }

  private static DoubleStream qualities(List<Outcome> outcomes) {
    return outcomes.stream().flatMapToDouble(outcome -> outcome.quality().stream());
  }
}
