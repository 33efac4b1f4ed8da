package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.schedule.Progress.Vertex;
import java.util.ArrayList;
import java.util.List;

/**
 * One inference through the layers of a network that run side by side.
 *
 * <p>A layer takes its N vectors in ρ = ⌈N/d⌉ iterations of equal length. Iteration k starts when
 * the iteration before has taken its time and when the input positions that its vectors need have
 * arrived from every layer that it reads, and its results are out a fill later and when every layer
 * that it joins is as far (docs/mapping.md, eq. 10 and 11):
 *
 * <pre>start(k) = max(start(k − 1) + iteration, max over reads i: out_i(need(k)) + way)
 * end(k) = max(start(k) + iteration + fill, max over joins j: out_j((k + 1)/ρ) + way)</pre>
 *
 * <p>Iteration k needs the share need(k) of the input map, rising evenly from the share of the
 * first iteration to 1. out_i(f) is the time at which the producer of read i has delivered the
 * share f of its map: its end(f ρ − 1), between two iterations in proportion, the whole first
 * iteration at its end. <b>Exact:</b> end(k) is convex in k if those of all producers are (a
 * maximum of convex functions; max over j ≤ k of out(j) + (k − j) · iteration is max(out(0) + k ·
 * iteration, out(k)) because out(j) − j · iteration is convex), so it is kept as the vertices of a
 * convex polygon on whole iterations, two in nearly every case, and no iteration is walked. A
 * simulator in the tests walks them and must find the same. Beyond {@link Envelope#VERTICES}
 * vertices of one layer chords stand for the shortest sides: an upper bound.
 *
 * <p>Recurrent layers: steps follow one another, each its iterations and a fill, so that a step is
 * a iteration of (iterations of a step · iteration + fill).
 *
 * <p>Neglected: rows' ends of a moving window (its need rises evenly); vectors that the last
 * iteration lacks; a layer may still be in the last iteration of an inference when the next one
 * arrives (at most one iteration a layer); line buffers as large as {@link #heldShareOfRead} never
 * stall a producer so that its consumer waits, smaller ones spill, which makes iterations longer.
 */
public final class Pipeline {
  private final Dataflow flow;
  private final List<LayerTime> layers;
  private final double input_ns;
  private final LayerRun[] runs;
  private final double[] lastStart_ns;
  private final Progress[] progress;

  private Pipeline(Dataflow flow, List<LayerTime> layers, double input_ns) {
    this.flow = flow;
    this.layers = List.copyOf(layers);
    this.input_ns = input_ns;
    runs = new LayerRun[layers.size()];
    lastStart_ns = new double[layers.size()];
    progress = new Progress[layers.size()];
    for (int l = 0; l < runs.length; l++) {
      follow(l);
    }
  }

  /**
   * Runs an inference.
   *
   * @param layers time of each layer
   * @param input_ns time in which the network's input arrives
   */
  public static Pipeline of(Dataflow flow, List<LayerTime> layers, double input_ns) {
    return new Pipeline(flow, layers, input_ns);
  }

  /** Runs a layer behind those before it, which have run. */
  private void follow(int l) {
    LayerTime time = layers.get(l);
    int firstRead = flow.firstRead(l);
    double ready = 0;
    double all = 0;
    int first = Dataflow.INPUT;
    int last = Dataflow.INPUT;
    int behind = flow.firstRead(l + 1);
    for (int i = firstRead; i < behind; i++) {
      int p = flow.read(i);
      double a = arrival_ns(p, time.firstShare());
      double b = end_ns(p);
      if (a > ready || i == firstRead) {
        ready = a;
        first = p;
      }
      if (b > all || i == firstRead) {
        all = b;
        last = p;
      }
    }
    double more = time.iterations() - 1;
    double start = ready + time.way_ns();
    double first_ns = start + time.lead_ns();
    double unfed = first_ns + more * time.iteration_ns();
    double fed = all + time.way_ns();
    boolean waits = fed > unfed;
    lastStart_ns[l] = waits ? fed : unfed;
    double out_ns = time.iteration_ns() + time.fill_ns();
    double from = first_ns + out_ns;
    double end = lastStart_ns[l] + out_ns;
    boolean keepsPace = first == last && time.lead_ns() == 0 && isEven(last, time.firstShare());
    boolean isEven = !waits || more <= 1 || keepsPace;
    boolean isAhead = true;
    EndCause cause = waits ? EndCause.READ : EndCause.OWN_ITERATIONS;
    int firstJoin = flow.firstJoin(l);
    behind = flow.firstJoin(l + 1);
    double joined_ns = 0;
    int lastJoined = Dataflow.INPUT;
    for (int i = firstJoin; i < behind; i++) {
      int j = flow.join(i);
      double a = arrival_ns(j, 1 / time.iterations()) + time.way_ns();
      double b = end_ns(j) + time.way_ns();
      isAhead &= a <= from && b <= end;
      if (b > joined_ns || i == firstJoin) {
        joined_ns = b;
        lastJoined = j;
      }
    }
    double last_ns = end;
    if (behind > firstJoin && joined_ns > end) {
      cause = EndCause.JOIN;
      last = lastJoined;
      last_ns = joined_ns;
    }
    runs[l] = new LayerRun(start, last_ns, first, cause, last);
    if (isEven && isAhead) {
      progress[l] = Progress.even(more, from, end);
    } else if (followsOne(l)) {
      progress[l] = following(l, flow.read(firstRead), out_ns);
    } else {
      progress[l] = bent(l);
    }
  }

