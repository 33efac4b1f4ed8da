package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Times of a network's layers, of one inference, and of a stream or of batches of inferences.
 *
 * <p>Layers run side by side ({@link Pipeline}), or each starts when the one before has ended. An
 * inference starts every interval (docs/mapping.md, eq. 12 and 13):
 *
 * <pre>interval = max(longest layer, port),  latency = max(last end, port)     side by side
 * interval = latency = port + Σ (way + lead + iterations + fill)              layer by layer
 * batch of n_b = once + latency + (n_b − 1) · interval</pre>
 *
 * <p>The next batch starts when the last has ended.
 */
public final class Schedule {
  private final List<LayerTime> layers;
  private final LayerRun[] runs;
  private final Optional<Pipeline> pipeline;
  private final double port_ns;
  private final double single_ns;
  private final double stage_ns;
  private final Optional<Batch> batch;

  /**
   * Inferences that are taken together.
   *
   * @param inferences number of them
   * @param once_ns time that each batch takes beside its inferences
   * @param together whether no inference ends before all do
   */
  public record Batch(int inferences, double once_ns, boolean together) {
    /** Refuses a batch without inferences. */
    public Batch {
      if (inferences < 1) {
        throw new IllegalArgumentException(
            "The inferences (" + inferences + ") of a batch must be positive.");
      }
    }
  }

  private Schedule(
      List<LayerTime> layers,
      LayerRun[] runs,
      Optional<Pipeline> pipeline,
      double port_ns,
      double single_ns,
      double stage_ns,
      Optional<Batch> batch) {
    this.layers = layers;
    this.runs = runs;
    this.pipeline = pipeline;
    this.port_ns = port_ns;
    this.single_ns = single_ns;
    this.stage_ns = stage_ns;
    this.batch = batch;
  }

  /**
   * Layers one after another, in a stream.
   *
   * @param port_ns time that an inference's bits take at the port, added to each inference
   */
  public static Schedule layerByLayer(List<LayerTime> layers, double port_ns) {
    return layerByLayer(layers, port_ns, layer -> false);
  }

  /**
   * Layers one after another, in a stream, some of them beside the layer before: iterations of such
   * a group run at once, what precedes them is done one after another.
   *
   * @param port_ns time that an inference's bits take at the port, added to each inference
   * @param isBeside whether a layer runs beside the one before
   */
  public static Schedule layerByLayer(
      List<LayerTime> layers, double port_ns, IntPredicate isBeside) {
    LayerRun[] runs = new LayerRun[layers.size()];
    double end_ns = port_ns;
    double groupStart_ns = port_ns;
    double leads_ns = 0;
    double longest_ns = 0;
    int before = Dataflow.INPUT;
    for (int l = 0; l < runs.length; l++) {
      LayerTime time = layers.get(l);
      boolean isFirst = l == 0 || !isBeside.test(l);
      groupStart_ns = isFirst ? end_ns : groupStart_ns;
      leads_ns = time.lead_ns() + (isFirst ? 0 : leads_ns);
      double own_ns = time.time_ns() + time.fill_ns() + time.way_ns();
      longest_ns = isFirst ? own_ns : Math.max(longest_ns, own_ns);
      if (isFirst) {
        end_ns += time.lead_ns() + time.time_ns() + time.fill_ns() + time.way_ns();
      } else {
        end_ns = groupStart_ns + leads_ns + longest_ns;
      }
      double start_ns = groupStart_ns + time.way_ns();
      runs[l] = new LayerRun(start_ns, end_ns, before, EndCause.OWN_ITERATIONS, before);
      before = l;
    }
    return new Schedule(
        List.copyOf(layers), runs, Optional.empty(), port_ns, end_ns, end_ns, Optional.empty());
  }

