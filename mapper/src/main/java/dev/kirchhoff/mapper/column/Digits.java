package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.memo.Rows;
import dev.kirchhoff.arch.workload.Precision;

/**
 * Digits of networks as rows by layer and precision, for each number representation: exact sums
 * over all codes take longer than the evaluations that read them.
 */
public final class Digits {
  /** Bytes of a distribution of 16-bit codes in slices of one bit with its cells (estimated). */
  private static final long STATISTICS_B = 2_000;

  /** Bytes of references to a layer's digits with its key. */
  private static final long LAYER_B = 120;

  private final Memo<DigitKey, DigitStatistics> digits;
  private final Memo<Represented, Rows<Precision, LayerDigits>> rows;

  /** Values of a network in a number representation. */
  private record Represented(NetworkValues values, DigitFormat format) {}

  /**
   * Digits that keep what they made.
   *
   * @param bound_B bytes that they keep at most
   */
  public Digits(long bound_B) {
    digits = new Memo<>(DigitStatistics::of, bound_B / 2, made -> STATISTICS_B);
    rows = new Memo<>(this::rows, bound_B / 2, made -> STATISTICS_B);
  }

  private Rows<Precision, LayerDigits> rows(Represented key) {
    NetworkValues values = key.values();
    return new Rows<>(
        values.layers(),
        (l, precision) ->
            LayerDigits.of(
                values.inputs(l), values.weights(l), precision, key.format(), digits::get),
        () -> grown(key));
  }

  private void grown(Represented key) {
    rows.grow(key, LAYER_B);
  }

  /** Digits of one tensor. */
  public DigitStatistics of(DigitKey key) {
    return digits.get(key);
  }

  /** Digits of all layers of a network. */
  public NetworkDigits of(NetworkDigits.Key key) {
    return NetworkDigits.of(key, rows(key.network(), key.format()));
  }

  /** Digits of a network's layers in a number representation, by layer and precision. */
  public Rows<Precision, LayerDigits> rows(NetworkValues values, DigitFormat format) {
    return rows.get(new Represented(values, format));
  }
}
