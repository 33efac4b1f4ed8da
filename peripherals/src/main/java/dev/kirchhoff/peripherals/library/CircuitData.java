package dev.kirchhoff.peripherals.library;

import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Catalogues;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Data of a circuit model: range, source, band and constants, read from the model's file among the
 * resources of this module. Files are in the spec language and are read on demand. Safe for use by
 * several threads.
 *
 * @param name name of the model in a spec
 * @param sentence the circuit, in one sentence
 * @param range range of validity
 * @param source paper or tool; node; read, fitted or assumed
 * @param band disagreement of other published figures with the model's
 * @param scaled band, away from their node, of figures that were measured at one node
 * @param constants constants of the model's formulas
 * @param published figures of a converter that is priced as published
 */
public record CircuitData(
    String name,
    String sentence,
    Range range,
    String source,
    Uncertainty band,
    Optional<Scaled> scaled,
    List<Constant> constants,
    Optional<Published> published) {
  private static final String FOLDER = "/dev/kirchhoff/peripherals/circuits/";
  private static final Map<String, CircuitData> READ = new ConcurrentHashMap<>();

  public CircuitData {
    constants = List.copyOf(constants);
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
   * Constant of a formula.
   *
   * @param name its name
   * @param value its value
   * @param unit its unit
   * @param origin read, fitted or assumed
   * @param source paper, tool, or the reason of an assumption
   */
  public record Constant(String name, double value, String unit, Origin origin, String source) {}

  /**
   * Figures of a published converter.
   *
   * @param node_nm node
   * @param supply_V supply
   * @param energy_fJ energy of a conversion, static power inside
   * @param area_um2 area
   * @param time_ns time of a conversion
   * @param lostBits bits − ENOB
   */
  public record Published(
      double node_nm,
      double supply_V,
      double energy_fJ,
      double area_um2,
      double time_ns,
      double lostBits) {}

  /**
   * Data of a model.
   *
   * @throws IllegalStateException if the model has no file, or one that breaks its grammar
   */
  public static CircuitData of(String name) {
    return READ.computeIfAbsent(name, CircuitData::read);
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
        return stated.value();
      }
    }
    throw new IllegalStateException(
        "The circuit (" + name + ") states no constant (" + constant + ").");
  }

  private static CircuitData read(String name) {
    String file = "circuits/" + name + ".yaml";
    try (InputStream in = CircuitData.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException(
            "The circuit (" + name + ") has no file.\nMaybe " + file + " is missing.");
      }
      return read(name, file, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The circuit (" + name + ") cannot be read.", e);
    }
  }

  static CircuitData read(String name, String file, byte[] yaml) {
    Problems problems = new Problems();
    Optional<Node> root = SpecReader.read(file, yaml, problems).root();
    Optional<SpecTree> tree =
        root.flatMap(
            node ->
                SpecTree.check(
                    node,
                    CircuitGrammar.circuit(),
                    Catalogues.none(),
                    network -> List.of(),
                    problems));
    if (tree.isEmpty() || !problems.isEmpty()) {
      throw new IllegalStateException("The circuit (" + name + ") is wrong: " + problems.sorted());
    }
    return bound(name, SpecTree.viewOf(tree.get().root()).root());
  }

  private static CircuitData bound(String name, View.Section file) {
    View.Section node = file.section("node");
    Optional<Bits> bits =
        file.has("bits")
            ? Optional.of(
                new Bits(file.section("bits").whole("least"), file.section("bits").whole("most")))
            : Optional.empty();
    return new CircuitData(
        name,
        file.word("sentence"),
        new Range(bits, length_nm(node, "least"), length_nm(node, "most")),
        file.word("source"),
        band(file.section("band")),
        file.has("scaledBand") ? Optional.of(scaled(file.section("scaledBand"))) : Optional.empty(),
        constants(file),
        file.has("published")
            ? Optional.of(published(file.section("published")))
            : Optional.empty());
  }

  private static List<Constant> constants(View.Section file) {
    List<Constant> constants = new ArrayList<>();
    if (file.has("constants") && file.raw("constants") instanceof Value.Items items) {
      for (Value item : items.items()) {
        View.Section constant = file.of(item);
        constants.add(
            new Constant(
                constant.word("name"),
                constant.number("value"),
                constant.word("unit"),
                CircuitGrammar.origin(constant.word("is")),
                constant.word("source")));
      }
    }
    return constants;
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

  private static Published published(View.Section figures) {
    return new Published(
        length_nm(figures, "node"),
        figures.number("supply"),
        figures.number("energy"),
        figures.number("area"),
        figures.has("time") ? figures.number("time") : 1 / figures.number("rate"),
        figures.number("lostBits"));
  }

  private static double length_nm(View.Section section, String key) {
    return Math.rint(section.number(key) * Units.NM_PER_UM);
  }
}
