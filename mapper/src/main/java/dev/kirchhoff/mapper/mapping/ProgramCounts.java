package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.program.NetworkProgram;
import dev.kirchhoff.arch.program.Program;
import dev.kirchhoff.arch.program.Program.Node;
import dev.kirchhoff.arch.program.Program.Operand;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.count.DigitalCounts;
import dev.kirchhoff.mapper.count.KernelCounts;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.tile.CopyReads;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Action counts of a program with one copy of every matrix, without the fabric between tiles and
 * the levels beyond it; they depend on no time and no price.
 */
public final class ProgramCounts {
  private final List<Node> nodes;
  private final List<Optional<CrossbarMapping>> mappings;
  private final List<ReadActivity> activities;
  private final int[] stages;
  private final int[] stores;
  private final int stageCount;
  private final ActivationBits bits;
  private final ActionCounts actions;
  private final ActionCounts readActions;
  private final ActionCounts workActions;
  private final double macs;

  private ProgramCounts(
      Program program,
      NetworkDigits digits,
      ArrayUse use,
      Structure structure,
      Function<DrivenReads, CopyReads> reads) {
    nodes = program.nodes();
    int count = nodes.size();
    ConvolutionSizes convolutions = structure.convolutions();
    ActionCounts.Builder counts = new ActionCounts.Builder(count);
    boolean isKernel = nodes.stream().anyMatch(node -> !node.layer().kernel().isEmpty());
    ActionCounts.Builder beside = new ActionCounts.Builder(isKernel ? count : 0);
    List<Optional<CrossbarMapping>> found = new ArrayList<>(count);
    List<ReadActivity> active = new ArrayList<>(count);
    List<Precision> precisions = new ArrayList<>(count);
    stages = new int[count];
    stores = new int[count];
    int next = 0;
    for (int l = 0; l < count; l++) {
      Node node = nodes.get(l);
      if (node.isOnCrossbars()) {
        CrossbarMapping mapping = mapping(node, use, convolutions, found);
        if (use.skipsZeroRows()) {
          int rowsPerWeight = mapping.operands().rowsPerWeight();
          mapping =
              mapping.with(
                  reads.apply(
                      new DrivenReads(
                          mapping.tiling(), rowsPerWeight, use.side(), digits.inputs(l))));
        }
        ReadActivity activity =
            new ReadActivity(
                digits.pulses(l).meanShare(),
                digits.cells(l).cells().conductanceShare(use.windowFloor()));
        mapping.count(
            counts,
            l,
            digits.pulses(l).pulses(),
            activity.amplitude(),
            activity.conductance(),
            use.windowFloor());
        found.add(Optional.of(mapping));
        active.add(activity);
        stores[l] = storing(l, found);
        stages[l] = stores[l] == l ? next++ : stages[stores[l]];
      } else {
        DigitalCounts.countProduct(counts, l, node.layer().shape(), node.precision());
        found.add(Optional.empty());
        active.add(ReadActivity.NONE);
        stores[l] = l;
      }
      DigitalCounts.count(counts, l, node.layer().after(), node.precision().outputs());
      if (!node.layer().kernel().isEmpty()) {
        KernelCounts.count(
            beside,
            l,
            node.layer().kernel(),
            node.precision(),
            node.layer().shape().inputsPerOutput(),
            cellsPerWeight(found.get(l), node.layer()),
            use.weights());
      }
      precisions.add(node.precision());
    }
    mappings = found;
    activities = active;
    stageCount = next;
    macs = program.macs();
    bits = ActivationBits.of(structure.flow(), precisions);
    readActions = counts.build();
    workActions = beside.build();
    actions = isKernel ? plus(readActions.toBuilder(), workActions) : readActions;
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
    nodes = counts.nodes;
    mappings = counts.mappings;
    activities = counts.activities;
    bits = counts.bits;
    actions = counts.actions;
    readActions = counts.readActions;
    workActions = counts.workActions;
    macs = counts.macs;
    stages = new int[nodes.size()];
    stores = new int[nodes.size()];
    int next = 0;
    for (int l = 0; l < stages.length; l++) {
      stores[l] = l;
      stages[l] = isOnCrossbars(l) ? next++ : 0;
    }
    stageCount = next;
  }

  /**
   * Parts of a program that precision and chip do not change.
   *
   * @param flow dependences of its layers
   * @param convolutions kernel sizes of its convolutions
   */
  record Structure(Dataflow flow, ConvolutionSizes convolutions) {
    /** The structure of layers. */
    static Structure of(List<Layer> layers) {
      return new Structure(Dataflow.of(layers), ConvolutionSizes.of(layers));
    }
  }

