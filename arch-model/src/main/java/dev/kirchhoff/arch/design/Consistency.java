package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.KeyRule.no;
import static dev.kirchhoff.arch.design.KeyRule.number;
import static dev.kirchhoff.arch.design.KeyRule.start;
import static dev.kirchhoff.arch.design.KeyRule.when;
import static dev.kirchhoff.arch.design.KeyRule.word;
import static java.util.function.Predicate.isEqual;
import static java.util.function.Predicate.not;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.design.KeyRule.Fact;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Constraints between keys of a chip, each valid by itself. */
final class Consistency {
  private static final String VOLTAGE_READOUTS =
      Stream.of(ReadoutKind.values())
          .filter(kind -> kind.senses() == ReadoutKind.Senses.VOLTAGE)
          .map(ReadoutKind::word)
          .collect(Collectors.joining(", "))
          .replaceFirst(", (\\w+)$", " and $1");

  private static final Predicate<String> ADDER = word -> word.startsWith("adder");
  private static final Predicate<String> OF_CURRENTS =
      word -> !ADDER.test(word) && ReadoutKind.ofWord(word).senses() != ReadoutKind.Senses.VOLTAGE;
  private static final Predicate<String> PULSES = word -> word.startsWith("pulse");
  private static final Predicate<String> NOT_BITS = not(isEqual("bitSerial"));

  /** The devices of a spec share a family. */
  private static final Fact SRAM =
      start(
          root -> root.section("chip").section("cell").section("device").isWord("family", "sram"));

  /** Columns carry no currents of resistive cells. */
  private static final Fact NO_CURRENTS =
      when("pe.readout", ADDER)
          .given()
          .or(when("crossbar.compute", not(isEqual("current"))).given())
          .or(SRAM.as("cell.device is of family sram"));

  private static final String CURRENTS = "needs columns that carry currents of resistive cells";

  /** Pulses whose charge is shared before one conversion. */
  private static final Fact COMBINES =
      severalOf("pe.input.combine", "value").as("shares the charge of voltages");

  private static final Fact XNOR = word("crossbar.weights.encoding", isEqual("xnor"));
  private static final Fact XNOR_INPUTS = XNOR.and(aboveOne("precision.inputs"));
  private static final Fact XNOR_WEIGHTS = XNOR.and(aboveOne("precision.weights"));
  private static final Fact SIGNS =
      XNOR_INPUTS.as(
          "xnor inputs are signs, each with a pulse and a conversion of its own; leave it out or"
              + " write 1");
  private static final Fact SEVERAL_SIGNS =
      severalOf("cell.bits", "analog")
          .as("a cell of xnor weights of several bits holds one sign; set cell: {bits: 1}");

  private static final Fact ONE_BIT_CELLS =
      number("crossbar.weights.oneBitCells", cells -> cells > 0);
  private static final Fact PAIRS = word("crossbar.weights.encoding", isEqual("differential"));

  /** Crossbars of a PE that work in turn, of the design that the spec starts at. */
  private static final Fact TURNS =
      spec ->
          Optional.of(crossbar(spec))
              .filter(array -> array.whole("working") < array.whole("perPe"))
              .map(array -> "is " + array.whole("working") + " of " + array.whole("perPe"));

