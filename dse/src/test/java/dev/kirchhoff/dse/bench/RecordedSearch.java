package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Streams of designs of a shipped example, as a benchmark evaluates them. */
final class RecordedSearch {
  private final DesignSpec spec;
  private final SpecProblemSpace problem;

  RecordedSearch(String file) {
    try {
      spec = DesignSpec.load(file, List.of(), List.of(), SpecEnvironment.of(new FileSources()));
    } catch (Exception e) {
      throw new IllegalStateException("The spec (" + file + ") cannot be read.", e);
    }
    problem = new SpecProblemSpace(spec);
  }

  /** Designs of the example drawn at random. */
  List<Design> random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DesignSpace space = problem.space();
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ordinals = space.start();
      for (int knob = 0; knob < ordinals.length; knob++) {
        ordinals[knob] = random.nextInt(space.cardinality(knob));
      }
      space.normalise(ordinals);
      drawn.add(ordinals);
    }
    return bind(drawn);
  }

  /** Designs that a search of one island evaluates, in their order. */
  List<Design> recorded(long budget, long seed) {
    List<int[]> evaluated = Collections.synchronizedList(new ArrayList<>());
    ExploreSettings settings =
        new ExploreSettings(Engines.named("optaplanner"), seed, budget, 1, 1, Optional.empty());
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    new Explorer(recording(evaluated), settings, new Silent(), still).run();
    return bind(evaluated);
  }

  private List<Design> bind(List<int[]> ordinals) {
    DesignBinder binder = spec.newBinder();
    return ordinals.stream().map(binder::bind).toList();
  }

  private Problem recording(List<int[]> evaluated) {
    return new Problem() {
      @Override
      public DesignSpace space() {
        return problem.space();
      }

      @Override
      public List<Objective> objectives() {
        return problem.objectives();
      }

      @Override
      public List<String> constraints() {
        return problem.constraints();
      }

      @Override
      public Session newSession() {
        Session session = problem.newSession();
        return new Session() {
          @Override
          public boolean prune(int[] ordinals, double[] violations, double[] relative) {
            return session.prune(ordinals, violations, relative);
          }

          @Override
          public void evaluate(
              int[] ordinals, double[] values, double[] violations, double[] relative) {
            evaluated.add(ordinals.clone());
            session.evaluate(ordinals, values, violations, relative);
          }
        };
      }
    };
  }

  /** A search that nobody listens to. */
  private static final class Silent implements RunSink {
    @Override
    public void evaluations(RunEvent.Evaluations event) {}

    @Override
    public void front(RunEvent.Front event) {}

    @Override
    public void round(RunEvent.Round event) {}

    @Override
    public String designId(int[] ordinals) {
      return "";
    }
  }
}
