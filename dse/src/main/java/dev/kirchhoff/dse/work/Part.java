package dev.kirchhoff.dse.work;

import java.util.Optional;

/** Part of a job that one worker does at once. */
public sealed interface Part permits Chunk, OneDesign {
  /** Name of the part within its job: equal parts, equal names. */
  String id();

  /** Its designs in words, as the subject of a sentence in the plural. */
  String words();

  /** Number of its designs. */
  int designs();

  /** The part of a name; empty if it is none. */
  static Optional<Part> of(String id) {
    Optional<Chunk> chunk = Chunk.of(id);
    return chunk.isPresent() ? chunk.map(Part.class::cast) : OneDesign.of(id).map(Part.class::cast);
  }
}
