package dev.kirchhoff.arch.chip;

/**
 * A digital unit: how many of it, and which model prices one.
 *
 * @param count instances in the enclosing level; 0 = there is none
 * @param model which model prices one instance
 */
public record DigitalUnit(int count, ComponentModel model) {
  /** No such unit. */
  public static DigitalUnit none() {
    return new DigitalUnit(0, ComponentModel.standard());
  }
}
