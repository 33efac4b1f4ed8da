package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a spec and change it. */
final class SpecArguments {
  @Parameters(
      arity = "0..1",
      paramLabel = "SPEC",
      description = "The spec, a .yaml or .json file.")
  String file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Set a value: --set pe.readout.bits=7. May be given several times.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "Run this network instead: a catalogue name or a .yaml file of shapes.")
  String network;

  @Option(
      names = "--limit",
      paramLabel = "CONSTRAINT",
      description = "Add a constraint: --limit \"area <= 40 mm2\".")
  List<String> limits = new ArrayList<>();

  private final FileSources sources = new FileSources();

  /** The spec with its changes. */
  DesignSpec load() throws SpecException {
    if (file == null) {
      throw new UsageException("SPEC is missing: name a spec, for example examples/quickstart.yaml");
    }
    return load(file);
  }

  DesignSpec load(String specFile) throws SpecException {
    List<Setting> changes = new ArrayList<>();
    for (String text : settings) {
      try {
        changes.add(Setting.parse(text));
      } catch (IllegalArgumentException e) {
        throw new UsageException(e.getMessage());
      }
    }
    if (network != null) {
      changes.add(new Setting("workload", network));
    }
    return DesignSpec.load(specFile, changes, limits, SpecEnvironment.of(sources));
  }

  /** Files that were read. */
  FileSources sources() {
    return sources;
  }
}
