package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.moves.UnseenDesigns;
import dev.kirchhoff.dse.space.Problem;
import java.util.SplittableRandom;

/**
 * Designs drawn uniformly from those not yet evaluated: the baseline that every other engine must
 * beat.
 */
public final class RandomEngine implements Engine {

  @Override
  public String name() {
    return "random";
  }

  @Override
  public int quota(long evaluated, int islands) {
    return RoundSize.of(evaluated, islands);
  }

  @Override
  public Searcher searcher(Problem problem) {
    int[] design = new int[problem.space().dimension()];
    return (state, round) -> {
      IslandEvaluator evaluator = round.evaluator();
      SplittableRandom random = new SplittableRandom(round.seed());
      while (!evaluator.exhausted() && UnseenDesigns.draw(evaluator, random, design)) {
        evaluator.evaluate(design);
      }
      return emptyState();
    };
  }

  static JsonNode emptyState() {
    return JsonNodeFactory.instance.objectNode();
  }
}
