package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;

/** Constraints between keys of a chip, each valid by itself. */
final class Consistency {
  private Consistency() {}

  /**
   * Checks a spec.
   *
   * @param root the spec with its choices
   * @param start the design that it starts at
   */
  static void check(Value.Section root, View start, Problems problems) {
    View.Section chip = start.root().section("chip");
    rowsActive(chip.section("crossbar"), problems);
    working(start.root(), problems);
    skipZeroRows(root, chip.section("crossbar"), problems);
    readouts(root, problems);
    pulses(root, problems);
    combine(root, problems);
    xnor(root, problems);
    oneBitCells(root, start.root(), problems);
    unused(root, problems);
    swing(root, chip, problems);
    readVoltage(root, chip, problems);
    links(root, problems);
    kernelParts(root, start.root(), problems);
    bitline(root, start.root(), problems);
  }

  /** A held bitline of cells that hold it anyway; the devices of a spec share a family. */
  private static void bitline(Value.Section root, View.Section start, Problems problems) {
    if (root.get("chip") instanceof Value.Section chip
        && chip.get("cell") instanceof Value.Section cell
        && wordsOf(cell, "bitline").contains("held")
        && !start.section("chip").section("cell").section("device").isWord("family", "sram")) {
      problems.warn(
          cell.get("bitline").place(),
          "cell.bitline",
          "has no effect: only SRAM cells can do with a bitline that nobody holds");
    }
  }

