package dev.kirchhoff.arch.result;

import static dev.kirchhoff.arch.result.MetricAxis.DECADES;
import static dev.kirchhoff.arch.result.MetricAxis.linear;

import java.util.Optional;

/**
 * A figure of a design: its name in the spec language, its key in results, its unit, which
 * direction is better, and its axis. Wide on linear axes are 10 dB (a decade of power), ten points
 * of accuracy, the whole of a utilization, 0.1 ms of switching (assumed).
 *
 * <p>Sustained figures need a workload. {@link #TOPS}, {@link #TOPS_PER_W} and {@link
 * #TOPS_PER_MM2} are sustained when there is one and peak when there is none; their {@code peak}
 * twins always exist.
 */
public enum Metric {
  TOPS("TOPS", "throughput_TOPS", "TOPS", true, DECADES),
  TOPS_PER_W("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W", true, DECADES),
  TOPS_PER_MM2("TOPS/mm2", "areaEfficiency_TOPSpermm2", "TOPS/mm2", true, DECADES),
  PEAK_TOPS("peakTOPS", "throughputPeak_TOPS", "TOPS", true, DECADES),
  PEAK_TOPS_PER_W("peakTOPS/W", "energyEfficiencyPeak_TOPSperW", "TOPS/W", true, DECADES),
  PEAK_TOPS_PER_MM2("peakTOPS/mm2", "areaEfficiencyPeak_TOPSpermm2", "TOPS/mm2", true, DECADES),
  AREA("area", "area_mm2", "mm2", false, DECADES),
  POWER("power", "power_W", "W", false, DECADES),
  PEAK_POWER("peakPower", "powerPeak_W", "W", false, DECADES),
  LEAKAGE("leakage", "leakage_W", "W", false, DECADES),
  ENERGY("energy", "energy_uJ", "uJ", false, DECADES),
  LATENCY("latency", "latency_ms", "ms", false, DECADES),
  BATCH_LATENCY("batchLatency", "latencyBatch_ms", "ms", false, DECADES),
  THROUGHPUT("throughput", "throughput_perS", "1/s", true, DECADES),
  SNR("snr", "snr_dB", "dB", true, linear(10)),
  /** Estimated accuracy lost, of 1; only of networks that noise was tried on. */
  ACCURACY_LOSS("accuracyLoss", "accuracyLoss", "", false, linear(0.1)),
  /** High end of its band: most simulated chips that are estimated alike lose no more. */
  ACCURACY_LOSS_HIGH("accuracyLossHigh", "accuracyLossHigh", "", false, linear(0.1)),
  UTILIZATION("utilization", "utilization", "", true, linear(1)),
  CROSSBARS("crossbars", "crossbars", "", false, DECADES),
  TILES("tiles", "tiles", "", false, DECADES),
  CHIPS("chips", "chips", "", false, DECADES),
  PROGRAMMING_ENERGY("programmingEnergy", "programmingEnergy_uJ", "uJ", false, DECADES),
  PROGRAMMING_TIME("programmingTime", "programmingTime_ms", "ms", false, DECADES),
  LIFETIME("lifetime", "lifetime_s", "s", true, DECADES),
  REFRESH_INTERVAL("refreshInterval", "refreshInterval_s", "s", true, DECADES),
  /** Part of an inference in which the switches of the fabric are set. */
  RECONFIGURATION_TIME("reconfigurationTime", "reconfigurationTime_ms", "ms", false, linear(0.1)),
  IDEAL_TOPS_PER_W("idealTOPS/W", "energyEfficiencyIdeal_TOPSperW", "TOPS/W", true, DECADES),
  IDEAL_TOPS_PER_MM2("idealTOPS/mm2", "areaEfficiencyIdeal_TOPSpermm2", "TOPS/mm2", true, DECADES);

  private final String word;
  private final String key;
  private final String unit;
  private final boolean higherIsBetter;
  private final MetricAxis axis;

  Metric(String word, String key, String unit, boolean higherIsBetter, MetricAxis axis) {
    this.word = word;
    this.key = key;
    this.unit = unit;
    this.higherIsBetter = higherIsBetter;
    this.axis = axis;
  }

  /** Name in objectives, constraints and {@code expect}. */
  public String word() {
    return word;
  }

  /** Key in results, unit included. */
  public String key() {
    return key;
  }

  /** Unit of {@link Totals#value}; empty for counts and ratios. */
  public String unit() {
    return unit;
  }

  /** True if a larger value is better. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Axis of its values, wherever they are compared, measured or drawn. */
  public MetricAxis axis() {
    return axis;
  }

  /** True if each network on a chip has its own value; other metrics are the chip's. */
  public boolean isOfNetwork() {
    return switch (this) {
      case TOPS,
          TOPS_PER_W,
          TOPS_PER_MM2,
          POWER,
          ENERGY,
          LATENCY,
          BATCH_LATENCY,
          THROUGHPUT,
          SNR,
          ACCURACY_LOSS,
          ACCURACY_LOSS_HIGH,
          RECONFIGURATION_TIME,
          IDEAL_TOPS_PER_W,
          IDEAL_TOPS_PER_MM2 ->
          true;
      case PEAK_TOPS,
          PEAK_TOPS_PER_W,
          PEAK_TOPS_PER_MM2,
          AREA,
          PEAK_POWER,
          LEAKAGE,
          UTILIZATION,
          CROSSBARS,
          TILES,
          CHIPS,
          PROGRAMMING_ENERGY,
          PROGRAMMING_TIME,
          LIFETIME,
          REFRESH_INTERVAL ->
          false;
    };
  }

  /** The metric of a name in the spec language. */
  public static Optional<Metric> ofWord(String word) {
    for (Metric metric : values()) {
      if (metric.word.equals(word)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  /** The metric of a key in results. */
  public static Optional<Metric> ofKey(String key) {
    for (Metric metric : values()) {
      if (metric.key.equals(key)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}
