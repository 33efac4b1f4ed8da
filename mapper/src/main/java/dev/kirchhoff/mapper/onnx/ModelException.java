package dev.kirchhoff.mapper.onnx;

/** Error in a model or one of its nodes; the message is for its user. */
class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ModelException(String message) {
    super(message, null, false, false);
  }

  /** A shape that is computed from data, so that only the model itself could state it. */
  static final class DataDependent extends ModelException {
    private static final long serialVersionUID = 1;

    DataDependent(String message) {
      super(message);
    }
  }
}
