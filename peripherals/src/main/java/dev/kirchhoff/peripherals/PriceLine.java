package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.spec.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Line of a price table: the energy of one action, or of one instance of a part its energy per
 * pass, its static power or its area. Whatever is said of a price (what it is, how it is derived,
 * what errs in it, which factors move it) is said by line, so that a sum over lines can be grouped
 * by any of these.
 */
public final class PriceLine {
  /** Quantities that are priced. */
  public enum Kind {
    /** Energy of an action, fJ. */
    ENERGY("fJ", Dimension.ENERGY),
    /** Energy that a part with rated power draws in one pass of one crossbar, fJ. */
    PASS("fJ", Dimension.ENERGY),
    /** Power of one instance that is drawn whether it is busy or not, uW. */
    STATIC("uW", Dimension.POWER),
    /** Area of one instance, um2. */
    AREA("um2", Dimension.AREA);

    private final String unit;
    private final Dimension dimension;

    Kind(String unit, Dimension dimension) {
      this.unit = unit;
      this.dimension = dimension;
    }

    /** Unit of the price. */
    public String unit() {
      return unit;
    }

    /** Dimension of the price. */
    public Dimension dimension() {
      return dimension;
    }
  }

  private static final int ACTIONS = Action.values().length;
  private static final int PER_PART = 3;
  private static final List<PriceLine> ALL = lines();

  /** Number of lines. */
  public static final int COUNT = ALL.size();

  private final Kind kind;
  private final Part part;
  private final Optional<Action> action;
  private final int index;

  private PriceLine(Kind kind, Part part, Optional<Action> action, int index) {
    this.kind = kind;
    this.part = part;
    this.action = action;
    this.index = index;
  }

  private static List<PriceLine> lines() {
    List<PriceLine> lines = new ArrayList<>();
    for (Action action : Action.values()) {
      lines.add(new PriceLine(Kind.ENERGY, action.part(), Optional.of(action), lines.size()));
    }
    for (Part part : Part.values()) {
      for (Kind kind : List.of(Kind.PASS, Kind.STATIC, Kind.AREA)) {
        lines.add(new PriceLine(kind, part, Optional.empty(), lines.size()));
      }
    }
    return List.copyOf(lines);
  }

  /** All lines in a fixed order: those of actions, then those of each part. */
  public static List<PriceLine> all() {
    return ALL;
  }

  /** Energy of an action. */
  public static PriceLine energy(Action action) {
    return ALL.get(action.ordinal());
  }

  /** Energy of a part per pass. */
  public static PriceLine pass(Part part) {
    return of(part, 0);
  }

  /** Static power of an instance of a part. */
  public static PriceLine standing(Part part) {
    return of(part, 1);
  }

  /** Area of an instance of a part. */
  public static PriceLine area(Part part) {
    return of(part, 2);
  }

  private static PriceLine of(Part part, int kind) {
    return ALL.get(ACTIONS + PER_PART * part.ordinal() + kind);
  }

  /** The quantity. */
  public Kind kind() {
    return kind;
  }

  /** The part that it is of. */
  public Part part() {
    return part;
  }

  /** The action of an energy. */
  public Optional<Action> action() {
    return action;
  }

  /** Position in {@link #all()}. */
  public int index() {
    return index;
  }

  /** Its name under that of its part: the action's, {@code busy}, {@code static}, {@code area}. */
  public String word() {
    return switch (kind) {
      case ENERGY -> action.orElseThrow().word();
      case PASS -> "busy";
      case STATIC -> "static";
      case AREA -> "area";
    };
  }

  @Override
  public String toString() {
    return part + "." + word();
  }
}