  /** Rules between words and numbers of keys, by the part that they are about. */
  private static final List<KeyRule> RULES =
      List.of(
          // A digital array is read by adders, shared charge by a converter of voltages, currents
          // by any converter.
          when("pe.readout", not(ADDER))
              .forbids("crossbar.compute", isEqual("digital"))
              .because("; a digital array needs adderTree or adderChain"),
          when("pe.readout", ADDER)
              .forbids("crossbar.compute", not(isEqual("digital")))
              .because(", which adds bits; leave compute out or write digital"),
          when("pe.readout", OF_CURRENTS)
              .forbids("crossbar.compute", isEqual("charge"))
              .because("; the voltage of shared charge is converted by " + VOLTAGE_READOUTS),
          when("pe.readout", ADDER)
              .forbids("pe.input.encoding", PULSES)
              .because(", which adds bits; use bitSerial, with bitsPerPulse of them side by side"),

          // Charge is shared bit by bit before a converter of voltages.
          when("pe.input.encoding", NOT_BITS)
              .refuses("pe.input.combine", COMBINES)
              .because("; only bitSerial has bits"),
          when(aboveOne("pe.input.bitsPerPulse").as("bitsPerPulse is above 1"))
              .refuses("pe.input.combine", COMBINES)
              .because("; capacitors halve bit by bit"),
          when(word("crossbar.skipZeroRows", isEqual("true")).as("crossbar.skipZeroRows"))
              .refuses("pe.input.combine", COMBINES)
              .because(" reads other rows for each bit"),
          when("pe.readout", OF_CURRENTS.or(ADDER))
              .refuses("pe.input.combine", COMBINES)
              .because("; voltages are converted by " + VOLTAGE_READOUTS),

          // Rows are picked by the digits of bit-serial inputs and read by columns that add up
          // currents of any of them.
          when("pe.input.encoding", NOT_BITS)
              .forbids("crossbar.skipZeroRows", isEqual("true"))
              .because(
                  ", whose digits are not bits that pick a row; use bitSerial, with bitsPerPulse of"
                      + " them"),
          when("crossbar.weights.encoding", isEqual("xnor"))
              .forbids("crossbar.skipZeroRows", isEqual("true"))
              .because(", whose inputs are -1 or +1 and never zero; use differential or offset"),
          when("crossbar.compute", isEqual("charge"))
              .forbids("crossbar.skipZeroRows", isEqual("true"))
              .because(", whose rows share their charge in groups that are wired; use current"),
          when("pe.readout", ADDER)
              .forbids("crossbar.skipZeroRows", isEqual("true"))
              .because(", whose adders are wired to their rows; use a converter, such as sar"),
          when(Consistency::allRows)
              .forbids("crossbar.skipZeroRows", isEqual("true"))
              .because(
                  " rows, which one read takes whatever their digits are; give rowsActive fewer"),

          // Bit planes of XNOR: values of several bits come bit by bit, each plane is converted
          // alone.
          when(XNOR_INPUTS.as("xnor inputs of several bits are signs, one a pulse"))
              .forbids("pe.input.encoding", NOT_BITS)
              .because("; use bitSerial"),
          when(SIGNS)
              .refuses(
                  "pe.input.bitsPerPulse",
                  aboveOne("pe.input.bitsPerPulse").as("takes several bits at once"))
              .because(""),
          when(SIGNS)
              .refuses(
                  "pe.input.combine",
                  severalOf("pe.input.combine", "value").as("takes several bits at once"))
              .because(""),
          when(XNOR_INPUTS.or(XNOR_WEIGHTS).and(no(isDefault("cell.bits"))).as(""))
              .refuses("cell.bits", SEVERAL_SIGNS)
              .because(""),
          when(XNOR_INPUTS.or(XNOR_WEIGHTS).and(isDefault("cell.bits")).as(""))
              .refuses("crossbar.weights.encoding", SEVERAL_SIGNS)
              .because(""),
          when(XNOR_WEIGHTS
                  .and(word("pe.readout", not(ADDER)))
                  .as("each plane of xnor weights is converted by itself"))
              .refuses(
                  "crossbar.weights.combine",
                  severalOf("crossbar.weights.combine", "weight")
                      .as("adds columns before one conversion"))
              .because("; leave it out or write 1"),

          // Cells of one bit among those of several need cells that hold levels, and sums of
          // single cells or of whole weights.
          when(NO_CURRENTS)
              .refuses(
                  "crossbar.weights.oneBitCells",
                  ONE_BIT_CELLS.as("needs cells of several levels, whose currents columns add up"))
              .because("; leave it out or write 0"),
          when(no(word("crossbar.weights.encoding", not(isEqual("xnor")))))
              .idles("crossbar.weights.oneBitCells", ONE_BIT_CELLS)
              .because("xnor cells hold one sign each"),
          when(word("crossbar.weights.encoding", not(isEqual("xnor")))
                  .and(no(severalOf("cell.bits", "analog"))))
              .idles("crossbar.weights.oneBitCells", ONE_BIT_CELLS)
              .because("all cells hold one bit; set cell.bits above 1"),
          when(ONE_BIT_CELLS.as("crossbar.weights.oneBitCells"))
              .refuses(
                  "crossbar.weights.combine",
                  aboveOne("crossbar.weights.combine").as("adds some cells of a weight"))
              .because(" makes cells of two sizes, whose groups would differ; use 1 or weight"),

          // Transpose reads, loops of amplifiers and read noise.
          when(NO_CURRENTS)
              .refuses("pe.transpose", word("pe.transpose", not(isEqual("none"))).as(CURRENTS))
              .because(""),
          when(NO_CURRENTS)
              .refuses("pe.feedback", word("pe.feedback", not(isEqual("none"))).as(CURRENTS))
              .because(""),
          when(NO_CURRENTS)
              .refuses("pe.random", word("pe.random", isEqual("device")).as(CURRENTS))
              .because(""),

          // Crossbars that take turns.
          when(start(
                      root ->
                          ADDER.test(root.section("chip").section("pe").section("readout").kind()))
                  .as("a digital array adds where its weights are"))
              .refuses("crossbar.working", TURNS)
              .because("; weights that take turns are cell.banks"),
          when(start(root -> root.section("mapping").isWord("share", "layers"))
                  .as("mapping.share lets layers take turns on a crossbar"))
              .refuses("crossbar.working", TURNS)
              .because("; only one of both"),

          // Several chips need links.
          when("chip.io", isEqual("none"))
              .forbids("mapping.overflow", isEqual("chips"))
              .because("; several chips need links to each other"),

          // Words that mean nothing with any encoding or device of the spec.
          when(no(PAIRS))
              .idles(
                  "crossbar.weights.subtract",
                  word("crossbar.weights.subtract", isEqual("digital")))
              .because("only differential pairs are subtracted"),
          when(PAIRS.and(no(word("crossbar.weights.pair", isEqual("columns")))))
              .idles(
                  "crossbar.weights.subtract",
                  word("crossbar.weights.subtract", isEqual("digital")))
              .because("pairs on rows subtract in the array"),
          when(no(word("crossbar.weights.encoding", isEqual("offset"))))
              .idles("crossbar.weights.flip", word("crossbar.weights.flip", isEqual("true")))
              .because("only columns of offset codes are inverted"),
          when(no(SRAM))
              .idles("cell.bitline", word("cell.bitline", isEqual("held")))
              .because("only SRAM cells can do with a bitline that nobody holds"));

