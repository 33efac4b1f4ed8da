package dev.kirchhoff.dse.study;

/** A design or network that cannot be studied; its message says why and what can be. Exit 2. */
public final class StudyException extends RuntimeException {
  StudyException(String message) {
    super(message);
  }
}
