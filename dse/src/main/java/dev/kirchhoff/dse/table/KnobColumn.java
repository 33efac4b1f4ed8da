package dev.kirchhoff.dse.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntBinaryOperator;

/**
 * Values of a knob as a column: numbers where all of its values are numbers or quantities of one
 * dimension, in the unit of the first, which its name ends with; words else. Knobs of one path that
 * exist under different conditions, of which a design has one at most, share a column.
 */
final class KnobColumn {
  private final Column column;

  /** The knobs of the path, by their places in the header. */
  private final int[] knobs;

  /** Values of each of the knobs, by ordinal. */
  private final Object[][] values;

  private KnobColumn(Column column, int[] knobs, Object[][] values) {
    this.column = column;
    this.knobs = knobs;
    this.values = values;
  }

  /** The columns of some knobs, in the order of their first appearance. */
  static List<KnobColumn> of(List<RunEvent.KnobHeader> knobs) {
    Map<String, List<Integer>> byPath = new LinkedHashMap<>();
    for (int k = 0; k < knobs.size(); k++) {
      byPath.computeIfAbsent(knobs.get(k).path(), path -> new ArrayList<>()).add(k);
    }
    List<KnobColumn> columns = new ArrayList<>();
    byPath.forEach((path, places) -> columns.add(of(path, places, knobs)));
    return columns;
  }

  private static KnobColumn of(String path, List<Integer> places, List<RunEvent.KnobHeader> knobs) {
    List<JsonNode> all =
        places.stream().flatMap(place -> knobs.get(place).values().stream()).toList();
    Optional<Unit> unit = Unit.ofAll(all);
    Object[][] values = new Object[places.size()][];
    boolean isWhole = unit.isPresent();
    for (int i = 0; i < values.length; i++) {
      List<JsonNode> own = knobs.get(places.get(i)).values();
      values[i] = new Object[own.size()];
      for (int v = 0; v < own.size(); v++) {
        values[i][v] = unit.isPresent() ? unit.get().number(own.get(v)) : own.get(v).asText();
        isWhole = isWhole && (double) values[i][v] == Math.rint((double) values[i][v]);
      }
    }
    Column.Kind kind =
        unit.isEmpty() ? Column.Kind.WORD : isWhole ? Column.Kind.WHOLE : Column.Kind.NUMBER;
    String name = path + unit.map(Unit::ending).orElse("");
    return new KnobColumn(
        new Column(name, kind), places.stream().mapToInt(Integer::intValue).toArray(), values);
  }

  Column column() {
    return column;
  }

  /**
   * The cells of some designs.
   *
   * @param ordinals by knob and design; negative where a knob does not exist
   */
  Cells cells(IntBinaryOperator ordinals, int count) {
    return switch (column.kind()) {
      case WHOLE -> {
        long[] cells = new long[count];
        BitSet empty = new BitSet();
        for (int row = 0; row < count; row++) {
          Object value = value(ordinals, row);
          empty.set(row, value == null);
          cells[row] = value == null ? 0 : (long) (double) value;
        }
        yield new Cells.Wholes(cells, empty);
      }
      case NUMBER -> {
        double[] cells = new double[count];
        for (int row = 0; row < count; row++) {
          Object value = value(ordinals, row);
          cells[row] = value == null ? Double.NaN : (double) value;
        }
        yield new Cells.Numbers(cells);
      }
      case SINGLE, FLAG, WORD -> {
        String[] cells = new String[count];
        for (int row = 0; row < count; row++) {
          cells[row] = (String) value(ordinals, row);
        }
        yield new Cells.Words(cells);
      }
    };
  }

  private Object value(IntBinaryOperator ordinals, int row) {
    for (int i = 0; i < knobs.length; i++) {
      int ordinal = ordinals.applyAsInt(knobs[i], row);
      if (ordinal >= 0) {
        return values[i][ordinal];
      }
    }
    return null;
  }

  /**
   * Unit of the numbers of a column.
   *
   * @param text the unit, empty for pure numbers and ratios
   * @param dimension dimension of the quantities
   * @param size_coherent size in coherent units
   */
  private record Unit(String text, Dimension dimension, double size_coherent) {
    private static final Unit NONE = new Unit("", Dimension.NUMBER, 1);

    /** The unit that all of some values can be told in; empty if some are words. */
    static Optional<Unit> ofAll(List<JsonNode> values) {
      if (values.stream().allMatch(JsonNode::isNumber)) {
        return Optional.of(NONE);
      }
      Optional<Unit> first = of(values.get(0));
      boolean isShared =
          first.isPresent()
              && values.stream()
                  .allMatch(
                      v -> of(v).map(u -> u.dimension == first.get().dimension).orElse(false));
      return isShared ? first : Optional.empty();
    }

    private static Optional<Unit> of(JsonNode value) {
      String text = value.asText();
      if (!value.isTextual() || !Units.isQuantity(text)) {
        return Optional.empty();
      }
      try {
        Dimension dimension = Units.dimensionOf(text);
        int end = text.indexOf(' ');
        String unit = end < 0 ? text.replaceFirst("^[-+0-9.eE]+", "") : text.substring(end + 1);
        return dimension == Dimension.RATIO
            ? Optional.of(new Unit("", dimension, 1))
            : Optional.of(new Unit(unit, dimension, Units.quantity("1 " + unit, dimension)));
      } catch (Units.UnitException e) {
        return Optional.empty();
      }
    }

    double number(JsonNode value) {
      if (value.isNumber()) {
        return value.asDouble();
      }
      try {
        // To 12 digits, as 28 nm is 28 and not 27.999999999999996.
        double exact = Units.quantity(value.asText(), dimension) / size_coherent;
        return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.12g", exact));
      } catch (Units.UnitException e) {
        throw new IllegalStateException(value + " was a quantity before", e);
      }
    }

    String ending() {
      return text.isEmpty() ? "" : "_" + text.replace("/", "per");
    }
  }
}
