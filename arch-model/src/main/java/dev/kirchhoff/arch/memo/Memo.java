package dev.kirchhoff.arch.memo;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Bounded memo table of a pure function, shared by all threads.
 *
 * <p>The key is the function's only argument and a record, so that the function cannot read
 * anything that the key does not hold; equal keys must give equal results. Neither the bound nor
 * the order of calls changes a result, only the time that it takes. A result larger than the bound
 * is returned and not kept, so a bound of 0 computes every result anew.
 *
 * <p>Results are held in two generations. One that is asked for joins the younger; when the younger
 * holds half of the bound it becomes the older, and what nobody has asked for since the last change
 * is dropped. A result of the younger is found without a lock. Of results that two threads compute
 * at once the first is kept: while it is held, equal keys give one object.
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

  private final Function<? super K, ? extends V> function;
  private final long bound_B;
  private final ToLongFunction<? super V> size_B;
  private final LongAdder computed = new LongAdder();
  private volatile Map<K, Held<V>> younger = new ConcurrentHashMap<>();
  private volatile Map<K, Held<V>> older = new ConcurrentHashMap<>();
  private long younger_B;
  private long older_B;

  /** Result with the bytes that it is counted with. */
  private record Held<V>(V result, long size_B) {}

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
    Held<V> young = younger.get(key);
    if (young != null) {
      return young.result;
    }
    Held<V> old = older.get(key);
    V result = old == null ? function.apply(key) : old.result;
    Objects.requireNonNull(result, "result of a memoised function");
    if (old == null) {
      computed.increment();
    }
    return keep(key, result);
  }

  private synchronized V keep(K key, V result) {
    // Another thread, or the function itself, may have asked for it.
    Held<V> young = younger.get(key);
    if (young != null) {
      return young.result;
    }
    Held<V> old = older.remove(key);
    if (old != null) {
      older_B -= old.size_B;
    }
    V kept = old == null ? result : old.result;
    long result_B = old == null ? ENTRY_B + size_B.applyAsLong(kept) : old.size_B;
    if (result_B > bound_B) {
      return kept;
    }
    if (younger_B > 0 && younger_B + result_B > bound_B / 2) {
      age();
    }
    if (older_B + younger_B + result_B > bound_B) {
      older = new ConcurrentHashMap<>();
      older_B = 0;
    }
    younger.put(key, new Held<>(kept, result_B));
    younger_B += result_B;
    return kept;
  }

  private void age() {
    older = younger;
    older_B = younger_B;
    // As many will follow: a table that grows by doubling copies itself each time.
    younger = new ConcurrentHashMap<>(older.size());
    younger_B = 0;
  }

  /**
   * Counts bytes by which a result has grown since it was made; of one that is not held none.
   *
   * @param key argument of the result
   */
  public synchronized void grow(K key, long more_B) {
    BiFunction<K, Held<V>, Held<V>> grown =
        (k, held) -> new Held<>(held.result, held.size_B + more_B);
    if (younger.computeIfPresent(key, grown) != null) {
      younger_B += more_B;
    } else if (older.computeIfPresent(key, grown) != null) {
      older_B += more_B;
    }
    if (younger_B > bound_B / 2) {
      age();
    }
  }

  /** Bytes that the results are counted with; but for growth never more than the bound. */
  public synchronized long held_B() {
    return younger_B + older_B;
  }

  /** Number of results that are held. */
  public synchronized int entries() {
    return younger.size() + older.size();
  }

  /** Number of results that have been computed, those dropped since included. */
  public long computed() {
    return computed.sum();
  }
}