  private Consistency() {}

  /**
   * Checks a spec.
   *
   * @param root the spec with its choices
   * @param start the design that it starts at
   */
  static void check(Value.Section root, View start, Problems problems) {
    KeyRule.Subject spec = new KeyRule.Subject(root, start.root());
    atMost(spec, "rowsActive", "rows", "rows", problems);
    atMost(spec, "working", "perPe", "crossbars of a PE", problems);
    RULES.forEach(rule -> rule.check(spec, problems));
    swing(spec, problems);
    readVoltage(spec, problems);
  }

  private static Fact aboveOne(String path) {
    return number(path, number -> number > 1);
  }

  private static Fact severalOf(String path, String word) {
    return aboveOne(path).or(word(path, isEqual(word)));
  }

  private static Fact isDefault(String path) {
    return spec -> Optional.of("").filter(any -> spec.value(path).place().isDefault());
  }

  private static View.Section crossbar(KeyRule.Subject spec) {
    return spec.start().section("chip").section("crossbar");
  }

  /**
   * A search may have designs that read all rows at once and leave nothing to pick, but not only
   * such.
   */
  private static Optional<String> allRows(KeyRule.Subject spec) {
    Value active = spec.value("crossbar.rowsActive");
    boolean isFixed =
        active.place().isDefault()
            || active instanceof Value.Number
                && spec.value("crossbar.rows") instanceof Value.Number;
    return Optional.of(crossbar(spec))
        .filter(array -> array.whole("rowsActive") == array.whole("rows"))
        .filter(array -> isFixed || array.isWord("skipZeroRows", "true"))
        .map(array -> "crossbar.rowsActive is all of the " + array.whole("rows"));
  }

