package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.memo.Rows;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.LayerDigits;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.mapping.LayerCounts.Operand;
import dev.kirchhoff.mapper.tile.CopyReads;
import java.util.List;

/**
 * Counter of a program's actions: rows by layer and precision for each use of crossbars ({@link
 * LayerCounts}), put together. Structures of networks, which depend on neither precision nor chip,
 * are memoised. A layer that uses another's matrix the other way is counted anew each time, for it
 * depends on that layer's precision too.
 */
public final class ActionCounter {
  private static final long STRUCTURE_B = 1_000;
  private static final long PER_LAYER_B = 100;

  private static final long READS_B = 200;

  private final Memo<NetworkKey, Structure> structures;
  private final Memo<DrivenReads, CopyReads> reads;
  private final Memo<LayersKey, Rows<Precision, LayerCounts>> rows;

  /** Values of a network, equal to themselves alone. */
  private record NetworkKey(NetworkValues values) {}

  /**
   * Argument of a table of counts: everything but index and precision. Tables of digits are equal
   * to themselves alone.
   */
  private record LayersKey(
      NetworkValues values, Rows<Precision, LayerDigits> digits, Dynamic dynamic, ArrayUse use) {}

  /**
   * Parts of a program that precision and chip do not change.
   *
   * @param flow dependences of its layers
   * @param convolutions kernel sizes of its convolutions
   */
  private record Structure(Dataflow flow, ConvolutionSizes convolutions) {}

  /**
   * A counter that keeps structures of networks, counts of layers and reads of layers whose rows
   * are skipped.
   *
   * @param bound_B bytes that it keeps at most; 0 keeps none
   */
  public ActionCounter(long bound_B) {
    structures =
        new Memo<>(
            ActionCounter::structure,
            bound_B / 8,
            made -> STRUCTURE_B + PER_LAYER_B * made.flow().layers());
    reads = new Memo<>(DrivenReads::reads, bound_B / 8, made -> READS_B);
    rows = new Memo<>(this::rows, bound_B / 4 * 3, made -> STRUCTURE_B + PER_LAYER_B * made.size());
  }

  private static Structure structure(NetworkKey key) {
    List<Layer> layers = key.values().network().layers();
    return new Structure(Dataflow.of(layers), ConvolutionSizes.of(layers));
  }

  private Rows<Precision, LayerCounts> rows(LayersKey key) {
    List<Layer> layers = key.values().network().layers();
    ConvolutionSizes convolutions = structures.get(new NetworkKey(key.values())).convolutions();
    return new Rows<>(
        layers.size(),
        (l, precision) -> {
          Layer layer = layers.get(l);
          Operand operand = Operand.of(layer, key.dynamic());
          return operand == Operand.BUFFERED
              ? LayerCounts.digital(layer, precision, key.use())
              : LayerCounts.onCrossbars(
                  layer,
                  precision,
                  operand,
                  LayerCounts.ownMatrix(layer, precision, key.use(), convolutions),
                  key.digits().get(l, precision),
                  key.use(),
                  reads::get);
        },
        () -> rows.grow(key, LayerCounts.SIZE_B));
  }

  /**
   * Counts of a network.
   *
   * @param digits digits of its layers: network, precision, encodings, statistics
   * @param use crossbars and their use
   */
  public ProgramCounts of(NetworkDigits digits, ArrayUse use) {
    Dynamic dynamic = digits.key().dynamicOnCrossbars() ? Dynamic.WRITE : Dynamic.DIGITAL;
    LayersKey key = new LayersKey(digits.values(), digits.rows(), dynamic, use);
    Rows<Precision, LayerCounts> ofLayers = rows.get(key);
    List<Layer> network = digits.network().layers();
    LayerCounts[] layers = new LayerCounts[network.size()];
    for (int l = 0; l < layers.length; l++) {
      Precision precision = digits.key().precision().get(l);
      Layer layer = network.get(l);
      layers[l] =
          layer.matrix().otherWay().isEmpty()
              ? ofLayers.get(l, precision)
              : otherWay(layers, l, layer, precision, key);
    }
    return ProgramCounts.of(layers, structures.get(new NetworkKey(digits.values())).flow());
  }

  /** Counts of a layer that uses the matrix of a layer before it the other way. */
  private LayerCounts otherWay(
      LayerCounts[] before, int l, Layer layer, Precision precision, LayersKey key) {
    LayerCounts stored = before[layer.matrix().reused().orElseThrow()];
    return LayerCounts.onCrossbars(
        layer,
        precision,
        Operand.of(layer, key.dynamic()),
        LayerCounts.otherWay(layer, stored.mapping().orElseThrow(), key.use()),
        key.digits().get(l, precision),
        key.use(),
        reads::get);
  }
}
