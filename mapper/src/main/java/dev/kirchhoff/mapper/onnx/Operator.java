package dev.kirchhoff.mapper.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Operator of the ONNX standard: shapes, layers and digital work of its nodes, and the
 * multiplication with their stored matrices on an engine. Source of all of them:
 * github.com/onnx/onnx, docs/Operators.md, release 1.17.
 *
 * @param name name, behind the domain where it is not the standard's
 * @param isMatrix whether its nodes multiply with matrices
 * @param inference shapes of outputs, layers and digital work
 * @param matrix execution with stored matrices on an engine; empty without one
 */
record Operator(String name, boolean isMatrix, Inference inference, Optional<Stored> matrix) {

  /** Shapes of the outputs of a node, its layers, its digital work. */
  @FunctionalInterface
  interface Inference {
    /**
     * The outputs of a node.
     *
     * @throws ModelException if its inputs do not fit it
     */
    List<Tensor> apply(NodeView node, LayerCollector book);
  }

  /** Maker of the execution of a node with stored matrices. */
  @FunctionalInterface
  interface Stored {
    /**
     * The execution of a node; empty if it multiplies with no stored matrix.
     *
     * @param joint accepts the name of a layer if both matrices of its cell are stored as one
     * @throws ExecutionException if it has settings that are not executed
     */
    Optional<MatrixOperator> of(NodeView node, Constants constants, Predicate<String> joint);
  }

  /**
   * Constant values of a graph.
   *
   * @param values values by name
   */
  record Constants(Map<String, Values> values) {
    boolean has(NodeView node, int input) {
      return values.containsKey(node.proto().getInput(input));
    }

    /**
     * A constant input.
     *
     * @throws ExecutionException if it is computed
     */
    Values required(NodeView node, int input) {
      Values value = values.get(node.proto().getInput(input));
      if (value == null) {
        throw new ExecutionException("has no stored matrix (input " + input + ")");
      }
      return value;
    }
  }

  /** An operator without matrices. */
  static Operator of(String name, Inference inference) {
    return new Operator(name, false, inference, Optional.empty());
  }

  /** An operator that multiplies with matrices. */
  static Operator matrix(String name, Inference inference) {
    return new Operator(name, true, inference, Optional.empty());
  }

  /** This operator, executed with stored matrices. */
  Operator onCrossbars(Stored execution) {
    return new Operator(name, isMatrix, inference, Optional.of(execution));
  }
}
