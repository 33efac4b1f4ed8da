package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.moves.Moves;
import dev.kirchhoff.dse.moves.UnseenDesigns;
import dev.kirchhoff.dse.space.Problem;
import java.util.SplittableRandom;

/**
 * Pareto local search: repeatedly a new neighbour of a member of the front; before any design is
 * feasible, of a design of least violation (Paquete, Chiarandini, Stützle, 2004, DOI
 * 10.1007/978-3-642-17144-4_7). The baseline that a solver must beat with the same moves.
 */
public final class ParetoLocalSearch implements Engine {
  private static final int TRIES = 40;
  private static final int NEIGHBOURS = 8;

  @Override
  public String name() {
    return "pareto-local-search";
  }

  @Override
  public int quota(long evaluated, int islands) {
    return RoundSize.of(evaluated, islands);
  }

  @Override
  public Searcher searcher(Problem problem) {
    return new LocalSearch(problem);
  }

  private static final class LocalSearch implements Searcher {
    private final Moves moves;
    private final int[] parent;
    private final int[] mate;
    private final int[] child;
    private final double[] values;

    LocalSearch(Problem problem) {
      moves = new Moves(problem.space());
      parent = new int[problem.space().dimension()];
      mate = parent.clone();
      child = parent.clone();
      values = new double[problem.objectives().size()];
    }

    @Override
    public JsonNode search(JsonNode state, Round round) {
      IslandEvaluator evaluator = round.evaluator();
      SplittableRandom random = new SplittableRandom(round.seed());
      boolean more = true;
      while (more && !evaluator.exhausted()) {
        choose(round, random);
        for (int i = 0; i < NEIGHBOURS && more && !evaluator.exhausted(); i++) {
          more = neighbour(evaluator, random);
          if (more) {
            note(round.fronts(), evaluator, evaluator.evaluate(child).getAsInt());
          }
        }
      }
      return RandomEngine.emptyState();
    }

    private void choose(Round round, SplittableRandom random) {
      Fronts fronts = round.fronts();
      if (fronts.whole().size() > 0) {
        FrontView view = new FrontView(fronts, fronts.whole());
        round.evaluator().ordinals(view.number(view.lonely(random)), parent);
        round.evaluator().ordinals(view.number(view.any(random)), mate);
      } else {
        int misses = fronts.nearMisses().size();
        int first = (int) fronts.nearMisses().index(random.nextInt(misses));
        int second = (int) fronts.nearMisses().index(random.nextInt(misses));
        round.evaluator().ordinals(first, parent);
        round.evaluator().ordinals(second, mate);
      }
    }

    private boolean neighbour(IslandEvaluator evaluator, SplittableRandom random) {
      for (int i = 0; i < TRIES; i++) {
        moves.neighbour(parent, mate, random, child);
        if (!evaluator.isKnown(child)) {
          return true;
        }
      }
      return UnseenDesigns.draw(evaluator, random, child);
    }

    private void note(Fronts fronts, IslandEvaluator evaluator, int number) {
      for (int m = 0; m < values.length; m++) {
        values[m] = evaluator.objective(number, m);
      }
      fronts.offer(number, child, values, evaluator.relativeTotal(number));
    }
  }
}
