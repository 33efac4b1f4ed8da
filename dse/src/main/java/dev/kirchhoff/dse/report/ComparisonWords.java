package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.gallery.Role;
import java.util.Locale;

/** A published value and ours in words, for terminal and page. */
public final class ComparisonWords {
  private ComparisonWords() {}

  /** A figure, of an area with what it includes. */
  public static String figure(ComparisonReport value) {
    boolean isOfArea = value.dimension() == Dimension.AREA || value.name().endsWith("/mm2");
    return value.name()
        + value.areaScope().filter(scope -> isOfArea).map(scope -> " (" + scope + ")").orElse("");
  }

  /** Its role, and for a predicted value the differences from what was fitted. */
  public static String role(ComparisonReport value) {
    return value.role().equals(Role.PREDICTED.word())
        ? value.role() + " (" + String.join(", ", value.differsIn()) + ")"
        : value.role();
  }

  /** A value of it with its unit. */
  public static String print(double value, ComparisonReport of) {
    return of.dimension() == Dimension.NUMBER
        ? Units.significant(value)
        : Units.print(value, of.dimension());
  }

  /** Error of ours in words; beyond a factor of two as that factor, in both directions. */
  public static String error(ComparisonReport value) {
    if (value.share()) {
      return String.format(Locale.ROOT, "%+.1f points", value.error() * 100);
    }
    return isFactor(value)
        ? Units.significant(StrictMath.exp(value.logError()))
            + (value.error() > 0 ? "x high" : "x low")
        : String.format(Locale.ROOT, "%+.1f %%", value.error() * 100);
  }

  private static boolean isFactor(ComparisonReport value) {
    return value.hasFactor()
        && value.logError() > ComparisonReport.EXPLAINED_BEYOND
        && Double.isFinite(value.logError());
  }
}
