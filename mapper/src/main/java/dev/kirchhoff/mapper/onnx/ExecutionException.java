package dev.kirchhoff.mapper.onnx;

/** Failure to execute a network; the message completes "node 'x' (Conv) ...". */
public final class ExecutionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that says what is wrong and what is allowed. */
  public ExecutionException(String message) {
    super(message);
  }
}
