package dev.kirchhoff.arch.memo;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Rows of a stage at small addresses: results of a pure function of an index, a layer's say, and of
 * a key that takes few values, its precision say. A row is found by its index and a walk over the
 * few keys that the index has had, the newest first; nothing is hashed.
 *
 * <p>Safe for use by several threads, and without a lock of its own: of results that two threads
 * make at once the first is kept. Rows are never dropped; whoever holds the table counts them as
 * {@code grown} is told of them ({@link Memo#grow}), and drops it as a whole.
 *
 * @param <K> key within an index
 * @param <V> row
 */
public final class Rows<K extends Record, V> {
  /** Pure function that makes a row. */
  public interface Stage<K, V> {
    /** The row of an index and a key; never null. */
    V of(int index, K key);
  }

  private final Stage<? super K, ? extends V> stage;
  private final Runnable grown;
  private final AtomicReferenceArray<Row<K, V>> newest;

  private record Row<K, V>(K key, V value, Row<K, V> older) {}

  /**
   * A table without rows.
   *
   * @param indices number of indices
   * @param stage pure function of index and key
   * @param grown told of each row that is kept
   */
  public Rows(int indices, Stage<? super K, ? extends V> stage, Runnable grown) {
    this.stage = stage;
    this.grown = grown;
    newest = new AtomicReferenceArray<>(indices);
  }

  /** Number of indices. */
  public int size() {
    return newest.length();
  }

  /** The row of an index and a key. */
  public V get(int index, K key) {
    Row<K, V> first = newest.get(index);
    V known = find(first, null, key);
    if (known != null) {
      return known;
    }
    V made = Objects.requireNonNull(stage.of(index, key), "result of a stage");
    while (true) {
      if (newest.compareAndSet(index, first, new Row<>(key, made, first))) {
        grown.run();
        return made;
      }
      Row<K, V> now = newest.get(index);
      known = find(now, first, key);
      if (known != null) {
        return known;
      }
      first = now;
    }
  }

  private static <K, V> V find(Row<K, V> from, Row<K, V> to, K key) {
    for (Row<K, V> row = from; row != to; row = row.older) {
      if (row.key.equals(key)) {
        return row.value;
      }
    }
    return null;
  }
}
