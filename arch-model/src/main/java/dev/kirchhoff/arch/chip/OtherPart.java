package dev.kirchhoff.arch.chip;

/**
 * A part of a PE, a tile or a chip that the language has no word for: a control pipeline, an
 * instruction memory. Priced by given figures alone; its action is one pass of a crossbar of its PE
 * or tile. It adds nothing to the time of a pass.
 *
 * @param name its line in every breakdown
 * @param count instances in the enclosing level
 * @param scaling class of circuit that its figures scale by at another node or supply
 * @param model figures of one instance
 */
public record OtherPart(String name, int count, Scaling scaling, ComponentModel.Given model) {
  /** Class of circuit. */
  public enum Scaling {
    LOGIC("logic"),
    SRAM("sram"),
    ANALOG("analog"),
    WIRE("wire");

    private final String word;

    Scaling(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }

  public OtherPart {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The count (" + count + ") of part (" + name + ") must be positive.");
    }
  }
}
