package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.ComparisonReport;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.report.EvaluationReport;
import dev.kirchhoff.dse.report.MetricFigures;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Text of an evaluation: one fact a line, the basis first, the next command last. */
final class EvaluationText {
  private static final double YEAR_S = 31557600;
  private static final double LONG_YEARS = 1000;

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

  private EvaluationText() {}

  static Page of(EvaluationReport report, boolean withKnobs, boolean allLayers) {
    boolean hasWorkload = report.hasWorkload();
    Page out = new Page().append(head(report));
    if (withKnobs) {
      out.append("  knobs\n").append(KnobsText.of(report.knobs()));
    }
    out.append(levels(report));
    out.append(figures(report));
    if (hasWorkload) {
      out.append(inference(report));
      out.append(KernelText.of(report.kernels()));
      report.accuracy().map(SimulatedFrontText::line).ifPresent(out::append);
      out.append(NetworksText.of(report.networks()));
      out.append(parts(report));
      out.append(layers(report, allLayers));
      out.append(FabricText.of(report.fabrics().orElse(List.of())));
    } else {
      out.append("  snr of a full array       ");
      out.append(report.totals().print(Metric.SNR)).append('\n');
    }
    out.append(programming(report));
    out.append(bands(report.bands().keySet()));
    for (EvaluationReport.MissedLimit miss : report.missed()) {
      out.append("infeasible: ").append(miss.sentence()).append(judged(report)).append('\n');
    }
    report.warnings().forEach(w -> out.append("note: ").append(w).append('\n'));
    report.notes().forEach(note -> out.append("note: ").append(note).append('\n'));
    for (ComparisonReport value : report.expected()) {
      if (!value.met()) {
        out.append(
            String.format(
                Locale.ROOT,
                "expected %s %s%s: ours is off by %s%n",
                value.of(),
                value.name(),
                value.when().map(when -> " at " + when).orElse(""),
                ComparisonWords.error(value)));
      }
    }
    if (!report.verdict().isEmpty()) {
      out.append(report.verdict()).append(hasWorkload ? "\n" : " ");
    }
    if (!hasWorkload) {
      out.append("Without a workload there is no sustained figure; try --network resnet18\n");
    } else {
      out.append("Breakdown: ./kirchhoff explain ").append(report.arguments()).append('\n');
    }
    return out;
  }

  private static String judged(EvaluationReport report) {
    String end = report.judgedBy();
    return end.equals(BandEnd.NOMINAL.word()) ? "" : ", at the " + end + " end of the band";
  }

  private static String head(EvaluationReport report) {
    OpsBasis basis = report.basis();
    EvaluationReport.Subject subject = report.subject();
    boolean hasWorkload = report.hasWorkload();
    String work = hasWorkload ? NetworksText.names(subject.workloads()) + ", sustained" : "peak";
    return report.name()
        + ", "
        + Units.brief(subject.node_nm())
        + " nm: "
        + work
        + ", "
        + basis.weightBits()
        + " b x "
        + basis.inputBits()
        + (!hasWorkload && subject.signed() ? " b signed, " : " b, ")
        + scope(basis.scope())
        + (subject.linked() ? " with links" : "")
        + "; power when busy; 1 MAC = 2 operations\n";
  }

  /** Word of a scope; a core is a chip without its links to the outside. */
  private static String scope(OpsBasis.Scope scope) {
    return scope == OpsBasis.Scope.CORE
        ? "chip without links"
        : "whole " + scope.name().toLowerCase(Locale.ROOT);
  }

  private static TextTable levels(EvaluationReport report) {
    TextTable table = new TextTable("  ");
    table.head("", "count", "area", "", "power", "").optional(5, 3);
    table.called(3, "band of area").called(5, "band of power");
    report
        .levels()
        .forEach(
            (name, level) -> {
              OptionalDouble power_W = level.power_W();
              table.row(
                  name,
                  Units.count(Math.round(level.count())),
                  Units.print(level.area_mm2() * Units.UM2_PER_MM2, Dimension.AREA),
                  BandText.of(level.band("area_mm2"), Units.UM2_PER_MM2, Dimension.AREA),
                  power_W.isPresent()
                      ? Units.print(power_W.getAsDouble() * Units.UW_PER_W, Dimension.POWER)
                      : "-",
                  BandText.of(level.band("power_W"), Units.UW_PER_W, Dimension.POWER));
            });
    return table;
  }

