package dev.kirchhoff.dse.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.kirchhoff.dse.front.Fronts.Niche;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Designs near a front, by hand. */
class FrontsTest {
  private static final int[] SAR = {0};
  private static final int[] FLASH = {1};

  private final Fronts fronts =
      new Fronts(
          List.of(DrawnTable.AREA, DrawnTable.SNR), List.of(new Niche(0, 0), new Niche(0, 1)));

  private void offer(long index, int[] design, double area, double snr) {
    fronts.offer(index, design, new double[] {area, snr}, 0);
  }

  @Test
  void rivalsAreTheMembersOfANichesFrontThatTheLeastStepPutsOnTheWholeFront() {
    // The whole front: 0 and 1, both of one niche.
    offer(0, SAR, 10, 20);
    offer(1, SAR, 100, 40);
    // Within the same niche beaten, so no rival of it.
    offer(2, SAR, 20, 19);
    // The other niche's front: beaten by 1 dB or a tenth of a decade, whichever is less.
    offer(3, FLASH, 12.6, 19);
    offer(4, FLASH, 150, 39);
    offer(5, FLASH, 1000, 39.5);
    offer(6, FLASH, 1100, 39.4);
    assertArrayEquals(new long[] {3, 4, 5}, fronts.rivals(20));
    // Steps are 0.1 (1 dB of 10 and 0.1 decades), 0.1 (1 dB; 0.18 decades) and 0.05 (0.5 dB).
    // Beside it the niche's best of each objective: 3 in area, 5 in decibels.
    assertArrayEquals(new long[] {3, 5}, fronts.rivals(1));
  }

  /** Steps of a niche's front: 0.05 (5), 0.1 (3), 0.1 (4); 3 and 5 are best of an objective. */
  @Test
  void ofEqualStepsTheLowerIndexIsTheRival() {
    offer(0, SAR, 10, 20);
    offer(1, SAR, 100, 40);
    offer(5, FLASH, 1000, 39.5);
    offer(4, FLASH, 150, 39);
    offer(3, FLASH, 12.6, 19);
    assertArrayEquals(new long[] {3, 5}, fronts.rivals(2));
    assertArrayEquals(new long[] {3, 4, 5}, fronts.rivals(3));
  }

  @Test
  void stepsOfDecibelsAndOfDecadesAreComparedInWideDifferences() {
    offer(0, SAR, 10, 40);
    // Steps: 5 by 0.1 dB, a hundredth; 2 by 0.04 decades; 4 by 2 dB, a fifth; 3 by 0.25 decades.
    // Beside the steps 2 is best in area and 5 in decibels.
    offer(2, FLASH, 11, 10);
    offer(3, FLASH, 17.8, 30);
    offer(4, FLASH, 1000, 38);
    offer(5, FLASH, 10000, 39.9);
    assertArrayEquals(new long[] {2, 5}, fronts.rivals(1));
    assertArrayEquals(new long[] {2, 5}, fronts.rivals(2));
    assertArrayEquals(new long[] {2, 4, 5}, fronts.rivals(3));
  }

  @Test
  void aMemberIsNoRival() {
    offer(0, SAR, 10, 20);
    offer(1, FLASH, 100, 40);
    assertArrayEquals(new long[0], fronts.rivals(20));
  }

  @Test
  void infeasibleDesignsAreNoRivals() {
    offer(0, SAR, 10, 20);
    fronts.offer(1, FLASH, new double[] {1, 60}, 0.5f);
    assertArrayEquals(new long[0], fronts.rivals(20));
  }
}
