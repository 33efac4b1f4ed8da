package dev.kirchhoff.arch.chip;

/**
 * A buffer or register.
 *
 * @param kind circuit
 * @param size_B capacity in bytes; 0 = there is none
 * @param width_bits bits of one access
 * @param ports accesses at the same time
 * @param model which model prices it
 */
public record Memory(
    MemoryKind kind, double size_B, int width_bits, int ports, ComponentModel model) {

  /** A memory of one port. */
  public Memory(MemoryKind kind, double size_B, int width_bits, ComponentModel model) {
    this(kind, size_B, width_bits, 1, model);
  }

  /** Memory circuit. */
  public enum MemoryKind {
    NONE("none"),
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
  }

  /** True if the chip has such a memory. */
  public boolean exists() {
    return kind != MemoryKind.NONE;
  }
}
