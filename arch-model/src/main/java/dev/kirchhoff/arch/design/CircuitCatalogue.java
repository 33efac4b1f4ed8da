package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Type;
import java.util.List;

/**
 * Circuits that price the parts of a chip, as far as a spec names them: models of each part, checks
 * of a user's files, constants that a spec may change.
 */
@FunctionalInterface
public interface CircuitCatalogue {

  /** Names of the catalogue's models of a part, {@code readout}. */
  List<String> models(String part);

  /** Names of all circuits of the catalogue. */
  default List<String> circuits() {
    return List.of();
  }

  /** Constants of a circuit that a spec may change; empty if there is no such circuit. */
  default List<Constant> constants(String circuit, CircuitFiles files) {
    return List.of();
  }

  /** Records what is wrong with a user's circuit as a model of a part. */
  default void check(String part, String circuit, CircuitFiles files, Problems problems) {}

  /**
   * Constant of a circuit.
   *
   * @param name name in its file
   * @param type what a spec may write in its place
   * @param factor size of the unit that a bare number is in, in the coherent one
   * @param doc its meaning and source
   */
  record Constant(String name, Type type, double factor, String doc) {}
}
