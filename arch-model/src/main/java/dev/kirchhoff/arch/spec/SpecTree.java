package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checked spec: values with defaults, choices and formulas, and the knobs that the choices make.
 * A {@link View} with an ordinal per knob reads one design of it.
 */
public final class SpecTree {
  private final Value.Section root;
  private final Map<String, Value> lets;
  private final List<Knob> knobs;

  private SpecTree(Value.Section root, Map<String, Value> lets, List<Knob> knobs) {
    this.root = root;
    this.lets = lets;
    this.knobs = knobs;
  }

  /**
   * Checks a tree against its grammar.
   *
   * @param tree the tree, {@code extends} resolved
   * @param shape keys of the top level; {@code let} and {@code extends} are added by the language
   * @param catalogues what names stand for
   * @param layers layer names of networks
   * @param problems collects all problems; if there are any the tree must not be used
   * @return the checked tree, or empty if not even its top level could be read
   */
  public static Optional<SpecTree> check(
      Node tree, Shape shape, Catalogues catalogues, LayerNames layers, Problems problems) {
    if (!(tree instanceof Node.Mapping mapping)) {
      problems.add(
          tree.place(), "", "is not a spec: it must be a mapping that begins with kirchhoff: 1");
      return Optional.empty();
    }
    Map<String, Node> letNodes = letNodes(mapping, problems);
    SpecCompiler compiler =
        new SpecCompiler(letNodes, catalogues, mapping.place().file(), problems);
    Value value =
        compiler.compile(mapping.without("let").without("extends"), new Type.Section(shape), "");
    if (!(value instanceof Value.Section root)) {
      return Optional.empty();
    }
    Map<String, Value> lets = compiler.compileLets();
    FormulaCheck check = new FormulaCheck(root, lets, problems);
    check.checkNames(compiler.pending());
    List<Knob> knobs = new KnobEnumeration(lets, compiler, layers).enumerate(root);
    if (problems.isEmpty()) {
      check.checkValues(compiler.pending(), knobs);
    }
    return Optional.of(new SpecTree(root, lets, knobs));
  }

  private static Map<String, Node> letNodes(Node.Mapping mapping, Problems problems) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Optional<Node> let = mapping.get("let");
    if (let.isPresent() && let.get() instanceof Node.Mapping values) {
      for (Node.Entry entry : values.entries()) {
        if (!entry.key().matches("[A-Za-z][A-Za-z0-9_]*")) {
          problems.add(
              entry.keyPlace(), "let." + entry.key(), "a name has letters, digits and _ only");
        }
        nodes.put(entry.key(), entry.value());
      }
    } else if (let.isPresent() && !let.get().isNone()) {
      problems.add(let.get().place(), "let", "must be a mapping of names to values");
    }
    return nodes;
  }

  /** The top level. */
  public Value.Section root() {
    return root;
  }

  /** Values of {@code let}, by name. */
  public Map<String, Value> lets() {
    return lets;
  }

  /** The knobs, in the order of ordinals. */
  public List<Knob> knobs() {
    return knobs;
  }

  /**
   * Indices, ascending, of the knobs that the values at some paths depend on through choices,
   * formulas and names of {@code let}; knobs of single layers are left out.
   */
  public int[] knobsOf(String... paths) {
    KnobReach reach = new KnobReach(root, lets);
    for (String path : paths) {
      reach.at(path);
    }
    return reach.knobs();
  }

  /**
   * Indices, ascending, of the knobs that any value depends on but those at some paths; knobs of
   * single layers are left out.
   */
  public int[] knobsBeside(String... paths) {
    return new KnobReach(root, lets).beside(Set.of(paths)).knobs();
  }

  /** Ranking of designs by some knobs, given by their indices, ascending. */
  public Ranking rankingBy(int... of) {
    return new Ranking(knobs, of);
  }

  /** Ranking of designs by the knobs that values at some paths depend on ({@link #knobsOf}). */
  public Ranking rankingBy(String... paths) {
    return new Ranking(knobs, knobsOf(paths));
  }

  /** Ordinals of the start design; −1 where a knob does not exist in it. */
  public int[] start() {
    return Knob.start(knobs);
  }

  /** Reads the design with these ordinals. */
  public View view(int[] ordinals) {
    if (ordinals.length != knobs.size()) {
      throw new IllegalArgumentException(
          "The design has "
              + ordinals.length
              + " ordinals, but the spec has "
              + knobs.size()
              + " knobs.");
    }
    return new View(root, lets, ordinals);
  }

  /** A view of a checked mapping that stands alone and has no knobs, as its top level. */
  public static View viewOf(Value.Section section) {
    return new View(section, Map.of(), new int[0]);
  }

  /** Dimension of the number at a let name or path; empty if there is no number. */
  public Optional<Dimension> dimensionAt(String name) {
    List<Value> values =
        lets.containsKey(name) ? List.of(lets.get(name)) : PathValues.at(root, name);
    for (Value value : values) {
      Value first = value;
      while (first instanceof Value.Choice choice) {
        first = choice.items().get(0);
      }
      if (first instanceof Value.Number number) {
        return Optional.of(number.dimension());
      }
      if (first instanceof Value.Computed computed) {
        return Optional.of(
            computed.type() instanceof Type.Quantity q ? q.dimension() : Dimension.NUMBER);
      }
    }
    return Optional.empty();
  }
}
