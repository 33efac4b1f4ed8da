package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small compute-in-memory chip with illustrative constants (assumed, not calibrated): it has the
 * shape of the real problem (a converter that trades accuracy for energy, arrays that trade area
 * for utilization, devices that differ) and few enough designs to price all of them.
 */
public final class ToyChip implements Problem {
  private static final double[] ROWS = {64, 128, 256, 512};
  private static final double[] COLUMNS = {64, 128, 256};
  private static final double[] MUX = {4, 8, 16, 32};
  private static final double[] TILES = {16, 32, 64, 128, 256, 512};
  private static final double[] READ_FJ = {1.0, 0.35, 2.6, 0.6};
  private static final double[] NOISE = {0.06, 0.09, 0.02, 0.045};
  private static final double[] CELL_UM2 = {0.06, 0.04, 0.16, 0.05};
  private static final int[] DEVICE_BITS = {3, 2, 1, 2};

  /** Matrices (inputs, outputs, vectors) of a small convolutional network. */
  private static final double[][] LAYERS = {
    {27, 64, 1024},
    {576, 64, 1024},
    {576, 128, 256},
    {1152, 128, 256},
    {1152, 256, 64},
    {2304, 256, 64},
    {2304, 512, 16},
    {4608, 512, 16},
    {512, 10, 1}
  };

  private final DesignSpace space;
  private final int objectives;

  public ToyChip(int objectives) {
    this.objectives = objectives;
    List<Knob> knobs = new ArrayList<>();
    knobs.add(Knob.always("crossbar.rows", List.of("64", "128", "256", "512"), 1));
    knobs.add(Knob.always("crossbar.columns", List.of("64", "128", "256"), 1));
    knobs.add(Knob.always("cell.bits", List.of("1", "2", "3"), 1));
    knobs.add(Knob.always("cell.device", List.of("redox", "pcm", "mram", "fefet"), 0));
    knobs.add(Knob.always("pe.input.bitsPerPulse", List.of("1", "2", "4"), 0));
    knobs.add(Knob.always("pe.readout", List.of("sar", "flash", "sense"), 0));
    knobs.add(Knob.under(5, List.of(0), "pe.readout.sar.bits", range(4, 10), 4));
    knobs.add(
        Knob.under(
            5, List.of(0), "pe.readout.sar.columnsPerAdc", List.of("4", "8", "16", "32"), 2));
    knobs.add(Knob.under(5, List.of(1), "pe.readout.flash.bits", range(3, 6), 2));
    knobs.add(
        Knob.under(
            5, List.of(1), "pe.readout.flash.columnsPerAdc", List.of("4", "8", "16", "32"), 2));
    knobs.add(Knob.always("pe.perTile", List.of("4", "8", "16"), 1));
    knobs.add(Knob.always("tile.count", List.of("16", "32", "64", "128", "256", "512"), 4));
    knobs.add(Knob.always("crossbar.reads", List.of("1", "2", "4"), 0));
    this.space = new DesignSpace(knobs);
  }

  static List<String> range(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @Override
  public DesignSpace space() {
    return space;
  }

  @Override
  public List<Objective> objectives() {
    return List.of(
            new Objective(Metric.TOPS_PER_W, true),
            new Objective(Metric.AREA, false),
            new Objective(Metric.LATENCY, false))
        .subList(0, objectives);
  }

  @Override
  public List<String> constraints() {
    return List.of("snr >= 14 dB", "crossbars missing", "cell levels missing");
  }

  @Override
  public Session newSession() {
    return new ToySession();
  }

  private final class ToySession implements Session {

    @Override
    public boolean prune(int[] d, double[] violations, double[] relative) {
      int missing = d[2] + 1 - DEVICE_BITS[d[3]];
      violations[2] = Math.max(0, missing);
      relative[2] = violations[2] / 3;
      return missing > 0;
    }

    @Override
    public void evaluate(int[] d, double[] out, double[] violations, double[] relative) {
      double rows = ROWS[d[0]];
      double columns = COLUMNS[d[1]];
      int cellBits = d[2] + 1;
      int device = d[3];
      int dac = 1 << d[4];
      double reads = 1 << d[12];
      int adcBits = d[5] == 0 ? 4 + d[6] : d[5] == 1 ? 3 + d[8] : 2;
      double mux = d[5] == 0 ? MUX[d[7]] : d[5] == 1 ? MUX[d[9]] : 1;
      double slices = Math.ceil(8.0 / cellBits);
      double pulses = Math.ceil(8.0 / dac);
      double active = rows / reads;

      double signalBits = StrictMath.log(active) / StrictMath.log(2) + cellBits + dac - 1;
      double clipped = Math.max(0, signalBits - 1.5 - adcBits);
      double quantisation = 0.004 * (1 << (int) Math.ceil(clipped)) * (1 << cellBits) / 4.0;
      double cellNoise = NOISE[device] * (1 << cellBits) / StrictMath.sqrt(active) * 0.25;
      double irDrop = 2e-6 * rows * columns / READ_FJ[device] * (device == 2 ? 0.2 : 1);
      double noise = quantisation * quantisation + cellNoise * cellNoise + irDrop * irDrop * 0.01;
      double snr_dB = -10 * StrictMath.log10(noise) - 20;

      double converter_fJ =
          d[5] == 0
              ? 2.0 * (1 << adcBits) * 0.4 + 40 * adcBits
              : d[5] == 1 ? 12.0 * (1 << adcBits) : 15;
      double converter_um2 =
          d[5] == 0 ? 250 + 3.0 * (1 << adcBits) : d[5] == 1 ? 40.0 * (1 << adcBits) : 20;
      double conversion_ns = d[5] == 0 ? 1.0 * adcBits : 1.2;

      double needed = 0;
      double energy_fJ = 0;
      double latency_ns = 0;
      double operations = 0;
      for (double[] layer : LAYERS) {
        double down = Math.ceil(layer[0] / rows);
        double across = Math.ceil(layer[1] * slices / columns);
        needed += down * across;
        double vectors = layer[2];
        operations += 2 * layer[0] * layer[1] * vectors;
        double conversions = vectors * pulses * reads * down * layer[1] * slices;
        energy_fJ +=
            conversions * (converter_fJ + 8) + conversions * active * READ_FJ[device] * dac * 0.3;
        energy_fJ += vectors * pulses * layer[0] * across * (6 + 9.0 * dac * dac);
        latency_ns += vectors * pulses * reads * (5 + mux * conversion_ns);
      }
      double pes = new double[] {4, 8, 16}[d[10]];
      double crossbars = TILES[d[11]] * pes;
      double crossbar_um2 =
          rows * columns * CELL_UM2[device]
              + columns / mux * converter_um2
              + rows * (2 + 3.0 * dac * dac);
      double chip_mm2 = (crossbars * crossbar_um2 + TILES[d[11]] * (30_000 + 400 * pes)) * 1e-6;
      double copies = Math.max(1, Math.min(8, Math.floor(crossbars / needed)));
      latency_ns /= copies;
      energy_fJ += chip_mm2 * 2_000 * latency_ns;

      out[0] = operations / energy_fJ * 1e3;
      out[1] = chip_mm2;
      if (out.length > 2) {
        out[2] = latency_ns * 1e-6;
      }
      violations[0] = Math.max(0, 14 - snr_dB);
      violations[1] = Math.max(0, needed - crossbars);
      for (int c = 0; c < 2; c++) {
        relative[c] = violations[c] / (c == 0 ? 14 : crossbars);
      }
    }
  }
}
