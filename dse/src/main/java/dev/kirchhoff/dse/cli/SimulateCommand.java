package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.report.ChosenDesign;
import dev.kirchhoff.dse.study.BitsReport;
import dev.kirchhoff.dse.study.EstimateCheck;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.study.KernelReport;
import dev.kirchhoff.dse.study.KernelStudy;
import dev.kirchhoff.dse.study.LeastConverterBits;
import dev.kirchhoff.dse.study.ScoreReport;
import dev.kirchhoff.dse.study.SimulatedNetwork;
import dev.kirchhoff.dse.study.SimulationReport;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.CrossbarModel;
import dev.kirchhoff.mapper.simulate.LayerError;
import dev.kirchhoff.mapper.simulate.NonIdeality;
import dev.kirchhoff.mapper.simulate.QuantisedNetwork;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: what a design's hardware does to a network's answers. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Runs a trained network or a kernel on simulated chips of the start of a spec: cells drawn"
            + " one by one, wires, converters. Prints accuracy over time and the noise of each"
            + " layer, or the quality of the kernel over age, effects and bits.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff simulate examples/resnet18-reram.yaml --network fashion-mlp",
      "  ./kirchhoff simulate --design k3f9#148203 --age \"1 month\" --items 1000 --draws 1",
      "  ./kirchhoff simulate examples/vgg8-pcm.yaml --network fashion-cnn --items 500 --costs",
      "  ./kirchhoff simulate examples/fashion-accuracy.yaml --min-bits \"2 %%\"",
      "  ./kirchhoff simulate examples/accuracy-study.yaml --designs 20 --draws 1",
      "  ./kirchhoff simulate my.yaml --network my.onnx --samples x.npy",
      "  ./kirchhoff simulate my.yaml --network my.onnx --samples x.npy --labels y.npy --json"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final int MOST_DRAWS = 10_000;

  /** Ages that are always told, as a spec would write them. */
  private static final List<String> AGES = List.of("0 s", "1 hour", "1 day", "1 month", "1 year");

  @Mixin private SpecArguments arguments = new SpecArguments();

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description =
          "Samples of yours: an .npy, or a .csv with a column of labels. The first 200, at most"
              + " half, set the converters' ranges and are not judged.")
  private String samples;

  @Option(names = "--labels", paramLabel = "FILE", description = "Labels of an .npy of samples.")
  private String labels;

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "Samples to run (default: ${DEFAULT-VALUE}).")
  private int items = 300;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Chips to draw (default: ${DEFAULT-VALUE}).")
  private int draws = 3;

  @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; results do not depend on them (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--design",
      paramLabel = "RUN#N",
      description = "A design of a run instead of the start of a spec: --design k3f9#148203.")
  private String designOfRun;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--age",
      paramLabel = "TIME",
      description = "This time since programming alone, as --age \"1 month\".")
  private String age;

  @Option(
      names = "--costs",
      description = "Also what each effect costs, alone and left out: two more simulations each.")
  private boolean costs;

  @Option(
      names = "--min-bits",
      paramLabel = "LOSS",
      description =
          "Instead, how few bits the converters may have for a loss against ideal hardware, as"
              + " --min-bits \"1 %%\", for each kind that the spec allows.")
  private String minBits;

  @Option(
      names = "--designs",
      paramLabel = "N",
      description =
          "Instead of the start, simulate N random designs of the spec and report the error of the"
              + " estimate.")
  private Integer designs;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    requirePositive("--items", items);
    requirePositive("--draws", draws);
    if (draws > MOST_DRAWS) {
      throw new UsageException("--draws is " + draws + ", must be at most " + MOST_DRAWS);
    }
    requirePositive("--threads", threads);
    if (labels != null && samples == null) {
      throw new UsageException("--labels needs the samples that they belong to: --samples FILE");
    }
    if (Stream.of(minBits, costs ? "" : null, designs).filter(Objects::nonNull).count() > 1) {
      throw new UsageException("--min-bits, --costs and --designs: one of them at a time");
    }
    if (age != null && (minBits != null || designs != null)) {
      throw new UsageException("--age: --min-bits and --designs have the design's own age");
    }
    OptionalDouble asked = age == null ? OptionalDouble.empty() : OptionalDouble.of(asked(age));
    OptionalDouble limit =
        minBits == null ? OptionalDouble.empty() : OptionalDouble.of(loss(minBits));
    Console console = Console.of(command);
    ChosenDesign chosen = chosen();
    DesignSpec spec = chosen.spec();
    Design design = chosen.bind();
    spec.warnings().forEach(w -> console.message("warning: " + w));
    if (samples == null && design.jobs().stream().anyMatch(Job::isKernel)) {
      return kernels(chosen, design, console);
    }
    if (!design.jobs().isEmpty() && design.jobs().stream().allMatch(Job::isKernel)) {
      throw new UsageException(
          "--samples is of networks, and the workload has the kernel "
              + design.jobs().get(0).network().name()
              + " alone");
    }
    SimulatedNetwork found =
        SimulatedNetwork.of(
            design, arguments.sources(), Optional.ofNullable(samples), Optional.ofNullable(labels));
    if (designs != null) {
      return check(spec, found, console);
    }
    Evaluation evaluation = SimulationWarnings.print(chosen, console);
    SimulatedNetwork stored = found.storedOn(design);
    try {
      if (limit.isPresent()) {
        BitsReport report = bits(spec, design, stored, limit.getAsDouble(), console);
        console.print(json, report, () -> BitsText.of(report));
      } else {
        SimulationReport report = report(chosen.name(), design, evaluation, stored, asked, console);
        console.print(json, report, () -> SimulationText.of(report));
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage().replace('\n', ' '));
    }
    return 0;
  }

  /** The start of the spec, or the design of a run. */
  private ChosenDesign chosen() throws SpecException {
    if (designOfRun == null) {
      DesignSpec spec = arguments.load();
      return ChosenDesign.of(spec, spec.tree().start(), spec.name(), "", Optional.empty());
    }
    boolean changes =
        !arguments.settings.isEmpty() || arguments.network != null || !arguments.limits.isEmpty();
    if (arguments.file != null || changes) {
      throw new UsageException(
          "--design is a design as it was: SPEC, --set, --network and --limit are left out");
    }
    if (minBits != null || designs != null) {
      throw new UsageException("--design is one design: --min-bits and --designs take SPEC");
    }
    RunDesigns.RunDesign found = RunDesigns.find(data.folder(), designOfRun);
    return ChosenDesign.of(
        found.spec(), found.ordinals(), found.name(), "--design " + designOfRun, found.accuracy());
  }

  private static double asked(String age) {
    try {
      double asked_s = Units.quantity(age, Dimension.TIME) * Units.S_PER_NS;
      if (!(asked_s >= 0)) {
        throw new UsageException("--age is " + age + ", must not be negative");
      }
      return asked_s;
    } catch (Units.UnitException e) {
      throw new UsageException("--age " + age + ": " + e.getMessage());
    }
  }

  /** Quality of the kernels of a workload, over age, effects and bits. */
  private int kernels(ChosenDesign chosen, Design design, Console console) {
    if (age != null) {
      throw new UsageException("--age is of networks; a kernel's ages are always told");
    }
    if (minBits != null || costs || designs != null) {
      throw new UsageException(
          "--min-bits, --costs and --designs are of networks; a kernel's effects and bits are"
              + " always told");
    }
    for (Job job : design.jobs()) {
      if (job.isKernel()) {
        KernelStudy study =
            new KernelStudy(
                design,
                job,
                new KernelStudy.Settings(seed, draws),
                row -> console.message("simulated: " + row));
        KernelReport report = study.report(chosen.name());
        console.print(json, report, () -> KernelStudyText.of(report));
      }
    }
    return 0;
  }

  /** Samples of another scale or order than those of the training look like chance. */
  private static void warnOfChance(
      AccuracyStudy.Score trained, SimulatedNetwork found, Console console) {
    if (found.test().labels().isPresent() && trained.mean() * found.test().classes() < 2) {
      console.message(
          String.format(
              Locale.ROOT,
              "warning: the network as trained is right in %.1f %% of the samples, nearly by"
                  + " chance; maybe they are scaled or ordered otherwise than those that it was"
                  + " trained on",
              100 * trained.mean()));
    }
  }

  private BitsReport bits(
      DesignSpec spec, Design design, SimulatedNetwork found, double limit, Console console)
      throws SpecException {
    try (WorkLine line = WorkLine.begin(console, "widths of converters", 0)) {
      return bits(spec, design, found, limit, console, line);
    }
  }

  private BitsReport bits(
      DesignSpec spec,
      Design design,
      SimulatedNetwork found,
      double limit,
      Console console,
      WorkLine line)
      throws SpecException {
    // Integers of a network do not depend on what converts its sums.
    QuantisedNetwork quantised = quantised(design, found);
    LeastConverterBits search =
        new LeastConverterBits(
            arguments::load, spec, chip -> study(quantised, chip, found), line::reach);
    AccuracyStudy start = study(quantised, model(design), found);
    warnOfChance(start.trained(), found, console);
    AccuracyStudy.Score ideal = start.quantised();
    return new BitsReport(
        title(spec.name(), found),
        data(found),
        found.test().labels().isPresent() ? "accuracy" : "agreement",
        draws,
        limit,
        ScoreReport.of(ideal, 1),
        search.search(found.job().network().name(), ideal.mean(), limit, draws),
        Confidence.chance(ideal.mean(), ideal.items()));
  }

  private static double loss(String text) {
    double limit;
    try {
      limit = Units.quantity(text, Dimension.RATIO);
    } catch (Units.UnitException e) {
      throw new UsageException("--min-bits " + text + ": " + e.getMessage());
    }
    if (limit < 0 || limit >= 1) {
      throw new UsageException(
          "--min-bits is " + text + ", must be a loss of 0 to 1, for example \"1 %\"");
    }
    return limit;
  }

  private int check(DesignSpec spec, SimulatedNetwork found, Console console) {
    requirePositive("--designs", designs);
    EstimateCheck check =
        new EstimateCheck(spec, found, items, new AccuracyStudy.Settings(seed, draws, threads));
    console.tellsInterruption();
    try (Interruption interruption =
        Interruption.watch(() -> interrupted(check.report(), console), INTERRUPTED)) {
      EstimateReport report;
      try (WorkLine line = WorkLine.begin(console, "designs", designs)) {
        report = check.run(designs, () -> line.add(1));
      }
      if (interruption.claim()) {
        report(report, console);
      }
      return 0;
    }
  }

  /** Reports the designs that are simulated, where there are any. */
  void interrupted(EstimateReport report, Console console) {
    if (report.rows().isEmpty()) {
      console.message("Interrupted before the first design was simulated: there is no report.");
    } else {
      report(report, console);
    }
  }

  private void report(EstimateReport report, Console console) {
    console.print(json, report.document(), () -> EstimateText.of(report));
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new UsageException(option + " is " + value + ", must be at least 1");
    }
  }

  private static CrossbarModel model(Design design) {
    return CrossbarModel.of(design, Prices.of(design));
  }

  private static QuantisedNetwork quantised(Design design, SimulatedNetwork found) {
    return QuantisedNetwork.of(
        found.network(),
        model(design),
        found.job(),
        SimulatedNetwork.items(found.calibration(), found.calibration().size()));
  }

  private AccuracyStudy study(
      QuantisedNetwork quantised, CrossbarModel chip, SimulatedNetwork found) {
    return study(quantised, chip, found, done -> {});
  }

  private AccuracyStudy study(
      QuantisedNetwork quantised, CrossbarModel chip, SimulatedNetwork found, IntConsumer done) {
    return new AccuracyStudy(
        quantised,
        chip,
        SimulatedNetwork.items(found.test(), items),
        found.test().labels(),
        new AccuracyStudy.Settings(seed, draws, threads),
        done);
  }

  private static String title(String name, SimulatedNetwork found) {
    return found.job().network().name() + " on " + name;
  }

  private String data(SimulatedNetwork found) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d samples (%s), chips drawn: %d, seed %d",
        Math.min(items, found.test().size()),
        found.test().size(),
        found.origin(),
        draws,
        seed);
  }

  private SimulationReport report(
      String name,
      Design design,
      Evaluation evaluation,
      SimulatedNetwork found,
      OptionalDouble asked,
      Console console) {
    try (WorkLine line = WorkLine.begin(console, "samples on drawn chips", 0)) {
      return report(name, design, evaluation, found, asked, console, line);
    }
  }

  private SimulationReport report(
      String name,
      Design design,
      Evaluation evaluation,
      SimulatedNetwork found,
      OptionalDouble asked,
      Console console,
      WorkLine line) {
    AccuracyStudy study = study(quantised(design, found), model(design), found, line::add);
    AccuracyStudy.Score trained = study.trained();
    warnOfChance(trained, found, console);
    double age_s = asked.orElse(design.operation().age_s());
    boolean isEstimated = age_s == design.operation().age_s();
    List<SimulationReport.Age> ages = new ArrayList<>();
    Map<Double, String> wanted = new TreeMap<>();
    if (asked.isEmpty()) {
      AGES.forEach(told -> wanted.put(age_s(told), told));
    }
    wanted.putIfAbsent(age_s, Units.print(age_s * Units.NS_PER_S, Dimension.TIME));
    int effects = costs ? 2 * NonIdeality.of(false).size() : 0;
    line.reach(0, (long) (wanted.size() + effects) * draws * Math.min(items, found.test().size()));
    Measured atAge = null;
    for (Map.Entry<Double, String> one : wanted.entrySet()) {
      double told_s = one.getKey();
      atAge = told_s == age_s ? study.all(told_s) : atAge;
      AccuracyStudy.Score score = told_s == age_s ? atAge.score() : study.at(told_s);
      ages.add(
          new SimulationReport.Age(
              one.getValue(),
              told_s,
              told_s == design.operation().age_s(),
              ScoreReport.of(score, draws)));
    }
    AccuracyStudy.Score whole = atAge.score();
    return new SimulationReport(
        title(name, found),
        data(found),
        found.test().labels().isPresent(),
        draws,
        ScoreReport.of(trained, 1),
        ScoreReport.of(study.quantised(), 1),
        ages,
        layers(atAge, isEstimated ? estimates(evaluation, found.job()) : Map.of()),
        whole.agreement(),
        estimate(design, evaluation, Metric.AGREEMENT)
            .filter(band -> isEstimated)
            .map(SimulationReport.EstimatedAgreement::of),
        found.test().labels().isPresent()
            ? OptionalDouble.of(trained.mean() - whole.mean())
            : OptionalDouble.empty(),
        estimate(design, evaluation, Metric.ACCURACY_LOSS)
            .filter(band -> isEstimated && found.test().labels().isPresent())
            .map(SimulationReport.EstimatedLoss::of),
        costs
            ? OptionalDouble.of(Confidence.chance(whole.mean(), whole.items() / draws))
            : OptionalDouble.empty(),
        costs ? costs(study, age_s) : List.of());
  }

  /** The estimate of a figure of decisions; empty for several networks, of which it is the mean. */
  private static Optional<Band> estimate(Design design, Evaluation evaluation, Metric metric) {
    return design.jobs().size() > 1
        ? Optional.empty()
        : Optional.ofNullable(evaluation.bands().get(metric));
  }

  private static double age_s(String text) {
    try {
      return Units.quantity(text, Dimension.TIME) * Units.S_PER_NS;
    } catch (Units.UnitException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The analytic estimate of each layer. */
  private static Map<String, Double> estimates(Evaluation evaluation, Job job) {
    Map<String, Double> estimates = new TreeMap<>();
    for (LayerResult layer : evaluation.layers()) {
      if (layer.network().equals(job.network().name())) {
        estimates.put(layer.layer(), layer.noise().hardware_dB());
      }
    }
    return estimates;
  }

  private static List<SimulationReport.LayerRow> layers(
      Measured measured, Map<String, Double> estimates) {
    List<SimulationReport.LayerRow> rows = new ArrayList<>();
    for (LayerError error : measured.layers()) {
      rows.add(
          new SimulationReport.LayerRow(
              error.layer(), error.snr_dB(), known(estimates.get(error.layer()))));
    }
    return rows;
  }

  private static OptionalDouble known(Double number) {
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private List<SimulationReport.Cost> costs(AccuracyStudy study, double age_s) {
    List<SimulationReport.Cost> costs = new ArrayList<>();
    for (NonIdeality effect : NonIdeality.of(false)) {
      costs.add(
          new SimulationReport.Cost(
              effect.words(),
              ScoreReport.of(study.alone(effect, age_s), draws),
              ScoreReport.of(study.without(effect, age_s), draws)));
    }
    return costs;
  }
}
