package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.ComparisonReport;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.report.EvaluationReport;
import dev.kirchhoff.dse.report.MetricFigures;
import dev.kirchhoff.dse.report.PricedDesign;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Text of an evaluation: one fact a line, the basis first, the next command last. */
final class EvaluationText {
  private static final double YEAR_S = 31557600;
  private static final double LONG_YEARS = 1000;

  /** Parts of the energy that have a line. */
  private static final int MOST_PARTS = 6;

  /** Groups whose metrics are a line each; the others have tables of their own. */
  private static final Set<Metric.Group> IN_A_LIST =
      EnumSet.of(
          Metric.Group.INFERENCE,
          Metric.Group.POWERS,
          Metric.Group.QUALITY,
          Metric.Group.KERNEL,
          Metric.Group.SIZE);

  /** Metrics that the table of levels holds, or the band of another. */
  private static final Set<Metric> ELSEWHERE =
      EnumSet.of(Metric.AREA, Metric.PEAK_POWER, Metric.ACCURACY_LOSS_HIGH);

  /** Figures by which kernels are judged, first of all. */
  private static final Set<Metric> TO_SOLUTION =
      EnumSet.of(Metric.ENERGY_TO_SOLUTION, Metric.TIME_TO_SOLUTION);

  /** Values that are worth no line: those of one chip whose switches are not set. */
  private static final Map<Metric, Double> USUAL =
      Map.of(Metric.CHIPS, 1.0, Metric.RECONFIGURATION_TIME, 0.0);

  private EvaluationText() {}

  static Page of(EvaluationReport report, boolean withKnobs, boolean allLayers) {
    boolean hasWorkload = report.hasWorkload();
    Page out = new Page();
    head(report, out);
    if (withKnobs) {
      out.append("  knobs\n").append(KnobsText.of(report.knobs()));
    }
    out.append(levels(report));
    boolean isOfKernels = hasWorkload && report.subject().kernelsAlone();
    if (!isOfKernels) {
      out.append(figures(report));
    }
    if (hasWorkload) {
      out.append(inference(report));
      out.append(KernelText.of(report.kernels()));
      if (isOfKernels) {
        out.append(figures(report));
      }
      report.accuracy().map(SimulatedText::line).ifPresent(out::append);
      out.append(NetworksText.of(report.networks()));
      out.append(parts(report));
      layers(report, allLayers, out);
      out.append(FabricText.of(report.fabrics().orElse(List.of())));
    } else {
      out.line("  snr of a full array       {}", report.totals().print(Metric.SNR));
    }
    programming(report, out);
    bands(report.bands().keySet(), out);
    String end = report.judgedBy();
    String judged =
        end.equals(BandEnd.NOMINAL.word()) ? "" : ", at the " + end + " end of the band";
    report.missed().forEach(miss -> out.line("infeasible: {}{}", miss.sentence(), judged));
    report.warnings().forEach(warning -> out.line("note: {}", warning));
    report.notes().forEach(note -> out.line("note: {}", note));
    for (ComparisonReport value : report.expected()) {
      if (!value.met()) {
        out.line(
            "expected {} {}{}: ours is off by {}",
            value.of(),
            value.name(),
            value.when().map(when -> " at " + when).orElse(""),
            ComparisonWords.error(value));
      }
    }
    if (!report.verdict().isEmpty()) {
      out.append(report.verdict()).append(hasWorkload ? "\n" : " ");
    }
    return hasWorkload
        ? out.line("Breakdown: ./kirchhoff explain {}", report.arguments())
        : out.line("Without a workload there is no sustained figure; try --network resnet18");
  }

  private static void head(EvaluationReport report, Page out) {
    OpsBasis basis = report.basis();
    EvaluationReport.Subject subject = report.subject();
    boolean hasWorkload = report.hasWorkload();
    out.line(
        "{}, {} nm: {}, {} b x {} b{}, {}{}; power when busy; 1 MAC = 2 operations",
        report.name(),
        Units.brief(subject.node_nm()),
        hasWorkload ? NetworksText.names(subject.workloads()) + ", sustained" : "peak",
        basis.weightBits(),
        basis.inputBits(),
        !hasWorkload && subject.signed() ? " signed" : "",
        scope(basis.scope()),
        subject.linked() ? " with links" : "");
  }

