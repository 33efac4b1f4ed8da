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
    if (mapping.inPhases()) {
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
    long onChip = Math.round(mapping.crossbarsOnChip());
    int phase = 0;
    long load = 0;
    for (int j = 0; j < first.length; j++) {
      for (int l = 0; l < first[j].length; l++) {
        int own = mapping.phaseOf(j, l);
        if (own > phase) {
          load = (end + onChip - 1) / onChip * onChip;
          phase = own;
        }
        first[j][l] = Math.round(mapping.loading().place(j, l)) + (own < 0 ? 0 : load);
        end = Math.max(end, first[j][l] + Math.round(mapping.job(j).crossbars(l)));
      }
    }
  }
}