  /**
   * Layers side by side, in a stream.
   *
   * @param port_ns time that an inference's bits take at the port or on the most loaded link
   */
  public static Schedule pipelined(Pipeline pipeline, double port_ns) {
    List<LayerTime> layers = pipeline.layers();
    LayerRun[] runs = new LayerRun[layers.size()];
    double stage_ns = port_ns;
    double latency_ns = port_ns;
    for (int l = 0; l < runs.length; l++) {
      runs[l] = pipeline.run(l);
      // Comparisons, as Math.max looks for NaN and negative zero too.
      latency_ns = runs[l].end_ns() > latency_ns ? runs[l].end_ns() : latency_ns;
      double busy_ns = layers.get(l).busy_ns();
      stage_ns = busy_ns > stage_ns ? busy_ns : stage_ns;
    }
    return new Schedule(
        layers, runs, Optional.of(pipeline), port_ns, latency_ns, stage_ns, Optional.empty());
  }

  /** The layers as they are, with inferences in batches. */
  public Schedule inBatches(Batch batch) {
    return new Schedule(layers, runs, pipeline, port_ns, single_ns, stage_ns, Optional.of(batch));
  }

  /** Time of each layer. */
  public List<LayerTime> layers() {
    return layers;
  }

  /** Time of a layer. */
  public LayerTime layer(int layer) {
    return layers.get(layer);
  }

  /** The run of the layers side by side; empty layer by layer. */
  public Optional<Pipeline> pipeline() {
    return pipeline;
  }

  /** True if layers run side by side. */
  public boolean isPipelined() {
    return pipeline.isPresent();
  }

  /** Start of a layer's first iteration. */
  public double start_ns(int layer) {
    return runs[layer].start_ns();
  }

  /** Time of a layer's last output. */
  public double end_ns(int layer) {
    return runs[layer].end_ns();
  }

  /** Idle time of a layer between its start and its end. */
  public double stall_ns(int layer) {
    double end_ns = end_ns(layer);
    LayerTime time = layers.get(layer);
    double stall_ns = end_ns - start_ns(layer) - time.fill_ns() - time.busy_ns();
    return stall_ns > 1e-12 * end_ns ? stall_ns : 0;
  }

  /** The layer whose outputs the first iteration waits for; empty for the network's input. */
  public OptionalInt startsAfter(int layer) {
    return producer(runs[layer].startsAfter());
  }

  /** Cause of a layer's end. */
  public EndCause endCause(int layer) {
    return runs[layer].endCause();
  }

  /**
   * The layer whose last outputs a layer waits for at its end; empty for the network's input and
   * where its own iterations take longest.
   */
  public OptionalInt endsAfter(int layer) {
    LayerRun run = runs[layer];
    return run.endCause() == EndCause.OWN_ITERATIONS
        ? OptionalInt.empty()
        : producer(run.endsAfter());
  }

  private static OptionalInt producer(int producer) {
    return Dataflow.isInput(producer) ? OptionalInt.empty() : OptionalInt.of(producer);
  }

  /** Time that an inference's bits take at the port of the chip, or on its most loaded link. */
  public double port_ns() {
    return port_ns;
  }

  /** Time of one inference; of the whole batch where no inference ends before all do. */
  public double latency_ns() {
    return isTogether() ? batch_ns() : single_ns;
  }

  /** Time of a batch; of one inference in a stream. */
  public double batch_ns() {
    return batch
        .map(b -> b.once_ns() + single_ns + (b.inferences() - 1) * stage_ns)
        .orElse(single_ns);
  }

  /** Time between the starts of two inferences of a batch or a stream. */
  public double stage_ns() {
    return stage_ns;
  }

  /** Mean time for each inference: between two starts in a stream, a part of the batch else. */
  public double interval_ns() {
    return batch.isPresent() ? batch_ns() / inferences() : stage_ns;
  }

  /** The batch; empty in an endless stream. */
  public Optional<Batch> batch() {
    return batch;
  }

  /** Inferences of a batch; 1 in a stream. */
  public int inferences() {
    return batch.map(Batch::inferences).orElse(1);
  }

  /** True if all inferences of a batch end together. */
  public boolean isTogether() {
    return batch.isPresent() && batch.get().together();
  }
}
