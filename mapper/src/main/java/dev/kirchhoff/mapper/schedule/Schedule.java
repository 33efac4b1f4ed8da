package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import java.util.Arrays;
import java.util.List;

/**
 * When layers run.
 *
 * <p>Layer by layer: latency = Σ (time + fill + way) and one inference starts when the last has
 * ended. Pipelined: an inference starts every interval = the longest layer time; a layer starts
 * when its producer has made the vectors that its first output needs, (k_h − 1) W + k_w input
 * positions (all of them for a linear layer on a feature map), and ends no earlier than one vector
 * after its producer. So the latency of a pipeline is start delays + the last stage, never
 * 1/throughput.
 *
 * <p>Fill: six passes from buffer to buffer beside those of the input bits, as in ISAAC (Shafiee et
 * al., ISCA 2016, doi 10.1109/ISCA.2016.12, section V: 22 cycles of which 16 are input bits).
 * Neglected: stalls by finite buffers (what does not fit is moved off the tile and charged),
 * borders of convolutions, layers without a path from the input. Not safe for several threads.
 */
public final class Schedule {
  /** Passes between buffer and buffer beside those of the input bits. */
  public static final int PIPELINE_DEPTH = 6;

  private double[] time_ns = new double[32];
  private double[] fill_ns = new double[32];
  private double[] way_ns = new double[32];
  private double[] rounds = new double[32];
  private double[] start_ns = new double[32];
  private double[] end_ns = new double[32];
  private boolean[] afterProducer = new boolean[32];
  private boolean isPipelined;
  private double port_ns;
  private double latency_ns;
  private double interval_ns;

  /** Makes room for so many layers. */
  public void clear(int layers) {
    if (time_ns.length < layers) {
      time_ns = new double[layers];
      fill_ns = new double[layers];
      way_ns = new double[layers];
      rounds = new double[layers];
      start_ns = new double[layers];
      end_ns = new double[layers];
      afterProducer = new boolean[layers];
    }
    Arrays.fill(time_ns, 0, layers, 0);
  }

  /**
   * Sets a layer.
   *
   * @param time_ns time for all its vectors
   * @param fill_ns time between a vector's first pass and its output
   * @param way_ns time of its inputs on the fabric
   * @param rounds rounds in which its copies take all vectors
   */
  public void set(int layer, double time_ns, double fill_ns, double way_ns, double rounds) {
    this.time_ns[layer] = time_ns;
    this.fill_ns[layer] = fill_ns;
    this.way_ns[layer] = way_ns;
    this.rounds[layer] = rounds;
  }

  /** Runs layers one after another; times of the port and others are added to each inference. */
  public void layerByLayer(int layers, double port_ns, double other_ns) {
    isPipelined = false;
    this.port_ns = port_ns;
    latency_ns = port_ns + other_ns;
    for (int l = 0; l < layers; l++) {
      start_ns[l] = latency_ns;
      latency_ns += time_ns[l] + fill_ns[l] + way_ns[l];
      end_ns[l] = latency_ns;
    }
    interval_ns = latency_ns;
  }

  /**
   * Runs layers as a pipeline that takes an inference not more often than every {@code port_ns}.
   */
  public void pipelined(List<Layer> layers, double port_ns) {
    isPipelined = true;
    this.port_ns = port_ns;
    interval_ns = port_ns;
    latency_ns = port_ns;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      int producer = layer.producer();
      double start = way_ns[l];
      double end = 0;
      if (producer >= 0 && producer < l) {
        double share = neededShare(layers.get(producer), layer);
        start += start_ns[producer] + share * time_ns[producer] + fill_ns[producer];
        end = end_ns[producer] + way_ns[l] + time_ns[l] / Math.max(1, rounds[l]) + fill_ns[l];
      }
      start_ns[l] = start;
      double own = start + time_ns[l] + fill_ns[l];
      afterProducer[l] = end > own;
      // Comparisons, as Math.max looks for NaN and negative zero too.
      end_ns[l] = end > own ? end : own;
      latency_ns = end_ns[l] > latency_ns ? end_ns[l] : latency_ns;
      interval_ns = time_ns[l] > interval_ns ? time_ns[l] : interval_ns;
    }
  }

  /**
   * Share of the producer's vectors that the consumer's first output needs: all for a linear layer
   * on a feature map and for a dynamic matrix, which is itself made of all vectors.
   */
  public static double neededShare(Layer producerLayer, Layer consumerLayer) {
    MatrixShape producer = producerLayer.shape();
    MatrixShape consumer = consumerLayer.shape();
    double width = (double) consumer.outputWidth() * consumer.stride();
    double height = (double) consumer.outputHeight() * consumer.stride();
    boolean flattened = consumer.vectors() == 1 && producer.vectors() > 1;
    if (flattened || consumerLayer.dynamic()) {
      return 1;
    }
    double positions = (consumer.kernelHeight() - 1) * width + consumer.kernelWidth();
    return Math.min(1, positions / (width * height));
  }

  /** Time of a layer for all its vectors. */
  public double time_ns(int layer) {
    return time_ns[layer];
  }

  /** Time between a vector's first pass and its output. */
  public double fill_ns(int layer) {
    return fill_ns[layer];
  }

  /** Time of a layer's inputs on the fabric. */
  public double way_ns(int layer) {
    return way_ns[layer];
  }

  /** When a layer starts. */
  public double start_ns(int layer) {
    return start_ns[layer];
  }

  /** When a layer ends. */
  public double end_ns(int layer) {
    return end_ns[layer];
  }

  /**
   * Whether a layer of a pipeline ends because its producer has ended, not because its own time is
   * over.
   */
  public boolean endsAfterProducer(int layer) {
    return afterProducer[layer];
  }

  /** Whether layers run as a pipeline. */
  public boolean isPipelined() {
    return isPipelined;
  }

  /** Time that an inference's bits take at the port of the chip. */
  public double port_ns() {
    return port_ns;
  }

  /** Time of one inference. */
  public double latency_ns() {
    return latency_ns;
  }

  /** Time between the starts of two inferences. */
  public double interval_ns() {
    return interval_ns;
  }
}
