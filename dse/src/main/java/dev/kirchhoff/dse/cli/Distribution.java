package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;

/** Work of a run that goes to workers. */
sealed interface Distribution {
  /** Work that goes to workers, a noun in the plural. */
  String words();

  /** Nothing: the run is done in this process. */
  record None() implements Distribution {
    @Override
    public String words() {
      return "no designs";
    }
  }

  /**
   * Chunks of a sweep.
   *
   * @param designs designs of a chunk
   */
  record OfChunks(int designs) implements Distribution {
    @Override
    public String words() {
      return words(designs);
    }

    static String words(int designs) {
      return "chunks of " + Units.count(designs) + (designs == 1 ? " design" : " designs");
    }
  }

  /** Members of a search's front, which workers simulate. */
  record OfMembers() implements Distribution {
    @Override
    public String words() {
      return "members of the front to simulate";
    }
  }
}
