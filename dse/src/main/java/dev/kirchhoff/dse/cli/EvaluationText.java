package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.dse.report.ComparisonReport;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.report.PricedDesign;
import dev.kirchhoff.dse.report.StatisticsReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Text of an evaluation: one fact a line, the basis first, the next command last. */
final class EvaluationText {
  private static final double YEAR_S = 31557600;
  private static final double TEN_YEARS = 10;
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

  static Page of(
      PricedDesign priced, Comparisons expectations, boolean withKnobs, boolean allLayers) {
    Design design = priced.design();
    Totals totals = priced.evaluation().totals();
    boolean hasWorkload = !design.jobs().isEmpty();
    Page out = new Page().append(head(priced, hasWorkload));
    if (withKnobs) {
      out.append("  knobs\n").append(KnobsText.of(priced.chosen().values()));
    }
    out.append(levels(priced));
    out.append(figures(priced.evaluation(), hasWorkload));
    if (hasWorkload) {
      out.append(inference(priced.evaluation(), priced.design()));
      out.append(KernelText.of(priced.evaluated()));
      priced.chosen().accuracy().map(SimulatedFrontText::line).ifPresent(out::append);
      out.append(NetworksText.of(design, totals));
      out.append(parts(priced));
      out.append(layers(priced, allLayers));
      out.append(FabricText.of(priced.fabrics()));
    } else {
      out.append("  snr of a full array       ").append(totals.print(Metric.SNR)).append('\n');
    }
    out.append(programming(priced));
    out.append(bands(priced.evaluation().disputed().keySet()));
    for (PricedDesign.Miss miss : priced.misses()) {
      out.append("infeasible: ").append(miss.sentence()).append(judged(priced)).append('\n');
    }
    priced.evaluation().warnings().forEach(w -> out.append("note: ").append(w).append('\n'));
    StatisticsReport.notes(design, priced.chosen().spec())
        .forEach(note -> out.append("note: ").append(note).append('\n'));
    for (Comparison value : expectations.values()) {
      if (!value.met()) {
        out.append(
            String.format(
                Locale.ROOT,
                "expected %s %s%s: ours is off by %s%n",
                value.of(),
                value.name(),
                value.when().isEmpty() ? "" : " at " + value.when(),
                ComparisonWords.error(ComparisonReport.of(value))));
      }
    }
    String sentence = expectations.sentence();
    if (!sentence.isEmpty()) {
      out.append(sentence).append(hasWorkload ? "\n" : " ");
    }
    if (!hasWorkload) {
      out.append("Without a workload there is no sustained figure; try --network resnet18\n");
    } else {
      out.append("Breakdown: ./kirchhoff explain ")
          .append(priced.chosen().arguments())
          .append('\n');
    }
    return out;
  }

  private static String judged(PricedDesign priced) {
    BandEnd end = priced.chosen().spec().band();
    return end == BandEnd.NOMINAL ? "" : ", at the " + end.word() + " end of the band";
  }

  private static String head(PricedDesign priced, boolean hasWorkload) {
    OpsBasis basis = priced.evaluation().basis();
    Design design = priced.design();
    String work = hasWorkload ? NetworksText.names(design) + ", sustained" : "peak";
    return priced.chosen().name()
        + ", "
        + Units.brief(design.chip().technology().node_nm())
        + " nm: "
        + work
        + ", "
        + basis.weightBits()
        + " b x "
        + basis.inputBits()
        + (!hasWorkload && design.operation().peakData().signed() ? " b signed, " : " b, ")
        + scope(basis.scope())
        + (design.chip().uncore().io().links() > 0 ? " with links" : "")
        + "; power when busy; 1 MAC = 2 operations\n";
  }

  /** Word of a scope; a core is a chip without its links to the outside. */
  private static String scope(OpsBasis.Scope scope) {
    return scope == OpsBasis.Scope.CORE
        ? "chip without links"
        : "whole " + scope.name().toLowerCase(Locale.ROOT);
  }

  private static TextTable levels(PricedDesign priced) {
    TextTable table = new TextTable("  ");
    table.head("", "count", "area", "", "power", "").optional(5, 3);
    for (PricedDesign.Level level : priced.levels()) {
      table.row(
          level.name(),
          Units.count(Math.round(level.count())),
          Units.print(level.area_um2(), Dimension.AREA),
          BandText.around(level.area_um2(), level.area(), Dimension.AREA),
          level.power_uW().isPresent()
              ? Units.print(level.power_uW().getAsDouble(), Dimension.POWER)
              : "-",
          level.power_uW().isPresent()
              ? BandText.around(level.power_uW().getAsDouble(), level.power(), Dimension.POWER)
              : "");
    }
    return table;
  }

