package dev.kirchhoff.mapper.evaluate;

import java.util.Arrays;

/**
 * The first crossbar of each layer of a mapped design, on demand.
 *
 * <p>Layers follow each other. On several chips a chip's first layer begins at its first crossbar.
 * With weights loaded in phases crossbars are numbered load after load, each load as many numbers
 * as the chip has crossbars: layers that stay come first in load 0, every phase begins behind them
 * in a load of its own, and a layer larger than the chip goes on in the loads that follow.
 */
final class LayerPlaces {
  private final DesignMapping mapping;
  private final long[][] first;
  private long end;

  private LayerPlaces(DesignMapping mapping) {
    this.mapping = mapping;
    first = new long[mapping.jobs()][];
    for (int j = 0; j < first.length; j++) {
      first[j] = new long[mapping.job(j).layers()];
      Arrays.fill(first[j], -1);
    }
  }

  static LayerPlaces of(DesignMapping mapping) {
    LayerPlaces places = new LayerPlaces(mapping);
    boolean isShared = false;
    for (int j = 0; j < mapping.jobs(); j++) {
      isShared |= mapping.job(j).sharing.isPacked();
    }
    if (mapping.inPhases() && !isShared) {
      places.inPhases();
    } else {
      places.inOrder();
    }
    return places;
  }

  /** First crossbar of a layer. */
  long first(int j, int l) {
    return first[j][l];
  }

  /** The crossbar behind the last. */
  long end() {
    return end;
  }

  private void inOrder() {
    double at = 0;
    double perChip = mapping.crossbarsOnChip() / mapping.chips();
    for (int j = 0; j < first.length; j++) {
      for (int l = 0; l < first[j].length; l++) {
        double taken = mapping.job(j).crossbars(l);
        if (taken > 0) {
          at = Math.max(at, mapping.chipOf(j, l) * perChip);
        }
        first[j][l] = Math.round(at);
        at += taken;
      }
    }
    end = Math.round(at);
  }

  private void inPhases() {
    long behind = 0;
    for (int j = 0; j < first.length; j++) {
      for (int l = 0; l < first[j].length; l++) {
        if (mapping.phaseOf(j, l) < 0) {
          first[j][l] = behind;
          behind += Math.round(mapping.job(j).crossbars(l));
        }
      }
    }
    long onChip = Math.round(mapping.crossbarsOnChip());
    end = behind;
    for (int phase = 0; phase < mapping.phases().phases(); phase++) {
      long at = phase == 0 ? behind : (end + onChip - 1) / onChip * onChip + behind;
      for (int j = 0; j < first.length; j++) {
        for (int l = 0; l < first[j].length; l++) {
          if (mapping.phaseOf(j, l) == phase) {
            first[j][l] = at;
            at += Math.round(mapping.job(j).crossbars(l));
          }
        }
      }
      end = at;
    }
  }
}
