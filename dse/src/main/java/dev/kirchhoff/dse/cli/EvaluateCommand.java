package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.dse.gallery.ExpectProblems;
import dev.kirchhoff.dse.report.ChosenDesign;
import dev.kirchhoff.dse.report.EvaluationReport;
import dev.kirchhoff.dse.report.PricedDesign;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: totals of one design. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Prices one design: the start of a spec, with changes, or a design of a run.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff evaluate examples/isaac.yaml",
      "  ./kirchhoff evaluate examples/resnet18-reram.yaml --set pe.readout.bits=7 --layers",
      "  ./kirchhoff evaluate --design k3f9#148203 --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private DesignArguments arguments = new DesignArguments();

  @Option(names = "--layers", description = "Print every layer.")
  private boolean layers;

  @Option(names = "--json", description = "Print as JSON, with trees and layers.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    boolean isChanged = !arguments.spec.settings.isEmpty() || arguments.spec.network != null;
    ChosenDesign chosen = choose(isChanged);
    PricedDesign priced = PricedDesign.of(chosen);
    chosen.spec().warnings().forEach(w -> console.message("warning: " + w));
    Comparisons expectations =
        isChanged
            ? Comparisons.none()
            : Comparisons.of(
                chosen.spec(), priced::evaluated, SpecEnvironment.of(arguments.spec.sources()));
    EvaluationReport report = EvaluationReport.of(priced, expectations);
    console.print(json, report, () -> EvaluationText.of(report, arguments.design != null, layers));
    return priced.isFeasible() && expectations.allMet() ? 0 : 1;
  }

  /**
   * The design; if its spec is refused, mistakes in an {@code expect} that counts are reported too.
   */
  private ChosenDesign choose(boolean isChanged) throws SpecException {
    try {
      return arguments.choose();
    } catch (SpecException e) {
      if (isChanged || arguments.spec.file == null) {
        throw e;
      }
      throw ExpectProblems.with(
          e, arguments.spec.file, SpecEnvironment.of(arguments.spec.sources()));
    }
  }
}