  /** True if a layer depends on one producer alone, which delivers at an even pace. */
  private boolean followsOne(int l) {
    int read = flow.firstRead(l);
    return flow.firstRead(l + 1) == read + 1
        && flow.firstJoin(l + 1) == flow.firstJoin(l)
        && layers.get(l).lead_ns() == 0
        && !Dataflow.isInput(flow.read(read))
        && progress[flow.read(read)].isEvenFrom(0);
  }

  /**
   * Progress of a layer that starts when its producer's first iteration ends with more than it
   * needs, then takes iterations at its own pace a until it has caught up with what comes, and
   * keeps the producer's pace b from there on: start + a x = fed − b (last iteration − x) at the
   * crossing x.
   */
  private Progress following(int l, int producer, double out_ns) {
    LayerTime time = layers.get(l);
    double iterations = layers.get(producer).iterations();
    double more = time.iterations() - 1;
    double first_ns = runs[l].start_ns() + out_ns;
    double last_ns = lastStart_ns[l] + out_ns;
    double perShare_ns = (end_ns(producer) - progress[producer].first_ns()) / (iterations - 1);
    double pace_ns = perShare_ns * iterations * (1 - time.firstShare()) / more;
    double crossing = (last_ns - more * pace_ns - first_ns) / (time.iteration_ns() - pace_ns);
    double low = Math.min(Math.max(Math.floor(crossing), 0), more - 1);
    List<Vertex> vertices = new ArrayList<>();
    vertices.add(new Vertex(0, first_ns));
    if (low > 0) {
      vertices.add(new Vertex(low, first_ns + low * time.iteration_ns()));
    }
    if (low + 1 < more) {
      double onOwn_ns = first_ns + (low + 1) * time.iteration_ns();
      double fed_ns = last_ns - (more - low - 1) * pace_ns;
      vertices.add(new Vertex(low + 1, Math.max(onOwn_ns, fed_ns)));
    }
    vertices.add(new Vertex(more, last_ns));
    return Progress.of(vertices);
  }

