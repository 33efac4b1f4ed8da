package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.ReferenceBox;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The volume of four objectives, which grows by what each new member adds. */
class VolumeTrackTest {
  private static final List<Objective> FOUR =
      List.of(
          new Objective(Metric.AREA, false),
          new Objective(Metric.ENERGY, false),
          new Objective(Metric.LATENCY, false),
          new Objective(Metric.POWER, false));

  private static List<double[]> designs(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> designs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      designs.add(random.doubles(4, 1, 10).toArray());
    }
    return designs;
  }

  private static double exact(Fronts fronts, ReferenceBox box) {
    double[][] points = new double[fronts.whole().size()][];
    for (int place = 0; place < points.length; place++) {
      points[place] = box.place(fronts.values(fronts.whole(), place));
    }
    return box.volume(points);
  }

  private static void offer(Fronts fronts, List<double[]> designs, int from, int to) {
    for (int i = from; i < to; i++) {
      fronts.offer(i, new int[0], designs.get(i), 0);
    }
  }

  @Test
  void whatMembersAddIsTheVolumeOfAllOfThem() {
    List<double[]> designs = designs(120, 1);
    ReferenceBox box = ReferenceBox.around(FOUR, designs).orElseThrow();
    Fronts fronts = new Fronts(FOUR, List.of());
    VolumeTrack track = new VolumeTrack(4);
    track.fix(designs, fronts);
    double before = 0;
    for (int part = 0; part < 4; part++) {
      offer(fronts, designs, 30 * part, 30 * (part + 1));
      track.update(fronts);
      assertEquals(exact(fronts, box), track.volume(), 1e-12);
      assertTrue(track.volume() >= before);
      before = track.volume();
    }
  }

  /** Other limits may leave a smaller front, whose volume is its own. */
  @Test
  void anotherFrontBeginsWithoutTheVolumeOfTheOneBefore() {
    List<double[]> designs = designs(120, 2);
    ReferenceBox box = ReferenceBox.around(FOUR, designs).orElseThrow();
    Fronts all = new Fronts(FOUR, List.of());
    VolumeTrack track = new VolumeTrack(4);
    track.fix(designs, all);
    offer(all, designs, 0, 120);
    track.update(all);
    double volume = track.volume();
    Fronts few = new Fronts(FOUR, List.of());
    offer(few, designs, 0, 10);
    track.replace();
    assertEquals(0, track.volume());
    track.update(few);
    assertEquals(exact(few, box), track.volume(), 1e-12);
    assertTrue(track.volume() < volume);
  }
}
