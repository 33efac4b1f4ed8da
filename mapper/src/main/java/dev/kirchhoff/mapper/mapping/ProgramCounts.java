package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Action counts of a program with one copy of every matrix, without the fabric between tiles and
 * the levels beyond it; they depend on no time and no price.
 */
public final class ProgramCounts {
  private final LayerCounts[] layers;
  private final int[] stages;
  private final int[] stores;
  private final int stageCount;
  private final ActivationBits bits;
  private final ActionCounts actions;
  private final ActionCounts readActions;
  private final ActionCounts workActions;
  private final double macs;

  private ProgramCounts(LayerCounts[] layers, Dataflow flow) {
    this.layers = layers;
    int count = layers.length;
    ActionCounts.Builder reads = new ActionCounts.Builder(count);
    boolean isKernel = false;
    List<Precision> precisions = new ArrayList<>(count);
    long products = 0;
    stages = new int[count];
    stores = new int[count];
    int next = 0;
    for (int l = 0; l < count; l++) {
      reads.addRow(l, layers[l].reads());
      isKernel |= layers[l].work().layers() > 0;
      stores[l] = isOnCrossbars(l) ? storage(l) : l;
      if (isOnCrossbars(l)) {
        stages[l] = stores[l] == l ? next++ : stages[stores[l]];
      }
      precisions.add(precision(l));
      products += layer(l).shape().macs();
    }
    stageCount = next;
    macs = products;
    bits = ActivationBits.of(flow, precisions);
    readActions = reads.build();
    workActions = isKernel ? work() : new ActionCounts.Builder(0).build();
    actions = isKernel ? plus(readActions.toBuilder(), workActions) : readActions;
  }

  private ActionCounts work() {
    ActionCounts.Builder beside = new ActionCounts.Builder(layers.length);
    for (int l = 0; l < layers.length; l++) {
      if (layers[l].work().layers() > 0) {
        beside.addRow(l, layers[l].work());
      }
    }
    return beside.build();
  }

  private static ActionCounts plus(ActionCounts.Builder counts, ActionCounts more) {
    for (int l = 0; l < more.layers(); l++) {
      for (Action action : Action.values()) {
        counts.add(l, action, more.of(l, action));
      }
    }
    return counts.build();
  }

  /** Counts with a matrix of its own for every layer on crossbars. */
  private ProgramCounts(ProgramCounts counts) {
    layers = counts.layers;
    bits = counts.bits;
    actions = counts.actions;
    readActions = counts.readActions;
    workActions = counts.workActions;
    macs = counts.macs;
    stages = new int[layers.length];
    stores = new int[layers.length];
    int next = 0;
    for (int l = 0; l < stages.length; l++) {
      stores[l] = l;
      stages[l] = isOnCrossbars(l) ? next++ : 0;
    }
    stageCount = next;
  }

  /**
   * Counts of a program.
   *
   * @param layers counts of each layer
   * @param flow dependences of the layers
   */
  static ProgramCounts of(LayerCounts[] layers, Dataflow flow) {
    return new ProgramCounts(layers, flow);
  }

  /** Counts of the same program with a matrix of its own for every layer that uses one. */
  ProgramCounts withSeparateMatrices() {
    return new ProgramCounts(this);
  }

  /**
   * The layer whose crossbars a layer multiplies on: that whose matrix it reuses, where both have
   * weights of as many bits on as many rows and columns, else itself.
   */
  private int storage(int l) {
    OptionalInt reused = layer(l).matrix().reused();
    if (reused.isEmpty() || layers[l].operand() != LayerCounts.Operand.STORED) {
      return l;
    }
    int other = reused.getAsInt();
    if (layer(l).matrix().otherWay().isPresent()) {
      return other;
    }
    boolean isSame =
        precision(l).weights() == precision(other).weights()
            && mapping(other).flatMap(a -> mapping(l).map(a::isStoredAs)).orElse(false);
    return isSame ? other : l;
  }

