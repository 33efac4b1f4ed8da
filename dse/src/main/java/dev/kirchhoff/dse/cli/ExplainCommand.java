package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.report.ChosenDesign;
import dev.kirchhoff.dse.report.ConstantsReport;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: a number as a tree down to formulas and sources. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Explains a figure of one design: what it is made of, down to a formula and a source at"
            + " each leaf.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff explain examples/isaac.yaml power",
      "  ./kirchhoff explain examples/quickstart.yaml energy --all",
      "  ./kirchhoff explain examples/fashion-accuracy.yaml accuracyLoss",
      "  ./kirchhoff explain --design k3f9#148203 area",
      "  ./kirchhoff explain examples/quickstart.yaml constants"
    })
final class ExplainCommand implements Callable<Integer> {
  /** Figures that need a workload. */
  private static final List<String> OF_WORKLOADS =
      List.of("layers", "noise", "snr", "accuracyLoss");

  private static final String CONSTANTS = "constants";

  /** Figures with a tree of their own. */
  private static final List<String> TREES = WordLists.FIGURES.subList(0, 6);

  @Mixin private DesignArguments arguments = new DesignArguments();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FIGURE",
      completionCandidates = WordLists.Figures.class,
      description =
          "energy (of one inference; without a workload of one vector on every crossbar), layers"
              + " (energy by layer), area, power (when busy), latency, noise (at the output, over"
              + " the signal; also snr, accuracyLoss), constants (of circuit files, that figures"
              + " lean on); without it energy, or power if there is no workload.")
  private String figure;

  @Option(
      names = "--circuit",
      paramLabel = "NAME",
      description = "With constants: what the figures of one circuit lean on, as sized here.")
  private String circuit;

  @Option(names = "--all", description = "Print small parts too.")
  private boolean all;

  @Option(names = "--json", description = "Print as JSON; without FIGURE every tree.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    if (arguments.design != null
        && arguments.spec.file != null
        && figure == null
        && WordLists.FIGURES.contains(arguments.spec.file)) {
      figure = arguments.spec.file;
      arguments.spec.file = null;
    }
    if (figure != null && !WordLists.FIGURES.contains(figure)) {
      throw new UsageException(
          "FIGURE is '" + figure + "'" + NearNames.hint(figure, WordLists.FIGURES));
    }
    if (circuit != null && !CONSTANTS.equals(figure)) {
      throw new UsageException("--circuit goes with constants: explain SPEC constants --circuit X");
    }
    ChosenDesign chosen = arguments.choose();
    Design design = chosen.bind();
    boolean hasWorkload = !design.jobs().isEmpty();
    if (json && figure == null) {
      Map<String, Object> root = new LinkedHashMap<>();
      for (String each : TREES) {
        if (hasWorkload || each.equals("area") || each.equals("power")) {
          root.put(each, tree(each, design));
        }
      }
      chosen.accuracy().ifPresent(known -> root.put("accuracy", known));
      console.json(root);
      return 0;
    }
    if (CONSTANTS.equals(figure)) {
      ConstantsReport report = constants(chosen, design);
      console.print(json, report, () -> ConstantsText.of(report, arguments::varied));
      return 0;
    }
    String wanted = figure == null ? (hasWorkload ? "energy" : "power") : figure;
    if (!hasWorkload && OF_WORKLOADS.contains(wanted)) {
      throw new UsageException(
          wanted
              + " needs a workload; name one in the spec, or with --network resnet18; without one"
              + " there are energy and latency (of one vector on every crossbar), area, power");
    }
    CostTree tree = tree(wanted, design);
    if (json) {
      console.json(tree);
    } else {
      String accuracy = chosen.accuracy().map(SimulatedText::line).orElse("");
      console.result(new TreeText(all).print(tree).append(accuracy));
    }
    return 0;
  }

  private ConstantsReport constants(ChosenDesign chosen, Design design) {
    if (circuit == null) {
      return ConstantsReport.of(chosen.name(), design);
    }
    List<String> circuits = ConstantsReport.circuits(design);
    if (!circuits.contains(circuit)) {
      throw new UsageException(
          "the design has no circuit '" + circuit + "'" + NearNames.hint(circuit, circuits));
    }
    return ConstantsReport.of(chosen.name(), design, circuit);
  }

  private static CostTree tree(String figure, Design design) {
    Explanation explanation = Explanation.of(design);
    return switch (figure) {
      case "energy" -> explanation.energy();
      case "layers" -> explanation.energyByLayer();
      case "area" -> explanation.area();
      case "latency" -> explanation.latency();
      case "noise", "snr", "accuracyLoss" -> explanation.noise();
      default -> explanation.power();
    };
  }
}
