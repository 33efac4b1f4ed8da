package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Term of a price: the share of it that one product of calibration factors multiplies. A price, and
 * with it every cost, is the sum of its terms; with factors f of families and the side s of a tile
 * without wires, both relative to those of the evaluation, a cost becomes
 *
 * <pre>cost' = Σ f cost_plain + Σ f cost_chip + s Σ f cost_wires + Σ f f_r cost_verification
 * </pre>
 *
 * <p>f is the factor of a term's family, 1 without one, and f_r that of its reader.
 *
 * <p>The side follows from the areas of {@link Kind#PLAIN} terms but interconnect: s² = Σ f a / Σ
 * a.
 *
 * @param family family whose factor multiplies the term; empty if none does
 * @param kind further factors
 * @param reader family of the circuits that verify, whose factor multiplies the term as well; of
 *     {@link Kind#VERIFICATION} alone
 */
public record PriceTerm(Optional<CircuitFamily> family, Kind kind, Optional<CircuitFamily> reader) {

  /** Factors of a term beside that of its family. */
  public enum Kind {
    /** None; an area lies inside tiles. */
    PLAIN,
    /** None; an area that moves no wire, as it lies outside tiles or is given for wires. */
    CHIP,
    /** The side of a tile. */
    WIRES,
    /** The factor of the circuits that verify cells as they are written. */
    VERIFICATION
  }

  private static final CircuitFamily[] FAMILIES = CircuitFamily.values();
  private static final Kind[] KINDS = Kind.values();
  private static final int BLOCK = FAMILIES.length + 1;

  private static final List<PriceTerm> ALL = all();

  /** The term that nothing multiplies. */
  public static final PriceTerm FIXED = of(Kind.PLAIN, Optional.empty());

  private static List<PriceTerm> all() {
    List<PriceTerm> terms = new ArrayList<>();
    for (Kind kind : KINDS) {
      for (int f = 0; f < BLOCK; f++) {
        Optional<CircuitFamily> family =
            f < FAMILIES.length ? Optional.of(FAMILIES[f]) : Optional.empty();
        terms.add(
            kind == Kind.VERIFICATION
                ? new PriceTerm(Optional.of(CircuitFamily.WRITE_DRIVER), kind, family)
                : new PriceTerm(family, kind, Optional.empty()));
      }
    }
    return List.copyOf(terms);
  }

  /** All terms that a cost can have, in a fixed order. */
  public static List<PriceTerm> values() {
    return ALL;
  }

  /**
   * The term of a family and further factors.
   *
   * @param family the term's family, of {@link Kind#VERIFICATION} its reader
   */
  static PriceTerm of(Kind kind, Optional<CircuitFamily> family) {
    int position = family.isPresent() ? family.get().ordinal() : BLOCK - 1;
    return ALL.get(kind.ordinal() * BLOCK + position);
  }

  /** Position in {@link #values()}. */
  public int index() {
    Optional<CircuitFamily> last = kind == Kind.VERIFICATION ? reader : family;
    return kind.ordinal() * BLOCK + (last.isPresent() ? last.get().ordinal() : BLOCK - 1);
  }

  /**
   * Word of the term in keys of results: the family, {@code fixed} without one, and the further
   * factor: {@code sar}, {@code sramBuffer.chip}, {@code interconnect.wires}, {@code
   * writeDriver.sar}.
   */
  public String word() {
    String first = family.map(CircuitFamily::word).orElse("fixed");
    return switch (kind) {
      case PLAIN -> first;
      case CHIP -> first + ".chip";
      case WIRES -> first + ".wires";
      case VERIFICATION -> first + "." + reader.map(CircuitFamily::word).orElse("fixed");
    };
  }

  /** Noun phrase of messages. */
  public String title() {
    String first = family.map(CircuitFamily::word).orElse("all that no factor moves");
    return switch (kind) {
      case PLAIN -> first;
      case CHIP -> first + " outside tiles";
      case WIRES -> "wires as long as a tile" + (family.isPresent() ? " (" + first + ")" : "");
      case VERIFICATION ->
          first + ", cells verified by " + reader.map(CircuitFamily::word).orElse("fixed circuits");
    };
  }
}
