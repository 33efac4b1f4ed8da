package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecFiles;
import dev.kirchhoff.arch.spec.SpecProblem;
import java.util.stream.Stream;

/** Mistakes in {@code expect} of a spec that cannot be used for other reasons. */
public final class ExpectProblems {
  private ExpectProblems() {}

  /**
   * Adds to the problems of a spec those of its {@code expect} that need no design: keys, figures,
   * units, roles and bounds. Parts and settings of {@code when} are checked against a design, so
   * only once there is one; nothing is added after a syntax error.
   *
   * @param spec what the spec is refused for
   * @param file the spec
   * @param environment what it was read with
   */
  public static SpecException with(
      SpecException spec, String file, DesignSpec.Environment environment) {
    SpecFiles.Loaded loaded = new SpecFiles(environment.sources(), new Problems()).load(file);
    if (loaded.tree().isEmpty() || loaded.brokenAt().isPresent()) {
      return spec;
    }
    Problems expect = new Problems();
    ExpectReader.read(loaded.tree().get(), expect);
    return new SpecException(
        Stream.concat(spec.problems().stream(), expect.sorted().stream())
            .distinct()
            .sorted(SpecProblem.BY_PLACE)
            .toList());
  }
}
