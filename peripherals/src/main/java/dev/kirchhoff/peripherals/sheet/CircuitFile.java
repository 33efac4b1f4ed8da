package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Catalogues;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.FormulaParser;
import dev.kirchhoff.arch.spec.Function;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * File of a circuit: sentence, range, source, band, constants with their origin, and the equations
 * of its energy, area, time and errors ({@link Line}). Files of the catalogue are resources of this
 * module, those of a user stand beside a spec; both are in the spec language and are read on
 * demand. Safe for use by several threads.
 *
 * @param name name of the model in a spec
 * @param sentence the circuit, in one sentence
 * @param range range of validity
 * @param source paper or tool; node; read, fitted or assumed
 * @param band disagreement of other published figures with the model's
 * @param scaled band, away from their node, of figures that were measured at one node
 * @param neglected effects that the equations leave out, or empty
 * @param behaviour words of what it asks of the circuits around it
 * @param inputs quantities that a circuit which uses this one states
 * @param constants constants of the equations
 * @param lines equations
 * @param file name of the file
 */
public record CircuitFile(
    String name,
    String sentence,
    Range range,
    String source,
    Uncertainty band,
    Optional<Scaled> scaled,
    String neglected,
    List<String> behaviour,
    List<Input> inputs,
    List<Constant> constants,
    List<Line> lines,
    String file) {
  /** Ending of the files' names. */
  public static final String ENDING = ".circuit";

  /** Largest value of a constant, in its unit. */
  public static final double MOST = 1e9;

  /** File of the constants that all circuits share. */
  public static final String SHARED = "common";

  /** Unit of a constant that states none. */
  private static final String UNKNOWN_UNIT = "?";

  private static final Units.UnitProduct NUMBER = new Units.UnitProduct(Exponents.ONE, 1);
  private static final MathContext TWELVE_DIGITS = new MathContext(12);
  private static final String FOLDER = "/dev/kirchhoff/peripherals/circuits/";
  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}_]*");
  private static final Map<String, CircuitFile> READ = new ConcurrentHashMap<>();

  public CircuitFile {
    behaviour = List.copyOf(behaviour);
    inputs = List.copyOf(inputs);
    constants = List.copyOf(constants);
    lines = List.copyOf(lines);
  }

  /**
   * Range of validity.
   *
   * @param bits bits of a code, empty for circuits without
   * @param smallest_nm smallest node
   * @param largest_nm largest node
   */
  public record Range(Optional<Bits> bits, double smallest_nm, double largest_nm) {
    /** True if a node lies inside. */
    public boolean holdsNode(double node_nm) {
      return node_nm >= smallest_nm && node_nm <= largest_nm;
    }

    /** The nearest bits of a code that lie inside. */
    public int within(int asked) {
      return bits.map(b -> Math.max(b.fewest(), Math.min(b.most(), asked))).orElse(asked);
    }

    /** True if bits of a code lie inside, or if the circuit has none. */
    public boolean holdsBits(int asked) {
      return bits.map(b -> asked >= b.fewest() && asked <= b.most()).orElse(true);
    }
  }

  /**
   * Bits of a code.
   *
   * @param fewest least bits
   * @param most most bits
   */
  public record Bits(int fewest, int most) {}

  /**
   * Band of figures of one chip away from its node, where their scaling errs too.
   *
   * @param node_nm node of the chip
   * @param beyond ratio of nodes from which it applies
   * @param band the wider band
   */
  public record Scaled(double node_nm, double beyond, Uncertainty band) {}

  /**
   * Constant of the equations.
   *
   * @param name its name
   * @param value its value in the stated unit; of a table at the first node
   * @param unit its unit, a product where it has several
   * @param exponents exponents of the unit; those of a number where the unit is a phrase
   * @param factor size of the unit in the coherent one
   * @param table values over the node, in the coherent unit
   * @param stated values that the table states, in its unit, by their node in nm; empty of a single
   *     value
   * @param band factors to the ends of its band, where stated
   * @param symbol symbol in documents, or empty
   * @param origin read, fitted, assumed or chosen
   * @param source paper, tool, or the reason of an assumption
   */
  public record Constant(
      String name,
      double value,
      String unit,
      Exponents exponents,
      double factor,
      Optional<DoubleUnaryOperator> table,
      SortedMap<Double, Double> stated,
      Optional<Spread> band,
      String symbol,
      Origin origin,
      String source,
      Place place) {
    /** Value in the coherent unit. */
    public double coherent() {
      return Units.coherent(value, factor);
    }

    /** A value in its unit. */
    public double inUnit(double coherent) {
      return coherent == coherent() ? value : coherent / factor;
    }

    /** A value as a spec writes it. */
    public String text(double coherent) {
      String number =
          BigDecimal.valueOf(inUnit(coherent))
              .round(TWELVE_DIGITS)
              .stripTrailingZeros()
              .toPlainString();
      return written().isPresent() ? number + " " + unit : number;
    }

    /** Dimension of the unit that a spec writes it with; empty of a bare number in its unit. */
    public Optional<Dimension> written() {
      return exponents.isNumber() ? Optional.empty() : Dimension.of(exponents);
    }
  }

  /**
   * Quantity that a circuit which uses this one states.
   *
   * @param meaning sentence
   */
  public record Input(String name, String unit, Exponents exponents, String meaning, Place place) {}

  /**
   * Data of a model.
   *
   * @throws IllegalStateException if the model has no file, or one that breaks its grammar
   */
  public static CircuitFile of(String name) {
    return READ.computeIfAbsent(name, CircuitFile::read);
  }

  /** True if figures at a node err by their scaling too. */
  public boolean isScaled(double node_nm) {
    return scaled
        .map(
            s ->
                StrictMath.max(node_nm, s.node_nm())
                    > s.beyond() * StrictMath.min(node_nm, s.node_nm()))
        .orElse(false);
  }

  /**
   * Value of a constant.
   *
   * @throws IllegalStateException if the model's file does not state it
   */
  public double constant(String constant) {
    for (Constant stated : constants) {
      if (stated.name().equals(constant)) {
        return stated.coherent();
      }
    }
    throw new IllegalStateException(
        "The circuit (" + name + ") states no constant (" + constant + ").");
  }

  /** Its source; of a circuit that is none of the catalogue, behind the name of its file. */
  String citation() {
    return isOfCatalogue(name, file) ? source : file + ": " + source;
  }

  /** True if it has equations. */
  public boolean hasEquations() {
    return !lines.isEmpty();
  }

  /** Names of the catalogue's circuits that are no model of a part by themselves. */
  static final List<String> NAMES =
      List.of(
          SHARED,
          "comparator",
          "decision",
          "matched-pair",
          "offset-subtraction",
          "counter",
          "voltage-sense",
          "pass-gate",
          "regulated-cascode",
          "level-driver",
          "input-line-driver",
          "pulse-edges",
          "charge-sharing",
          "published",
          "trimmed-reference",
          "gain-register",
          "shared-bus",
          "compute-cell",
          "write-cells",
          "fat-tree",
          "neurosim-cells",
          "neurosim-wires",
          "neurosim-row",
          "neurosim-column",
          "neurosim-mux",
          "neurosim-flash",
          "neurosim-adder",
          "neurosim-rectifier",
          "neurosim-maximum");

  /** File of the catalogue; empty if there is none of that name. */
  static Optional<CircuitFile> find(String name) {
    CircuitFile known = READ.get(name);
    return known != null || CircuitFile.class.getResource(FOLDER + name + ENDING) != null
        ? Optional.of(of(name))
        : Optional.empty();
  }

  /** True if a circuit of a file is that of the catalogue. */
  static boolean isOfCatalogue(String name, String file) {
    return file.equals(path(name));
  }

  /** Name of the file of a circuit of the catalogue. */
  private static String path(String name) {
    return "circuits/" + name + ENDING;
  }

  private static CircuitFile read(String name) {
    String file = path(name);
    try (InputStream in = CircuitFile.class.getResourceAsStream(FOLDER + name + ENDING)) {
      if (in == null) {
        throw new IllegalStateException(
            "The circuit (" + name + ") has no file.\nMaybe " + file + " is missing.");
      }
      return parse(name, file, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The circuit (" + name + ") cannot be read.", e);
    }
  }

  /**
   * A circuit of a file's bytes.
   *
   * @throws IllegalStateException if the file breaks its grammar
   */
  public static CircuitFile parse(String name, String file, byte[] yaml) {
    Problems problems = new Problems();
    Optional<CircuitFile> circuit = read(name, file, yaml, problems);
    if (circuit.isEmpty() || !problems.isEmpty()) {
      throw new IllegalStateException("The circuit (" + name + ") is wrong: " + problems.sorted());
    }
    return circuit.get();
  }

  /**
   * File of a circuit, as far as it can be read: problems are recorded, and there may be some where
   * a file is returned, so that those of its equations are told with those of its keys. Empty if
   * the names of its constants and inputs are unknown.
   *
   * @param name name of the circuit
   * @param file name of its file
   */
  public static Optional<CircuitFile> read(
      String name, String file, byte[] bytes, Problems problems) {
    Problems found = new Problems();
    SpecReader.Kind kind =
        new SpecReader.Kind("a circuit", "a circuit begins with sentence: and what it is");
    String text = LineReader.withBlock(file, new String(bytes, StandardCharsets.UTF_8), found);
    byte[] block = found.isEmpty() ? bytes : text.getBytes(StandardCharsets.UTF_8);
    SpecReader.Reading reading = SpecReader.read(file, block, kind, found);
    List<Line> lines = LineReader.read(file, text, found);
    reading.root().ifPresent(root -> written(root, "", found));
    Problems keys = new Problems();
    Optional<SpecTree> tree =
        reading
            .root()
            .flatMap(
                node ->
                    SpecTree.check(
                        node,
                        CircuitGrammar.circuit(),
                        Catalogues.none(),
                        network -> List.of(),
                        keys));
    Optional<CircuitFile> circuit =
        reading.brokenAt().isPresent()
            ? Optional.empty()
            : keys.isEmpty()
                ? tree.map(
                    known -> bound(name, file, SpecTree.viewOf(known.root()).root(), lines, found))
                : reading.root().flatMap(root -> outline(name, file, root, lines, found));
    Stream.of(found, keys)
        .flatMap(each -> each.sorted().stream())
        .forEach(each -> problems.add(each.place(), each.path(), each.message()));
    return circuit;
  }

  /** True if all lines of a file's equations can be read, so that their terms are known. */
  public static boolean hasReadableLines(String file, String text) {
    Problems problems = new Problems();
    LineReader.read(file, text, problems);
    return problems.isEmpty();
  }

  /** Names and units of constants and inputs of a file whose keys have problems. */
  private static Optional<CircuitFile> outline(
      String name, String path, Node root, List<Line> lines, Problems problems) {
    List<Constant> constants = new ArrayList<>();
    List<Input> inputs = new ArrayList<>();
    for (String key : List.of("constants", "inputs")) {
      Optional<Node> list = root instanceof Node.Mapping file ? file.get(key) : Optional.empty();
      if (list.isPresent() && !(list.get() instanceof Node.Sequence)) {
        return Optional.empty();
      }
      for (Node item : list.map(items -> ((Node.Sequence) items).items()).orElse(List.of())) {
        String called = text(item, "name");
        if (called.isBlank()) {
          return Optional.empty();
        }
        Optional<Node> stated = ((Node.Mapping) item).get("unit");
        String unit = stated.isPresent() ? text(item, "unit") : UNKNOWN_UNIT;
        Units.UnitProduct product =
            stated.map(at -> unit(unit, called, at.place(), problems)).orElse(NUMBER);
        if (key.equals("inputs")) {
          inputs.add(new Input(called, unit, product.exponents(), "", item.place()));
        } else {
          constants.add(
              new Constant(
                  called,
                  1,
                  unit,
                  product.exponents(),
                  product.factor(),
                  Optional.empty(),
                  new TreeMap<>(),
                  Optional.empty(),
                  "",
                  Origin.ASSUMED,
                  "",
                  item.place()));
        }
      }
    }
    Uncertainty band = new Uncertainty(Spread.NONE, Spread.NONE);
    return Optional.of(
        new CircuitFile(
            name,
            "",
            new Range(Optional.empty(), 0, MOST),
            "",
            band,
            Optional.empty(),
            "",
            List.of(),
            inputs,
            constants,
            lines,
            path));
  }

  private static String text(Node item, String key) {
    return item instanceof Node.Mapping mapping
            && mapping.get(key).orElse(null) instanceof Node.Scalar scalar
        ? scalar.text()
        : "";
  }

  /** True of a unit that equations can be checked with. */
  static boolean isUnit(String unit) {
    Problems problems = new Problems();
    unit(unit, "", Place.ofFile(""), problems);
    return problems.isEmpty();
  }

  private static CircuitFile bound(
      String name, String path, View.Section file, List<Line> lines, Problems problems) {
    View.Section node = file.section("node");
    ordered(node, "node", problems);
    if (file.has("bits")) {
      ordered(file.section("bits"), "bits", problems);
    }
    Optional<Bits> bits =
        file.has("bits")
            ? Optional.of(
                new Bits(file.section("bits").whole("least"), file.section("bits").whole("most")))
            : Optional.empty();
    return new CircuitFile(
        name,
        file.word("sentence"),
        new Range(bits, length_nm(node, "least"), length_nm(node, "most")),
        file.word("source"),
        band(file.section("band")),
        file.has("scaledBand") ? Optional.of(scaled(file.section("scaledBand"))) : Optional.empty(),
        file.has("neglected") ? file.word("neglected") : "",
        words(file, "behaviour"),
        inputs(file, problems),
        constants(file, !lines.isEmpty() || name.equals(SHARED), problems),
        lines,
        path);
  }

  /** Sentences and sources must say something. */
  private static void written(Node node, String of, Problems problems) {
    if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> written(item, text(item, "name") + ".", problems));
    } else if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        boolean isText = entry.key().equals("sentence") || entry.key().equals("source");
        if (isText && entry.value() instanceof Node.Scalar text && text.text().isBlank()) {
          problems.add(text.place(), of + entry.key(), "is blank, must be text");
        } else if (entry.key().equals("constants")) {
          written(entry.value(), of, problems);
        }
      }
    }
  }

  private static void ordered(View.Section range, String name, Problems problems) {
    if (range.number("least") > range.number("most")) {
      problems.add(range.raw("most").place(), name + ".most", "is below " + name + ".least");
    }
  }

  private static List<String> words(View.Section file, String key) {
    return file.has(key) && file.raw(key) instanceof Value.Items items
        ? items.items().stream().map(item -> ((Value.Word) item).text()).toList()
        : List.of();
  }

  private static List<Input> inputs(View.Section file, Problems problems) {
    List<Input> inputs = new ArrayList<>();
    if (file.has("inputs") && file.raw("inputs") instanceof Value.Items items) {
      for (Value item : items.items()) {
        View.Section input = file.of(item);
        String unit = input.word("unit");
        named(input.word("name"), item.place(), problems);
        Exponents exponents = unit(input, problems).exponents();
        inputs.add(
            new Input(input.word("name"), unit, exponents, input.word("meaning"), item.place()));
      }
    }
    return inputs;
  }

  /** A name of a constant or input must be one that equations can read. */
  private static void named(String name, Place place, Problems problems) {
    if (!NAME.matcher(name).matches()) {
      problems.add(place, name, "is no name: a letter, then letters, digits and _");
    } else if (FormulaParser.isKeyword(name) || Function.of(name).isPresent()) {
      problems.add(place, name, "is a word of the language");
    }
  }

  /** Unit of an input or constant; of equations it must be known. */
  private static Units.UnitProduct unit(View.Section named, Problems problems) {
    return unit(named.word("unit"), named.word("name"), named.raw("unit").place(), problems);
  }

  private static Units.UnitProduct unit(String unit, String of, Place place, Problems problems) {
    try {
      return Units.product(unit);
    } catch (Units.UnitException e) {
      problems.add(place, of, e.getMessage());
      return NUMBER;
    }
  }

  private static List<Constant> constants(
      View.Section file, boolean ofEquations, Problems problems) {
    List<Constant> constants = new ArrayList<>();
    if (file.has("constants") && file.raw("constants") instanceof Value.Items items) {
      for (Value item : items.items()) {
        constants.add(constant(file.of(item), item.place(), ofEquations, problems));
      }
    }
    return constants;
  }

  private static Constant constant(
      View.Section constant, Place place, boolean ofEquations, Problems problems) {
    String name = constant.word("name");
    String unit = constant.word("unit");
    // Where code holds the formulas, a unit may be a phrase: gates a bit.
    Units.UnitProduct product = ofEquations ? unit(constant, problems) : NUMBER;
    named(name, place, problems);
    boolean isTable = constant.has("nodes") && constant.has("values");
    if (constant.has("value") ? constant.has("nodes") || constant.has("values") : !isTable) {
      problems.add(place, name, "needs either value, or nodes and values");
    }
    Optional<DoubleUnaryOperator> table =
        isTable ? table(constant, place, product, problems) : Optional.empty();
    double value =
        constant.has("value")
            ? constant.number("value")
            : table.map(t -> t.applyAsDouble(numbers(constant, "nodes")[0])).orElse(0.0)
                / product.factor();
    return new Constant(
        name,
        value,
        unit,
        product.exponents(),
        product.factor(),
        table,
        stated(constant),
        ownBand(constant, place, problems),
        constant.has("symbol") ? constant.word("symbol") : "",
        CircuitGrammar.origin(constant.word("is")),
        constant.word("source"),
        place);
  }

  private static Optional<Spread> ownBand(View.Section constant, Place place, Problems problems) {
    if (!constant.has("band")) {
      return Optional.empty();
    }
    double[] factors = numbers(constant, "band");
    boolean isAround = factors.length == 2 && factors[0] > 0 && factors[0] <= 1 && factors[1] >= 1;
    if (!isAround || constant.word("is").equals(Origin.CHOSEN.word())) {
      String chosen = "is chosen: only what is read, fitted or assumed has a band";
      String around = "band must be two factors around one: [0.7, 1.5]";
      problems.add(place, constant.word("name"), isAround ? chosen : around);
      return Optional.empty();
    }
    return Optional.of(new Spread(factors[0], factors[1], constant.word("source")));
  }

  private static Optional<DoubleUnaryOperator> table(
      View.Section constant, Place place, Units.UnitProduct unit, Problems problems) {
    double[] nodes_nm = numbers(constant, "nodes");
    double[] values = numbers(constant, "values");
    boolean ascends = true;
    for (int i = 1; i < nodes_nm.length; i++) {
      ascends &= nodes_nm[i] > nodes_nm[i - 1];
    }
    boolean positive = Arrays.stream(values).allMatch(v -> v > 0);
    if (nodes_nm.length != values.length || nodes_nm.length < 2 || !ascends || !positive) {
      problems.add(
          place,
          constant.word("name"),
          "nodes must ascend and have as many values above zero, at least two");
      return Optional.empty();
    }
    NodeTable table = NodeTable.of(nodes_nm, values);
    return Optional.of(node_nm -> Units.coherent(table.at(node_nm), unit.factor()));
  }

  private static SortedMap<Double, Double> stated(View.Section constant) {
    SortedMap<Double, Double> stated = new TreeMap<>();
    double[] nodes_nm = numbers(constant, "nodes");
    double[] values = numbers(constant, "values");
    for (int i = 0; i < Math.min(nodes_nm.length, values.length); i++) {
      stated.put(nodes_nm[i], values[i]);
    }
    return stated;
  }

  private static double[] numbers(View.Section section, String key) {
    return section.has(key) && section.raw(key) instanceof Value.Items items
        ? items.items().stream().mapToDouble(item -> ((Value.Number) item).number()).toArray()
        : new double[0];
  }

  private static Uncertainty band(View.Section band) {
    return new Uncertainty(spread(band.section("energy")), spread(band.section("area")));
  }

  private static Spread spread(View.Section spread) {
    return new Spread(spread.number("low"), spread.number("high"), spread.word("reason"));
  }

  private static Scaled scaled(View.Section scaled) {
    return new Scaled(length_nm(scaled, "node"), scaled.number("beyond"), band(scaled));
  }

  private static double length_nm(View.Section section, String key) {
    return Math.rint(section.number(key) * Units.NM_PER_UM);
  }
}
