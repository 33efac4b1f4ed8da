package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.event.SpecDesk.Line;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.design.TimeEstimate;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.kernel.KernelRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Summary of a valid spec in words: chip, workload, space, start, objectives, limits. */
public final class SpecWords {
  private static final double FINISHED_BELOW_S = 180;

  private SpecWords() {}

  /** The lines of a spec. */
  public static List<Line> of(DesignSpec spec) {
    DesignSpace space = SpecProblemSpace.space(spec);
    Design start = spec.newBinder().bind(spec.tree().start());
    Evaluation evaluation =
        Evaluator.at(BandEnd.NOMINAL, KernelRuns.onExactMachine()).evaluate(start);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("chip", chip(start.chip(), spec)));
    if (!start.circuits().files().isEmpty()) {
      lines.add(new Line("circuits", circuits(start)));
    }
    if (spec.hasWorkload()) {
      lines.add(new Line("workload", workload(spec, start)));
      for (Job job : start.jobs()) {
        String of = start.jobs().size() == 1 ? "" : job.network().name() + ", ";
        if (!job.isKernel()) {
          lines.add(new Line("statistics", of + StatisticsReport.line(job.network(), spec)));
        }
      }
    }
    lines.add(new Line("space", space(spec, space, start)));
    lines.add(new Line("start", startDesign(start, evaluation)));
    if (!spec.objectives().isEmpty()) {
      lines.add(new Line("wanted", wanted(spec)));
    }
    if (!spec.conditions().isEmpty()) {
      lines.add(new Line("limits", limits(spec, start)));
    }
    return lines;
  }

  private static String chip(Chip chip, DesignSpec spec) {
    int working = chip.crossbar().working();
    return Sentence.of(
        "{} nm, {}; {} K; {} > {} > {}{} > {} x {} {} cells",
        Units.brief(chip.technology().node_nm()),
        Units.brief(chip.technology().supply_V(), Dimension.VOLTAGE),
        Units.brief(chip.technology().temperature_K()),
        chip.tile().count().isPresent()
            ? plural(range(spec, "tile.count", chip.tile().count().getAsInt()), "tile")
            : "tiles as needed",
        plural(range(spec, "pe.perTile", chip.pe().perTile()), "PE"),
        plural(range(spec, "crossbar.perPe", chip.crossbar().perPe()), "crossbar"),
        working < chip.crossbar().perPe()
            ? ", " + range(spec, "crossbar.working", working) + " at once"
            : "",
        range(spec, "crossbar.rows", chip.crossbar().rows()),
        range(spec, "crossbar.columns", chip.crossbar().columns()),
        chip.cell().device().family() == Family.SRAM ? "SRAM" : chip.cell().access().word());
  }

  private static String circuits(Design start) {
    TreeSet<String> own = new TreeSet<>(start.circuits().files().keySet());
    String files = own.size() == 1 ? "a file" : "files";
    return String.join(", ", own) + ", from " + files + " beside the spec";
  }

  private static String plural(String count, String noun) {
    return count + " " + noun + (count.equals("1") ? "" : "s");
  }

  /** The span of a whole-number path over all designs. */
  private static String range(DesignSpec spec, String path, int start) {
    TreeSet<Double> values = new TreeSet<>();
    values.add((double) start);
    int[] ordinals = spec.tree().start();
    for (int k = 0; k < ordinals.length; k++) {
      int kept = ordinals[k];
      for (int v = 0; v < spec.knobs().get(k).values().size(); v++) {
        ordinals[k] = v;
        spec.tree().view(ordinals).numberAt(path).ifPresent(values::add);
      }
      ordinals[k] = kept;
    }
    return values.size() == 1
        ? Integer.toString(start)
        : (long) values.first().doubleValue() + ".." + (long) values.last().doubleValue();
  }

  private static String workload(DesignSpec spec, Design start) {
    String jobs = start.jobs().stream().map(SpecWords::job).collect(Collectors.joining("; "));
    for (Knob knob : spec.knobs()) {
      if (knob.path().equals("workload")) {
        List<String> others = new ArrayList<>(knob.values());
        others.remove(knob.start());
        return jobs + "; or " + String.join(", ", others);
      }
    }
    return jobs;
  }

  private static String job(Job job) {
    List<Precision> precision = job.precision();
    TreeSet<Integer> weights = new TreeSet<>();
    precision.forEach(p -> weights.add(p.weights()));
    String bits =
        weights.first().equals(weights.last())
            ? weights.first().toString()
            : weights.first() + ".." + weights.last();
    return Sentence.of(
        "{}: {} matrix layer{|s}, {}, {} weights, {} b weights x {} b inputs",
        job.network().name(),
        job.network().layers().size(),
        macs(job.network().macs()),
        weights(job.network().weights()),
        bits,
        precision.get(0).inputs());
  }

  /** A number of multiplications: {@code 1.814 GMAC}, {@code 36,864 MAC}. */
  private static String macs(double count) {
    return count < 1e6
        ? Units.count(Math.round(count)) + " MAC"
        : Sentence.of("{%.3f} GMAC", count * 1e-9);
  }

  /** A number of weights: {@code 11.68 M}, {@code 4,096}. */
  private static String weights(double count) {
    return count < 1e5 ? Units.count(Math.round(count)) : Sentence.of("{%.2f} M", count * 1e-6);
  }

  private static String space(DesignSpec spec, DesignSpace space, Design start) {
    if (spec.knobs().isEmpty()) {
      return "no knobs: one design";
    }
    long conditional = spec.knobs().stream().filter(Knob::isConditional).count();
    String size =
        space.size().bitLength() < 50
            ? Units.count(space.size().longValue())
            : Sentence.of("{%.2e}", space.size().doubleValue());
    String text =
        Sentence.of(
            "{} knob{|s}{}, {} designs",
            spec.knobs().size(),
            conditional == 0 ? "" : " (" + conditional + " of them conditional)",
            size);
    if (start.jobs().stream().anyMatch(Job::isKernel)) {
      return text + "; each kernel is simulated on each kind of crossbar among them";
    }
    OptionalDouble estimate = TimeEstimate.seconds(spec, space);
    if (estimate.isEmpty()) {
      return text;
    }
    double seconds = estimate.getAsDouble();
    return Sentence.of(
        "{}; all of them would take {} here{}",
        text,
        TimeEstimate.about(seconds),
        seconds < FINISHED_BELOW_S ? ": explore --engine exhaustive finishes it" : "");
  }

  private static String startDesign(Design start, Evaluation evaluation) {
    Chip chip = start.chip();
    String text = chip.crossbar().rows() + " x " + chip.crossbar().columns() + " crossbars";
    if (start.jobs().isEmpty()) {
      return text;
    }
    return Sentence.of(
        "{}: {} of them, {} tile{|s}, utilization {}",
        text,
        Math.round(evaluation.totals().value(Metric.CROSSBARS)),
        Math.round(evaluation.totals().value(Metric.TILES)),
        evaluation.totals().value(Metric.UTILIZATION));
  }

  private static String wanted(DesignSpec spec) {
    List<String> parts = new ArrayList<>();
    spec.objectives()
        .forEach(o -> parts.add((o.maximise() ? "maximise " : "minimise ") + o.name()));
    return String.join(", ", parts) + judged(spec.band());
  }

  private static String judged(BandEnd band) {
    return switch (band) {
      case NOMINAL -> "";
      case PESSIMISTIC -> "; judged by the low end of the band, the pessimistic one";
      case OPTIMISTIC -> "; judged by the high end of the band, the optimistic one";
    };
  }

  private static String limits(DesignSpec spec, Design start) {
    return spec.conditions().stream().map(Object::toString).collect(Collectors.joining(", "))
        + (!start.jobs().stream().allMatch(Job::isKernel)
                && !spec.hasCurve(AccuracyModel::decisions)
            ? "; agreement is not available: it is not measured for the workload"
            : isByKind(spec, start)
                ? "; agreement is estimated by kind of layer, and the middle of its band is held"
                : "");
  }

  private static boolean isByKind(DesignSpec spec, Design start) {
    boolean isLimited =
        spec.conditions().stream()
            .flatMap(condition -> condition.terms().stream())
            .anyMatch(term -> term.metric() == Metric.AGREEMENT);
    return isLimited
        && start.jobs().stream()
            .flatMap(job -> job.network().accuracy().stream())
            .anyMatch(model -> !model.isOwn());
  }
}
