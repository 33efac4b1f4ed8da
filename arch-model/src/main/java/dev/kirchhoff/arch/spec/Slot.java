package dev.kirchhoff.arch.spec;

import java.util.HashMap;
import java.util.Map;

/**
 * Link from choices to the knob that decides them. A choice named by {@code let} has one slot
 * wherever it is used; a choice per layer has one knob per layer.
 */
public final class Slot {
  /** Not (yet) a knob. */
  static final int NONE = -1;

  private final String path;
  private final Place place;
  private final int start;
  private final boolean perLayer;
  private int knob = NONE;
  private final Map<String, Integer> layerKnobs = new HashMap<>();

  Slot(String path, Place place, int start, boolean perLayer) {
    this.path = path;
    this.place = place;
    this.start = start;
    this.perLayer = perLayer;
  }

  /** Path of the knob. */
  public String path() {
    return path;
  }

  /** Place of the choice. */
  public Place place() {
    return place;
  }

  /** Ordinal it starts at. */
  public int start() {
    return start;
  }

  /** True if each layer chooses for itself. */
  public boolean isPerLayer() {
    return perLayer;
  }

  /** Index of its knob, −1 = it has none because it has one value only. */
  int knob() {
    return knob;
  }

  void setKnob(int index) {
    knob = index;
  }

  int layerKnob(String layer) {
    return layerKnobs.getOrDefault(layer, NONE);
  }

  void setLayerKnob(String layer, int index) {
    layerKnobs.put(layer, index);
  }
}
