package dev.kirchhoff.dse.work;

import java.io.IOException;

/** Job whose parts a worker is ready to do. */
interface PreparedJob {
  /**
   * Does a part.
   *
   * @param taskThreads threads that share it
   * @return its result as bytes, equal for equal parts
   */
  byte[] result(Part part, TaskThreads taskThreads) throws IOException, InterruptedException;
}
