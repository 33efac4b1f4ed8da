package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.RatioError;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.front.DrawnPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Two designs of one run as a table and as JSON. Ratios have as many digits as their interval
 * leaves.
 *
 * @param a the design that is compared
 * @param b the design that it is compared with
 * @param draws joint draws of the run's seed
 * @param pair the designs in these draws
 * @param errors by objective the sources that the ratio errs by
 * @param ofA nominal totals of A
 * @param ofB nominal totals of B
 */
record PairReport(
    RunDesigns.Found a,
    RunDesigns.Found b,
    JointDraws draws,
    DrawnPair pair,
    List<List<RatioError>> errors,
    Totals ofA,
    Totals ofB) {
  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 3;
  private static final int MOST_KNOBS = 12;
  private static final int MOST_SOURCES = 3;

  /**
   * Two designs of one run.
   *
   * @throws UsageException if they run different networks
   */
  static PairReport of(RunDesigns.Found a, RunDesigns.Found b) {
    String ours = networks(a);
    String theirs = networks(b);
    if (!ours.equals(theirs)) {
      throw new UsageException(
          "A and B are not comparable: the workload of A is " + ours + ", of B " + theirs);
    }
    JointDraws draws = JointDraws.of(a.seed());
    SpecDraws drawn = new SpecDraws(a.spec(), List.of(a.ordinals(), b.ordinals()), draws);
    List<List<RatioError>> errors =
        a.spec().objectives().stream().map(o -> drawn.errors(0, 1, o.metric())).toList();
    return new PairReport(
        a, b, draws, DrawnPair.of(drawn), errors, drawn.nominal(0), drawn.nominal(1));
  }

  private static String networks(RunDesigns.Found found) {
    return String.join(
        ", ",
        found.spec().newBinder().bind(found.ordinals()).jobs().stream()
            .map(job -> job.network().name())
            .toList());
  }

  private DesignSpec spec() {
    return a.spec();
  }

  String text() {
    TextTable table = new TextTable("  ");
    table.row("objective", "A", "B", "A / B", "95 % of draws", "A better in");
    for (int m = 0; m < pair.objectives().size(); m++) {
      Objective objective = spec().objectives().get(m);
      DrawnPair.ByObjective by = pair.objectives().get(m);
      double ours = objective.value(ofA);
      double theirs = objective.value(ofB);
      boolean isRatio = objective.metric().axis().isLogarithmic();
      table.row(
          objective.name(),
          objective.metric().print(ours),
          objective.metric().print(theirs),
          isRatio
              ? digits(ours / theirs, by)
              : "A - B = " + objective.metric().print(ours - theirs),
          isRatio ? digits(by.low(), by) + " .. " + digits(by.high(), by) : "",
          DrawnFront.percent(by.aBetter()));
    }
    StringBuilder out = new StringBuilder();
    out.append("A = #").append(a.index()).append(", B = #").append(b.index());
    out.append(" of run ").append(a.run()).append(", ").append(spec().name()).append("; ");
    out.append(Units.count(draws.count()))
        .append(" joint draws of the models' errors, seed ")
        .append(draws.seed())
        .append('\n')
        .append(table);
    for (int m = 0; m < errors.size(); m++) {
      if (!errors.get(m).isEmpty()) {
        out.append("Error of the ratio of ")
            .append(spec().objectives().get(m).name())
            .append(": ")
            .append(
                errors.get(m).stream()
                    .limit(MOST_SOURCES)
                    .map(PairReport::words)
                    .collect(Collectors.joining(", ")))
            .append(".\n");
      }
    }
    out.append(dominance("A", "B", pair.aDominates()))
        .append(dominance("B", "A", pair.bDominates()));
    out.append("Every limit is met by A in ")
        .append(DrawnFront.percent(pair.aFeasible()))
        .append(" of draws, by B in ")
        .append(DrawnFront.percent(pair.bFeasible()))
        .append(".\n");
    return out.append(differences()).toString();
  }

  private static String words(RatioError error) {
    return error.source().quantity().word()
        + " of "
        + error.source().model()
        + " ("
        + DrawnFront.percent(error.share())
        + ")";
  }

  private static String dominance(String one, String other, double share) {
    return one
        + " beats "
        + other
        + " in every objective in "
        + DrawnFront.percent(share)
        + " of draws.\n";
  }

  /** A ratio, with digits down to a tenth of its interval, two or three. */
  private static String digits(double value, DrawnPair.ByObjective by) {
    double width = (by.high() - by.low()) / by.median();
    int digits =
        width > 0
            ? (int)
                Math.max(
                    FEWEST_DIGITS, Math.min(MOST_DIGITS, 1 + Math.ceil(-StrictMath.log10(width))))
            : MOST_DIGITS;
    int exponent = (int) Math.floor(StrictMath.log10(Math.abs(value)));
    double last = StrictMath.pow(10, exponent - digits + 1);
    double rounded = Math.rint(value / last) * last;
    int decimals = Math.max(0, digits - 1 - exponent);
    return String.format(Locale.ROOT, "%." + decimals + "f", rounded);
  }

  /** Knobs in which the designs differ, with both values; where there is none it is a dash. */
  private List<String[]> differing() {
    List<String[]> rows = new ArrayList<>();
    for (int k = 0; k < spec().knobs().size(); k++) {
      int ours = a.ordinals()[k];
      int theirs = b.ordinals()[k];
      if (ours != theirs) {
        Knob knob = spec().knobs().get(k);
        rows.add(new String[] {knob.path(), value(knob, ours), value(knob, theirs)});
      }
    }
    return rows;
  }

  private static String value(Knob knob, int ordinal) {
    return ordinal < 0 ? "-" : knob.values().get(ordinal);
  }

  private String differences() {
    List<String[]> rows = differing();
    TextTable table = new TextTable("  ");
    table.row("differ in", "A", "B");
    rows.stream().limit(MOST_KNOBS).forEach(table::row);
    String more =
        rows.size() > MOST_KNOBS ? "  (" + (rows.size() - MOST_KNOBS) + " more: --json)\n" : "";
    return table + more;
  }

  ObjectNode json() {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("run", a.run().text()).put("name", spec().name());
    root.putObject("draws").put("count", draws.count()).put("seed", draws.seed());
    root.put("a", a.index()).put("b", b.index());
    ArrayNode objectives = root.putArray("objectives");
    for (int m = 0; m < pair.objectives().size(); m++) {
      Objective objective = spec().objectives().get(m);
      DrawnPair.ByObjective by = pair.objectives().get(m);
      double ours = objective.value(ofA);
      double theirs = objective.value(ofB);
      ObjectNode node = objectives.addObject();
      node.put("name", objective.name())
          .put("key", objective.key())
          .put("maximise", objective.maximise())
          .put("a", ours)
          .put("b", theirs);
      boolean isRatio = objective.metric().axis().isLogarithmic();
      node.putObject(isRatio ? "ratio" : "difference")
          .put("nominal", isRatio ? ours / theirs : ours - theirs)
          .put("low", by.low())
          .put("median", by.median())
          .put("high", by.high());
      node.put("aBetter", by.aBetter()).put("bBetter", by.bBetter());
      ArrayNode sources = node.putArray("sources");
      for (RatioError error : errors.get(m)) {
        sources
            .addObject()
            .put("model", error.source().model())
            .put("quantity", error.source().quantity().word())
            .put("share", error.share());
      }
    }
    root.put("aDominates", pair.aDominates()).put("bDominates", pair.bDominates());
    root.put("aFeasible", pair.aFeasible()).put("bFeasible", pair.bFeasible());
    ArrayNode differ = root.putArray("differ");
    for (int k = 0; k < spec().knobs().size(); k++) {
      if (a.ordinals()[k] != b.ordinals()[k]) {
        Knob knob = spec().knobs().get(k);
        ObjectNode node = differ.addObject().put("path", knob.path());
        put(node, "a", knob, a.ordinals()[k]);
        put(node, "b", knob, b.ordinals()[k]);
      }
    }
    return root;
  }

  private static void put(ObjectNode node, String key, Knob knob, int ordinal) {
    if (ordinal >= 0) {
      node.set(key, SpecText.scalar(knob.values().get(ordinal)));
    }
  }
}
