package dev.kirchhoff.arch.spec;

import java.util.List;

/** Names of the layers of a workload, for choices that each layer makes for itself. */
@FunctionalInterface
public interface LayerNames {
  /**
   * The names of a network's layers that have a precision of their own, {@code resnet18/03}; empty
   * if the network is unknown.
   */
  List<String> of(String network);

  /** True if a layer chooses for itself; a layer whose value the spec pins does not. */
  default boolean isFree(String layer) {
    return true;
  }
}
