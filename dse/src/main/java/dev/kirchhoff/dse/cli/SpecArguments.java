package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.ExpectProblems;
import dev.kirchhoff.mapper.onnx.SensitivitySource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a spec and change it. */
final class SpecArguments {
  @Parameters(arity = "0..1", paramLabel = "SPEC", description = "The spec, a .yaml or .json file.")
  String file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Set a value: --set pe.readout.bits=7. May be given several times.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = WordLists.Networks.class,
      description =
          "Run this network instead: a catalogue name, an .onnx file, or a .yaml file of shapes.")
  String network;

  @Option(
      names = "--limit",
      paramLabel = "CONSTRAINT",
      description = "Add a constraint: --limit \"area <= 40 mm2\".")
  List<String> limits = new ArrayList<>();

  /** Values to measure statistics on; none where a command does not offer them. */
  MeasureArguments measured = new MeasureArguments();

  /** Source of models of accuracy that are not in files. */
  SensitivitySource sensitivities = SensitivitySource.NONE;

  private final FileSources sources = new FileSources();

  /** The spec with its changes. */
  DesignSpec load() throws SpecException {
    return load(requireFile());
  }

  /** The spec's name. */
  String requireFile() {
    if (file == null) {
      throw new UsageException(
          "SPEC is missing: name a spec, for example examples/quickstart.yaml");
    }
    return file;
  }

  /** The spec; if it is refused, problems of its {@code expect} are reported with it. */
  DesignSpec loadWithExpect() throws SpecException {
    try {
      return load();
    } catch (SpecException e) {
      throw ExpectProblems.with(e, file, SpecEnvironment.of(sources));
    }
  }

  /** The spec with further changes. */
  DesignSpec load(List<Setting> more) throws SpecException {
    return load(requireFile(), more);
  }

  DesignSpec load(String specFile) throws SpecException {
    return load(specFile, List.of());
  }

  /**
   * The spec that a run's header holds, with its changes.
   *
   * @param name name that it goes by, as of a file
   */
  DesignSpec loadOf(RunEvent.Run header, String name) throws SpecException {
    return RunDesigns.changed(header, name, changes(name), limits);
  }

  private DesignSpec load(String specFile, List<Setting> more) throws SpecException {
    List<Setting> changes = changes(specFile);
    changes.addAll(more);
    return DesignSpec.load(specFile, changes, limits, SpecEnvironment.of(sources, sensitivities));
  }

  private List<Setting> changes(String specFile) {
    List<Setting> changes = new ArrayList<>();
    if (network != null) {
      if (network.isBlank()) {
        throw new UsageException("--network is empty; all: ./kirchhoff catalog networks");
      }
      changes.add(new Setting("workload", workload(specFile), "--network " + network));
    } else if (measured.samples != null || measured.activations != null) {
      throw new UsageException(
          "--samples and --activations are values of --network FILE.onnx; in a spec they stand as"
              + " workload: {network: FILE.onnx, samples: FILE.npy}");
    }
    for (String text : settings) {
      try {
        changes.add(Setting.parse(text));
      } catch (IllegalArgumentException e) {
        throw new UsageException(e.getMessage());
      }
    }
    return changes;
  }

  /** The workload as the spec would write it. */
  private String workload(String specFile) {
    if (measured.samples == null && measured.activations == null) {
      return fromSpec(specFile, network);
    }
    StringBuilder text = new StringBuilder("{network: ");
    text.append(literal(fromSpec(specFile, network)));
    if (measured.samples != null) {
      text.append(", samples: ").append(literal(pathFromSpec(specFile, measured.samples)));
    }
    if (measured.activations != null) {
      text.append(", activations: ").append(literal(pathFromSpec(specFile, measured.activations)));
    }
    return text.append('}').toString();
  }

  /** A text of YAML, whatever is in it. */
  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * The network as the spec would name it: a file is named from here, and read from the spec's
   * folder.
   */
  private static String fromSpec(String specFile, String network) {
    boolean isFile =
        Stream.of(".yaml", ".json", ".onnx")
            .anyMatch(ending -> FileEndings.matches(network, ending));
    return isFile ? pathFromSpec(specFile, network) : network;
  }

  private static String pathFromSpec(String specFile, String file) {
    try {
      Path given = Path.of(file);
      if (given.isAbsolute()) {
        return file;
      }
      Path folder = Path.of(specFile).toAbsolutePath().getParent();
      return folder.relativize(given.toAbsolutePath()).toString().replace('\\', '/');
    } catch (InvalidPathException e) {
      return file;
    }
  }

  /** The arguments as they would be written again. */
  String again(String specFile) {
    StringBuilder text = new StringBuilder(quoted(specFile));
    settings.forEach(s -> text.append(" --set ").append(quoted(s)));
    if (network != null) {
      text.append(" --network ").append(quoted(network));
    }
    if (measured.samples != null) {
      text.append(" --samples ").append(quoted(measured.samples));
    }
    if (measured.activations != null) {
      text.append(" --activations ").append(quoted(measured.activations));
    }
    return text.toString();
  }

  /** A word of a shell's command. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:,+#-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Files that were read. */
  FileSources sources() {
    return sources;
  }
}
