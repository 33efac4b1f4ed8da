package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.Difference;
import dev.kirchhoff.dse.gallery.Role;
import java.util.Locale;
import java.util.stream.Collectors;

/** A published value beside ours in words. */
public final class ComparisonWords {
  /** Logarithm of the factor beyond which an error is told as a factor and needs a reason. */
  public static final double EXPLAINED_BEYOND = StrictMath.log(2);

  private ComparisonWords() {}

  /** A figure, of an area with what it includes. */
  public static String figure(Comparison value) {
    boolean isOfArea = value.kind().dimension() == Dimension.AREA || value.name().endsWith("/mm2");
    return value.name()
        + value
            .basis()
            .areaScope()
            .filter(scope -> isOfArea)
            .map(scope -> " (" + scope.word() + ")")
            .orElse("");
  }

  /** Its role, and for a predicted value the differences from what was fitted. */
  public static String role(Comparison value) {
    if (value.basis().role() != Role.PREDICTED) {
      return value.basis().role().word();
    }
    String differsIn =
        value.basis().differsIn().stream()
            .sorted()
            .map(Difference::word)
            .collect(Collectors.joining(", "));
    return Role.PREDICTED.word() + " (" + differsIn + ")";
  }

  /** A value of it with its unit. */
  public static String print(double value, Comparison of) {
    return of.kind().dimension() == Dimension.NUMBER
        ? Units.significant(value)
        : Units.print(value, of.kind().dimension());
  }

  /** Error of ours in words; beyond a factor of two as that factor, in both directions. */
  public static String error(Comparison value) {
    if (value.kind().isShare()) {
      return String.format(Locale.ROOT, "%+.1f points", value.error() * 100);
    }
    return isBeyondTwice(value)
        ? Units.significant(StrictMath.exp(value.logError()))
            + (value.error() > 0 ? "x high" : "x low")
        : String.format(Locale.ROOT, "%+.1f %%", value.error() * 100);
  }

  private static boolean isBeyondTwice(Comparison value) {
    return value.kind().counts()
        && value.logError() > EXPLAINED_BEYOND
        && Double.isFinite(value.logError());
  }
}
