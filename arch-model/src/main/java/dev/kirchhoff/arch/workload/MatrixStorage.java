package dev.kirchhoff.arch.workload;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Storage of a layer's matrix in relation to the matrices of other layers. Without meaning for a
 * dynamic layer, whose matrix is not stored.
 */
public sealed interface MatrixStorage {
  /** A matrix of the layer alone. */
  MatrixStorage OWN = new Own();

  /** Layer whose matrix this one multiplies with; empty if it stores one itself. */
  default OptionalInt reused() {
    return OptionalInt.empty();
  }

  /** Way of reading another layer's matrix; empty of a forward read of all columns. */
  default Optional<ReadOtherwise.Way> otherWay() {
    return this instanceof ReadOtherwise other ? Optional.of(other.way()) : Optional.empty();
  }

  /** Layer of the input matrix of a cell whose recurrent matrix this is; empty if it is none. */
  default OptionalInt inputLayer() {
    return OptionalInt.empty();
  }

  /** Rows that the layer's own last result drives. */
  default int stateInputs() {
    return 0;
  }

  /** A matrix of the layer alone. */
  record Own() implements MatrixStorage {}

  /**
   * Matrix of an earlier layer, used again: the kernel of a convolution in every step of an
   * unrolled cell, the weights of a block that a network repeats.
   *
   * @param layer index of the layer that stores it
   */
  record Reused(int layer) implements MatrixStorage {
    @Override
    public OptionalInt reused() {
      return OptionalInt.of(layer);
    }
  }

  /**
   * Matrix of an earlier layer of a kernel, read on the same cells in another way.
   *
   * @param layer index of the layer that stores it
   * @param way direction and lines of the read
   */
  record ReadOtherwise(int layer, Way way) implements MatrixStorage {
    /** Direction of a read other than a forward read of all columns. */
    public enum Way {
      /** Columns driven, sums on rows. */
      TRANSPOSE,
      /** Forward read of one column, the others floating. */
      LINE
    }

    @Override
    public OptionalInt reused() {
      return OptionalInt.of(layer);
    }
  }

  /**
   * Recurrent matrix R of a cell that takes W x + R h as a sum, so that W and R may be stored as
   * one matrix ({@link JointMatrices}): of an LSTM or a plain recurrent cell, not of a gated
   * recurrent unit, which gates R h first.
   *
   * @param layer index of the layer that stores W and multiplies the inputs of all steps
   * @param scale largest magnitude in R over that in W, above 0; 1 where it is not known
   */
  record Recurrent(int layer, double scale) implements MatrixStorage {
    public Recurrent {
      if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "The recurrentScale (" + scale + ") of a layer must be finite and above 0.");
      }
    }

    @Override
    public OptionalInt inputLayer() {
      return OptionalInt.of(layer);
    }
  }

  /**
   * Joint matrix [W; R] of a recurrent cell: rows of the inputs, then rows of the state.
   *
   * @param stateInputs rows of the state
   */
  record Joint(int stateInputs) implements MatrixStorage {}
}
