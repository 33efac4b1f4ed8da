package dev.kirchhoff.dse.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrontChangesTest {

  @Test
  void onlyTheNetChangeIsSeen() {
    Archive front = new Archive(2);
    FrontChanges changes = new FrontChanges();
    assertFalse(changes.look(front));
    front.offer(5, new double[] {3, 3});
    front.offer(6, new double[] {2, 2});
    assertTrue(changes.look(front));
    assertArrayEquals(new long[] {6}, changes.entered());
    assertArrayEquals(new long[0], changes.left());
    front.offer(9, new double[] {1, 1});
    assertTrue(changes.look(front));
    assertArrayEquals(new long[] {9}, changes.entered());
    assertArrayEquals(new long[] {6}, changes.left());
    front.offer(10, new double[] {4, 4});
    assertFalse(changes.look(front));
    assertArrayEquals(new long[0], changes.entered());
  }

  @Test
  void theChangesFoldToTheFront() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Archive front = new Archive(3);
      FrontChanges changes = new FrontChanges();
      TreeSet<Long> folded = new TreeSet<>();
      for (int i = 0; i < 200; i++) {
        front.offer(i, new double[] {random.nextInt(20), random.nextInt(20), random.nextInt(20)});
        if (random.nextInt(5) == 0 && changes.look(front)) {
          for (long index : changes.left()) {
            assertTrue(folded.remove(index), "seed " + seed);
          }
          for (long index : changes.entered()) {
            assertTrue(folded.add(index), "seed " + seed);
          }
          assertEquals(
              front.members().stream().map(Archive.Member::index).toList(),
              folded.stream().toList(),
              "seed " + seed);
        }
      }
    }
  }
}
