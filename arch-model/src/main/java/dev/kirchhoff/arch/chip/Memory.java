package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A buffer or register.
 *
 * @param kind circuit
 * @param size_B capacity in bytes; 0 = there is none
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
    REGISTER_FILE("registerFile"),
    NONE("none");

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

  /** True if the chip has such a memory. */
  public boolean exists() {
    return kind != MemoryKind.NONE;
  }

  /** A memory that the chip does not have. */
  static Memory none() {
    return new Memory(MemoryKind.NONE, 0, 1, ComponentModel.standard());
  }

  /**
   * Keys of a memory of any kind.
   *
   * @param name of its section
   * @param standard kind by default
   * @param size capacity by default; {@code fit} where a register is as large as its vectors
   * @param width bits of one access by default
   * @param actions names of the actions of an access to one bit, the natural one first
   */
  static Type type(String name, MemoryKind standard, String size, int width, String... actions) {
    List<MemoryKind> kinds = new ArrayList<>(List.of(MemoryKind.values()));
    kinds.remove(standard);
    kinds.add(0, standard);
    List<Shape> shapes = new ArrayList<>();
    for (MemoryKind kind : kinds) {
      shapes.add(
          kind == MemoryKind.NONE ? Shape.none(name) : kind.shape(name, size, width, actions));
    }
    return new Type.Kinds(name, shapes);
  }

  /**
   * A memory of a design.
   *
   * @param fit_B its size where it says fit
   */
  static Memory of(View.Section section, double fit_B, PartBinder parts) {
    MemoryKind kind = KINDS.get(section.kind());
    return kind == MemoryKind.NONE
        ? none()
        : new Memory(
            kind,
            section.isWord("size", "fit") ? fit_B : section.number("size"),
            section.whole("width"),
            kind.hasPorts() ? section.whole("ports") : 1,
            parts.model(section));
  }
}
