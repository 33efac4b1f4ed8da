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
import java.util.List;

/**
 * Noise of designs: pure stages behind memos, so that designs that share a stage's argument share
 * its result. A memo of single layers does not pay: it makes random designs a seventh slower
 * (measured on resnet18), and only networks that share all layers but a few would gain.
 *
 * <pre>
 * Network → NetworkValues ┐
 * precisions, digit format ┴→ NetworkDigits ┐
 * chip, prices → ColumnModel ───────────────┼→ NoiseKey → LayerNoise ┐
 * cell, age → CellVariation → CellErrors ───┘                        ┴→ NetworkNoise → DesignNoise
 * </pre>
 *
 * <p>One evaluator's. The results do not depend on the bounds.
 */
public final class NoiseModel {
  /** Bytes that a model keeps: those of 100,000 networks' noise with their keys (chosen). */
  public static final long BOUND_B = 96L << 20;

  private static final ValueStatistics UNIFORM = new ValueStatistics(0, 0.5, 0.57735, 0);
  private static final ValueStatistics UNIFORM_SIGNED = new ValueStatistics(0, 0.5, 0.57735, 0.5);

  /** Bytes of a result with its key: sum of the objects' sizes. */
  private static final long NETWORK_B = 420;

  private static final long PER_AGE_B = 8;
  private static final long CELL_B = 600;

  private final Memo<NetworkKey, NetworkValues> values;
  private final Digits digits;
  private final Memo<CellVariation.Source, CellVariation> variations;
  private final Memo<AgedCell, CellErrors> cells;
  private final Memo<NetworkNoiseKey, NetworkNoise> networks;
  private final ValueDistribution uniform = ValueDistribution.ofInputs(UNIFORM);
  private final ValueDistribution uniformSigned = ValueDistribution.ofWeights(UNIFORM_SIGNED);

  /** A network; equal to itself alone, as to compare networks takes longer than to map them. */
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
            made -> CELL_B + PER_AGE_B * CellVariation.AGES * made.levels());
    cells =
        new Memo<>(
            key -> CellErrors.of(key.variation(), key.age_s()), bound_B / 24, errors -> CELL_B);
    networks = new Memo<>(NetworkNoise::of, bound_B / 2, e -> NETWORK_B);
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
   * Key of the noise of a job's network.
   *
   * @param digits digits of its layers
   */
  public NetworkNoiseKey key(Design design, PriceTable prices, NetworkDigits digits) {
    Cell cell = design.chip().cell();
    ColumnModel column = ColumnModel.of(design.chip(), prices);
    CellVariation variation = variations.get(CellVariation.Source.of(cell));
    return new NetworkNoiseKey(
        digits,
        column,
        errors(column, variation, design.operation().age_s()),
        variation,
        cell.device().limits().retention_s());
  }

  private CellErrors errors(ColumnModel column, CellVariation variation, double age_s) {
    return column.summation().isCurrent()
        ? cells.get(new AgedCell(variation, age_s))
        : CellErrors.of(column, variation, age_s);
  }

  /** Noise of a network. */
  public NetworkNoise network(NetworkNoiseKey key) {
    return networks.get(key);
  }

  /**
   * Noise of a design.
   *
   * @param keys arguments of the noise of its networks, in order
   */
  public DesignNoise of(Design design, PriceTable prices, List<NetworkNoiseKey> keys) {
    return keys.isEmpty()
        ? DesignNoise.of(SignalToNoise.of(peak(design, prices)))
        : DesignNoise.of(keys.stream().map(networks::get).toList());
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
