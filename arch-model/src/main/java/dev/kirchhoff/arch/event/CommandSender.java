package dev.kirchhoff.arch.event;

import java.util.List;

/**
 * Service that gives commands to running searches of a data directory, in the words of the command
 * line; found by {@link java.util.ServiceLoader}.
 */
public interface CommandSender {

  /**
   * Gives a command to a search; its answer comes as an {@link RunEvent.Ack} of the run.
   *
   * @param data path of the data directory
   * @param run id of the run
   * @param word the command, {@code limit}
   * @param arguments its arguments, {@code area <= 40 mm2}
   * @return id of the command
   * @throws IllegalArgumentException if they are no command to that run; the message is for the
   *     user
   */
  String send(String data, String run, String word, List<String> arguments);
}
