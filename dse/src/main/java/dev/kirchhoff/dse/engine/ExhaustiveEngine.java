package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import java.math.BigInteger;

/**
 * Exhaustive search: all designs in the fixed order of the space. Islands take blocks of designs in
 * turn; the state is the rank at which an island continues.
 */
public final class ExhaustiveEngine implements Engine {
  private static final int BLOCK = 1_024;

  @Override
  public String name() {
    return "exhaustive";
  }

  @Override
  public int quota(long evaluated, int islands) {
    return BLOCK;
  }

  /** Ranks hold for one space only, so that another one is begun from its start. */
  @Override
  public JsonNode stateInOtherSpace(JsonNode state) {
    return MissingNode.getInstance();
  }

  @Override
  public Searcher searcher(Problem problem) {
    return (state, round) -> search(problem.space(), state, round);
  }

  private JsonNode search(DesignSpace space, JsonNode state, Round round) {
    IslandEvaluator evaluator = round.evaluator();
    BigInteger step = BigInteger.valueOf(BLOCK);
    BigInteger stride = step.multiply(BigInteger.valueOf(round.islands()));
    BigInteger rank =
        state.has("next")
            ? new BigInteger(state.get("next").asText())
            : step.multiply(BigInteger.valueOf(round.island()));
    // A block may lie whole among designs that are known already; then the next one is taken in the
    // same round.
    while (rank.compareTo(space.size()) < 0 && evaluator.known() == evaluator.knownBefore()) {
      int[] design = space.unrank(rank);
      boolean more = true;
      for (int i = 0; i < BLOCK && more; i++) {
        if (evaluator.evaluate(design).isEmpty()) {
          return at(rank);
        }
        more = space.next(design);
      }
      rank = rank.add(stride);
    }
    return at(rank);
  }

  private static JsonNode at(BigInteger rank) {
    return JsonNodeFactory.instance.objectNode().put("next", rank.toString());
  }
}
