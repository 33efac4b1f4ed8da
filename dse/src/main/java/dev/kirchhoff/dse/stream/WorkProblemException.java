package dev.kirchhoff.dse.stream;

import dev.kirchhoff.dse.run.DataProblemException;

/** Failure of a cluster to pass on work and results: the machine's fault, exit 3. */
public final class WorkProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private WorkProblemException(String message, Throwable cause) {
    super(message, cause);
  }

  static WorkProblemException of(String address, Throwable cause) {
    return new WorkProblemException(sentence(address, cause), cause);
  }

  /** The sentence as bad input: the cluster cannot be used from the start. */
  static DataProblemException atStart(String address, Throwable cause) {
    return new DataProblemException(sentence(address, cause));
  }

  private static String sentence(String address, Throwable cause) {
    return "the Kafka cluster at "
        + address
        + " cannot share work among workers: "
        + cause.getMessage();
  }
}