  /**
   * Cells that are read from the core supply see less than it. Voltage and supply are knobs of
   * their own, so that a voltage is refused where no supply of the spec is above it; a design that
   * pairs it with a lower one is infeasible by the missing headroom.
   */
  private static void readVoltage(Value.Section root, View.Section start, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("cell") instanceof Value.Section cell)
        || !sumsCurrents(chip)
        || wordsOf(cell, "readRail").contains("own")) {
      return;
    }
    double supply_V = highestSupply_V(chip, start.section("technology"));
    List<Value.Number> voltages = new ArrayList<>();
    numbers(cell.get("readVoltage"), voltages);
    for (Value.Number voltage : voltages) {
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

  private static boolean sumsCurrents(Value.Section chip) {
    if (!(chip.get("crossbar") instanceof Value.Section crossbar)) {
      return true;
    }
    List<String> computes = wordsOf(crossbar, "compute");
    return computes.isEmpty() || computes.contains("current");
  }

  /** The highest supply of a spec; nominal ones are those of its nodes. */
  private static double highestSupply_V(Value.Section chip, View.Section start) {
    double highest_V = supply_V(start);
    if (!(chip.get("technology") instanceof Value.Section technology)) {
      return highest_V;
    }
    List<Value.Number> supplies = new ArrayList<>();
    numbers(technology.get("supply"), supplies);
    for (Value.Number supply : supplies) {
      highest_V = Math.max(highest_V, supply.number());
    }
    if (supplies.isEmpty() || wordsOf(technology, "supply").contains("nominal")) {
      List<Value.Number> nodes = new ArrayList<>();
      numbers(technology.get("node"), nodes);
      for (Value.Number node : nodes) {
        highest_V = Math.max(highest_V, NominalSupply.of(node.number() * Units.NM_PER_UM));
      }
    }
    return highest_V;
  }

  /**
   * Several chips need links; overflow and io are knobs of their own, so that all pairs must hold.
   */
  private static void links(Value.Section root, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(root.get("mapping") instanceof Value.Section mapping)) {
      return;
    }
    List<String> overflows = new ArrayList<>();
    words(mapping.get("overflow"), overflows);
    List<String> links = new ArrayList<>();
    words(chip.get("io"), links);
    if (overflows.contains("chips") && links.contains("none")) {
      problems.add(
          mapping.get("overflow").place(),
          "mapping.overflow",
          "is chips, but chip.io is none; several chips need links to each other");
    }
  }

  /**
   * Charge is shared bit by bit before a converter of voltages; encodings and readouts are knobs of
   * their own, so that all pairs must hold.
   */
  private static void combine(Value.Section root, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("pe") instanceof Value.Section pe)
        || !(pe.get("input") instanceof Value.Section input)) {
      return;
    }
    List<Value.Number> combined = new ArrayList<>();
    numbers(input.get("combine"), combined);
    boolean isWhole = wordsOf(input, "combine").contains("value");
    if (!isWhole && combined.stream().allMatch(number -> number.number() == 1)) {
      return;
    }
    List<Value.Number> bits = new ArrayList<>();
    numbers(input.get("bitsPerPulse"), bits);
    for (String encoding : wordsOf(input, "encoding")) {
      if (!encoding.equals("bitSerial")) {
        combine(input, "pe.input.encoding is " + encoding + "; only bitSerial has bits", problems);
        return;
      }
    }
    if (bits.stream().anyMatch(number -> number.number() > 1)) {
      combine(input, "bitsPerPulse is above 1; capacitors halve bit by bit", problems);
    }
    if (chip.get("crossbar") instanceof Value.Section crossbar
        && wordsOf(crossbar, "skipZeroRows").contains("true")) {
      combine(input, "crossbar.skipZeroRows reads other rows for each bit", problems);
    }
    for (String readout : wordsOf(pe, "readout")) {
      if (ReadoutKind.ofWord(readout).senses() != ReadoutKind.Senses.VOLTAGE) {
        combine(
            input,
            "pe.readout is " + readout + "; voltages are converted by " + voltageReadouts(),
            problems);
        return;
      }
    }
  }

  private static String voltageReadouts() {
    List<String> words = new ArrayList<>();
    for (ReadoutKind kind : ReadoutKind.values()) {
      if (kind.senses() == ReadoutKind.Senses.VOLTAGE) {
        words.add(kind.word());
      }
    }
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  private static void combine(Value.Section input, String why, Problems problems) {
    problems.add(
        input.get("combine").place(),
        "pe.input.combine",
        "shares the charge of voltages, but " + why);
  }

  private static void rowsActive(View.Section crossbar, Problems problems) {
    if (crossbar.whole("rowsActive") > crossbar.whole("rows")) {
      problems.add(
          crossbar.raw("rowsActive").place(),
          "crossbar.rowsActive",
          "is "
              + crossbar.whole("rowsActive")
              + ", more than the "
              + crossbar.whole("rows")
              + " rows");
    }
  }

  /** Crossbars that take turns: no more work at once than a PE has. */
  private static void working(View.Section root, Problems problems) {
    View.Section crossbar = root.section("chip").section("crossbar");
    int working = crossbar.whole("working");
    int perPe = crossbar.whole("perPe");
    if (working > perPe) {
      problems.add(
          crossbar.raw("working").place(),
          "crossbar.working",
          "is " + working + ", more than the " + perPe + " crossbars of a PE");
    }
    if (working >= perPe) {
      return;
    }
    if (root.section("chip").section("pe").section("readout").kind().startsWith("adder")) {
      problems.add(
          crossbar.raw("working").place(),
          "crossbar.working",
          "is "
              + working
              + " of "
              + perPe
              + ", but a digital array adds where its weights are; weights that take turns are"
              + " cell.banks");
    }
    if (root.section("mapping").isWord("share", "layers")) {
      problems.add(
          crossbar.raw("working").place(),
          "crossbar.working",
          "is "
              + working
              + " of "
              + perPe
              + ", but mapping.share lets layers take turns on a crossbar; only one of both");
    }
  }

  /**
   * Rows are picked by the digits of bit-serial inputs and read by columns that add up currents of
   * any of them; the keys are knobs of their own, so that all pairs must hold. A search may have
   * designs that read all rows at once and leave nothing to pick, but not only such.
   */
  private static void skipZeroRows(Value.Section root, View.Section crossbar, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("crossbar") instanceof Value.Section array)
        || !(chip.get("pe") instanceof Value.Section pe)
        || !wordsOf(array, "skipZeroRows").contains("true")) {
      return;
    }
    String reason = noRowsToPick(array, pe);
    if (reason.isEmpty() && crossbar.whole("rowsActive") == crossbar.whole("rows")) {
      Value active = array.get("rowsActive");
      boolean isFixed =
          active.place().isDefault()
              || active instanceof Value.Number && array.get("rows") instanceof Value.Number;
      if (isFixed || crossbar.isWord("skipZeroRows", "true")) {
        reason =
            "crossbar.rowsActive is all of the "
                + crossbar.whole("rows")
                + " rows, which one read takes whatever their digits are; give rowsActive fewer";
      }
    }
    if (!reason.isEmpty()) {
      problems.add(
          array.get("skipZeroRows").place(), "crossbar.skipZeroRows", "is true, but " + reason);
    }
  }

  /** Reason why rows cannot be selected by their digits; empty if they can. */
  private static String noRowsToPick(Value.Section crossbar, Value.Section pe) {
    if (pe.get("input") instanceof Value.Section input) {
      for (String encoding : wordsOf(input, "encoding")) {
        if (!encoding.equals("bitSerial")) {
          return "pe.input.encoding is "
              + encoding
              + ", whose digits are not bits that pick a row; use bitSerial, with bitsPerPulse of them";
        }
      }
    }
    if (crossbar.get("weights") instanceof Value.Section weights
        && wordsOf(weights, "encoding").contains("xnor")) {
      return "crossbar.weights.encoding is xnor, whose inputs are -1 or +1 and never zero; use"
          + " differential or offset";
    }
    if (wordsOf(crossbar, "compute").contains("charge")) {
      return "crossbar.compute is charge, whose rows share their charge in groups that are wired;"
          + " use current";
    }
    List<String> readouts = new ArrayList<>();
    words(pe.get("readout"), readouts);
    for (String readout : readouts) {
      if (readout.startsWith("adder")) {
        return "pe.readout is "
            + readout
            + ", whose adders are wired to their rows; use a converter, such as sar";
      }
    }
    return "";
  }

  /**
   * Bit planes of XNOR: values of several bits come bit by bit, and each plane is converted alone.
   * Encodings, precisions and inputs are knobs of their own, so that all pairs must hold.
   */
  private static void xnor(Value.Section root, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("crossbar") instanceof Value.Section crossbar)
        || !(crossbar.get("weights") instanceof Value.Section weights)
        || !(chip.get("cell") instanceof Value.Section cell)
        || !(chip.get("pe") instanceof Value.Section pe)
        || !(root.get("precision") instanceof Value.Section precision)
        || !wordsOf(weights, "encoding").contains("xnor")) {
      return;
    }
    boolean severalInputs = hasAboveOne(precision, "inputs");
    boolean severalWeights = hasAboveOne(precision, "weights");
    if (severalInputs && pe.get("input") instanceof Value.Section input) {
      xnorInputs(input, problems);
    }
    if (!severalInputs && !severalWeights) {
      return;
    }
    List<Value.Number> bits = new ArrayList<>();
    numbers(cell.get("bits"), bits);
    if (bits.stream().anyMatch(number -> number.number() != 1)
        || wordsOf(cell, "bits").contains("analog")) {
      Value where =
          cell.get("bits").place().isDefault() ? weights.get("encoding") : cell.get("bits");
      problems.add(
          where.place(),
          where == cell.get("bits") ? "cell.bits" : "crossbar.weights.encoding",
          "a cell of xnor weights of several bits holds one sign; set cell: {bits: 1}");
    }
    boolean combines =
        wordsOf(weights, "combine").contains("weight") || hasAboveOne(weights, "combine");
    boolean isDigital = wordsOf(pe, "readout").stream().allMatch(word -> word.startsWith("adder"));
    if (severalWeights && combines && !isDigital) {
      problems.add(
          weights.get("combine").place(),
          "crossbar.weights.combine",
          "adds columns before one conversion, but each plane of xnor weights is converted by"
              + " itself; leave it out or write 1");
    }
  }

  private static void xnorInputs(Value.Section input, Problems problems) {
    for (String encoding : wordsOf(input, "encoding")) {
      if (!encoding.equals("bitSerial")) {
        problems.add(
            input.get("encoding").place(),
            "pe.input.encoding",
            "is "
                + encoding
                + ", but xnor inputs of several bits are signs, one a pulse; use bitSerial");
        return;
      }
    }
    for (String key : List.of("bitsPerPulse", "combine")) {
      if (hasAboveOne(input, key) || wordsOf(input, key).contains("value")) {
        problems.add(
            input.get(key).place(),
            "pe.input." + key,
            "takes several bits at once, but xnor inputs are signs, each with a pulse and a"
                + " conversion of its own; leave it out or write 1");
      }
    }
  }

  /**
   * Cells of one bit among those of several need cells that hold levels, and sums of single cells
   * or of whole weights. Keys are knobs of their own, so that all pairs must hold.
   */
  private static void oneBitCells(Value.Section root, View.Section start, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("crossbar") instanceof Value.Section crossbar)
        || !(crossbar.get("weights") instanceof Value.Section weights)
        || !(chip.get("cell") instanceof Value.Section cell)
        || !(chip.get("pe") instanceof Value.Section pe)
        || !hasAbove(weights, "oneBitCells", 0)) {
      return;
    }
    String path = "crossbar.weights.oneBitCells";
    String obstacle = withoutCurrents(chip, pe, start);
    if (!obstacle.isEmpty()) {
      problems.add(
          weights.get("oneBitCells").place(),
          path,
          "needs cells of several levels, whose currents columns add up, but "
              + obstacle
              + "; leave it out or write 0");
    } else if (wordsOf(weights, "encoding").stream().allMatch("xnor"::equals)) {
      problems.warn(
          weights.get("oneBitCells").place(), path, "has no effect: xnor cells hold one sign each");
    } else if (!hasAboveOne(cell, "bits") && !wordsOf(cell, "bits").contains("analog")) {
      problems.warn(
          weights.get("oneBitCells").place(),
          path,
          "has no effect: all cells hold one bit; set cell.bits above 1");
    }
    if (hasAboveOne(weights, "combine")) {
      problems.add(
          weights.get("combine").place(),
          "crossbar.weights.combine",
          "adds some cells of a weight, but "
              + path
              + " makes cells of two sizes, whose groups would differ; use 1 or weight");
    }
  }

  private static boolean hasAboveOne(Value.Section section, String key) {
    return hasAbove(section, key, 1);
  }

  private static boolean hasAbove(Value.Section section, String key, int limit) {
    List<Value.Number> values = new ArrayList<>();
    numbers(section.get(key), values);
    return values.stream().anyMatch(value -> value.number() > limit);
  }

  /** Words about pairs and columns that mean nothing with any encoding of the spec. */
  private static void unused(Value.Section root, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("crossbar") instanceof Value.Section crossbar)
        || !(crossbar.get("weights") instanceof Value.Section weights)) {
      return;
    }
    List<String> encodings = wordsOf(weights, "encoding");
    boolean pairs = encodings.contains("differential");
    boolean subtracts = pairs && wordsOf(weights, "pair").contains("columns");
    if (wordsOf(weights, "subtract").contains("digital") && !subtracts) {
      problems.warn(
          weights.get("subtract").place(),
          "crossbar.weights.subtract",
          pairs
              ? "has no effect: pairs on rows subtract in the array"
              : "has no effect: only differential pairs are subtracted");
    }
    if (wordsOf(weights, "flip").contains("true") && !encodings.contains("offset")) {
      problems.warn(
          weights.get("flip").place(),
          "crossbar.weights.flip",
          "has no effect: only columns of offset codes are inverted");
    }
  }

  private static List<String> wordsOf(Value.Section section, String key) {
    List<String> words = new ArrayList<>();
    words(section.get(key), words);
    return words;
  }

  /**
   * A line that drives gates is lower when it is off than when it is on. Stated levels are knobs of
   * their own, so that all pairs must hold; a high level left open is the start design's supply.
   */
  private static void swing(Value.Section root, View.Section chip, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chipOfAll)
        || !(chipOfAll.get("pe") instanceof Value.Section pe)
        || !(pe.get("input") instanceof Value.Section input)
        || !(input.get("wordline") instanceof Value.Section wordline)) {
      return;
    }
    double supply_V = supply_V(chip.section("technology"));
    List<Value.Number> highs = new ArrayList<>();
    numbers(wordline.get("high"), highs);
    double high_V = highs.stream().mapToDouble(Value.Number::number).min().orElse(supply_V);
    List<String> words = new ArrayList<>();
    words(wordline.get("high"), words);
    boolean isSupply = highs.isEmpty() || (!words.isEmpty() && supply_V < high_V);
    if (isSupply) {
      high_V = supply_V;
    }
    List<Value.Number> lows = new ArrayList<>();
    numbers(wordline.get("low"), lows);
    for (Value.Number low : lows) {
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

  private static double supply_V(View.Section technology) {
    return technology.isWord("supply", "nominal")
        ? NominalSupply.of(technology.number("node") * Units.NM_PER_UM)
        : technology.number("supply");
  }

  private static void numbers(Value value, List<Value.Number> into) {
    if (value instanceof Value.Number number) {
      into.add(number);
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> numbers(item, into));
    }
  }

  /**
   * A digital array is read by adders, shared charge by a converter of voltages, currents by any
   * converter; choices of the two are knobs of their own, so that all pairs must hold.
   */
  private static void readouts(Value.Section root, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("crossbar") instanceof Value.Section crossbar)
        || !(chip.get("pe") instanceof Value.Section pe)) {
      return;
    }
    List<String> computes = new ArrayList<>();
    words(crossbar.get("compute"), computes);
    List<String> readouts = new ArrayList<>();
    words(pe.get("readout"), readouts);
    for (String compute : computes) {
      for (String readout : readouts) {
        boolean digital = compute.equals("digital");
        if (digital != readout.startsWith("adder")) {
          problems.add(
              crossbar.get("compute").place(),
              "crossbar.compute",
              "is "
                  + compute
                  + ", but pe.readout is "
                  + readout
                  + (digital
                      ? "; a digital array needs adderTree or adderChain"
                      : ", which adds bits; leave compute out or write digital"));
          return;
        }
        if (compute.equals("charge")
            && ReadoutKind.ofWord(readout).senses() != ReadoutKind.Senses.VOLTAGE) {
          problems.add(
              crossbar.get("compute").place(),
              "crossbar.compute",
              "is charge, but pe.readout is "
                  + readout
                  + "; the voltage of shared charge is converted by "
                  + voltageReadouts());
          return;
        }
      }
    }
  }

  /**
   * Transpose reads, loops of amplifiers and read noise need columns that carry currents of
   * resistive cells; parts, arrays and devices are knobs of their own, so that all pairs must hold.
   */
  private static void kernelParts(Value.Section root, View.Section start, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("pe") instanceof Value.Section pe)) {
      return;
    }
    String obstacle = withoutCurrents(chip, pe, start);
    if (obstacle.isEmpty()) {
      return;
    }
    for (String key : List.of("transpose", "feedback", "random")) {
      List<String> words = wordsOf(pe, key);
      boolean reads = key.equals("random") ? words.contains("device") : hasPart(words);
      if (reads) {
        problems.add(
            pe.get(key).place(),
            "pe." + key,
            "needs columns that carry currents of resistive cells, but " + obstacle);
      }
    }
  }

  private static boolean hasPart(List<String> words) {
    return words.stream().anyMatch(word -> !word.equals("none"));
  }

  /** The setting by which columns carry no currents of resistive cells; empty where they do. */
  private static String withoutCurrents(Value.Section chip, Value.Section pe, View.Section start) {
    for (String readout : wordsOf(pe, "readout")) {
      if (readout.startsWith("adder")) {
        return "pe.readout is " + readout;
      }
    }
    if (chip.get("crossbar") instanceof Value.Section crossbar) {
      for (String compute : wordsOf(crossbar, "compute")) {
        if (!compute.equals("current")) {
          return "crossbar.compute is " + compute;
        }
      }
    }
    // The devices of a spec share a family.
    boolean isSram =
        start.section("chip").section("cell").section("device").isWord("family", "sram");
    return isSram ? "cell.device is of family sram" : "";
  }

  /**
   * Gates add bits, they count no pulses; the encoding and the readout are knobs of their own, so
   * that all pairs must hold.
   */
  private static void pulses(Value.Section root, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("pe") instanceof Value.Section pe)
        || !(pe.get("input") instanceof Value.Section input)) {
      return;
    }
    List<String> readouts = new ArrayList<>();
    words(pe.get("readout"), readouts);
    List<String> encodings = new ArrayList<>();
    words(input.get("encoding"), encodings);
    for (String readout : readouts) {
      for (String encoding : encodings) {
        if (readout.startsWith("adder") && encoding.startsWith("pulse")) {
          problems.add(
              input.get("encoding").place(),
              "pe.input.encoding",
              "is "
                  + encoding
                  + ", but pe.readout is "
                  + readout
                  + ", which adds bits; use bitSerial, with bitsPerPulse of them side by side");
          return;
        }
      }
    }
  }

  private static void words(Value value, List<String> into) {
    if (value instanceof Value.Word word) {
      into.add(word.text());
    } else if (value instanceof Value.Section section) {
      into.add(section.shape().name());
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> words(item, into));
    }
  }
}
