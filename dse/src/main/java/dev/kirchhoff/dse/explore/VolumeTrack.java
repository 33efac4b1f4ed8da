package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.ReferenceBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The hypervolume of a growing front: each design that enters adds exactly what it adds to the
 * volume of those before it. 0 until the reference box is known.
 */
final class VolumeTrack {
  private ReferenceBox box;
  private final List<double[]> placed = new ArrayList<>();
  private double volume;

  /** Whether the reference box is known. */
  boolean isFixed() {
    return box != null;
  }

  /** Tries to fix the box by the designs evaluated so far, and counts the front as it is. */
  void fix(List<double[]> designs, Fronts fronts) {
    Optional<ReferenceBox> found = ReferenceBox.around(fronts.objectives(), designs);
    if (found.isPresent()) {
      box = found.get();
      Archive front = fronts.whole();
      for (int place : front.placesByIndex()) {
        entered(fronts.values(front, place));
      }
    }
  }

  /** Takes note of a design that entered the front. */
  void entered(double[] values) {
    if (box == null) {
      return;
    }
    double[] point = box.place(values);
    volume += box.gain(point, placed.toArray(double[][]::new));
    placed.removeIf(other -> Arrays.equals(other, point) || Archive.dominates(point, other));
    placed.add(point);
  }

  /** Hypervolume, 0..1. */
  double volume() {
    return volume;
  }
}
