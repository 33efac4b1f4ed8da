package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.engine.ExhaustiveEngine;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.RunSink;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Problem of a bench.
 *
 * @param name its short name
 * @param file its spec's file
 * @param spec its spec
 */
public record BenchProblem(String name, String file, DesignSpec spec) {

  /**
   * Problems of specs by file, each named after its file: by its path where two names are equal.
   */
  public static List<BenchProblem> of(Map<String, DesignSpec> specs) {
    List<String> names = specs.keySet().stream().map(BenchProblem::name).toList();
    return specs.entrySet().stream()
        .map(
            spec -> {
              String name = name(spec.getKey());
              boolean isUnique = Collections.frequency(names, name) == 1;
              return new BenchProblem(
                  isUnique ? name : spec.getKey(), spec.getKey(), spec.getValue());
            })
        .toList();
  }

  private static String name(String file) {
    String last = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return last.replaceFirst("\\.[a-zA-Z]+$", "");
  }

  /** The problem with empty memos. */
  public SpecProblemSpace fresh() {
    return new SpecProblemSpace(spec);
  }

  /** Objectives. */
  public List<Objective> objectives() {
    return spec.objectives();
  }

  /** Number of designs. */
  public BigInteger designs() {
    return SpecProblemSpace.space(spec).size();
  }

  /** True if all designs can be computed. */
  public boolean isEnumerable() {
    return designs().compareTo(BigInteger.valueOf(ExploreSettings.MOST_DESIGNS)) <= 0;
  }

  /**
   * The front of all designs, each computed once; of nominal figures limits on noise are judged
   * first, as in a large sweep.
   *
   * @param sink is told the progress
   * @throws ArithmeticException if they are too many to count
   */
  public ReferenceSet exactFront(RunSink sink) {
    int threads = Runtime.getRuntime().availableProcessors();
    Optional<Duration> endless = Optional.empty();
    ExploreSettings settings =
        new ExploreSettings(
            new ExhaustiveEngine(), 1, designs().longValueExact(), threads, threads, endless);
    SpecProblemSpace all =
        spec.band() == BandEnd.NOMINAL ? SpecProblemSpace.ofLargeSweep(spec) : fresh();
    List<List<Double>> front =
        new Explorer(all, settings, sink, Clock.systemUTC())
            .run().front().stream()
                .map(member -> member.values().subList(0, objectives().size()))
                .toList();
    return ReferenceSet.of(objectives(), List.of(front));
  }
}
