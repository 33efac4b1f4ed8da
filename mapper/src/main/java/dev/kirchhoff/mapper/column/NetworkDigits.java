package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.memo.Rows;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Digits of all layers of a network that lie on crossbars: statistics of the digits d_s of a
 * weight, w = Σ_s d_s 2^(b s) with b bits a cell, and of the pulses of an input ({@link
 * LayerDigits}). Immutable.
 */
public final class NetworkDigits {
  private final Key key;

  private final Rows<Precision, LayerDigits> rows;

  /** Digits by layer; null on digital units. */
  private final LayerDigits[] layers;

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

  private NetworkDigits(Key key, Rows<Precision, LayerDigits> rows, LayerDigits[] layers) {
    this.key = key;
    this.rows = rows;
    this.layers = layers;
  }

  /** The digits of a network, of rows by layer and precision. */
  static NetworkDigits of(Key key, Rows<Precision, LayerDigits> rows) {
    NetworkValues values = key.network();
    LayerDigits[] layers = new LayerDigits[values.layers()];
    for (int l = 0; l < layers.length; l++) {
      boolean isDigital = values.network().layers().get(l).dynamic() && !key.dynamicOnCrossbars();
      layers[l] = isDigital ? null : rows.get(l, key.precision().get(l));
    }
    return new NetworkDigits(key, rows, layers);
  }

  /** Argument of the digits. */
  public Key key() {
    return key;
  }

  /** Digits of the layers, by layer and precision. */
  public Rows<Precision, LayerDigits> rows() {
    return rows;
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
    return layers.length;
  }

  /** True if a layer is mapped to crossbars and so has digits. */
  public boolean isOnCrossbars(int layer) {
    return layers[layer] != null;
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
    LayerDigits digits = layers[layer];
    if (digits == null) {
      throw new NoSuchElementException("Layer " + layer + " has no digits.");
    }
    return digits;
  }
}
