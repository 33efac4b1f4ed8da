package dev.kirchhoff.dse.cli;

/**
 * A user's mistake on the command line; its message says what is wrong and what is allowed. Exit 2.
 */
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
