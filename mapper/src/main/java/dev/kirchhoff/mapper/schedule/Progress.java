package dev.kirchhoff.mapper.schedule;

import java.util.List;

/**
 * End of each round of a layer: a convex polygon over the rounds, by its vertices (round, time)
 * from round 0 to the last. Immutable.
 */
final class Progress {
  private final double[] round;
  private final double[] time_ns;

  /** End of one round. */
  record Vertex(double round, double time_ns) {}

  private Progress(double[] round, double[] time_ns) {
    this.round = round;
    this.time_ns = time_ns;
  }

  /** Rounds that end at an even pace. */
  static Progress even(double lastRound, double from_ns, double to_ns) {
    return lastRound > 0
        ? new Progress(new double[] {0, lastRound}, new double[] {from_ns, to_ns})
        : new Progress(new double[] {0}, new double[] {from_ns});
  }

  /** The polygon of vertices. */
  static Progress of(List<Vertex> vertices) {
    double[] round = new double[vertices.size()];
    double[] time_ns = new double[vertices.size()];
    for (int v = 0; v < round.length; v++) {
      round[v] = vertices.get(v).round();
      time_ns[v] = vertices.get(v).time_ns();
    }
    return new Progress(round, time_ns);
  }

  /** Number of vertices. */
  int vertices() {
    return round.length;
  }

  /** Round of a vertex. */
  double round(int vertex) {
    return round[vertex];
  }

  /** End of the first round. */
  double first_ns() {
    return time_ns[0];
  }

  /** True if rounds end at an even pace from a round on. */
  boolean isEvenFrom(double from) {
    return round.length == 1 || from >= round[round.length - 2];
  }

  /** End of a round; between two rounds in proportion, before the first one's end that end. */
  double at_ns(double k) {
    if (k <= 0) {
      return time_ns[0];
    }
    int v = round.length - 1;
    if (k >= round[v]) {
      return time_ns[v];
    }
    while (round[v - 1] > k) {
      v--;
    }
    double share = (k - round[v - 1]) / (round[v] - round[v - 1]);
    return time_ns[v - 1] + share * (time_ns[v] - time_ns[v - 1]);
  }

  /** The round, with a fraction, that ends at a time; 0 before the first one's end. */
  double roundsAt(double at_ns) {
    int v = round.length - 1;
    if (at_ns >= time_ns[v]) {
      return round[v];
    }
    while (v > 0 && time_ns[v - 1] > at_ns) {
      v--;
    }
    if (v == 0) {
      return 0;
    }
    double share = (at_ns - time_ns[v - 1]) / (time_ns[v] - time_ns[v - 1]);
    return round[v - 1] + share * (round[v] - round[v - 1]);
  }
}
