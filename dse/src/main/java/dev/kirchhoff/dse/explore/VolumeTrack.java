package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.FrontChanges;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.ReferenceBox;
import java.util.Arrays;
import java.util.List;

/**
 * The hypervolume of a growing front, exact at the end of each round. Up to three objectives it is
 * taken of the whole front; with four, where that costs too much, each design that entered adds
 * what it adds to the volume of those before it. 0 until the reference box is known.
 */
final class VolumeTrack {
  private static final int WHOLE = 3;

  private ReferenceBox box;
  private Archive placed;
  private FrontChanges changes = new FrontChanges();
  private double volume;

  /** No volume of a front of so many objectives. */
  VolumeTrack(int objectives) {
    placed = new Archive(objectives);
  }

  /** True if the reference box is known. */
  boolean isFixed() {
    return box != null;
  }

  /** Tries to fix the box by the first designs. */
  void fix(List<double[]> designs, Fronts fronts) {
    box = ReferenceBox.around(fronts.objectives(), designs).orElse(null);
  }

  /** Takes note of the front as it is now. */
  void update(Fronts fronts) {
    if (box == null || !changes.look(fronts.whole())) {
      return;
    }
    Archive front = fronts.whole();
    if (front.dimensions() <= WHOLE) {
      double[][] points = new double[front.size()][];
      for (int place = 0; place < points.length; place++) {
        points[place] = box.place(fronts.values(front, place));
      }
      volume = box.volume(points);
      return;
    }
    long[] entered = changes.entered();
    for (int place : front.placesByIndex()) {
      if (Arrays.binarySearch(entered, front.index(place)) >= 0) {
        double[] point = box.place(fronts.values(front, place));
        volume += box.gain(point, placed);
        placed.offer(front.index(place), point);
      }
    }
  }

  /** Begins anew with another front, in the same box. */
  void replace() {
    changes = new FrontChanges();
    placed = new Archive(placed.dimensions());
    volume = 0;
  }

  /** Hypervolume, 0..1. */
  double volume() {
    return volume;
  }
}
