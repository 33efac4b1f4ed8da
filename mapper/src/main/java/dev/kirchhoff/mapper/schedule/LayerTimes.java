package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.dataflow.Dataflow;

/**
 * What each layer takes, whenever it runs: the rounds of its vectors, their time, the time that
 * goes before the first and behind the last of them, and the way of its inputs. Not safe for
 * several threads.
 */
abstract sealed class LayerTimes permits Schedule {
  double[] round_ns = new double[32];
  double[] fill_ns = new double[32];
  double[] way_ns = new double[32];
  double[] rounds = new double[32];
  double[] firstShare = new double[32];
  double[] lead_ns = new double[32];
  int layers;

  /** The first layer that is set otherwise since a pipeline ran. */
  int changedFrom;

  private double[] own_ns = new double[32];

  /**
   * Makes room for so many layers.
   *
   * @param keeps whether those that are set as before have not changed
   */
  final void begin(int layers, boolean keeps) {
    changedFrom = keeps && layers == this.layers ? changedFrom : 0;
    this.layers = layers;
    if (round_ns.length < layers) {
      round_ns = new double[layers];
      fill_ns = new double[layers];
      way_ns = new double[layers];
      rounds = new double[layers];
      firstShare = new double[layers];
      own_ns = new double[layers];
      lead_ns = new double[layers];
    }
  }

  /**
   * Sets a layer.
   *
   * @param copies vectors of a round
   * @param round_ns time of a round
   * @param fill_ns time between the end of a vector's passes and its output
   * @param way_ns time of its inputs on the fabric
   */
  public final void set(
      Dataflow flow, int layer, double copies, double round_ns, double fill_ns, double way_ns) {
    int steps = flow.steps(layer);
    double vectors = flow.vectors(layer);
    if (steps > 1) {
      double perStep = Math.ceil(vectors / steps / copies);
      setShare(layer, flow.firstShare(layer));
      set(layer, steps, perStep * round_ns + fill_ns, 0, way_ns);
    } else {
      double all = Math.ceil(vectors / copies);
      setShare(layer, flow.firstShare(layer, all, copies));
      set(layer, all, round_ns, fill_ns, way_ns);
    }
  }

  private void setShare(int layer, double first) {
    changedFrom = firstShare[layer] == first ? changedFrom : Math.min(changedFrom, layer);
    firstShare[layer] = first;
  }

  private void set(int layer, double all, double round_ns, double fill_ns, double way_ns) {
    boolean isSame =
        rounds[layer] == all
            && this.round_ns[layer] == round_ns
            && this.fill_ns[layer] == fill_ns
            && this.way_ns[layer] == way_ns
            && lead_ns[layer] == 0;
    changedFrom = isSame ? changedFrom : Math.min(changedFrom, layer);
    rounds[layer] = all;
    this.round_ns[layer] = round_ns;
    this.fill_ns[layer] = fill_ns;
    this.way_ns[layer] = way_ns;
    own_ns[layer] = all * round_ns;
    lead_ns[layer] = 0;
  }

  /** Makes a layer do something before its first round: write a matrix into its crossbars. */
  public final void lead(int layer, double lead_ns) {
    changedFrom = Math.min(changedFrom, layer);
    this.lead_ns[layer] = lead_ns;
  }

  /**
   * Makes a layer that is not faster than some part that it shares with others.
   *
   * @param least_ns time that the part takes for the layer, with what others want of it meanwhile
   * @return whether the layer was faster
   */
  public final boolean slow(int layer, double least_ns) {
    boolean isSlower = least_ns > rounds[layer] * round_ns[layer];
    if (isSlower) {
      round_ns[layer] = least_ns / rounds[layer];
      changedFrom = Math.min(changedFrom, layer);
    }
    return isSlower;
  }

  /** Time of a layer for all its vectors. */
  public final double time_ns(int layer) {
    return rounds[layer] * round_ns[layer];
  }

  /** Time of a layer for all its vectors and for what it does before them. */
  public final double busy_ns(int layer) {
    return lead_ns[layer] + time_ns(layer);
  }

  /** Time of what a layer does before its first vector. */
  public final double lead_ns(int layer) {
    return lead_ns[layer];
  }

  /** Time of a layer for all its vectors before {@link #slow}. */
  public final double own_ns(int layer) {
    return own_ns[layer];
  }

  /** Rounds of a layer. */
  public final double rounds(int layer) {
    return rounds[layer];
  }

  /** Time between a vector's passes and its output. */
  public final double fill_ns(int layer) {
    return fill_ns[layer];
  }

  /** Time of a layer's inputs on the fabric. */
  public final double way_ns(int layer) {
    return way_ns[layer];
  }

  /** Share of its input map that a layer's first round needs. */
  public final double firstShare(int layer) {
    return firstShare[layer];
  }
}