  private static TextTable figures(EvaluationReport report) {
    TextTable table = new TextTable("  ");
    OpsBasis basis = report.basis();
    boolean hasWorkload = report.hasWorkload();
    double oneBit = (double) basis.weightBits() * basis.inputBits();
    table.head("", "TOPS", "TOPS/W", "", "TOPS/mm2", "").optional(5, 3);
    table.called(3, "band of TOPS/W").called(5, "band of TOPS/mm2");
    List<Optional<Band>> own = bands(report, Metric.TOPS, Metric.TOPS_PER_W, Metric.TOPS_PER_MM2);
    List<Optional<Band>> peak =
        bands(report, Metric.PEAK_TOPS, Metric.PEAK_TOPS_PER_W, Metric.PEAK_TOPS_PER_MM2);
    figures(table, "this design", own, 1);
    figures(table, "1-bit equivalent", own, oneBit);
    if (hasWorkload) {
      figures(table, "peak, every crossbar full", peak, 1);
    }
    List<Optional<Band>> ideal =
        bands(
            report,
            hasWorkload ? Metric.PEAK_TOPS : Metric.TOPS,
            Metric.IDEAL_TOPS_PER_W,
            Metric.IDEAL_TOPS_PER_MM2);
    figures(table, hasWorkload ? "this workload, converters free" : "converters free", ideal, 1);
    return table;
  }

  private static List<Optional<Band>> bands(EvaluationReport report, Metric... metrics) {
    return Arrays.stream(metrics).map(report::band).toList();
  }

  /** A row of TOPS, TOPS/W and TOPS/mm2, the latter two with their bands. */
  private static void figures(
      TextTable table, String name, List<Optional<Band>> figures, double times) {
    List<Optional<Band>> scaled =
        figures.stream().map(figure -> figure.map(band -> band.times(times))).toList();
    table.row(
        name,
        nominal(scaled.get(0)),
        nominal(scaled.get(1)),
        scaled.get(1).map(BandText::of).orElse(""),
        nominal(scaled.get(2)),
        scaled.get(2).map(BandText::of).orElse(""));
  }

  /** The number between the ends of a band, in the word of text for none where there is none. */
  private static String nominal(Optional<Band> figure) {
    return figure.map(band -> Units.significant(band.nominal())).orElse("none");
  }

  /** Word for one pass of the workload; of networks beside kernels the networks'. */
  private static String work(EvaluationReport report) {
    return report.subject().kernelsAlone() ? "task" : "inference";
  }

  private static TextTable inference(EvaluationReport report) {
    TextTable table = new TextTable("  ").called(2, "bands");
    for (Metric metric : Metric.inReadingOrder()) {
      if (IN_A_LIST.contains(metric.group())
          && !ELSEWHERE.contains(metric)
          && isNews(metric, report.totals())) {
        table.row(
            metric.word(),
            report.totals().print(metric).replace("inference", work(report)),
            report.band(metric).map(band -> BandText.of(metric, band)).orElse(""));
      }
    }
    return table;
  }

  /** True if the value is worth a line: a chip count of one is not. */
  private static boolean isNews(Metric metric, MetricFigures totals) {
    return switch (metric) {
      case BATCH_LATENCY -> !totals.value(metric).equals(totals.value(Metric.LATENCY));
      case CHIPS -> totals.value(metric).orElse(0) > 1;
      case RECONFIGURATION_TIME -> totals.value(metric).orElse(0) > 0;
      default -> totals.value(metric).isPresent();
    };
  }

