package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.Dataflow;

/**
 * When layers run: one inference on rounds of vectors, and a batch of inferences.
 *
 * <p>A layer takes its N vectors in R = ⌈N / copies⌉ rounds of equal length. Round k starts when
 * the round before has taken its time and when the input positions that its vectors need have
 * arrived from every layer that it reads, and its results are out a fill later and when every layer
 * that it joins is as far:
 *
 * <pre>s(k) = max(s(k − 1) + round, max over reads p: out_p(q(k)) + way)
 * e(k) = max(s(k) + round + fill, max over joins j: out_j((k + 1) / R) + way)</pre>
 *
 * <p>Round k needs the share q(k) of the input map, rising evenly from the share of the first round
 * to 1. out_p(q) is when p has delivered the share q of its map: e_p(qR − 1), between two rounds in
 * proportion, the whole first round at its end. <b>Exact:</b> e is convex in k if those of all
 * producers are (a maximum of convex functions; max over j ≤ k of out(j) + (k − j) · round is
 * max(out(0) + k · round, out(k)) because out(j) − j · round is convex), so it is kept as the
 * vertices of a convex polygon on whole rounds, two in nearly every case, and no round is walked. A
 * simulator in the tests walks them and must find the same. Beyond {@link #VERTICES} vertices of
 * one layer chords stand for the shortest sides: an upper bound.
 *
 * <p>Recurrent layers: steps follow one another, each its rounds and a fill, so that a step is a
 * round of (rounds of a step · round + fill). Layer by layer a layer starts when the one before has
 * ended. An inference starts every interval = the longest stage or the port; a batch of b takes
 * latency + (b − 1) · interval pipelined, b · latency layer by layer.
 *
 * <p>Fill: six passes from buffer to buffer beside those of the input bits, as in ISAAC (Shafiee et
 * al., ISCA 2016, doi 10.1109/ISCA.2016.12, section V: 22 cycles of which 16 are input bits).
 *
 * <p>Neglected: rows' ends of a moving window (its need rises evenly); vectors that the last round
 * lacks; a layer may still be in the last round of an inference when the next one arrives (at most
 * one round a layer); line buffers as large as {@link #heldShare} never stall a producer so that
 * its consumer waits, smaller ones spill, which makes rounds longer. Not safe for several threads.
 */
public final class Schedule extends LayerTimes {
  /** Passes between buffer and buffer beside those of the input bits. */
  public static final int PIPELINE_DEPTH = 6;

  /** Most vertices of a layer. */
  static final int VERTICES = 64;

  /** What a layer's start or end waited for, where it is no layer. */
  public static final int ITSELF = -2;

  private final Envelope envelope = new Envelope();
  private final Progress progress = new Progress();
  private double[] start_ns = new double[32];
  private double[] lastStart_ns = new double[32];
  private double[] end_ns = new double[32];
  private int[] startsAfter = new int[32];
  private int[] endsAfter = new int[32];
  private boolean[] joined = new boolean[32];

  /** The dataflow of the pipeline that ran last. */
  private Dataflow ran;

  private int ranFrom;
  private boolean isPipelined;
  private double port_ns;
  private double other_ns;
  private double input_ns;
  private double latency_ns;
  private double interval_ns;
  private double stage_ns;
  private double batch_ns;
  private double once_ns;
  private int inferences;
  private boolean isTogether;

  /** Makes room for so many layers. */
  public void clear(int layers) {
    clear(layers, false);
  }

  /**
   * Makes room for so many layers.
   *
   * @param keeps whether layers that are set as before, and all before them, need not run again
   */
  public void clear(int layers, boolean keeps) {
    begin(layers, keeps);
    if (start_ns.length < layers) {
      start_ns = new double[layers];
      lastStart_ns = new double[layers];
      end_ns = new double[layers];
      startsAfter = new int[layers];
      endsAfter = new int[layers];
      joined = new boolean[layers];
    }
  }

