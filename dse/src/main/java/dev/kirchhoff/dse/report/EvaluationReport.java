package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.mapper.report.FabricComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Evaluation of a design, from which {@code evaluate} prints text and JSON alike. Components that
 * JSON leaves out are words for people.
 *
 * @param name name of the design
 * @param version version of the models
 * @param feasible whether every constraint and limit is met
 * @param knobs values by path of the knobs that it has
 * @param judgedBy end of the band that the spec judges by
 * @param basis basis of the figures of operations
 * @param totals totals by metric key
 * @param bands bands by metric key, of the totals that sources disagree about
 * @param enduranceLeft share of the endurance left after ten years; absent where cells do not wear
 * @param networks totals of each network by itself
 * @param kernels results of its kernels
 * @param accuracy accuracy on simulated chips, where it is known
 * @param levels area and power of one instance by level of the hierarchy
 * @param missed constraints and limits that are missed
 * @param expected published values beside ours
 * @param layers one row a layer
 * @param statistics origins of value statistics, one entry a network
 * @param trees cost trees by figure
 * @param fabrics fixed fabrics beside the reconfigurable one, where networks share a chip
 * @param warnings sentences
 * @param subject words of the heading
 * @param notes sentences on assumed statistics
 * @param verdict sentence on the expected values; empty without any
 * @param arguments arguments of commands that take the design
 */
public record EvaluationReport(
    String name,
    String version,
    boolean feasible,
    Map<String, JsonNode> knobs,
    String judgedBy,
    OpsBasis basis,
    MetricFigures totals,
    Map<String, Band> bands,
    OptionalDouble enduranceLeft,
    List<NetworkFigures> networks,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KernelResult> kernels,
    Optional<RunEvent.Accuracy> accuracy,
    Map<String, PricedDesign.Level> levels,
    List<PricedDesign.Miss> missed,
    List<ComparisonReport> expected,
    List<LayerResult> layers,
    List<StatisticsReport> statistics,
    Map<String, CostTree> trees,
    Optional<List<FabricComparison.Row>> fabrics,
    List<String> warnings,
    @JsonIgnore Subject subject,
    @JsonIgnore List<String> notes,
    @JsonIgnore String verdict,
    @JsonIgnore String arguments) {
  private static final double TEN_YEARS = 10;

  /** Levels of the hierarchy, which are not parts themselves. */
  private static final Set<String> LEVELS = Set.of("chip", "tile", "PE");

  /**
   * Words of the heading.
   *
   * @param node_nm technology node
   * @param workloads names of networks and kernels
   * @param signed whether peak data are signed
   * @param linked whether links leave the chip
   * @param kernelsAlone whether the workload has no network
   */
  public record Subject(
      double node_nm,
      List<String> workloads,
      boolean signed,
      boolean linked,
      boolean kernelsAlone) {

    static Subject of(Design design) {
      return new Subject(
          design.chip().technology().node_nm(),
          design.jobs().stream().map(job -> job.network().name()).toList(),
          design.operation().peakData().signed(),
          design.chip().uncore().io().isPresent(),
          design.jobs().stream().allMatch(Job::isKernel));
    }
  }

  /** True if it was evaluated on a workload. */
  public boolean hasWorkload() {
    return !subject.workloads().isEmpty();
  }

  /** The band of a total, a point where sources agree; empty where the design lacks it. */
  public Optional<Band> band(Metric metric) {
    return totals.value(metric).stream()
        .mapToObj(value -> bands.getOrDefault(metric.key(), new Band(value, value, value)))
        .findFirst();
  }

  /**
   * Parts of the energy, the largest first: the lowest nodes of its tree that are parts of the chip
   * and not actions.
   */
  public List<CostTree> energyParts() {
    List<CostTree> parts = new ArrayList<>();
    addParts(trees.get("energy"), parts);
    parts.sort(Comparator.comparingDouble(CostTree::value).reversed());
    return parts;
  }

  private static void addParts(CostTree tree, List<CostTree> into) {
    boolean isPart =
        tree.parts().stream().allMatch(part -> part.parts().isEmpty())
            && !LEVELS.contains(tree.name());
    if (isPart) {
      into.add(tree);
    } else {
      tree.parts().forEach(part -> addParts(part, into));
    }
  }

  /** Layer of the lowest signal-to-noise ratio; empty where no layer has noise. */
  public Optional<LayerResult> noisiestLayer() {
    return layers.stream()
        .filter(layer -> Double.isFinite(layer.noise().snr_dB()))
        .min(Comparator.comparingDouble(layer -> layer.noise().snr_dB()));
  }

  /**
   * A network on the chip.
   *
   * @param share share of the inferences
   * @param totals totals that it has of its own
   */
  public record NetworkFigures(String name, double share, MetricFigures totals) {

    /** All networks of a design whose own totals are known. */
    public static List<NetworkFigures> of(Design design, Totals totals) {
      double all = design.jobs().stream().mapToDouble(Job::weight).sum();
      List<NetworkFigures> networks = new ArrayList<>();
      for (int n = 0; n < totals.networks(); n++) {
        networks.add(
            new NetworkFigures(
                totals.networkName(n),
                design.jobs().get(n).weight() / all,
                MetricFigures.ofNetwork(totals.network(n))));
      }
      return networks;
    }
  }

  /** The report of a design, with the values that its spec expects. */
  public static EvaluationReport of(PricedDesign priced, Comparisons expectations) {
    Design design = priced.design();
    Evaluation evaluation = priced.evaluation();
    Map<String, Band> bands = new LinkedHashMap<>();
    evaluation.disputed().forEach((metric, band) -> bands.put(metric.key(), band));
    return new EvaluationReport(
        priced.chosen().name(),
        ModelVersion.text(),
        priced.isFeasible(),
        priced.chosen().values(),
        priced.chosen().spec().band().word(),
        evaluation.basis(),
        MetricFigures.of(evaluation.totals()),
        bands,
        priced.enduranceLeft(TEN_YEARS),
        NetworkFigures.of(design, evaluation.totals()),
        KernelResult.of(priced.evaluated()),
        priced.chosen().accuracy(),
        priced.levels(),
        priced.misses(),
        expectations.values().stream().map(ComparisonReport::of).toList(),
        evaluation.layers(),
        StatisticsReport.of(design, priced.chosen().spec()),
        trees(priced),
        design.jobs().size() > 1 ? Optional.of(priced.fabrics()) : Optional.empty(),
        evaluation.warnings(),
        Subject.of(design),
        StatisticsReport.notes(design, priced.chosen().spec()),
        expectations.sentence(),
        priced.chosen().arguments());
  }

  private static Map<String, CostTree> trees(PricedDesign priced) {
    Explanation explanation = priced.explanation();
    Map<String, CostTree> trees = new LinkedHashMap<>();
    trees.put("area", explanation.area());
    trees.put("power", explanation.power());
    if (!priced.design().jobs().isEmpty()) {
      trees.put("energy", explanation.energy());
      trees.put("latency", explanation.latency());
    }
    return trees;
  }
}
