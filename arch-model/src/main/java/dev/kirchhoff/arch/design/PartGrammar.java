package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The keys that parts of every level share: memories, digital units, models and given figures. */
final class PartGrammar {
  /** A square metre: no instance is larger, and sums over a chip stay finite. */
  private static final double MOST_UM2 = 1e12;

  /** A megawatt. */
  private static final double MOST_UW = 1e12;

  /** A kilojoule. */
  private static final double MOST_FJ = 1e18;

  /** A thousand seconds. */
  private static final double MOST_NS = 1e12;

  /** A femtosecond. */
  private static final double LEAST_NS = 1e-6;

  private PartGrammar() {}

  /**
   * The key of a digital unit.
   *
   * @param action name of its one action
   */
  static Key unit(String name, String action, String count, String doc) {
    return Key.of(
        name,
        new Type.Section(
            new Shape(
                name,
                "a digital unit",
                List.of(
                    Key.of("count", whole(0, 100_000), count, "instances in one tile"),
                    model(name, action))),
            "{count: 0}"),
        "{}",
        doc);
  }

  /**
   * A memory of any kind.
   *
   * @param actions names of the actions of an access to one bit, the natural one first
   */
  static Type memory(String name, String firstKind, String size, int width, String... actions) {
    List<String> kinds = new ArrayList<>(List.of("sram", "edram", "registerFile", "none"));
    kinds.remove(firstKind);
    kinds.add(0, firstKind);
    List<Shape> shapes = new ArrayList<>();
    for (String kind : kinds) {
      shapes.add(kind.equals("none") ? none(name) : memoryOf(kind, name, size, width, actions));
    }
    return new Type.Kinds(name, shapes);
  }

  private static Shape memoryOf(
      String kind, String name, String size, int width, String... actions) {
    List<Key> keys = new ArrayList<>();
    boolean fits = size.equals("fit");
    keys.add(
        Key.of(
                "size",
                new Type.Quantity(
                    Dimension.INFORMATION, 1, 1e12, fits ? List.of("fit") : List.of()),
                size,
                fits ? "capacity; fit = one vector of every crossbar" : "capacity")
            .setting());
    keys.add(
        Key.of("width", whole(1, 65536), Integer.toString(width), "bits of one access").setting());
    if (!kind.equals("edram")) {
      keys.add(Key.of("ports", whole(1, 8), "1", "accesses at the same time").setting());
    }
    keys.add(model(name, actions));
    String article = kind.matches("[aeiou].*") ? "an " : "a ";
    return new Shape(kind, article + kind + " " + name, keys);
  }

  static Shape none(String what) {
    return new Shape("none", "no " + what, List.of());
  }

  static Type section(Shape shape) {
    return new Type.Section(shape);
  }

  /**
   * The key of a part's model.
   *
   * @param actions names of the actions that the part's energy is given for; the first is the
   *     natural one, whose energy a single value is
   */
  static Key model(String part, String... actions) {
    return Key.optional(
        "model",
        new Type.Model(part, new Shape("model", "a model", figures(part, true, actions))),
        "another model of the library, or figures of your own");
  }

  /** Parts that have no key of their own; the shape's key {@code others}. */
  static Key others(String level) {
    return Key.optional(
        "others",
        new Type.ListOf(
            section(
                new Shape(
                    "others",
                    "another part",
                    List.of(
                        Key.required(
                            "name",
                            new Type.Text(),
                            "its line in every breakdown: letters and digits"),
                        Key.of("count", whole(1, 1_000_000), "1", "instances"),
                        Key.of(
                            "scaling",
                            word("logic", "sram", "analog", "wire"),
                            "logic",
                            "class of circuit that its figures scale by at another node"),
                        Key.required(
                            "model",
                            section(
                                new Shape("model", "a model", figures("others", false, "pass"))),
                            "figures of one instance; its action is one pass of a crossbar"))))),
        "parts of a " + level + " that have no key of their own, with figures");
  }

  /**
   * Keys of given figures.
   *
   * @param timed whether the time of an action is among them
   * @param actions names of the part's actions, the natural one first
   */
  private static List<Key> figures(String part, boolean timed, String... actions) {
    List<Key> keys = new ArrayList<>();
    keys.add(Key.optional("area", quantity(Dimension.AREA, 0, MOST_UM2), "area of one instance"));
    keys.add(
        Key.optional(
            "power",
            quantity(Dimension.POWER, 0, MOST_UW),
            "power of one instance while it is busy, everything included"));
    keys.add(
        Key.optional(
            "energy",
            new Type.PerAction(Dimension.ENERGY, MOST_FJ, part, List.of(actions)),
            "energy of the part's natural action, or of each action by name; the natural one stands first where the part's actions are listed"));
    keys.add(
        Key.optional("leakage", quantity(Dimension.POWER, 0, MOST_UW), "leakage of one instance"));
    if (timed) {
      keys.add(Key.optional("time", quantity(Dimension.TIME, 0, MOST_NS), "time of one action"));
      keys.add(
          Key.optional(
              "rate",
              quantity(Dimension.RATE, 1 / MOST_NS, 1 / LEAST_NS),
              "actions in a second, instead of time"));
    }
    keys.add(
        Key.optional(
            "node",
            quantity(Dimension.LENGTH, 0.003, 0.25),
            "node that the figures hold for; without it that of their file"));
    keys.add(
        Key.optional(
            "supply", quantity(Dimension.VOLTAGE, 0.3, 5), "supply that the figures hold for"));
    keys.add(Key.optional("source", new Type.Text(), "paper or measurement"));
    return keys;
  }
}
