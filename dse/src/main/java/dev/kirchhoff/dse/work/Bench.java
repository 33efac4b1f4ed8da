package dev.kirchhoff.dse.work;

import java.io.IOException;

/** A job that a worker is ready to do parts of. */
interface Bench {
  /**
   * Does a part.
   *
   * @param crew threads that share it
   * @return its result as bytes, equal for equal parts
   */
  byte[] result(Part part, Crew crew) throws IOException, InterruptedException;
}
