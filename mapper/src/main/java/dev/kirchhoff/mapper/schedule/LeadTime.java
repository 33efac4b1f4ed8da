package dev.kirchhoff.mapper.schedule;

/**
 * Time that a layer takes besides its reads, all of it in sequence: writing a matrix of
 * activations, or the work of a kernel.
 *
 * @param digital_ns digital vector work
 * @param writing_ns writes of cells
 * @param settling_ns loops of amplifiers
 * @param drawing_ns random words
 * @param waiting_ns waits of volatile devices
 * @param fetching_ns operands of digital work that come from off the tiles, and results that go
 *     there
 */
public record LeadTime(
    double digital_ns,
    double writing_ns,
    double settling_ns,
    double drawing_ns,
    double waiting_ns,
    double fetching_ns) {
  /** No time beside the reads. */
  public static final LeadTime NONE = new LeadTime(0, 0, 0, 0, 0, 0);

  /** Time of writing alone. */
  public static LeadTime writing(double writing_ns) {
    return new LeadTime(0, writing_ns, 0, 0, 0, 0);
  }

  /** This time with that of operands from off the tiles. */
  public LeadTime withFetching(double fetching_ns) {
    return new LeadTime(digital_ns, writing_ns, settling_ns, drawing_ns, waiting_ns, fetching_ns);
  }

  /** Time of all of it. */
  public double sum_ns() {
    return digital_ns + writing_ns + settling_ns + drawing_ns + waiting_ns + fetching_ns;
  }
}
