package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Specs that tests read: the project's examples, and texts kept in memory. */
final class LoadedSpecs {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private LoadedSpecs() {}

  /** The texts of the project's examples and of {@code bench} by file name. */
  static Map<String, String> examples() throws IOException {
    Map<String, String> texts = new HashMap<>();
    for (String folder : List.of("", "bench/")) {
      try (var files = Files.list(EXAMPLES.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
          texts.put(folder + file.getFileName(), Files.readString(file));
        }
      }
    }
    return texts;
  }

  /** Reads one of several files, with settings as on the command line. */
  static DesignSpec load(String name, Map<String, String> texts, String... settings)
      throws SpecException {
    List<Setting> changes = new ArrayList<>();
    for (String setting : settings) {
      changes.add(Setting.parse(setting));
    }
    return DesignSpec.load(name, changes, List.of(), MapSources.environment(texts));
  }

  /** One of the project's examples. */
  static DesignSpec example(String name, String... settings) throws Exception {
    return load(name, examples(), settings);
  }

  /**
   * Problems reported for an invalid spec, which is read as a.yaml.
   *
   * @param moreFiles names and texts of files beside it, by turns
   */
  static List<String> problems(String text, String... moreFiles) {
    Map<String, String> texts = new HashMap<>(Map.of("a.yaml", text));
    for (int i = 0; i < moreFiles.length; i += 2) {
      texts.put(moreFiles[i], moreFiles[i + 1]);
    }
    SpecException e = assertThrows(SpecException.class, () -> load("a.yaml", texts));
    return e.problems().stream().map(SpecProblem::toString).toList();
  }
}
