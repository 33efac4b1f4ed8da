package dev.kirchhoff.dse.study;

/**
 * Failure to study a design or network; its message states the reason and the alternatives. Exit
 * code 2.
 */
public final class StudyException extends RuntimeException {
  StudyException(String message) {
    super(message);
  }
}