  private static TextTable figures(Evaluation evaluation, boolean hasWorkload) {
    TextTable table = new TextTable("  ");
    OpsBasis basis = evaluation.basis();
    double oneBit = (double) basis.weightBits() * basis.inputBits();
    table.head("", "TOPS", "TOPS/W", "", "TOPS/mm2", "").optional(5, 3);
    Band[] own = {
      evaluation.band(Metric.TOPS),
      evaluation.band(Metric.TOPS_PER_W),
      evaluation.band(Metric.TOPS_PER_MM2)
    };
    Band[] peak = {
      evaluation.band(Metric.PEAK_TOPS),
      evaluation.band(Metric.PEAK_TOPS_PER_W),
      evaluation.band(Metric.PEAK_TOPS_PER_MM2)
    };
    figures(table, "this design", own, 1);
    figures(table, "1-bit equivalent", own, oneBit);
    if (hasWorkload) {
      figures(table, "peak, every crossbar full", peak, 1);
    }
    Band[] ideal = {
      hasWorkload ? peak[0] : own[0],
      evaluation.band(Metric.IDEAL_TOPS_PER_W),
      evaluation.band(Metric.IDEAL_TOPS_PER_MM2)
    };
    figures(table, hasWorkload ? "this workload, converters free" : "converters free", ideal, 1);
    return table;
  }

  /** A row of TOPS, TOPS/W and TOPS/mm2, the latter two with their bands. */
  private static void figures(TextTable table, String name, Band[] figures, double times) {
    Band perW = figures[1].times(times);
    Band perMm2 = figures[2].times(times);
    table.row(
        name,
        Units.significant(figures[0].nominal() * times),
        Units.significant(perW.nominal()),
        BandText.of(perW),
        Units.significant(perMm2.nominal()),
        BandText.of(perMm2));
  }

  /** Word for one pass of the workload; of networks beside kernels the networks'. */
  private static String work(Design design) {
    return design.jobs().stream().allMatch(Job::isKernel) ? "task" : "inference";
  }

  private static TextTable inference(Evaluation evaluation, Design design) {
    TextTable table = new TextTable("  ");
    for (Metric metric : Metric.inReadingOrder()) {
      if (IN_A_LIST.contains(metric.group())
          && !ELSEWHERE.contains(metric)
          && isNews(metric, evaluation.totals())) {
        table.row(
            metric.word(),
            evaluation.totals().print(metric).replace("inference", work(design)),
            BandText.of(metric, evaluation));
      }
    }
    return table;
  }

  /** True if the value is worth a line: a chip count of one is not. */
  private static boolean isNews(Metric metric, Totals totals) {
    return switch (metric) {
      case BATCH_LATENCY -> totals.value(metric) != totals.value(Metric.LATENCY);
      case CHIPS -> totals.value(metric) > 1;
      case RECONFIGURATION_TIME -> totals.value(metric) > 0;
      default -> totals.has(metric);
    };
  }

  private static TextTable parts(PricedDesign priced) {
    CostTree energy = priced.explanation().energy();
    List<CostTree> leaves = priced.energyParts();
    TextTable table = new TextTable("  ");
    table.head(
        "energy of one " + work(priced.design()),
        Units.print(energy.value(), Dimension.ENERGY),
        "100 %");
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

  private static Page layers(PricedDesign priced, boolean all) {
    if (!all) {
      return new Page().append(priced.noisiestLayer().map(EvaluationText::noisiest).orElse(""));
    }
    List<LayerResult> layers = priced.evaluation().layers();
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
          Units.print(layer.energy_uJ() * 1e9, Dimension.ENERGY),
          Units.print(layer.latency_ms() * 1e6, Dimension.TIME),
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
  private static String enduranceLeft(PricedDesign priced) {
    double lifetime_s = priced.evaluation().totals().value(Metric.LIFETIME);
    OptionalDouble left = priced.enduranceLeft(TEN_YEARS);
    if (left.isEmpty() || lifetime_s > LONG_YEARS * YEAR_S) {
      return "";
    }
    return " ("
        + Units.brief(left.getAsDouble(), Dimension.RATIO)
        + " of the endurance left after 10 years)";
  }

  /** Explanation of the ends of bands. */
  private static String bands(Set<Metric> disputed) {
    boolean loss = disputed.contains(Metric.ACCURACY_LOSS);
    String text = "";
    if (disputed.size() > (loss ? 1 : 0)) {
      text = "  ( .. ) where sources disagree: every circuit at its low end, or at its high\n";
    }
    return loss
        ? text
            + "  accuracyLoss ( .. ) what simulated chips with such noise lost; see explain … noise\n"
        : text;
  }

  private static String programming(PricedDesign priced) {
    Totals totals = priced.evaluation().totals();
    if (!totals.has(Metric.PROGRAMMING_ENERGY)) {
      return "";
    }
    return "  programming once: "
        + totals.print(Metric.PROGRAMMING_ENERGY)
        + ", "
        + totals.print(Metric.PROGRAMMING_TIME)
        + "; lifetime "
        + totals.print(Metric.LIFETIME)
        + enduranceLeft(priced)
        + (totals.has(Metric.REFRESH_INTERVAL)
            ? ", refresh every " + totals.print(Metric.REFRESH_INTERVAL)
            : "")
        + "\n";
  }
}
