package dev.kirchhoff.arch.memo;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Bounded memo table of a pure function: the least recently used results are evicted once the sizes
 * of all results exceed the bound.
 *
 * <p>The key is the function's only argument and a record, so that the function cannot read
 * anything that the key does not hold; equal keys must give equal results. Neither the bound nor
 * the order of calls changes a result, only the time that it takes. A result larger than the bound
 * is returned and not kept, so a bound of 0 computes every result anew.
 *
 * <p>One table serves one thread: evaluators of several threads have tables of their own.
 *
 * <pre>{@code
 * record Angle(double degrees) {}
 * Memo<Angle, Double> sine =
 *     new Memo<>(angle -> StrictMath.sin(StrictMath.toRadians(angle.degrees())), 1_000, v -> 64);
 * double half = sine.get(new Angle(30));
 * }</pre>
 *
 * @param <K> argument of the function
 * @param <V> result of the function
 */
public final class Memo<K extends Record, V> {
  /** Table entry, reference and hash of a key, as a 64-bit virtual machine lays them out. */
  private static final long ENTRY_B = 64;

  private static final float LOAD_FACTOR = 0.75f;

  private final Function<? super K, ? extends V> function;
  private final long bound_B;
  private final ToLongFunction<? super V> size_B;
  private final Map<K, V> results = new LinkedHashMap<>(16, LOAD_FACTOR, true);
  private long held_B;
  private long computed;

  /**
   * An empty table.
   *
   * @param function pure function of its argument alone; never returns null
   * @param bound_B bytes that all results may take together, at least 0
   * @param size_B bytes of one result and its key
   */
  public Memo(
      Function<? super K, ? extends V> function, long bound_B, ToLongFunction<? super V> size_B) {
    if (bound_B < 0) {
      throw new IllegalArgumentException(
          "The bound (" + bound_B + ") of a memo must not be negative.\nMaybe use 0 to keep none.");
    }
    this.function = Objects.requireNonNull(function);
    this.bound_B = bound_B;
    this.size_B = Objects.requireNonNull(size_B);
  }

  /** The function's result for an argument. */
  public V get(K key) {
    V known = results.get(key);
    if (known != null) {
      return known;
    }
    V result = Objects.requireNonNull(function.apply(key), "result of a memoised function");
    computed++;
    long result_B = size(result);
    if (result_B <= bound_B) {
      // The function may itself have asked for the same argument.
      V before = results.put(key, result);
      held_B += result_B - (before == null ? 0 : size(before));
      evict();
    }
    return result;
  }

  private void evict() {
    Iterator<V> oldest = results.values().iterator();
    while (held_B > bound_B) {
      held_B -= size(oldest.next());
      oldest.remove();
    }
  }

  private long size(V result) {
    return ENTRY_B + size_B.applyAsLong(result);
  }

  /** Bytes that the results take, never more than the bound. */
  public long held_B() {
    return held_B;
  }

  /** Number of results that are held. */
  public int entries() {
    return results.size();
  }

  /** Number of results that have been computed, those evicted since included. */
  public long computed() {
    return computed;
  }
}
