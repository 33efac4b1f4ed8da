package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a graph by name, and of the graph around it. A name whose tensor could not be
 * determined is lost: nodes that read it are skipped, so that one problem is reported once.
 */
final class GraphScope {
  private final GraphScope outer;
  private final String prefix;
  private final int depth;
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, ValueInfoProto> declared = new HashMap<>();
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  GraphScope(GraphScope outer, String prefix, int depth) {
    this.outer = outer;
    this.prefix = prefix;
    this.depth = depth;
  }

  /** Prefix of the names of its nodes. */
  String prefix() {
    return prefix;
  }

  int depth() {
    return depth;
  }

  void put(String name, Tensor tensor) {
    tensors.put(name, tensor);
  }

  void forget(String name) {
    if (!name.isEmpty()) {
      lost.add(name);
    }
  }

  boolean isLost(String name) {
    return lost.contains(name) || !tensors.containsKey(name) && outer != null && outer.isLost(name);
  }

  /** The tensor of a name; null if there is none. */
  Tensor find(String name) {
    Tensor inner = tensors.get(name);
    return inner != null || outer == null ? inner : outer.find(name);
  }

  boolean holds(String name) {
    return tensors.containsKey(name) || lost.contains(name);
  }

  /** Counts how often names are read. */
  void count(List<NodeProto> nodes) {
    for (NodeProto node : nodes) {
      node.getInputList().forEach(name -> uses.merge(name, 1, Integer::sum));
    }
  }

  void countUse(String name) {
    uses.merge(name, 1, Integer::sum);
  }

  boolean isUsedOnce(String name) {
    return uses.getOrDefault(name, 0) <= 1 && tensors.containsKey(name);
  }

  void declare(List<ValueInfoProto> infos) {
    infos.forEach(info -> declared.put(info.getName(), info));
  }

  /** Declaration of a tensor in the model; null if there is none. */
  ValueInfoProto declared(String name) {
    return declared.get(name);
  }

  /** The attributes that a function's nodes refer to. */
  void setAttributes(List<AttributeProto> defaults, List<AttributeProto> stated) {
    defaults.forEach(a -> attributes.put(a.getName(), a));
    stated.forEach(a -> attributes.put(a.getName(), a));
  }

  /** A node with the attributes of the function's call in place of references. */
  NodeProto resolved(NodeProto node) {
    boolean refers = node.getAttributeList().stream().anyMatch(AttributeProto::hasRefAttrName);
    if (!refers) {
      return node;
    }
    NodeProto.Builder changed = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (!attribute.hasRefAttrName()) {
        changed.addAttribute(attribute);
      } else if (attributes.containsKey(attribute.getRefAttrName())) {
        changed.addAttribute(
            attributes.get(attribute.getRefAttrName()).toBuilder().setName(attribute.getName()));
      }
    }
    return changed.build();
  }
}
