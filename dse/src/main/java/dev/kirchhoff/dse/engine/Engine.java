package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.space.Problem;
import java.util.Optional;

/**
 * Search engine as a pure function: the state after the last round, this round's number and seed,
 * the fronts and the memo give the designs of this round and the next state. Nothing else may
 * decide, so that a run can be repeated, and resumed from its log, with the same designs in the
 * same order.
 */
public interface Engine {

  /** Name on the command line and in the run's header. */
  String name();

  /**
   * True if the first round is the start and designs spread over the space, the same for every
   * seed; else the engine chooses from the first design on.
   */
  default boolean opensWithSpread() {
    return true;
  }

  /**
   * New designs that one island evaluates in a round. May depend on nothing but these two numbers,
   * in particular not on the budget: a run with a larger budget begins like one with a smaller
   * budget.
   *
   * @param evaluated unique designs before the round
   * @param islands number of islands
   */
  int quota(long evaluated, int islands);

  /**
   * An island's state when the space has other pinned knobs from here on.
   *
   * @param state its state after its last round
   * @return the state to go on with
   */
  default JsonNode stateInOtherSpace(JsonNode state) {
    return state;
  }

  /**
   * Rows of a large sweep after a round; empty for any other engine.
   *
   * @param state the state of the first island
   */
  default Optional<RunEvent.Swept> swept(JsonNode state) {
    return Optional.empty();
  }

  /** A searcher for one island. */
  Searcher searcher(Problem problem);

  /**
   * One island's part of an engine. It may keep buffers between rounds but nothing that decides.
   */
  interface Searcher {

    /**
     * Chooses and evaluates the designs of a round, until the evaluator refuses or nothing is left
     * to try.
     *
     * @param state this island's state after its last round; a missing node before the first
     * @param round what the round starts from
     * @return the next state
     */
    JsonNode search(JsonNode state, Round round);
  }
}
