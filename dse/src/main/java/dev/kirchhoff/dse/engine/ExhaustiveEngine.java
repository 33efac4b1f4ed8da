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
  private static final String SEARCH = "exhaustive";
  private static final int SEARCHED_BLOCK = 1_024;

  private final String name;
  private final int block;

  /** The engine of a search. */
  public ExhaustiveEngine() {
    this(SEARCH);
  }

  /**
   * The engine of a search or of a sweep, which has no designs before the first of the order.
   *
   * @param name its name in the run's header
   */
  public ExhaustiveEngine(String name) {
    this.name = name;
    block = name.equals(SEARCH) ? SEARCHED_BLOCK : SweepEngine.BLOCK;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean opensWithSpread() {
    return name.equals(SEARCH);
  }

  @Override
  public int quota(long evaluated, int islands) {
    return block;
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
    BigInteger step = BigInteger.valueOf(block);
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
      for (int i = 0; i < block && more; i++) {
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
