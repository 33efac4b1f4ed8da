package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellVariation;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitFormat;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.Digits;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.slice.Slicing;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Noise of designs: pure stages behind memos, so that designs that share a stage's argument share
 * its result: whole networks where designs differ elsewhere, single layers where a few layers have
 * other bits.
 *
 * <pre>
 * Network → NetworkValues ┐
 * precisions, digit format ┴→ NetworkDigits ┐
 * chip, prices → ColumnModel ───────────────┼→ NoiseKey → LayerNoise ┐
 * cell, age → CellVariation → CellErrors ───┘                        ┴→ NetworkNoise → DesignNoise
 * </pre>
 *
 * <p>Each evaluator has its own. The results do not depend on the bounds.
 */
public final class NoiseModel {
  /**
   * Bytes that a model keeps: a quarter for layers, some 50,000 of them, a quarter for networks,
   * some 14,000 of 21 layers (chosen; searches are no faster with twice as much).
   */
  public static final long BOUND_B = 48L << 20;

  private static final ValueStatistics UNIFORM = new ValueStatistics(0, 0.5, 0.57735, 0);
  private static final ValueStatistics UNIFORM_SIGNED = new ValueStatistics(0, 0.5, 0.57735, 0.5);

  /** Bytes of a layer's noise with its key: sum of the objects' sizes. */
  private static final long LAYER_B = 200;

  private static final long PER_LEVEL_B = 8;

  /** Bytes of a network's noise with its key, but for its layers. */
  private static final long NETWORK_B = 420;

  private static final long REFERENCE_B = 20;
  private static final long CELL_B = 600;

  private final Memo<NetworkKey, NetworkValues> values;
  private final Digits digits;
  private final Memo<CellVariation.Source, CellVariation> variations;
  private final Memo<AgedCell, CellErrors> cells;
  private final Memo<ColumnModel, ColumnModel> columns;
  private final Memo<NoiseKey, LayerNoise> layers;
  private final Memo<NetworkNoiseKey, NetworkNoise> networks;
  private final ValueDistribution uniform = ValueDistribution.ofInputs(UNIFORM);
  private final ValueDistribution uniformSigned = ValueDistribution.ofWeights(UNIFORM_SIGNED);

  /** A network; equal to itself alone, as comparing networks takes longer than mapping them. */
  private record NetworkKey(Network network) {
    @Override
    public boolean equals(Object other) {
      return other instanceof NetworkKey key && network == key.network;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(network);
    }
  }

  private record AgedCell(CellVariation variation, double age_s) {}

  /** A model that keeps {@link #BOUND_B} at most. */
  public NoiseModel() {
    this(BOUND_B);
  }

  /**
   * A model that keeps results of its stages.
   *
   * @param bound_B bytes that it keeps at most; 0 keeps none
   */
  public NoiseModel(long bound_B) {
    digits = new Digits(bound_B / 12);
    values = new Memo<>(key -> NetworkValues.of(key.network()), bound_B / 12, NoiseModel::size_B);
    variations =
        new Memo<>(
            CellVariation::of,
            bound_B / 24,
            made -> CELL_B + PER_LEVEL_B * CellVariation.AGES * made.levels());
    cells =
        new Memo<>(
            key -> CellErrors.of(key.variation(), key.age_s()), bound_B / 24, errors -> CELL_B);
    columns = new Memo<>(column -> column, bound_B / 24, column -> CELL_B);
    layers = new Memo<>(SignalToNoise::of, bound_B / 4, NoiseModel::size_B);
    networks =
        new Memo<>(
            key -> NetworkNoise.of(key, layers::get),
            bound_B / 4,
            noise -> NETWORK_B + REFERENCE_B * noise.layers().size());
  }

  private static long size_B(LayerNoise noise) {
    return LAYER_B + PER_LEVEL_B * noise.sensitivity().levels();
  }

  private static long size_B(NetworkValues values) {
    return CELL_B + 2L * values.layers() * ValueDistribution.SIZE_B;
  }

  /** Values of a network's layers. */
  public NetworkValues values(Network network) {
    return values.get(new NetworkKey(network));
  }

  /** Digits of a job's layers on the crossbars of a design. */
  public NetworkDigits digits(Design design, Job job, NetworkValues values) {
    return digits.of(
        new NetworkDigits.Key(
            values,
            job.precision(),
            DigitFormat.of(design.chip()),
            design.mapping().batching().dynamic() != Dynamic.DIGITAL));
  }

  /**
   * Noise of a design.
   *
   * @param digits digits of its networks, in order
   */
  public DesignNoise of(Design design, PriceTable prices, List<NetworkDigits> digits) {
    if (digits.isEmpty()) {
      return DesignNoise.of(layers.get(peak(design, prices)));
    }
    Cell cell = design.chip().cell();
    CellVariation variation = variations.get(CellVariation.Source.of(cell));
    ColumnModel column = columns.get(ColumnModel.of(design.chip(), prices));
    CellErrors errors = errors(column, variation, design.operation().age_s());
    List<NetworkNoise> noises = new ArrayList<>(digits.size());
    for (NetworkDigits network : digits) {
      NetworkNoiseKey key =
          new NetworkNoiseKey(
              network, column, errors, variation, cell.device().limits().retention_s());
      noises.add(networks.get(key));
    }
    return DesignNoise.of(noises);
  }

  private CellErrors errors(ColumnModel column, CellVariation variation, double age_s) {
    return column.summation().isCurrent()
        ? cells.get(new AgedCell(variation, age_s))
        : CellErrors.of(column, variation, age_s);
  }

  /** A matrix that fills the rows read at once and the columns of a crossbar, of uniform values. */
  private NoiseKey peak(Design design, PriceTable prices) {
    Chip chip = design.chip();
    DigitFormat format = DigitFormat.of(chip);
    DigitStatistics x = digits.of(format.inputs(uniform, design.peakInputBits()));
    DigitStatistics w = digits.of(format.weights(uniformSigned, design.peakWeightBits()));
    Slicing slicing =
        Slicing.of(
            chip.crossbar().weights(),
            chip.cell().bits(),
            chip.pe().input(),
            design.peakWeightBits(),
            design.peakInputBits());
    int rowsActive = Math.min(chip.crossbar().rowsActive(), chip.crossbar().rows());
    ColumnModel column = ColumnModel.of(chip, prices);
    CellVariation variation = variations.get(CellVariation.Source.of(chip.cell()));
    return new NoiseKey(
        x,
        w,
        Math.max(1, rowsActive / slicing.rowsPerWeight()),
        Math.max(1, chip.crossbar().columns() / slicing.columnsPerWeight()),
        column,
        errors(column, variation, design.operation().age_s()));
  }
}
