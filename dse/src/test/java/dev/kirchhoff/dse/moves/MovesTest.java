package dev.kirchhoff.dse.moves;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Knob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MovesTest {

  private static DesignSpace space() {
    List<Knob> knobs = new ArrayList<>();
    knobs.add(Knob.always("pe.readout", List.of("sar", "flash"), 0));
    knobs.add(new Knob("pe.readout.bits", List.of("4", "5", "6"), 0, 0, List.of(0)));
    knobs.add(Knob.always("crossbar.rows", List.of("64", "128", "256"), 0));
    knobs.add(Knob.always("cell.access", List.of("1T1R"), 0));
    for (String layer : List.of("net/00", "net/01", "net/02", "net/03")) {
      knobs.add(Knob.always("precision.weights[" + layer + "]", List.of("6", "8"), 1));
    }
    return new DesignSpace(knobs);
  }

  @Test
  void neighboursAreDesignsAndKeepThePinnedKnob() {
    DesignSpace space = space();
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(1);
    int[] from = new int[space.dimension()];
    int[] mate = from.clone();
    int[] to = from.clone();
    for (int i = 0; i < 20_000; i++) {
      space.random(random, from);
      space.random(random, mate);
      int[] before = from.clone();
      int pinned = i % 2 == 0 ? 0 : -1;
      moves.neighbour(from, mate, pinned, random, to);
      assertTrue(space.isValid(to), "draw " + i);
      assertArrayEquals(before, from, "draw " + i);
      if (pinned == 0) {
        assertEquals(from[0], to[0], "draw " + i);
      }
    }
  }

  @Test
  void everyDesignCanBeReached() {
    DesignSpace space = space();
    Moves moves = new Moves(space);
    SplittableRandom random = new SplittableRandom(2);
    Set<DesignPoint> seen = new HashSet<>();
    int[] at = space.start();
    int[] to = at.clone();
    for (int i = 0; i < 60_000; i++) {
      moves.neighbour(at, at, -1, random, to);
      seen.add(new DesignPoint(to));
      System.arraycopy(to, 0, at, 0, at.length);
    }
    assertEquals(space.size().intValueExact(), seen.size());
  }

  @Test
  void couplingsAreReadOffThePaths() {
    Couplings couplings = new Couplings(space());
    assertTrue(couplings.pairs().contains(new Couplings.Pair(2, 1, 1)), "rows with converter bits");
    assertEquals(1, couplings.groups().size());
    assertArrayEquals(new int[] {4, 5, 6, 7}, couplings.groups().get(0));
  }

  @Test
  void aSpaceOfOneDesignHasNoNeighbours() {
    DesignSpace space = new DesignSpace(List.of(Knob.always("a", List.of("1"), 0)));
    int[] to = new int[1];
    new Moves(space).neighbour(space.start(), space.start(), -1, new SplittableRandom(1), to);
    assertArrayEquals(space.start(), to);
  }
}
