package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.LayerResult;

/** Signal-to-noise ratio of a mapped design. */
final class LayerNoise {
  void set(DesignMapping mapping) {}

  double snr_dB() {
    return Double.NaN;
  }

  LayerResult.Noise of(int job, int layer) {
    return new LayerResult.Noise(Double.NaN, 0, 0, 0, 0, 0);
  }
}
