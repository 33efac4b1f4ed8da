package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Digits of all layers of a network that lie on crossbars: statistics of the digits d_s of a
 * weight, w = Σ_s d_s 2^(b s) with b bits a cell, and of the pulses of an input ({@link
 * LayerDigits}). Immutable; equal where the keys are.
 */
public final class NetworkDigits {
  private final Key key;
  private final int hash;
  private final List<Optional<LayerDigits>> layers;

  /**
   * Argument of the digits.
   *
   * @param network values of the layers
   * @param precision precision of each layer
   * @param format number representation of the chip
   * @param dynamicOnCrossbars whether dynamic matrices are written to crossbars
   */
  public record Key(
      NetworkValues network,
      List<Precision> precision,
      DigitFormat format,
      boolean dynamicOnCrossbars) {
    public Key {
      precision = List.copyOf(precision);
    }
  }

  private NetworkDigits(Key key, List<Optional<LayerDigits>> layers) {
    this.key = key;
    this.layers = layers;
    hash = key.hashCode();
  }

  /**
   * The digits of a network.
   *
   * @param digits digits of a layer: {@link LayerDigits#of}, or a memo of it
   */
  static NetworkDigits of(Key key, Function<LayerDigits.Key, LayerDigits> digits) {
    NetworkValues values = key.network();
    List<Optional<LayerDigits>> layers = new ArrayList<>(values.layers());
    for (int l = 0; l < values.layers(); l++) {
      boolean isDigital = values.network().layers().get(l).dynamic() && !key.dynamicOnCrossbars();
      layers.add(
          isDigital
              ? Optional.empty()
              : Optional.of(
                  digits.apply(
                      new LayerDigits.Key(
                          values.inputs(l),
                          values.weights(l),
                          key.precision().get(l),
                          key.format()))));
    }
    return new NetworkDigits(key, List.copyOf(layers));
  }

  /** Argument of the digits. */
  public Key key() {
    return key;
  }

  /** Values of the layers. */
  public NetworkValues values() {
    return key.network();
  }

  /** The network. */
  public Network network() {
    return key.network().network();
  }

  /** Number of layers, those without digits included. */
  public int layers() {
    return layers.size();
  }

  /** True if a layer is mapped to crossbars and so has digits. */
  public boolean isOnCrossbars(int layer) {
    return layers.get(layer).isPresent();
  }

  /** Digits of a layer's inputs as they are converted. */
  public DigitStatistics inputs(int layer) {
    return of(layer).inputs();
  }

  /** Pulses of a layer's inputs, of which a digit may combine several. */
  public DigitStatistics pulses(int layer) {
    return of(layer).pulses();
  }

  /** Digits of a layer's weights as they are converted: of cells that are combined together. */
  public DigitStatistics weights(int layer) {
    return of(layer).weights();
  }

  /** Digits of a layer's weights, each in a cell or a pair of cells. */
  public DigitStatistics cells(int layer) {
    return of(layer).cells();
  }

  private LayerDigits of(int layer) {
    return layers
        .get(layer)
        .orElseThrow(() -> new NoSuchElementException("Layer " + layer + " has no digits."));
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof NetworkDigits digits && hash == digits.hash && key.equals(digits.key);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
