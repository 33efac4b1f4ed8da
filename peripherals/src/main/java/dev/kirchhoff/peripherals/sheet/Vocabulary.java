package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Names that the equations of one kind of circuit may read, with unit, symbol and meaning, and how
 * each follows from what the circuit is sized for.
 *
 * @param <T> what the circuit is sized for: a column, a line, a process
 */
public final class Vocabulary<T> {
  private final Map<String, Entry<T>> entries;

  private Vocabulary(Map<String, Entry<T>> entries) {
    this.entries = entries;
  }

  /** Sort of a name. */
  public enum Sort {
    /** A quantity that is always there. */
    QUANTITY,
    /** A quantity that a spec may state; {@code stated(name, other)} reads it. */
    OPTIONAL,
    /** A condition, {@code a if name else b}. */
    FLAG
  }

  /**
   * Name of the vocabulary.
   *
   * @param name name in equations
   * @param unit unit of its value, coherent
   * @param exponents the unit's exponents
   * @param symbol symbol in documents, or empty
   * @param meaning sentence
   * @param sort sort of the name
   * @param value its value; NaN of an optional one that is not stated, 1 and 0 of a flag
   */
  public record Entry<T>(
      String name,
      String unit,
      Exponents exponents,
      String symbol,
      String meaning,
      Sort sort,
      ToDoubleFunction<T> value) {}

  /** Its names, in order. */
  public List<Entry<T>> entries() {
    return List.copyOf(entries.values());
  }

  /** The entry of a name, or null. */
  Entry<T> entry(String name) {
    return entries.get(name);
  }

  /** True if it has a name. */
  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Builder of a vocabulary. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * Builder of a vocabulary, one name a line.
   *
   * @param <T> what a circuit is sized for
   */
  public static final class Builder<T> {
    private final List<Entry<T>> entries = new ArrayList<>();

    private Builder() {}

    /** Adds a quantity. */
    public Builder<T> quantity(
        String name, String unit, String symbol, String meaning, ToDoubleFunction<T> value) {
      return add(name, unit, symbol, meaning, Sort.QUANTITY, value);
    }

    /** Adds a quantity that a spec may state. */
    public Builder<T> optional(
        String name,
        String unit,
        String symbol,
        String meaning,
        Function<T, OptionalDouble> value) {
      return add(
          name, unit, symbol, meaning, Sort.OPTIONAL, t -> value.apply(t).orElse(Double.NaN));
    }

    /** Adds a flag. */
    public Builder<T> flag(String name, String meaning, Predicate<T> value) {
      return add(name, "1", "", meaning, Sort.FLAG, t -> value.test(t) ? 1 : 0);
    }

    /** Adds all names of a vocabulary of something that T has. */
    public <S> Builder<T> including(Vocabulary<S> other, Function<T, S> part) {
      for (Entry<S> entry : other.entries.values()) {
        ToDoubleFunction<S> value = entry.value();
        entries.add(
            new Entry<>(
                entry.name(),
                entry.unit(),
                entry.exponents(),
                entry.symbol(),
                entry.meaning(),
                entry.sort(),
                t -> value.applyAsDouble(part.apply(t))));
      }
      return this;
    }

    private Builder<T> add(
        String name,
        String unit,
        String symbol,
        String meaning,
        Sort sort,
        ToDoubleFunction<T> value) {
      try {
        Units.UnitProduct product = Units.product(unit);
        if (product.factor() != 1) {
          throw new IllegalArgumentException(
              "The unit (" + unit + ") of (" + name + ") must be coherent.");
        }
        entries.add(new Entry<>(name, unit, product.exponents(), symbol, meaning, sort, value));
      } catch (Units.UnitException e) {
        throw new IllegalArgumentException("The unit (" + unit + ") of (" + name + ").", e);
      }
      return this;
    }

    /**
     * The vocabulary.
     *
     * @throws IllegalArgumentException if a name stands twice
     */
    public Vocabulary<T> build() {
      Map<String, Entry<T>> map = new LinkedHashMap<>();
      for (Entry<T> entry : entries) {
        if (map.put(entry.name(), entry) != null) {
          throw new IllegalArgumentException("The name (" + entry.name() + ") stands twice.");
        }
      }
      return new Vocabulary<>(map);
    }
  }
}