  private static void atMost(
      KeyRule.Subject spec, String key, String limit, String noun, Problems problems) {
    View.Section crossbar = crossbar(spec);
    if (crossbar.whole(key) > crossbar.whole(limit)) {
      problems.add(
          crossbar.raw(key).place(),
          "crossbar." + key,
          "is " + crossbar.whole(key) + ", more than the " + crossbar.whole(limit) + " " + noun);
    }
  }

  /**
   * Cells that are read from the core supply see less than it. Voltage and supply are knobs of
   * their own, so that a voltage is refused where no supply of the spec is above it; a design that
   * pairs it with a lower one is infeasible by the missing headroom.
   */
  private static void readVoltage(KeyRule.Subject spec, Problems problems) {
    List<String> computes = spec.words("crossbar.compute");
    if (!computes.isEmpty() && !computes.contains("current")
        || spec.words("cell.readRail").contains("own")) {
      return;
    }
    double supply_V = highestSupply_V(spec);
    for (Value.Number voltage : spec.numbers("cell.readVoltage")) {
      if (voltage.number() >= supply_V) {
        problems.add(
            voltage.place(),
            "cell.readVoltage",
            "is "
                + voltage.text()
                + ", must be below the supply of "
                + Units.brief(supply_V)
                + " V, or cell.readRail: own");
      }
    }
  }

  /** The highest supply of a spec; nominal ones are those of its nodes. */
  private static double highestSupply_V(KeyRule.Subject spec) {
    List<Value.Number> supplies = spec.numbers("technology.supply");
    boolean isNominal = supplies.isEmpty() || spec.words("technology.supply").contains("nominal");
    return Stream.of(
            Stream.of(supply_V(spec)),
            supplies.stream().map(Value.Number::number),
            spec.numbers("technology.node").stream()
                .filter(node -> isNominal)
                .flatMap(node -> nominal_V(spec, node.number() * Units.NM_PER_UM)))
        .flatMap(voltages -> voltages)
        .max(Double::compare)
        .orElseThrow();
  }

  private static Stream<Double> nominal_V(KeyRule.Subject spec, double node_nm) {
    return spec.words("technology.flavour").stream()
        .flatMap(word -> Flavour.ofWord(word).stream())
        .map(flavour -> NominalSupply.of(node_nm, flavour));
  }

  /**
   * A line that drives gates is lower when it is off than when it is on. Stated levels are knobs of
   * their own, so that all pairs must hold; a high level left open is the start design's supply.
   */
  private static void swing(KeyRule.Subject spec, Problems problems) {
    double supply_V = supply_V(spec);
    double stated_V =
        spec.numbers("pe.input.wordline.high").stream()
            .mapToDouble(Value.Number::number)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    boolean isOpen = Double.isInfinite(stated_V) || !spec.words("pe.input.wordline.high").isEmpty();
    boolean isSupply = isOpen && supply_V < stated_V;
    double high_V = isSupply ? supply_V : stated_V;
    for (Value.Number low : spec.numbers("pe.input.wordline.low")) {
      if (low.number() >= high_V) {
        problems.add(
            low.place(),
            "pe.input.wordline.low",
            "is "
                + low.text()
                + ", must be below the high level of "
                + high_V
                + (isSupply ? " V, the supply" : " V"));
      }
    }
  }

  /** Supply of the design that the spec starts at. */
  private static double supply_V(KeyRule.Subject spec) {
    return NominalSupply.stated(spec.start().section("chip").section("technology"));
  }
}
