package dev.kirchhoff.dse.table;

/**
 * Column of a table.
 *
 * @param name its name, unit included: {@code area_mm2}, {@code cell.readVoltage_V}
 * @param kind kind of its cells
 */
public record Column(String name, Kind kind) {

  /** Kind of the cells of a column; a cell of any kind may be empty. */
  public enum Kind {
    /** Whole numbers of 64 bits. */
    WHOLE,
    /** Numbers of double precision. */
    NUMBER,
    /** Numbers of single precision. */
    SINGLE,
    /** True or false. */
    FLAG,
    /** Text. */
    WORD
  }

  /** A column of whole numbers. */
  public static Column whole(String name) {
    return new Column(name, Kind.WHOLE);
  }

  /** A column of numbers. */
  public static Column number(String name) {
    return new Column(name, Kind.NUMBER);
  }

  /** A column of numbers of single precision. */
  public static Column single(String name) {
    return new Column(name, Kind.SINGLE);
  }

  /** A column of flags. */
  public static Column flag(String name) {
    return new Column(name, Kind.FLAG);
  }

  /** A column of words. */
  public static Column word(String name) {
    return new Column(name, Kind.WORD);
  }
}
