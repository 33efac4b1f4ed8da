package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.random.RandomGenerator;

/**
 * Bandit over scalarisations: each once, then four times of five the one that lately added most
 * hypervolume per new design, else any. Lately is an exponential mean (weight 0.3 for the last
 * solve; assumed).
 */
final class Portfolio {
  private static final double ANY = 0.2;
  private static final double LAST = 0.3;

  private final int[] tried;
  private final double[] gain;

  /** Goes on from a state; a missing one means that nothing has been tried. */
  Portfolio(int arms, JsonNode state) {
    tried = new int[arms];
    gain = new double[arms];
    for (int arm = 0; arm < arms; arm++) {
      tried[arm] = state.path("tried").path(arm).asInt(0);
      gain[arm] = state.path("gain").path(arm).asDouble(0);
    }
  }

  int choose(RandomGenerator random) {
    int best = 0;
    for (int arm = 0; arm < gain.length; arm++) {
      if (tried[arm] == 0) {
        return arm;
      }
      best = gain[arm] > gain[best] ? arm : best;
    }
    return random.nextDouble() < ANY ? random.nextInt(gain.length) : best;
  }

  void reward(int arm, double gained) {
    gain[arm] = tried[arm] == 0 ? gained : gain[arm] + LAST * (gained - gain[arm]);
    tried[arm]++;
  }

  JsonNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ArrayNode triedNode = state.putArray("tried");
    ArrayNode gainNode = state.putArray("gain");
    for (int arm = 0; arm < gain.length; arm++) {
      triedNode.add(tried[arm]);
      gainNode.add(gain[arm]);
    }
    return state;
  }
}