  /**
   * Counts of a network.
   *
   * @param digits digits of its layers: network, precision, encodings, statistics
   * @param use crossbars and their use
   * @param structure {@link Structure#of} its layers
   * @param reads reads of layers whose rows are skipped
   */
  static ProgramCounts of(
      NetworkDigits digits,
      ArrayUse use,
      Structure structure,
      Function<DrivenReads, CopyReads> reads) {
    NetworkDigits.Key key = digits.key();
    Dynamic dynamic = key.dynamicOnCrossbars() ? Dynamic.WRITE : Dynamic.DIGITAL;
    Program program = NetworkProgram.of(key.network().network(), key.precision(), dynamic);
    return new ProgramCounts(program, digits, use, structure, reads);
  }

  /** Counts of the same program with a matrix of its own for every layer that uses one. */
  ProgramCounts withSeparateMatrices() {
    return new ProgramCounts(this);
  }

  /**
   * The layer whose crossbars a layer multiplies on: that whose matrix it reuses, where both have
   * weights of as many bits on as many rows and columns, else itself.
   */
  private int storing(int l, List<Optional<CrossbarMapping>> found) {
    OptionalInt reused = layer(l).matrix().reused();
    if (reused.isEmpty() || nodes.get(l).operand() != Operand.STORED) {
      return l;
    }
    int other = reused.getAsInt();
    if (layer(l).matrix().otherWay().isPresent()) {
      return other;
    }
    boolean isSame =
        precision(l).weights() == precision(other).weights()
            && found.get(other).flatMap(a -> found.get(l).map(b -> a.isStoredAs(b))).orElse(false);
    return isSame ? other : l;
  }

  private static CrossbarMapping mapping(
      Node node,
      ArrayUse use,
      ConvolutionSizes convolutions,
      List<Optional<CrossbarMapping>> found) {
    Layer layer = node.layer();
    if (layer.matrix().otherWay().isPresent()) {
      CrossbarMapping stored = found.get(layer.matrix().reused().orElseThrow()).orElseThrow();
      boolean signed = layer.inputs().signed();
      return switch (layer.matrix().otherWay().get()) {
        case TRANSPOSE -> stored.transposed(layer.shape().vectors(), signed, use);
        case LINE -> stored.line(layer.shape().vectors(), signed, use);
      };
    }
    boolean hasOwn = hasOwnKernels(layer, use, convolutions);
    return CrossbarMapping.of(
        layer.shape(),
        layer.inputs().signed(),
        node.precision(),
        use,
        hasOwn,
        convolutions.widest(hasOwn));
  }

  /**
   * True if the positions of a layer's kernel have row blocks of their own: all ungrouped kernels
   * if the mapping arranges them so; with PEs of their own those of the most frequent kernel.
   */
  private static boolean hasOwnKernels(Layer layer, ArrayUse use, ConvolutionSizes convolutions) {
    if (use.floorplan() == Floorplan.OWN_KERNELS) {
      return convolutions.isFrequent(layer);
    }
    MatrixShape shape = layer.shape();
    return use.packingRules().kernels()
        && shape.groups() == 1
        && shape.kernelHeight() * shape.kernelWidth() > 1;
  }

  /** Number of layers. */
  public int layers() {
    return nodes.size();
  }

  /** Layer, precision and operand of a node. */
  public Node node(int l) {
    return nodes.get(l);
  }

  /** Layer of a node. */
  public Layer layer(int l) {
    return nodes.get(l).layer();
  }

  /** Precision of a node. */
  public Precision precision(int l) {
    return nodes.get(l).precision();
  }

  /** True if a layer is done by crossbars. */
  public boolean isOnCrossbars(int l) {
    return nodes.get(l).isOnCrossbars();
  }

  /** True if a layer's crossbars are written with activations in each inference. */
  public boolean isWritten(int l) {
    return nodes.get(l).operand() == Operand.WRITTEN;
  }

  /** One copy of a layer on crossbars; empty of a layer on digital units. */
  public Optional<CrossbarMapping> mapping(int l) {
    return mappings.get(l);
  }

  /** Mean activity of a read of a layer's cells. */
  public ReadActivity activity(int l) {
    return activities.get(l);
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
    return mapping(l).map(CrossbarMapping::usedCells).orElse(0.0);
  }

  /** Cells of a weight of a layer; 1 on digital units. */
  public double cellsPerWeight(int l) {
    return cellsPerWeight(mapping(l), layer(l));
  }

  private static double cellsPerWeight(Optional<CrossbarMapping> mapping, Layer layer) {
    return mapping.map(m -> m.usedCells() / layer.shape().weights()).orElse(1.0);
  }

  /** Tiles that share an input value of a layer. */
  public double tileFan(int l) {
    return mapping(l).map(CrossbarMapping::tileFan).orElse(1.0);
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
