package dev.kirchhoff.mapper.onnx;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * State update of a unit of a recurrent layer from the products of a step, as the ONNX standard
 * defines it: W of the inputs x, R of the state h, b the sum of both biases.
 */
sealed interface RecurrentCell {
  /** Columns of a unit. */
  int gates();

  /** True if it takes nothing of its products but the sums W x + R h. */
  default boolean isSummed() {
    return true;
  }

  /** True if the state is multiplied once more, gated. */
  default boolean isReadTwice() {
    return false;
  }

  /** Sets the state of the second product. */
  default void gate(Products products, float[] h, float[] gated) {
    throw new IllegalStateException("The state of this cell is multiplied once.");
  }

  /** Sets the next state. */
  void advance(Products products, float[] h, float[] c);

  /**
   * Products of a step.
   *
   * @param hidden units
   * @param driven those of the inputs
   * @param at index at which those of the step begin
   * @param fed those of the state
   * @param again those of the gated state
   * @param bias biases of inputs, then of the state; empty without
   */
  record Products(int hidden, float[] driven, int at, float[] fed, float[] again, float[] bias) {
    /** W x + R h + b. */
    double sum(int gate, int unit) {
      int i = gate * hidden + unit;
      return driven[at + i] + fed[i] + (bias.length == 0 ? 0 : bias[i] + bias[bias.length / 2 + i]);
    }

    /** W x + b_W + r (R h + b_R). */
    double sumOfGated(int gate, int unit, double r) {
      int i = gate * hidden + unit;
      double ofInputs = bias.length == 0 ? 0 : bias[i];
      double ofState = bias.length == 0 ? 0 : bias[bias.length / 2 + i];
      return driven[at + i] + ofInputs + r * (fed[i] + ofState);
    }

    /** W x + R (r h) + b. */
    double sumAgain(int gate, int unit) {
      int i = gate * hidden + unit;
      return driven[at + i]
          + again[i]
          + (bias.length == 0 ? 0 : bias[i] + bias[bias.length / 2 + i]);
    }
  }

  /**
   * The cell of a node.
   *
   * @throws ExecutionException if it has settings that are not executed
   */
  static RecurrentCell of(NodeView node) {
    int peepholes = 7;
    if (node.whole("layout", 0) != 0
        || node.hasAttribute("clip")
        || node.whole("input_forget", 0) != 0
        || node.reads(peepholes)) {
      throw new ExecutionException(
          "has a layout, a clip, peepholes or joined gates, which are not executed");
    }
    List<String> functions = node.texts("activations");
    return switch (node.operator()) {
      case "LSTM" -> {
        require(functions, List.of("Sigmoid", "Tanh", "Tanh"));
        yield new Lstm();
      }
      case "GRU" -> {
        require(functions, List.of("Sigmoid", "Tanh"));
        yield new Gru(node.whole("linear_before_reset", 0) == 0);
      }
      default -> {
        boolean isRelu = functions.contains("Relu");
        require(functions, List.of(isRelu ? "Relu" : "Tanh"));
        yield new Elman(isRelu ? x -> Math.max(0, x) : StrictMath::tanh);
      }
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** The functions of one direction are those of the other. */
  private static void require(List<String> functions, List<String> expected) {
    boolean isUsual =
        functions.isEmpty()
            || functions.equals(expected)
            || functions.size() == 2 * expected.size()
                && functions.subList(0, expected.size()).equals(expected)
                && functions.subList(expected.size(), functions.size()).equals(expected);
    if (!isUsual) {
      throw new ExecutionException(
          "has activations "
              + String.join(", ", functions)
              + ", which are not executed; there are "
              + String.join(", ", expected));
    }
  }

  /**
   * Long short-term memory, gates i o f c: i, o, f = σ(Wx + Rh + b), c' = f c + i tanh(Wx + Rh +
   * b), h' = o tanh(c').
   */
  record Lstm() implements RecurrentCell {
    @Override
    public int gates() {
      return 4;
    }

    @Override
    public void advance(Products products, float[] h, float[] c) {
      for (int u = 0; u < h.length; u++) {
        double cell =
            sigmoid(products.sum(2, u)) * c[u]
                + sigmoid(products.sum(0, u)) * StrictMath.tanh(products.sum(3, u));
        c[u] = (float) cell;
        h[u] = (float) (sigmoid(products.sum(1, u)) * StrictMath.tanh(cell));
      }
    }
  }

  /**
   * Gated recurrent unit, gates z r h: z, r = σ(Wx + Rh + b), h' = (1 − z) tanh(n) + z h, with n =
   * Wx + R(r h) + b, or Wx + b_W + r (Rh + b_R) where the product comes before the reset.
   *
   * @param isReadTwice whether the reset comes before the product
   */
  record Gru(boolean isReadTwice) implements RecurrentCell {
    @Override
    public boolean isSummed() {
      return false;
    }

    @Override
    public int gates() {
      return 3;
    }

    @Override
    public void gate(Products products, float[] h, float[] gated) {
      for (int u = 0; u < h.length; u++) {
        gated[u] = (float) (sigmoid(products.sum(1, u)) * h[u]);
      }
    }

    @Override
    public void advance(Products products, float[] h, float[] c) {
      for (int u = 0; u < h.length; u++) {
        double z = sigmoid(products.sum(0, u));
        double sum =
            isReadTwice
                ? products.sumAgain(2, u)
                : products.sumOfGated(2, u, sigmoid(products.sum(1, u)));
        h[u] = (float) ((1 - z) * StrictMath.tanh(sum) + z * h[u]);
      }
    }
  }

  /**
   * Elman cell, of one gate: h' = f(Wx + Rh + b).
   *
   * @param function f
   */
  record Elman(DoubleUnaryOperator function) implements RecurrentCell {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public void advance(Products products, float[] h, float[] c) {
      for (int u = 0; u < h.length; u++) {
        h[u] = (float) function.applyAsDouble(products.sum(0, u));
      }
    }
  }
}
