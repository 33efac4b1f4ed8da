package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NonIdealityTest {
  /** Of a network no study costs time for effects of amplifiers that it has not. */
  @Test
  void errorsOfAmplifiersAreThoseOfLoopsAlone() {
    List<NonIdeality> ofNetworks = NonIdeality.of(false);
    Set<NonIdeality> ofLoopsAlone = EnumSet.copyOf(NonIdeality.of(true));
    assertTrue(ofLoopsAlone.containsAll(ofNetworks));
    ofLoopsAlone.removeAll(ofNetworks);
    assertEquals(EnumSet.of(NonIdeality.LOOP_GAIN, NonIdeality.LOOP_OFFSET), ofLoopsAlone);
  }
}
