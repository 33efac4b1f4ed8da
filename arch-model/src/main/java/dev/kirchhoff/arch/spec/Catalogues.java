package dev.kirchhoff.arch.spec;

import java.util.List;
import java.util.Optional;

/**
 * Names that a spec can use: catalogue entries that stand for mappings, and names that are kept as
 * names.
 */
public interface Catalogues {
  /** The mapping that a name stands for, {@code ("device", "redox-generic")}. */
  Optional<Node.Mapping> mapping(String what, String name);

  /**
   * All names of a kind of thing; empty if nothing is known of that kind, then any name is
   * accepted.
   */
  List<String> names(String what);

  /** Problems of a user's file that a spec names at a place; empty if there are none. */
  List<SpecProblem> problemsOfFile(String what, String file, Place place);

  /** No catalogue at all. */
  static Catalogues none() {
    return new Catalogues() {
      @Override
      public Optional<Node.Mapping> mapping(String what, String name) {
        return Optional.empty();
      }

      @Override
      public List<String> names(String what) {
        return List.of();
      }

      @Override
      public List<SpecProblem> problemsOfFile(String what, String file, Place place) {
        return List.of();
      }
    };
  }
}