  /** Word of a scope; a core is a chip without its links to the outside. */
  private static String scope(OpsBasis.Scope scope) {
    return scope == OpsBasis.Scope.CORE
        ? "chip without links"
        : "whole " + scope.name().toLowerCase(Locale.ROOT);
  }

  private static TextTable levels(EvaluationReport report) {
    return new Table<Map.Entry<String, PricedDesign.Level>>("  ")
        .column("", Map.Entry::getKey)
        .column("count", level -> Math.round(level.getValue().count()))
        .column("area", level -> Metric.AREA.print(level.getValue().area_mm2()))
        .column("", level -> band(Metric.AREA, level.getValue().band("area_mm2")))
        .called("band of area")
        .optional(1)
        .column(
            "power",
            level ->
                level.getValue().power_W().stream().mapToObj(Metric.PEAK_POWER::print).findFirst())
        .column("", level -> band(Metric.PEAK_POWER, level.getValue().band("power_W")))
        .called("band of power")
        .optional(0)
        .of(report.levels().entrySet());
  }

  private static String band(Metric metric, Optional<Band> band) {
    return band.map(known -> BandText.of(metric, known)).orElse("");
  }

  private static TextTable figures(EvaluationReport report) {
    OpsBasis basis = report.basis();
    boolean hasWorkload = report.hasWorkload();
    TextTable table = new TextTable("  ");
    table.head("", "TOPS", "TOPS/W", "", "TOPS/mm2", "").optional(5, 3);
    table.called(3, "band of TOPS/W").called(5, "band of TOPS/mm2");
    List<Metric> own = List.of(Metric.TOPS, Metric.TOPS_PER_W, Metric.TOPS_PER_MM2);
    figures(table, "this design", report, own, 1);
    double oneBit = (double) basis.weightBits() * basis.inputBits();
    figures(table, "1-bit equivalent", report, own, oneBit);
    if (hasWorkload) {
      List<Metric> peak =
          List.of(Metric.PEAK_TOPS, Metric.PEAK_TOPS_PER_W, Metric.PEAK_TOPS_PER_MM2);
      figures(table, "peak, every crossbar full", report, peak, 1);
    }
    List<Metric> ideal =
        List.of(
            hasWorkload ? Metric.PEAK_TOPS : Metric.TOPS,
            Metric.IDEAL_TOPS_PER_W,
            Metric.IDEAL_TOPS_PER_MM2);
    String free = hasWorkload ? "this workload, converters free" : "converters free";
    figures(table, free, report, ideal, 1);
    return table;
  }

  /** A row of TOPS, TOPS/W and TOPS/mm2, the latter two with their bands. */
  private static void figures(
      TextTable table, String name, EvaluationReport report, List<Metric> metrics, double times) {
    List<Object> cells = new ArrayList<>(List.of(name));
    for (Metric metric : metrics) {
      Optional<Band> figure = report.band(metric).map(band -> band.times(times));
      cells.add(figure.map(band -> Units.significant(band.nominal())).orElse("none"));
      if (cells.size() > 2) {
        cells.add(figure.map(BandText::of).orElse(""));
      }
    }
    table.row(cells.toArray());
  }

  /** Word for one pass of the workload; of networks beside kernels the networks'. */
  private static String work(EvaluationReport report) {
    return report.subject().kernelsAlone() ? "task" : "inference";
  }

  private static TextTable inference(EvaluationReport report) {
    return new Table<Metric>("  ")
        .column("", Metric::word)
        .column("", metric -> report.totals().print(metric).replace("inference", work(report)))
        .column("", metric -> band(metric, report.band(metric)))
        .called("bands")
        .of(
            Metric.inReadingOrder().stream()
                .filter(metric -> IN_A_LIST.contains(metric.group()))
                .filter(metric -> !ELSEWHERE.contains(metric) && isNews(metric, report.totals()))
                .sorted(Comparator.comparing(metric -> !TO_SOLUTION.contains(metric)))
                .toList());
  }