  /** Runs layers one after another; times of the port and others are added to each inference. */
  public void layerByLayer(double port_ns, double other_ns) {
    isPipelined = false;
    changedFrom = 0;
    this.port_ns = port_ns;
    this.other_ns = other_ns;
    latency_ns = port_ns + other_ns;
    for (int l = 0; l < layers; l++) {
      double before = latency_ns;
      start_ns[l] = before + way_ns[l];
      latency_ns += lead_ns[l] + time_ns(l) + fill_ns[l] + way_ns[l];
      lastStart_ns[l] = latency_ns - fill_ns[l] - round_ns[l];
      end_ns[l] = latency_ns;
      startsAfter[l] = l - 1;
      endsAfter[l] = ITSELF;
      joined[l] = false;
    }
    interval_ns = latency_ns;
    stream();
  }

  private void stream() {
    stage_ns = interval_ns;
    batch_ns = latency_ns;
    once_ns = 0;
    inferences = 0;
    isTogether = false;
  }

  /**
   * Runs layers as a pipeline.
   *
   * @param input_ns time in which the network's input arrives
   * @param port_ns time that an inference's bits take at the port
   */
  public void pipelined(Dataflow flow, double input_ns, double port_ns) {
    ranFrom = flow == ran && input_ns == this.input_ns ? changedFrom : 0;
    isPipelined = true;
    this.input_ns = input_ns;
    other_ns = 0;
    if (ranFrom == 0) {
      progress.clear(layers);
    } else {
      progress.cut(ranFrom);
    }
    for (int l = ranFrom; l < layers; l++) {
      layer(flow, l);
    }
    ran = flow;
    changedFrom = layers;
    share(port_ns);
  }

  /**
   * Lets a pipeline whose layers run as they do take another time at the port.
   *
   * @param port_ns time that an inference's bits take at the port
   */
  public void share(double port_ns) {
    this.port_ns = port_ns;
    interval_ns = port_ns;
    latency_ns = port_ns;
    for (int l = 0; l < layers; l++) {
      // Comparisons, as Math.max looks for NaN and negative zero too.
      latency_ns = end_ns[l] > latency_ns ? end_ns[l] : latency_ns;
      double busy_ns = busy_ns(l);
      interval_ns = busy_ns > interval_ns ? busy_ns : interval_ns;
    }
    stream();
  }

  /**
   * Takes inferences in batches; the next batch starts when the last has ended.
   *
   * @param inferences of a batch
   * @param once_ns time that each batch takes beside its inferences
   * @param together whether no inference ends before all do
   */
  public void batch(int inferences, double once_ns, boolean together) {
    this.inferences = inferences;
    this.once_ns = once_ns;
    isTogether = together;
    double more = isPipelined ? interval_ns : latency_ns;
    batch_ns = once_ns + latency_ns + (inferences - 1) * more;
    interval_ns = batch_ns / inferences;
    if (together) {
      latency_ns = batch_ns;
    }
  }

  private void layer(Dataflow flow, int l) {
    double ready = 0;
    double all = 0;
    int first = Dataflow.INPUT;
    int last = Dataflow.INPUT;
    int to = flow.firstRead(l + 1);
    for (int i = flow.firstRead(l); i < to; i++) {
      int p = flow.read(i);
      double a = arrival_ns(p, firstShare[l]);
      double b = p < 0 ? input_ns : end_ns[p];
      if (a > ready || i == flow.firstRead(l)) {
        ready = a;
        first = p;
      }
      if (b > all || i == flow.firstRead(l)) {
        all = b;
        last = p;
      }
    }
    double more = rounds[l] - 1;
    double start = ready + way_ns[l];
    double first_ns = start + lead_ns[l];
    double own = first_ns + more * round_ns[l];
    double fed = all + way_ns[l];
    boolean waits = fed > own;
    double out_ns = round_ns[l] + fill_ns[l];
    start_ns[l] = start;
    startsAfter[l] = first;
    lastStart_ns[l] = waits ? fed : own;
    endsAfter[l] = waits ? last : ITSELF;
    double from = first_ns + out_ns;
    double end = lastStart_ns[l] + out_ns;
    boolean keepsPace = first == last && lead_ns[l] == 0 && progress.isLine(last, share(l, last));
    boolean isLine = !waits || more <= 1 || keepsPace;
    boolean isAhead = true;
    joined[l] = false;
    int toJoin = flow.firstJoin(l + 1);
    for (int i = flow.firstJoin(l); i < toJoin; i++) {
      int j = flow.join(i);
      double a = arrival_ns(j, 1 / rounds[l]) + way_ns[l];
      double b = (j < 0 ? input_ns : end_ns[j]) + way_ns[l];
      isAhead &= a <= from && b <= end;
      if (b > end_ns[l] || i == flow.firstJoin(l)) {
        end_ns[l] = b;
        last = j;
      }
    }
    if (toJoin > flow.firstJoin(l) && end_ns[l] > end) {
      joined[l] = true;
      endsAfter[l] = last;
    } else {
      end_ns[l] = end;
    }
    if (isLine && isAhead) {
      progress.line(l, more, from, end);
    } else if (followsOne(flow, l)) {
      follow(l, flow.read(flow.firstRead(l)), out_ns);
    } else {
      bend(flow, l);
    }
  }

