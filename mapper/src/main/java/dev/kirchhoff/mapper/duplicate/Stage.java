package dev.kirchhoff.mapper.duplicate;

/**
 * Stage of a network: a stored matrix with the layers that use it, as duplication sees it.
 *
 * @param vectors input vectors of an inference
 * @param interval_ns crossbars' time for one vector
 * @param shared_ns time that one tile's buffer, bus, link and digital units would take for all of
 *     the stage's work
 * @param crossbars crossbars of one copy
 */
public record Stage(double vectors, double interval_ns, double shared_ns, double crossbars) {
  /**
   * This stage with the vectors of another layer that uses the same crossbars: times add, the
   * interval is the mean over all vectors.
   */
  public Stage with(Stage other) {
    double all = vectors + other.vectors;
    double reads_ns = vectors * interval_ns + other.vectors * other.interval_ns;
    return new Stage(
        all,
        interval_ns == other.interval_ns ? interval_ns : reads_ns / all,
        shared_ns + other.shared_ns,
        crossbars);
  }
}
