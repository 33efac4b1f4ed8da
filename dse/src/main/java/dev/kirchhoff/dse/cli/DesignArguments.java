package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.report.ChosenDesign;
import dev.kirchhoff.dse.run.DataProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that name one design: a spec's start, or a design of a run. */
final class DesignArguments {
  private static final Pattern RUN_OR_DESIGN = Pattern.compile("[A-Za-z0-9._-]+(#[0-9]+)?");

  @Mixin SpecArguments spec = new SpecArguments();

  @Mixin private MeasureArguments measured = new MeasureArguments();

  @Option(
      names = "--design",
      paramLabel = "RUN#N",
      description =
          "A design of a run instead of a spec: --design k3f9#148203; RUN is the run's id or any"
              + " unique ending of it.")
  String design;

  @Mixin DataOption data = new DataOption();

  ChosenDesign choose() throws SpecException {
    spec.measured = measured;
    if (design == null) {
      requireSpec();
      DesignSpec loaded = spec.load();
      return ChosenDesign.of(
          loaded,
          loaded.tree().start(),
          loaded.name(),
          spec.again(loaded.file()),
          Optional.empty());
    }
    if (spec.file != null) {
      throw new UsageException("name a SPEC or a --design, not both");
    }
    boolean isMeasured = measured.samples != null || measured.activations != null;
    if (!spec.settings.isEmpty() || spec.network != null || !spec.limits.isEmpty() || isMeasured) {
      throw new UsageException(
          "a design of a run is as it was; --set, --network, --limit, --samples and --activations"
              + " change a SPEC");
    }
    RunDesigns.RunDesign found = RunDesigns.find(data.folder(), design);
    String again = "--design " + design + data.words();
    return ChosenDesign.of(found.spec(), found.ordinals(), found.name(), again, found.accuracy());
  }

  /** Words on where the design is evaluated with a setting: one of a run stays as it was. */
  String varied(String setting) {
    return design == null
        ? "./kirchhoff evaluate " + spec.again(spec.file) + " --set '" + setting + "'"
        : "./kirchhoff dashboard" + data.words() + ", in the what-if of the design";
  }

  /** A run where a spec is expected: {@code compare} and {@code show} take it bare. */
  private void requireSpec() {
    if (spec.file == null
        || !RUN_OR_DESIGN.matcher(spec.file).matches()
        || Files.exists(Path.of(spec.file))) {
      return;
    }
    if (spec.file.contains("#")) {
      throw new UsageException(
          spec.file + " is no spec; a design of a run is --design " + spec.file);
    }
    if (isRun(spec.file)) {
      throw new UsageException(
          spec.file
              + " is no spec but a run; a design of it is --design "
              + spec.file
              + "#N, and its designs are in ./kirchhoff show "
              + spec.file);
    }
  }

  private boolean isRun(String ending) {
    try {
      data.existing().find(ending);
      return true;
    } catch (DataProblemException e) {
      // No run: then it is a spec that does not exist, which its reading reports.
      return false;
    }
  }
}
