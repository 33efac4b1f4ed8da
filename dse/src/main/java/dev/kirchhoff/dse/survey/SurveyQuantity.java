package dev.kirchhoff.dse.survey;

/**
 * A predicted quantity of a macro. Energy and TOPS/W are one quantity, time and TOPS another; each
 * counts once.
 */
public enum SurveyQuantity {
  /**
   * Energy of an operation at the published time, which is a setting as the supply is; at the
   * model's own where no time is published.
   */
  ENERGY("energy", "energy of an operation at the published time", true),
  /** Energy of an operation at the model's own time. */
  ENERGY_AT_OWN_TIME("energy at own time", "energy of an operation at the predicted time", false),
  /** Time of one pass: one invocation for each of the columns that share a converter. */
  TIME("time", "time of one invocation", true),
  /** Area of all banks that work at once. */
  AREA("area", "area of a cell with its share of the periphery", true);

  private final String word;
  private final String sentence;
  private final boolean isCounted;

  SurveyQuantity(String word, String sentence, boolean isCounted) {
    this.word = word;
    this.sentence = sentence;
    this.isCounted = isCounted;
  }

  /** Its name in tables. */
  public String word() {
    return word;
  }

  /** The figure whose family median is the null model. */
  public String sentence() {
    return sentence;
  }

  /** True if it counts in the overall error. */
  public boolean isCounted() {
    return isCounted;
  }
}