  private static TextTable parts(EvaluationReport report) {
    CostTree energy = report.trees().get("energy");
    List<CostTree> leaves = report.energyParts();
    TextTable table = new TextTable("  ");
    table.head(
        "energy of one " + work(report), Units.print(energy.value(), Dimension.ENERGY), "100 %");
    double shown = 0;
    int rows = Math.min(6, leaves.size());
    for (CostTree leaf : leaves.subList(0, rows)) {
      shown += leaf.value();
      table.row(
          "  " + leaf.name(),
          Units.print(leaf.value(), Dimension.ENERGY),
          Units.print(leaf.value() / energy.value(), Dimension.RATIO));
    }
    if (leaves.size() > rows) {
      double rest = energy.value() - shown;
      table.row(
          "  " + (leaves.size() - rows) + " more",
          Units.print(rest, Dimension.ENERGY),
          Units.print(rest / energy.value(), Dimension.RATIO));
    }
    return table;
  }

  private static Page layers(EvaluationReport report, boolean all) {
    if (!all) {
      return new Page().append(report.noisiestLayer().map(EvaluationText::noisiest).orElse(""));
    }
    List<LayerResult> layers = report.layers();
    TextTable table = new TextTable("  ");
    table.head("layer", "MACs", "crossbars", "copies", "used", "energy", "latency", "snr");
    table.optional(1, 3, 4);
    for (LayerResult layer : layers) {
      table.row(
          layer.network() + "/" + layer.layer(),
          Units.count(layer.macs()),
          layer.mapping().weightsOf().isEmpty()
              ? Units.count(layer.mapping().crossbars())
              : "of " + layer.mapping().weightsOf(),
          Integer.toString(layer.mapping().copies()),
          Units.print(layer.mapping().utilization(), Dimension.RATIO),
          Units.print(layer.energy_uJ() * Units.FJ_PER_UJ, Dimension.ENERGY),
          Units.print(layer.latency_ms() * Units.NS_PER_MS, Dimension.TIME),
          Units.significant(layer.noise().snr_dB()) + " dB");
    }
    return new Page().append(table).append(GanttText.of(layers));
  }

  private static String noisiest(LayerResult layer) {
    return "  noisiest layer: "
        + layer.network()
        + "/"
        + layer.layer()
        + " with "
        + Units.significant(layer.noise().snr_dB())
        + " dB, mostly "
        + layer.noise().dominantSource()
        + "; all layers: --layers\n";
  }

  /** Share of the endurance left after ten years, where that adds to the lifetime. */
  private static String enduranceLeft(EvaluationReport report) {
    OptionalDouble lifetime_s = report.totals().value(Metric.LIFETIME);
    OptionalDouble left = report.enduranceLeft();
    if (left.isEmpty() || lifetime_s.orElse(0) > LONG_YEARS * YEAR_S) {
      return "";
    }
    return " ("
        + Units.brief(left.getAsDouble(), Dimension.RATIO)
        + " of the endurance left after 10 years)";
  }

  /** Explanation of the ends of bands. */
  private static String bands(Set<String> disputed) {
    boolean loss = disputed.contains(Metric.ACCURACY_LOSS.key());
    String text = "";
    if (disputed.size() > (loss ? 1 : 0)) {
      text = "  ( .. ) where sources disagree: every circuit at its low end, or at its high\n";
    }
    return loss
        ? text
            + "  accuracyLoss ( .. ) what simulated chips with such noise lost; see explain …"
            + " noise\n"
        : text;
  }

  private static String programming(EvaluationReport report) {
    MetricFigures totals = report.totals();
    if (totals.value(Metric.PROGRAMMING_ENERGY).isEmpty()) {
      return "";
    }
    return "  programming once: "
        + totals.print(Metric.PROGRAMMING_ENERGY)
        + ", "
        + totals.print(Metric.PROGRAMMING_TIME)
        + "; lifetime "
        + totals.print(Metric.LIFETIME)
        + enduranceLeft(report)
        + (totals.value(Metric.REFRESH_INTERVAL).isPresent()
            ? ", refresh every " + totals.print(Metric.REFRESH_INTERVAL)
            : "")
        + "\n";
  }
}
