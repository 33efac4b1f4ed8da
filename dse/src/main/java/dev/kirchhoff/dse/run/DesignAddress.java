package dev.kirchhoff.dse.run;

/**
 * One design of one run as the user writes it: {@code RUN#1234}, RUN being any unique ending of a
 * run id.
 *
 * @param run the run's name or its ending
 * @param index index of the design in the run, 0..
 */
public record DesignAddress(String run, long index) {

  /**
   * Reads {@code RUN#1234}.
   *
   * @throws DataProblemException if the text is not of that form
   */
  public static DesignAddress parse(String text) {
    int mark = text.lastIndexOf('#');
    if (mark > 0) {
      try {
        long index = Long.parseLong(text.substring(mark + 1));
        if (index >= 0) {
          return new DesignAddress(text.substring(0, mark), index);
        }
      } catch (NumberFormatException e) {
        throw problem(text);
      }
    }
    throw problem(text);
  }

  private static DataProblemException problem(String text) {
    return new DataProblemException(
        "'" + text + "' does not name a design; write RUN#INDEX, for example k3f9#1234");
  }

  @Override
  public String toString() {
    return run + "#" + index;
  }
}