  /** Progress of a layer whose pace changes, or may change. */
  private Progress bent(int l) {
    LayerTime time = layers.get(l);
    double iterations = time.iterations();
    double out_ns = time.iteration_ns() + time.fill_ns();
    double slope = iterations <= 1 ? 0 : (1 - time.firstShare()) / (iterations - 1);
    List<Envelope.Function> functions = new ArrayList<>();
    functions.add(
        new Envelope.Line(runs[l].start_ns() + time.lead_ns() + out_ns, time.iteration_ns()));
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      functions.add(arrivals(flow.read(i), time.firstShare(), slope, time.way_ns() + out_ns));
    }
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      functions.add(arrivals(flow.join(i), 1 / iterations, 1 / iterations, time.way_ns()));
    }
    return Envelope.of(functions, iterations - 1);
  }

  /** Arrival of the share {@code first + slope · k} of a producer's map, for iteration k. */
  private Envelope.Function arrivals(int producer, double first, double slope, double delay_ns) {
    if (Dataflow.isInput(producer)) {
      return new Envelope.Line(input_ns * first + delay_ns, input_ns * slope);
    }
    double iterations = layers.get(producer).iterations();
    return new Envelope.DelayedProgress(
        progress[producer], first * iterations - 1, slope * iterations, delay_ns);
  }

  /** True if a producer's outputs come at an even pace from a share of its map on. */
  private boolean isEven(int producer, double share) {
    return Dataflow.isInput(producer)
        || progress[producer].isEvenFrom(share * layers.get(producer).iterations() - 1);
  }

  /** Time by which a producer has delivered a share of its map. */
  private double arrival_ns(int producer, double share) {
    return Dataflow.isInput(producer)
        ? input_ns * share
        : progress[producer].at_ns(share * layers.get(producer).iterations() - 1);
  }

  /**
   * Share of its producer's map that a layer's buffer must hold for a read so that nobody waits for
   * room: the lines that the window keeps, what comes and goes in the time from a producer's
   * decision to send to its arrival, an iteration of each, and what has come while the layer still
   * waits for another producer.
   *
   * @param index index of the read in the dataflow
   */
  public double heldShareOfRead(int layer, int index) {
    double first = layers.get(layer).firstShare();
    double begins = runs[layer].start_ns() + layers.get(layer).lead_ns();
    int producer = flow.read(index);
    double perShare_ns = (lastStart_ns[layer] - begins) / (1 - first);
    boolean isAwaited = producer == runs[layer].startsAfter();
    double ahead = isAwaited ? 0 : ahead(layer, producer, begins, first);
    return heldShare(layer, producer, first, perShare_ns, keptShare(layer), ahead);
  }

  /**
   * Share of its producer's map that a layer's buffer must hold for a join, which goes iteration by
   * iteration and keeps no lines.
   *
   * @param index index of the join in the dataflow
   */
  public double heldShareOfJoin(int layer, int index) {
    double first = 1 / layers.get(layer).iterations();
    double begins = progress[layer].first_ns();
    int producer = flow.join(index);
    double perShare_ns = (runs[layer].end_ns() - begins) / (1 - first);
    double ahead = ahead(layer, producer, begins, first);
    return heldShare(layer, producer, first, perShare_ns, 0, ahead);
  }

  private double heldShare(
      int layer, int producer, double first, double perShare_ns, double kept, double ahead) {
    LayerTime time = layers.get(layer);
    if (first >= 1 || time.iterations() <= 1 || !(perShare_ns > 0)) {
      return 1;
    }
    double loop_ns = time.way_ns();
    double grain = 2 * (1 - first) / (time.iterations() - 1);
    if (!Dataflow.isInput(producer)) {
      LayerTime before = layers.get(producer);
      loop_ns += before.fill_ns() + before.iteration_ns();
      grain += 2 / before.iterations();
    }
    return Math.min(1, kept + grain + ahead + loop_ns / perShare_ns);
  }

  /** Share of its map that a producer has delivered when a layer begins, beyond the first one. */
  private double ahead(int layer, int producer, double begins_ns, double first) {
    double at_ns = begins_ns - layers.get(layer).way_ns();
    double delivered;
    if (Dataflow.isInput(producer)) {
      delivered = input_ns > 0 ? Math.min(1, at_ns / input_ns) : 1;
    } else {
      delivered = (progress[producer].iterationsAt(at_ns) + 1) / layers.get(producer).iterations();
    }
    return Math.max(0, delivered - first);
  }

  /** Share of its input map that a layer keeps for the windows of an iteration's vectors. */
  double keptShare(int layer) {
    double first = layers.get(layer).firstShare();
    return Math.min(1, flow.lineShare(layer) + first - flow.firstShare(layer));
  }

  /** The run of a layer. */
  LayerRun run(int layer) {
    return runs[layer];
  }

  /** The dataflow of the layers. */
  public Dataflow flow() {
    return flow;
  }

  /** Time of each layer. */
  public List<LayerTime> layers() {
    return layers;
  }

  /** Time in which the network's input arrives. */
  public double input_ns() {
    return input_ns;
  }

  /** Start of a layer's first iteration and of what precedes it. */
  public double start_ns(int layer) {
    return runs[layer].start_ns();
  }

  /** Time of a layer's last output, or of the last of the network's input. */
  public double end_ns(int producer) {
    return Dataflow.isInput(producer) ? input_ns : runs[producer].end_ns();
  }
}
