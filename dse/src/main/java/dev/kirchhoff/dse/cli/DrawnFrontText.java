package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.front.OnFrontShare;
import dev.kirchhoff.dse.report.DrawnFront;
import java.util.List;
import java.util.stream.Collectors;

/** A front and its rivals in joint draws of the models' errors, in sentences. */
final class DrawnFrontText {
  private static final int SHOWN = 3;

  private DrawnFrontText() {}

  /** The share of a member in words; a dash for one that was not drawn. */
  static String share(DrawnFront drawn, long index) {
    return drawn.member(index).map(share -> percent(share.onFront())).orElse("-");
  }

  /** A share in whole per cent: a thousand draws know no more. Nearly all is not all. */
  static String percent(double share) {
    long whole = Math.round(100 * share);
    if (whole == 100 && share < 1) {
      return "> 99 %";
    }
    return whole == 0 && share > 0 ? "< 1 %" : whole + " %";
  }

  /**
   * Sentence on the meaning of the shares, with the least sure member.
   *
   * @param members members of the front
   */
  static String sentence(DrawnFront drawn, int members) {
    long leastSure = drawn.leastSure();
    OnFrontShare least = drawn.members().get(leastSure);
    double missed = 1 - least.feasible();
    return "On front: share of "
        + Units.count(drawn.draws().count())
        + " joint draws of the models' errors in which a design meets every limit and no other"
        + (drawn.drawnRivals() > 0
            ? ", the " + Units.count(drawn.drawnRivals()) + " rivals included,"
            : " here")
        + " beats it"
        + (drawn.members().size() < members
            ? "; " + Units.count(drawn.members().size()) + " members drawn"
            : "")
        + "; least "
        + percent(least.onFront())
        + " (#"
        + leastSure
        + (missed > 0 ? ", a limit missed in " + percent(missed) : "")
        + ").\n"
        + others(drawn.rivals());
  }

  /** The designs off the front that are on it most often. */
  private static String others(List<DrawnFront.Rival> rivals) {
    if (rivals.isEmpty()) {
      return "";
    }
    return "Off the front, on it in draws: "
        + rivals.stream()
            .limit(SHOWN)
            .map(r -> "#" + r.design().index() + " (" + percent(r.share().onFront()) + ")")
            .collect(Collectors.joining(", "))
        + (rivals.size() > SHOWN ? ", " + Units.count(rivals.size() - SHOWN) + " more: --json" : "")
        + ".\n";
  }
}
