package dev.kirchhoff.arch.event;

import java.io.IOException;

/**
 * Service of the runs and files that a user names on the command line; found by {@link
 * java.util.ServiceLoader}. Every command then takes the same endings of run ids and refuses a
 * place in the same words.
 */
public interface NamedPlaces {

  /**
   * Id of the one run that a text means.
   *
   * @param data path of the data directory
   * @param ending its id or any unique ending of it
   * @throws IllegalArgumentException if there is no such run; the message is for the user
   */
  String run(String data, String ending);

  /**
   * Checks before anything is computed that a file can be written.
   *
   * @throws IllegalArgumentException if it cannot; the message is for the user
   */
  void requireWritable(String file);

  /**
   * Writes a file: complete or absent.
   *
   * @throws IllegalArgumentException if the place takes no file; the message is for the user
   * @throws IOException if the text cannot be written; the message is the reason
   */
  void write(String file, String text) throws IOException;
}
