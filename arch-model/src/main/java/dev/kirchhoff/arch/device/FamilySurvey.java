package dev.kirchhoff.arch.device;

import java.util.List;

/**
 * Comparison of four families of resistive switching materials by Wang et al., Nat. Rev. Mater. 5
 * (2020), Fig. 5 (read).
 *
 * <p>Every figure is the best that was published for the family, each by another device: an
 * envelope of single records. No device has two of them together, and none may be designed with.
 */
public final class FamilySurvey {
  /** Source of the table. */
  public static final String SOURCE = "Wang et al., Nat. Rev. Mater. 5 (2020), Fig. 5";

  private static final List<Row> ROWS =
      List.of(
          new Row(
              Family.REDOX,
              best("~9.65 %", 300),
              best("64", 26),
              best("115 fJ", 157),
              best("85 ps", 160),
              best("1e12", 170),
              best("over 1,000 years", 165),
              best("~2 nm", 179)),
          new Row(
              Family.PHASE_CHANGE,
              best("~9.62 %", 85),
              best("16", 84),
              best("1000 fJ", 159),
              best("700 ps", 161),
              best("1e11", 174),
              best("over 1,000 years", 166),
              best("~5 nm", 158)),
          new Row(
              Family.MAGNETIC_TUNNEL,
              best("~0.29 %", 176),
              best("2", 113),
              best("10 fJ (VCMA)", 108),
              best("200 ps", 164),
              best("1e12 (SOT)", 176),
              best("10 years", 101),
              best("~10 nm", 185)),
          new Row(
              Family.FERROELECTRIC_TUNNEL,
              best("~24.5 %", 131),
              best("~10", 143),
              best("100 fJ (10 fJ at 50 nm)", 143),
              best("10 ns", 143),
              best("4e6", 177),
              best("68 hours", 168),
              best("~20 nm", 186)));

  private FamilySurvey() {}

  /**
   * A record.
   *
   * @param value the figure with its unit, as printed in the survey
   * @param reference number of the paper in the survey's list
   */
  public record BestRecord(String value, int reference) {}

  /**
   * The records of a family.
   *
   * @param family material family
   * @param stochasticity least {@link Stochasticity}
   * @param states most states that can be told apart
   * @param energy least switching energy
   * @param pulse shortest switching pulse
   * @param endurance most write cycles
   * @param retention longest retention at room temperature
   * @param dimension smallest device
   */
  public record Row(
      Family family,
      BestRecord stochasticity,
      BestRecord states,
      BestRecord energy,
      BestRecord pulse,
      BestRecord endurance,
      BestRecord retention,
      BestRecord dimension) {}

  private static BestRecord best(String value, int reference) {
    return new BestRecord(value, reference);
  }

  /** The rows. */
  public static List<Row> rows() {
    return ROWS;
  }
}
