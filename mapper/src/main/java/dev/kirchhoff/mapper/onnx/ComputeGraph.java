package dev.kirchhoff.mapper.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network as operators on values, for one item: batch dimensions are 1.
 *
 * @param input name of its input
 * @param inputDims dimensions of the input
 * @param output name of its first output
 * @param constants stored values by name
 * @param nodes operators in an order in which each comes behind what it reads
 */
public record ComputeGraph(
    String input,
    List<Integer> inputDims,
    String output,
    Map<String, Values> constants,
    List<GraphNode> nodes) {
  public ComputeGraph {
    inputDims = List.copyOf(inputDims);
    constants = java.util.Collections.unmodifiableMap(new TreeMap<>(constants));
    nodes = List.copyOf(nodes);
  }
}
