package dev.kirchhoff.dse.run;

/**
 * A data directory, a run or an option that cannot be used as the user asked: bad input, exit 2.
 * The message is a sentence for the user.
 */
public final class DataProblemException extends RuntimeException {
  public DataProblemException(String message) {
    super(message);
  }
}
