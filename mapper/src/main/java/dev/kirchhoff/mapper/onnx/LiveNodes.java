package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes of a graph that one of its outputs depends on. */
final class LiveNodes {
  private LiveNodes() {}

  /**
   * Nodes that the outputs depend on, by position; all nodes if no outputs are stated.
   *
   * @param nodes the graph's nodes
   * @param outputs names of the graph's outputs
   */
  static boolean[] of(List<NodeProto> nodes, List<String> outputs) {
    boolean[] live = new boolean[nodes.size()];
    if (outputs.isEmpty()) {
      Arrays.fill(live, true);
      return live;
    }
    Map<String, List<Integer>> makers = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        makers.computeIfAbsent(output, name -> new ArrayList<>()).add(i);
      }
    }
    makers.remove("");
    Set<String> wanted = new HashSet<>(outputs);
    Deque<String> left = new ArrayDeque<>(wanted);
    while (!left.isEmpty()) {
      for (int maker : makers.getOrDefault(left.pop(), List.of())) {
        if (!live[maker]) {
          live[maker] = true;
          reads(nodes.get(maker)).stream().filter(wanted::add).forEach(left::push);
        }
      }
    }
    return live;
  }

  /** Names that a node reads, and what graphs inside of it may read of the graph around. */
  static List<String> reads(NodeProto node) {
    List<String> names = new ArrayList<>();
    Deque<NodeProto> left = new ArrayDeque<>(List.of(node));
    while (!left.isEmpty()) {
      NodeProto next = left.pop();
      names.addAll(next.getInputList());
      for (AttributeProto attribute : next.getAttributeList()) {
        List<GraphProto> graphs = new ArrayList<>(attribute.getGraphsList());
        if (attribute.hasG()) {
          graphs.add(attribute.getG());
        }
        for (GraphProto graph : graphs) {
          graph.getNodeList().forEach(left::push);
          graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        }
      }
    }
    return names;
  }
}
