package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.memo.Memo;

/**
 * Digits of networks behind bounded memos: exact sums over all codes take longer than the
 * evaluations that read them. One evaluator's.
 */
public final class Digits {
  /** Bytes of a distribution of 16-bit codes in slices of one bit with its cells (estimated). */
  private static final long STATISTICS_B = 2_000;

  /** Bytes of references to a tensor's digits, of the three of a layer with its key. */
  private static final long LAYER_B = 120;

  private static final long PER_LAYER_B = 64;

  private final Memo<DigitKey, DigitStatistics> digits;
  private final Memo<LayerDigits.Key, LayerDigits> layers;
  private final Memo<NetworkDigits.Key, NetworkDigits> networks;

  /**
   * Digits that keep what they made.
   *
   * @param bound_B bytes that they keep at most
   */
  public Digits(long bound_B) {
    digits = new Memo<>(DigitStatistics::of, bound_B / 2, made -> STATISTICS_B);
    layers = new Memo<>(key -> LayerDigits.of(key, digits::get), bound_B / 8, made -> LAYER_B);
    networks =
        new Memo<>(
            key -> NetworkDigits.of(key, layers::get),
            bound_B / 8 * 3,
            made -> STATISTICS_B + PER_LAYER_B * made.layers());
  }

  /** Digits of one tensor. */
  public DigitStatistics of(DigitKey key) {
    return digits.get(key);
  }

  /** Digits of all layers of a network. */
  public NetworkDigits of(NetworkDigits.Key key) {
    return networks.get(key);
  }
}
