package dev.kirchhoff.dse.work;

import java.util.Optional;

/** Designs of a work unit: those of a job that one worker does at once. */
public sealed interface UnitDesigns permits Chunk, OneDesign {
  /** Name within the job: equal designs, equal names. */
  String id();

  /** These designs in words, as the subject of a sentence in the plural. */
  String words();

  /** Number of designs. */
  int count();

  /** The designs of a name; empty if it is none. */
  static Optional<UnitDesigns> of(String id) {
    Optional<Chunk> chunk = Chunk.of(id);
    return chunk.isPresent()
        ? chunk.map(UnitDesigns.class::cast)
        : OneDesign.of(id).map(UnitDesigns.class::cast);
  }
}
