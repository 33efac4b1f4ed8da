package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Nodes in an order in which each comes behind what it reads; as the file has them where it can be.
 */
final class NodeOrder {
  private NodeOrder() {}

  /**
   * Sorts the nodes of a graph.
   *
   * @param order positions of nodes, in order
   * @param inCircle positions of nodes that read each other in a circle, or what such nodes make
   */
  record Sorted(List<Integer> order, List<Integer> inCircle) {}

  static Sorted of(List<NodeProto> nodes) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        if (!output.isEmpty()) {
          makers.putIfAbsent(output, i);
        }
      }
    }
    int[] waiting = new int[nodes.size()];
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).getInputList()) {
        Integer maker = makers.get(input);
        if (maker != null) {
          readers.get(maker).add(i);
          waiting[i]++;
        }
      }
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.poll();
      order.add(next);
      for (int reader : readers.get(next)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    List<Integer> inCircle = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (waiting[i] > 0) {
        inCircle.add(i);
      }
    }
    return new Sorted(order, inCircle);
  }
}
