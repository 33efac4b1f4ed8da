package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.FrontChanges;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.ReferenceBox;
import java.util.ArrayList;
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
  private FrontChanges changes = new FrontChanges();
  private final List<double[]> placed = new ArrayList<>();
  private double volume;

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
    boolean whole = front.dimensions() <= WHOLE;
    if (whole) {
      placed.clear();
    }
    long[] entered = changes.entered();
    for (int place : front.placesByIndex()) {
      if (whole) {
        placed.add(box.place(fronts.values(front, place)));
      } else if (Arrays.binarySearch(entered, front.index(place)) >= 0) {
        add(box.place(fronts.values(front, place)));
      }
    }
    if (whole) {
      volume = box.volume(placed.toArray(double[][]::new));
    }
  }

  /** Begins anew with another front, in the same box. */
  void replace() {
    changes = new FrontChanges();
    changes.replace();
    placed.clear();
    volume = 0;
  }

  private void add(double[] point) {
    volume += box.gain(point, placed.toArray(double[][]::new));
    placed.removeIf(other -> Arrays.equals(other, point) || Archive.dominates(point, other));
    placed.add(point);
  }

  /** Hypervolume, 0..1. */
  double volume() {
    return volume;
  }
}
