package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Model that prices a circuit: our default for its kind, another of the library by name, or figures
 * given in the spec.
 */
public sealed interface ComponentModel {

  /** The library's default model of the circuit's kind. */
  record Default() implements ComponentModel {}

  /**
   * Another model of the library.
   *
   * @param name name in the library, for example {@code survey-2025}
   */
  record Named(String name) implements ComponentModel {}

  /**
   * Figures given in the spec. They hold for exactly the settings beside them, at the node and
   * supply of the file that states them. Whatever is empty comes from the default model.
   *
   * @param area_um2 area of one instance
   * @param power_uW power of one instance while it is busy, everything included; excludes {@code
   *     energy_fJ}
   * @param energy_fJ energy per action, by action name; a spec's single value is that of the part's
   *     natural action
   * @param leakage_uW leakage of one instance
   * @param time_ns time of one action; a given rate is its inverse
   * @param origin where the figures stand, {@code isaac.yaml:23}, and what they were taken from
   */
  record Given(
      OptionalDouble area_um2,
      OptionalDouble power_uW,
      Map<String, Double> energy_fJ,
      OptionalDouble leakage_uW,
      OptionalDouble time_ns,
      Origin origin)
      implements ComponentModel {
    public Given {
      energy_fJ = Map.copyOf(energy_fJ);
    }
  }

  /**
   * Node, supply and place of given figures.
   *
   * @param node_nm node the figures hold for
   * @param supply_V supply the figures hold for
   * @param place file and line, {@code isaac.yaml:23}
   * @param source paper or measurement, or empty
   */
  record Origin(double node_nm, double supply_V, String place, String source) {}

  /** The default model. */
  static ComponentModel standard() {
    return new Default();
  }

  /**
   * The key of a part's model.
   *
   * @param actions names of the actions that the part's energy is given for; the first is the
   *     natural one, whose energy a single value is
   */
  static Key key(String part, String... actions) {
    return Key.optional(
        "model",
        new Type.Model(part, figures(part, actions)),
        "another model of the library, or figures of your own");
  }

  /** The key of figures in place of the one model that the library has of a circuit. */
  static Key figuresKey(String part, String... actions) {
    return Key.optional("model", new Type.Model("", figures(part, actions)), "figures of your own");
  }

  private static Shape figures(String part, String... actions) {
    return new Shape("model", "a model", FigureKeys.of(part, true, actions));
  }
}
