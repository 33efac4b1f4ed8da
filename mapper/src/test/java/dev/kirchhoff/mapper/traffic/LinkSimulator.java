package dev.kirchhoff.mapper.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Pipelines whose results travel over links that serve one transfer after another, in the order in
 * which they come: what {@link dev.kirchhoff.mapper.traffic.LinkShares} puts into a formula, walked
 * event by event. An iteration of a producer is a transfer to each of its consumers.
 */
final class LinkSimulator {
  /**
   * A layer: its iterations, their time, time from the end of an iteration's work to its output,
   * time on the way to it, share of the input maps that its first iteration needs.
   */
  record Stage(
      int iterations, double iteration_ns, double fill_ns, double way_ns, double firstShare) {}

  /** A transfer from a producer, −1 for the input, to a layer that reads it. */
  record Edge(int from, int to, int link, double bits) {}

  private record Event(double at_ns, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(at_ns, other.at_ns);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private static final int INPUT_PARTS = 50;

  private final List<Stage> stages;
  private final List<Edge> edges;
  private final double nsPerBit;
  private final double interval_ns;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final double[] linkFree_ns;
  private final double[] layerFree_ns;
  private final List<int[]> arrived = new ArrayList<>();
  private final List<int[]> started = new ArrayList<>();
  private final List<double[]> ended_ns = new ArrayList<>();
  private final int[] turn;
  private double now_ns;
  private long order;

  /** Links are numbered from 0 to {@code links} − 1. */
  LinkSimulator(
      List<Stage> stages, List<Edge> edges, int links, double nsPerBit, double interval_ns) {
    this.stages = stages;
    this.edges = edges;
    this.nsPerBit = nsPerBit;
    this.interval_ns = interval_ns;
    linkFree_ns = new double[links];
    layerFree_ns = new double[stages.size()];
    turn = new int[stages.size()];
  }

  /** Runs so many inferences of a stream. */
  void run(int count) {
    for (int i = 0; i < count; i++) {
      arrived.add(new int[edges.size()]);
      started.add(new int[stages.size()]);
      ended_ns.add(new double[stages.size()]);
      int inference = i;
      at(i * interval_ns, () -> input(inference));
    }
    while (!events.isEmpty()) {
      Event event = events.poll();
      now_ns = event.at_ns();
      event.what().run();
    }
  }

  private void at(double at_ns, Runnable what) {
    events.add(new Event(at_ns, order++, what));
  }

  private void input(int i) {
    for (int e = 0; e < edges.size(); e++) {
      for (int part = 0; edges.get(e).from() < 0 && part < INPUT_PARTS; part++) {
        send(i, e, INPUT_PARTS);
      }
    }
  }

  /** Sends a part of a map. */
  private void send(int i, int e, int parts) {
    Edge edge = edges.get(e);
    double begin_ns = Math.max(now_ns, linkFree_ns[edge.link()]);
    linkFree_ns[edge.link()] = begin_ns + edge.bits() / parts * nsPerBit;
    at(
        linkFree_ns[edge.link()] + stages.get(edge.to()).way_ns(),
        () -> {
          arrived.get(i)[e]++;
          begin(edge.to());
        });
  }

  /** Starts an iteration of a layer if it may; inferences come in their order. */
  private void begin(int l) {
    Stage stage = stages.get(l);
    int i = turn[l];
    if (i == started.size() || now_ns < layerFree_ns[l]) {
      return;
    }
    int k = started.get(i)[l];
    double need =
        stage.iterations() == 1
            ? 1
            : stage.firstShare() + (1 - stage.firstShare()) * k / (stage.iterations() - 1);
    for (int e = 0; e < edges.size(); e++) {
      Edge edge = edges.get(e);
      if (edge.to() == l) {
        int parts = edge.from() < 0 ? INPUT_PARTS : stages.get(edge.from()).iterations();
        if (arrived.get(i)[e] < Math.ceil(need * parts - 1e-9)) {
          return;
        }
      }
    }
    layerFree_ns[l] = now_ns + stage.iteration_ns();
    boolean isLast = ++started.get(i)[l] == stage.iterations();
    if (isLast) {
      turn[l]++;
    }
    at(layerFree_ns[l], () -> begin(l));
    at(layerFree_ns[l] + stage.fill_ns(), () -> end(i, l));
  }

  private void end(int i, int l) {
    ended_ns.get(i)[l] = now_ns;
    for (int e = 0; e < edges.size(); e++) {
      if (edges.get(e).from() == l) {
        send(i, e, stages.get(l).iterations());
      }
    }
  }

  /** Time of an inference since it began. */
  double latency_ns(int i) {
    double latest_ns = 0;
    for (double end_ns : ended_ns.get(i)) {
      latest_ns = Math.max(latest_ns, end_ns);
    }
    return latest_ns - i * interval_ns;
  }
}