  /** True if the value is worth a line: a chip count of one is not. */
  private static boolean isNews(Metric metric, MetricFigures totals) {
    OptionalDouble value = totals.value(metric);
    double usual = USUAL.getOrDefault(metric, Double.NaN);
    return value.isPresent()
        && value.getAsDouble() != usual
        && !(metric == Metric.BATCH_LATENCY && value.equals(totals.value(Metric.LATENCY)));
  }

  private static TextTable parts(EvaluationReport report) {
    double whole = report.trees().get("energy").value();
    List<CostTree> leaves = report.energyParts();
    int rows = Math.min(MOST_PARTS, leaves.size());
    List<CostTree> parts = new ArrayList<>(leaves.subList(0, rows));
    if (leaves.size() > rows) {
      double shown = parts.stream().mapToDouble(CostTree::value).sum();
      String name = leaves.size() - rows + " more";
      parts.add(CostTree.leaf(name, whole - shown, "fJ", "", ""));
    }
    return new Table<CostTree>("  ")
        .column("energy of one " + work(report), part -> "  " + part.name())
        .column(Units.print(whole, Dimension.ENERGY), Dimension.ENERGY, CostTree::value)
        .column("100 %", Dimension.RATIO, part -> part.value() / whole)
        .of(parts);
  }

  private static void layers(EvaluationReport report, boolean all, Page out) {
    if (!all) {
      report
          .noisiestLayer()
          .ifPresent(
              layer ->
                  out.line(
                      "  noisiest layer: {}/{} with {} dB, mostly {}; all layers: --layers",
                      layer.network(),
                      layer.layer(),
                      layer.noise().snr_dB(),
                      layer.noise().dominantSource()));
      return;
    }
    out.append(
            new Table<LayerResult>("  ")
                .column("layer", layer -> layer.network() + "/" + layer.layer())
                .column("MACs", LayerResult::macs)
                .optional(0)
                .column("crossbars", EvaluationText::crossbars)
                .column("copies", layer -> layer.mapping().copies())
                .optional(1)
                .column("used", Dimension.RATIO, layer -> layer.mapping().utilization())
                .optional(2)
                .column("energy", layer -> Metric.ENERGY.print(layer.energy_uJ()))
                .column("latency", layer -> Metric.LATENCY.print(layer.latency_ms()))
                .column("snr", layer -> Sentence.of("{} dB", layer.noise().snr_dB()))
                .of(report.layers()))
        .append(GanttText.of(report.layers()));
  }

  private static Object crossbars(LayerResult layer) {
    String stored = layer.mapping().weightsOf();
    return stored.isEmpty() ? layer.mapping().crossbars() : "of " + stored;
  }

  /** Explanation of the ends of bands. */
  private static void bands(Set<String> disputed, Page out) {
    boolean loss = disputed.contains(Metric.ACCURACY_LOSS.key());
    if (disputed.size() > (loss ? 1 : 0)) {
      out.append("  ( .. ) where sources disagree: every circuit at its low end, or at its high\n");
    }
    if (loss) {
      out.append(
          "  accuracyLoss ( .. ) what simulated chips with such noise lost; see explain … noise\n");
    }
  }

  private static void programming(EvaluationReport report, Page out) {
    MetricFigures totals = report.totals();
    OptionalDouble left = report.enduranceLeft();
    boolean isShort = totals.value(Metric.LIFETIME).orElse(0) <= LONG_YEARS * YEAR_S;
    if (totals.value(Metric.PROGRAMMING_ENERGY).isPresent()) {
      out.line(
          "  programming once: {}, {}; lifetime {}{}{}",
          totals.print(Metric.PROGRAMMING_ENERGY),
          totals.print(Metric.PROGRAMMING_TIME),
          totals.print(Metric.LIFETIME),
          left.isPresent() && isShort
              ? Sentence.of(
                  " ({} of the endurance left after 10 years)",
                  Units.brief(left.getAsDouble(), Dimension.RATIO))
              : "",
          totals.value(Metric.REFRESH_INTERVAL).isPresent()
              ? ", refresh every " + totals.print(Metric.REFRESH_INTERVAL)
              : "");
    }
  }
}
