package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Digits of all layers of a network that lie on crossbars. Immutable; equal where the keys are.
 */
public final class NetworkDigits {
  private final Key key;
  private final int hash;
  private final List<Optional<LayerDigits>> layers;
  private final int[] first;
  private final boolean[] shared;

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

  /**
   * Digits of a layer.
   *
   * @param inputs pulses of its inputs
   * @param weights digits of its weights as they are converted
   * @param cells digits of its weights cell by cell
   */
  public record LayerDigits(
      DigitStatistics inputs, DigitStatistics weights, DigitStatistics cells) {}

  private NetworkDigits(Key key, List<Optional<LayerDigits>> layers) {
    this.key = key;
    this.layers = layers;
    hash = key.hashCode();
    first = new int[layers.size()];
    shared = new boolean[layers.size()];
    for (int l = 0; l < first.length; l++) {
      while (!isTwin(first[l], l)) {
        first[l]++;
      }
      for (int other = 0; other < first.length && !shared[l]; other++) {
        shared[l] = hasSameDigits(other, l) && !isTwin(other, l);
      }
    }
  }

  private boolean isTwin(int a, int b) {
    MatrixShape x = network().layers().get(a).shape();
    MatrixShape y = network().layers().get(b).shape();
    return a == b
        || hasSameDigits(a, b)
            && x.inputsPerOutput() == y.inputsPerOutput()
            && x.outputsPerGroup() == y.outputsPerGroup();
  }

  private boolean hasSameDigits(int a, int b) {
    return isOnCrossbars(a)
        && isOnCrossbars(b)
        && inputs(a).equals(inputs(b))
        && weights(a).equals(weights(b));
  }

  /**
   * The digits of a network.
   *
   * @param digits statistics of one tensor's digits: {@link DigitStatistics#of}, or a memo of it
   */
  static NetworkDigits of(Key key, Function<DigitKey, DigitStatistics> digits) {
    List<Optional<LayerDigits>> layers = new ArrayList<>();
    NetworkValues values = key.network();
    for (int l = 0; l < values.layers(); l++) {
      Layer layer = values.network().layers().get(l);
      if (layer.dynamic() && !key.dynamicOnCrossbars()) {
        layers.add(Optional.empty());
        continue;
      }
      Precision bits = key.precision().get(l);
      DigitKey cells = key.format().cells(values.weights(l), bits.weights());
      DigitKey weights = key.format().weights(values.weights(l), bits.weights());
      layers.add(
          Optional.of(
              new LayerDigits(
                  digits.apply(key.format().inputs(values.inputs(l), bits.inputs())),
                  digits.apply(weights),
                  digits.apply(cells))));
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

  /** Whether a layer lies on crossbars and so has digits. */
  public boolean isOnCrossbars(int layer) {
    return layers.get(layer).isPresent();
  }

  /** Digits of a layer's inputs. */
  public DigitStatistics inputs(int layer) {
    return of(layer).inputs();
  }

  /** Digits of a layer's weights as they are converted: of cells that are combined together. */
  public DigitStatistics weights(int layer) {
    return of(layer).weights();
  }

  /** Digits of a layer's weights, each in a cell or a pair of cells. */
  public DigitStatistics cells(int layer) {
    return of(layer).cells();
  }

  /** The first layer with the same digits and matrix, so that its columns are the same. */
  public int first(int layer) {
    return first[layer];
  }

  /** Whether another layer has the same digits and another matrix, so that columns may be equal. */
  public boolean sharesDigits(int layer) {
    return shared[layer];
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
