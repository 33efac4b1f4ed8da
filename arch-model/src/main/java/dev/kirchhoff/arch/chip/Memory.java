package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A buffer or register.
 *
 * @param kind circuit
 * @param size_B capacity in bytes; 0 where its vectors are empty
 * @param width_bits bits of one access
 * @param ports accesses at the same time
 * @param model model that prices it
 */
public record Memory(
    MemoryKind kind, double size_B, int width_bits, int ports, ComponentModel model) {

  private static final WordIndex<MemoryKind> KINDS =
      new WordIndex<>(MemoryKind.values(), MemoryKind::word);

  /** A memory of one port. */
  public Memory(MemoryKind kind, double size_B, int width_bits, ComponentModel model) {
    this(kind, size_B, width_bits, 1, model);
  }

  /** Memory circuit. */
  public enum MemoryKind {
    SRAM("sram"),
    EDRAM("edram"),
    REGISTER_FILE("registerFile");

    private final String word;

    MemoryKind(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }

    /** True if several accesses may run at once; an eDRAM array has one port. */
    private boolean hasPorts() {
      return this != EDRAM;
    }

    private Shape shape(String name, String size, int width, String... actions) {
      List<Key> keys = new ArrayList<>();
      boolean fits = size.equals("fit");
      keys.add(
          Key.of(
                  "size",
                  fits
                      ? Type.quantity(Dimension.INFORMATION, 1, 1e12, "fit")
                      : Type.quantity(Dimension.INFORMATION, 1, 1e12),
                  size,
                  fits ? "capacity; fit = one vector of every crossbar" : "capacity")
              .setting());
      keys.add(
          Key.of("width", whole(1, 65536), Integer.toString(width), "bits of one access")
              .setting());
      if (hasPorts()) {
        keys.add(Key.of("ports", whole(1, 8), "1", "simultaneous accesses").setting());
      }
      keys.add(ComponentModel.key(name, actions));
      String article = word.matches("[aeiou].*") ? "an " : "a ";
      return new Shape(word, article + word + " " + name, keys);
    }
  }

  /**
   * Keys of a memory of any kind.
   *
   * @param name of its section
   * @param standard kind by default; empty = none
   * @param size capacity by default; {@code fit} where a register is as large as its vectors
   * @param width bits of one access by default
   * @param actions names of the actions of an access to one bit, the natural one first
   */
  static Type type(
      String name, Optional<MemoryKind> standard, String size, int width, String... actions) {
    List<Shape> shapes = new ArrayList<>();
    for (MemoryKind kind : MemoryKind.values()) {
      shapes.add(
          standard.equals(Optional.of(kind)) ? 0 : shapes.size(),
          kind.shape(name, size, width, actions));
    }
    shapes.add(standard.isEmpty() ? 0 : shapes.size(), Shape.none(name));
    return new Type.Kinds(name, shapes);
  }

  /**
   * A memory of a design; empty where it has none.
   *
   * @param fit_B its size where it says fit
   */
  static Optional<Memory> of(View.Section section, double fit_B, PartBinder parts) {
    if (section.isNone()) {
      return Optional.empty();
    }
    MemoryKind kind = KINDS.get(section.kind());
    return Optional.of(
        new Memory(
            kind,
            section.isWord("size", "fit") ? fit_B : section.number("size"),
            section.whole("width"),
            kind.hasPorts() ? section.whole("ports") : 1,
            parts.model(section)));
  }
}
