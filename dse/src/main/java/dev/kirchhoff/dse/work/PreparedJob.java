package dev.kirchhoff.dse.work;

import java.io.IOException;

/** Job whose work units a worker is ready to do. */
interface PreparedJob {
  /**
   * Does a work unit.
   *
   * @param unitThreads threads that share it
   * @return its result as bytes, equal for equal designs
   */
  byte[] result(UnitDesigns designs, UnitThreads unitThreads)
      throws IOException, InterruptedException;
}
