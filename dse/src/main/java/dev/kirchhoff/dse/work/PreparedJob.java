package dev.kirchhoff.dse.work;

import java.io.IOException;

/** Job whose tasks a worker is ready to do. */
interface PreparedJob {
  /**
   * Does a task.
   *
   * @param taskThreads threads that share it
   * @return its result as bytes, equal for equal designs
   */
  byte[] result(TaskDesigns designs, TaskThreads taskThreads)
      throws IOException, InterruptedException;
}