  /** Whether a layer takes only what one other makes at an even pace. */
  private boolean followsOne(Dataflow flow, int l) {
    int read = flow.firstRead(l);
    return flow.firstRead(l + 1) == read + 1
        && flow.firstJoin(l + 1) == flow.firstJoin(l)
        && lead_ns[l] == 0
        && flow.read(read) >= 0
        && progress.isLine(flow.read(read), 0);
  }

  /**
   * A layer that starts when its producer's first round ends with more than it needs, then takes
   * rounds at its own pace a until it has caught up with what comes, and keeps the producer's pace
   * b from there on: start + a x = fed − b (last round − x) at the crossing x.
   */
  private void follow(int l, int producer, double out_ns) {
    double more = rounds[l] - 1;
    double first_ns = start_ns[l] + out_ns;
    double last_ns = lastStart_ns[l] + out_ns;
    double perShare_ns = (end_ns[producer] - progress.first_ns(producer)) / (rounds[producer] - 1);
    double pace_ns = perShare_ns * rounds[producer] * (1 - firstShare[l]) / more;
    double crossing = (last_ns - more * pace_ns - first_ns) / (round_ns[l] - pace_ns);
    double low = Math.min(Math.max(Math.floor(crossing), 0), more - 1);
    progress.add(0, first_ns);
    if (low > 0) {
      progress.add(low, first_ns + low * round_ns[l]);
    }
    if (low + 1 < more) {
      double onOwn_ns = first_ns + (low + 1) * round_ns[l];
      progress.add(low + 1, Math.max(onOwn_ns, last_ns - (more - low - 1) * pace_ns));
    }
    progress.add(more, last_ns);
    progress.end(l);
  }

