package dev.kirchhoff.arch.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Link from choices to the knob that decides them. A choice named by {@code let} has one slot
 * wherever it is used; a choice per layer has one knob per layer.
 */
public final class Slot {
  private final String path;
  private final Place place;
  private final int start;
  private final boolean perLayer;
  private OptionalInt knob = OptionalInt.empty();
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

  /** Index of its knob; empty where it has one value only, and before knobs are numbered. */
  OptionalInt knob() {
    return knob;
  }

  void setKnob(int index) {
    knob = OptionalInt.of(index);
  }

  /** Index of a layer's knob; empty where the layer has none. */
  OptionalInt layerKnob(String layer) {
    Integer index = layerKnobs.get(layer);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  void setLayerKnob(String layer, int index) {
    layerKnobs.put(layer, index);
  }
}
