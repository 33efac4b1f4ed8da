package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kirchhoff.dse.space.Problem;
import java.util.List;

/**
 * Engine of a list of designs, in its order. Islands take blocks of {@link #BLOCK} designs in turn,
 * so that the order does not depend on their number; the state is the position at which an island
 * continues.
 */
public final class ListEngine implements SweepEngine {
  private final String name;
  private final List<int[]> designs;

  /**
   * An engine of a list.
   *
   * @param name its name in the run's header
   * @param designs the designs, none twice
   */
  public ListEngine(String name, List<int[]> designs) {
    this.name = name;
    this.designs = List.copyOf(designs);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Searcher searcher(Problem problem) {
    return this::search;
  }

  private JsonNode search(JsonNode state, Round round) {
    int at = state.has("next") ? state.get("next").asInt() : BLOCK * round.island();
    int end = Math.min(designs.size(), at + BLOCK);
    for (int i = at; i < end; i++) {
      if (round.evaluator().evaluate(designs.get(i)).isEmpty()) {
        return at(at);
      }
    }
    return at(at + BLOCK * round.islands());
  }

  private static JsonNode at(int place) {
    return JsonNodeFactory.instance.objectNode().put("next", place);
  }
}
