package dev.kirchhoff.mapper.schedule;

import java.util.Arrays;

/**
 * When the rounds of layers have ended: for each layer the vertices (round, time) of a convex
 * polygon from round 0 to the last. Reused; not safe for several threads.
 */
final class Progress {
  private double[] round = new double[128];
  private double[] time_ns = new double[128];
  private int[] first = new int[33];
  private int size;

  void clear(int layers) {
    size = 0;
    if (first.length <= layers) {
      first = new int[layers + 1];
    }
    first[0] = 0;
  }

  /** Forgets all layers behind the first ones. */
  void cut(int layers) {
    size = first[layers];
  }

  /** The next layer's progress is a straight line. */
  void line(int layer, double lastRound, double from_ns, double to_ns) {
    add(0, from_ns);
    if (lastRound > 0) {
      add(lastRound, to_ns);
    }
    end(layer);
  }

  /** Adds a vertex to the next layer. */
  void add(double k, double at_ns) {
    if (size == round.length) {
      round = Arrays.copyOf(round, 2 * size);
      time_ns = Arrays.copyOf(time_ns, 2 * size);
    }
    round[size] = k;
    time_ns[size] = at_ns;
    size++;
  }

  /** Ends the next layer. */
  void end(int layer) {
    first[layer + 1] = size;
  }

  int firstVertex(int layer) {
    return first[layer];
  }

  int behindVertex(int layer) {
    return first[layer + 1];
  }

  double round(int vertex) {
    return round[vertex];
  }

  double time_ns(int vertex) {
    return time_ns[vertex];
  }

  /** End of a layer's first round. */
  double first_ns(int layer) {
    return time_ns[first[layer]];
  }

  /** Whether a layer's progress from a round on is one straight line; so is the input's. */
  boolean isLine(int layer, double from) {
    if (layer < 0) {
      return true;
    }
    int last = first[layer + 1] - 1;
    return last == first[layer] || from >= round[last - 1];
  }

  /** End of a round; between two rounds in proportion, before the first one's end that end. */
  double at_ns(int layer, double k) {
    int from = first[layer];
    if (k <= 0) {
      return time_ns[from];
    }
    int v = first[layer + 1] - 1;
    if (k >= round[v]) {
      return time_ns[v];
    }
    while (round[v - 1] > k) {
      v--;
    }
    double share = (k - round[v - 1]) / (round[v] - round[v - 1]);
    return time_ns[v - 1] + share * (time_ns[v] - time_ns[v - 1]);
  }

  /** The round, with a fraction, whose end is at a time that is not before the first one's. */
  double roundsAt(int layer, double at_ns) {
    int v = first[layer + 1] - 1;
    if (at_ns >= time_ns[v]) {
      return round[v];
    }
    while (v > first[layer] && time_ns[v - 1] > at_ns) {
      v--;
    }
    if (v == first[layer]) {
      return 0;
    }
    double share = (at_ns - time_ns[v - 1]) / (time_ns[v] - time_ns[v - 1]);
    return round[v - 1] + share * (round[v] - round[v - 1]);
  }
}
