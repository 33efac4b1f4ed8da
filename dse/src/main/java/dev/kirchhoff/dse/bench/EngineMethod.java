package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.engine.ExhaustiveEngine;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Explorer;
import dev.kirchhoff.dse.explore.RunSink;
import dev.kirchhoff.dse.space.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * An engine as {@code explore --islands 1} runs it, without a log.
 *
 * @param engine the engine
 */
public record EngineMethod(Engine engine) implements SearchMethod {

  /** All engines but the exhaustive one, which takes the designs in a fixed order. */
  public static List<SearchMethod> all() {
    return Engines.names().stream()
        .map(Engines::named)
        .filter(engine -> !(engine instanceof ExhaustiveEngine))
        .<SearchMethod>map(EngineMethod::new)
        .toList();
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public void search(Problem problem, long seed, SearchTrace trace) {
    Listener listener = new Listener(trace);
    listener.explorer =
        new Explorer(
            problem,
            new ExploreSettings(
                engine, seed, trace.budget(ExploreSettings.MOST_DESIGNS), 1, 1, Optional.empty()),
            listener,
            Clock.systemUTC());
    listener.explorer.run();
  }

  /** Receiver that traces the designs of an explorer and ends it. */
  private static final class Listener implements RunSink {
    private final SearchTrace trace;
    private Explorer explorer;

    Listener(SearchTrace trace) {
      this.trace = trace;
    }

    @Override
    public void evaluations(RunEvent.Evaluations event) {
      double[] values = new double[event.values().length];
      double[] shares = new double[event.shares().length];
      for (int row = 0; row < event.count(); row++) {
        for (int m = 0; m < values.length; m++) {
          values[m] = event.values()[m][row];
        }
        for (int c = 0; c < shares.length; c++) {
          shares[c] = event.shares()[c][row];
        }
        trace.evaluated(IslandEvaluator.total(values, shares) == 0, values);
      }
    }

    @Override
    public void front(RunEvent.Front event) {}

    @Override
    public void round(RunEvent.Round event) {
      trace.endRound();
      if (trace.isComplete()) {
        explorer.requestStop();
      }
    }

    @Override
    public String designId(int[] ordinals) {
      return "";
    }
  }
}