  /** Number of layers. */
  public int layers() {
    return layers.length;
  }

  /** Layer of the program. */
  public Layer layer(int l) {
    return layers[l].layer();
  }

  /** Precision of a layer. */
  public Precision precision(int l) {
    return layers[l].precision();
  }

  /** True if a layer is done by crossbars. */
  public boolean isOnCrossbars(int l) {
    return layers[l].isOnCrossbars();
  }

  /** True if a layer's crossbars are written with activations in each inference. */
  public boolean isWritten(int l) {
    return layers[l].operand() == LayerCounts.Operand.WRITTEN;
  }

  /** One copy of a layer on crossbars; empty of a layer on digital units. */
  public Optional<CrossbarMapping> mapping(int l) {
    return layers[l].mapping();
  }

  /** Mean activity of a read of a layer's cells. */
  public ReadActivity activity(int l) {
    return layers[l].activity();
  }

  /**
   * Index of a layer's matrix among those on crossbars; layers that use one matrix have one index.
   *
   * @throws IllegalArgumentException if the layer is done by digital units
   */
  public int stage(int l) {
    if (!isOnCrossbars(l)) {
      throw new IllegalArgumentException(
          "The layer (" + layer(l).name() + ") is not on crossbars.");
    }
    return stages[l];
  }

  /**
   * The layer on whose crossbars a layer multiplies: itself, or that whose stored matrix it uses
   * again.
   */
  public int storing(int l) {
    return stores[l];
  }

  /** True if a layer stores a matrix: on crossbars, and none of another layer. */
  public boolean stores(int l) {
    return isOnCrossbars(l) && stores[l] == l;
  }

  /** True if another layer uses the matrix of a layer again. */
  public boolean isReused(int l) {
    for (int other = l + 1; other < stores.length; other++) {
      if (stores[other] == l) {
        return true;
      }
    }
    return false;
  }

  /** Number of stored matrices, those written in each inference included. */
  public int stages() {
    return stageCount;
  }

  /** Bits that the layers take from each other and from outside. */
  public ActivationBits bits() {
    return bits;
  }

  /** Dependences of the layers. */
  public Dataflow flow() {
    return bits.flow();
  }

  /** Actions of an inference, one copy of each layer. */
  public ActionCounts actions() {
    return actions;
  }

  /** Actions of an inference without the work of a kernel beside its reads. */
  public ActionCounts readActions() {
    return readActions;
  }

  /** True if there is work of a kernel beside the reads. */
  boolean hasWork() {
    return workActions.layers() > 0;
  }

  /** Actions of a kernel beside its reads; without rows where there is none. */
  public ActionCounts workActions() {
    return workActions;
  }

  /** Multiply-accumulates of an inference. */
  public double macs() {
    return macs;
  }

  /** Cells of one copy of a layer that hold a weight; 0 on digital units. */
  public double usedCells(int l) {
    return layers[l].usedCells();
  }

  /** Cells of a weight of a layer; 1 on digital units. */
  public double cellsPerWeight(int l) {
    return layers[l].cellsPerWeight();
  }

  /** Tiles that share an input value of a layer. */
  public double tileFan(int l) {
    return layers[l].tileFan();
  }

  /** Bits of the input map of a layer, each value once. */
  public double inputBits(int l) {
    MatrixShape shape = layer(l).shape();
    double positions = layer(l).window().inputPositions();
    return positions * shape.inputsPerGroup() * shape.groups() * precision(l).inputs();
  }

  /** Bits of the outputs of a layer. */
  public double outputBits(int l) {
    return (double) layer(l).shape().outputs() * precision(l).outputs();
  }

  /**
   * Actions once the network's input has been written into the buffers of the tiles that take it.
   */
  public ActionCounts.Builder withInput() {
    return actions.toBuilder()
        .add(bits.inputLayer(), Action.TILE_BUFFER_WRITE_BIT, bits.inputBits());
  }
}
