package dev.kirchhoff.arch.result;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Costs and signal-to-noise ratio of one layer.
 *
 * @param network network
 * @param layer layer name
 * @param macs multiply-accumulates of one inference
 * @param mapping how it lies on the chip
 * @param energy_uJ dynamic energy of one inference
 * @param latency_ms time of this layer alone
 * @param timing when it runs in one inference
 * @param noise signal-to-noise ratio and what limits it
 */
public record LayerResult(
    String network,
    String layer,
    long macs,
    LayerMapping mapping,
    double energy_uJ,
    double latency_ms,
    LayerTimes timing,
    Noise noise) {

  /**
   * A bar of the schedule: when a layer runs in one inference.
   *
   * @param start_ms when its first iteration starts
   * @param end_ms when its last output is there
   * @param busy_ms time that it takes by itself, bandwidth included
   * @param waiting_ms time between start and end in which it waits for others
   * @param bandwidth_ms part of the busy time that buffers or links off its tiles add
   * @param occupancy busy time / time between two inferences
   * @param startsAfter the layer whose outputs its start waits for, or {@code input}
   * @param endsAfter the layer whose outputs its end waits for; empty if its own time is the
   *     longest
   */
  public record LayerTimes(
      double start_ms,
      double end_ms,
      double busy_ms,
      double waiting_ms,
      double bandwidth_ms,
      double occupancy,
      String startsAfter,
      String endsAfter) {}

  /**
   * Mapping of a layer onto crossbars.
   *
   * @param crossbars crossbars of one copy
   * @param copies copies for throughput
   * @param utilization used cells / cells of those crossbars
   * @param weightsOf layer whose stored matrix it multiplies with; empty with one of its own
   */
  public record LayerMapping(
      long crossbars,
      int copies,
      double utilization,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String weightsOf) {
    public LayerMapping {
      weightsOf = weightsOf == null ? "" : weightsOf;
    }

    /** A layer on crossbars of its own. */
    public LayerMapping(long crossbars, int copies, double utilization) {
      this(crossbars, copies, utilization, "");
    }
  }

  /**
   * Signal-to-noise ratio and the noise-to-signal ratios that add up to it.
   *
   * @param snr_dB signal-to-noise ratio of the layer's outputs
   * @param quantisation converter steps and values rounded to their bits
   * @param clipping values outside the converter's range
   * @param readout thermal noise, virtual ground, lost bits, mismatch of converters
   * @param cells programming error, drift spread and read noise
   * @param irDrop position-dependent loss in the wires
   * @param retainedSignal share of the signal that converters' codes carry; the rest counts as
   *     quantisation
   * @param rounding that part of the quantisation that is values rounded to their bits
   * @param input noise, offsets, gains and levels of the rows' drivers
   */
  public record Noise(
      double snr_dB,
      double quantisation,
      double clipping,
      double readout,
      double cells,
      double irDrop,
      @JsonAlias("said") double retainedSignal,
      double rounding,
      double input) {
    /** Least ratio of hardware that adds no noise. */
    private static final double LEAST = 1e-15;

    /** Source of the largest share of the noise; the first of equals. */
    public String dominantSource() {
      double[] shares = {quantisation, clipping, readout, cells, irDrop, input};
      String[] names = {"quantisation", "clipping", "readout", "cells", "IR drop", "inputs"};
      int most = 0;
      for (int i = 1; i < shares.length; i++) {
        if (shares[i] > shares[most]) {
          most = i;
        }
      }
      return names[most];
    }

    /**
     * Signal-to-noise ratio of the hardware's noise alone, values rounded to their bits being
     * given, as the error of a simulated chip's products against exact ones; within ±150 dB.
     */
    public double hardware_dB() {
      double all = quantisation - rounding + clipping + readout + cells + irDrop + input;
      // Written so that a NaN (no signal and no noise) becomes the largest ratio.
      return -10 * StrictMath.log10(all <= 1 / LEAST ? Math.max(all, LEAST) : 1 / LEAST);
    }
  }
}