  /** A layer whose progress is no straight line, or may be none. */
  private void bend(Dataflow flow, int l) {
    double out_ns = round_ns[l] + fill_ns[l];
    envelope.clear(rounds[l] - 1);
    envelope.line(start_ns[l] + lead_ns[l] + out_ns, round_ns[l]);
    double slope = rounds[l] <= 1 ? 0 : (1 - firstShare[l]) / (rounds[l] - 1);
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      add(flow.read(i), firstShare[l], slope, way_ns[l] + out_ns);
    }
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      add(flow.join(i), 1 / rounds[l], 1 / rounds[l], way_ns[l]);
    }
    envelope.into(progress, l);
  }

  /** Round k waits for the share {@code first + slope · k} of a producer's map. */
  private void add(int producer, double first, double slope, double later_ns) {
    if (producer < 0) {
      envelope.line(input_ns * first + later_ns, input_ns * slope);
    } else {
      double r = rounds[producer];
      envelope.curve(progress, producer, first * r - 1, slope * r, later_ns);
    }
  }

  private double share(int l, int producer) {
    return producer < 0 ? 1 : firstShare[l] * rounds[producer] - 1;
  }

  /** When a producer has delivered a share of its map. */
  private double arrival_ns(int producer, double share) {
    return producer < 0 ? input_ns * share : progress.at_ns(producer, share * rounds[producer] - 1);
  }

  /**
   * Share of a producer's map that a layer's buffer must hold so that nobody waits for room: the
   * lines that the window keeps, what comes and goes in the time from a producer's decision to send
   * to its arrival, a round of each, and what has come while the layer still waits for another
   * producer.
   *
   * @param joins whether the map is joined, which goes round by round, not read
   */
  public double heldShare(Dataflow flow, int layer, int producer, boolean joins) {
    double r = rounds[layer];
    double first = joins ? 1 / r : firstShare[layer];
    if (first >= 1 || r <= 1) {
      return 1;
    }
    double begins = joins ? progress.first_ns(layer) : start_ns[layer] + lead_ns[layer];
    double ends = joins ? end_ns[layer] : lastStart_ns[layer];
    double perShare = (ends - begins) / (1 - first);
    if (!(perShare > 0)) {
      return 1;
    }
    double kept = joins ? 0 : keptShare(flow, layer);
    double ahead = 0;
    if (joins || producer != startsAfter[layer]) {
      ahead = Math.max(0, deliveredShare(producer, begins - way_ns[layer]) - first);
    }
    double loop = way_ns[layer];
    double grain = 2 * (1 - first) / (r - 1);
    if (producer >= 0) {
      loop += fill_ns[producer] + round_ns[producer];
      grain += 2 / rounds[producer];
    }
    return Math.min(1, kept + grain + ahead + loop / perShare);
  }

  /** Share of its map that a producer has delivered at a time. */
  private double deliveredShare(int producer, double at_ns) {
    return producer < 0
        ? input_ns > 0 ? Math.min(1, at_ns / input_ns) : 1
        : (progress.roundsAt(producer, at_ns) + 1) / rounds[producer];
  }

  /** Share of its input map that a layer keeps for the windows of a round's vectors. */
  double keptShare(Dataflow flow, int layer) {
    return Math.min(1, flow.lineShare(layer) + firstShare[layer] - flow.firstShare(layer));
  }

  /** The first layer that had to run in the pipeline; those before run as in the one before. */
  public int ranFrom() {
    return ranFrom;
  }

  /** When a layer's first round starts. */
  public double start_ns(int layer) {
    return start_ns[layer];
  }

  /** When a layer's last output is there. */
  public double end_ns(int layer) {
    return end_ns[layer];
  }

  /** Time between start and end of a layer in which it does nothing. */
  public double stall_ns(int layer) {
    double stall = end_ns[layer] - start_ns[layer] - fill_ns[layer] - busy_ns(layer);
    return stall > 1e-12 * end_ns[layer] ? stall : 0;
  }

  /** The layer whose outputs the first round waited for; {@link Dataflow#INPUT} the input's. */
  public int startsAfter(int layer) {
    return startsAfter[layer];
  }

  /**
   * The layer that this one ends behind, because it reads or joins its last outputs; {@link
   * #ITSELF} if its own time is the longest.
   */
  public int endsAfter(int layer) {
    return endsAfter[layer];
  }

  /** Whether the layer that a layer ends behind is one that it joins. */
  public boolean endsAfterJoin(int layer) {
    return joined[layer];
  }

  /** Whether layers run as a pipeline. */
  public boolean isPipelined() {
    return isPipelined;
  }

  /** Time that an inference's bits take at the port of the chip. */
  public double port_ns() {
    return port_ns;
  }

  /** Time in which the network's input arrives. */
  public double input_ns() {
    return input_ns;
  }

  /** Time that each inference takes beside its layers and the port. */
  public double other_ns() {
    return other_ns;
  }

  /** Time of one inference. */
  public double latency_ns() {
    return latency_ns;
  }

  /** Time of a batch; of one inference in an endless stream. */
  public double batch_ns() {
    return batch_ns;
  }

  /** Time that each batch takes beside its inferences. */
  public double once_ns() {
    return once_ns;
  }

  /** Inferences of a batch; 0 in an endless stream. */
  public int inferences() {
    return inferences;
  }

  /** Whether no inference of a batch ends before all do. */
  public boolean isTogether() {
    return isTogether;
  }

  /** Time between the starts of two inferences of a batch or a stream. */
  public double stage_ns() {
    return stage_ns;
  }

  /** Time for each inference: between two starts, in a batch the mean. */
  public double interval_ns() {
    return interval_ns;
  }
}
