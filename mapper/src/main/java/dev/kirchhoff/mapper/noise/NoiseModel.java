package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.memo.Rows;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellVariation;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitFormat;
import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.column.Digits;
import dev.kirchhoff.mapper.column.LayerDigits;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.column.ValueDistribution;
import dev.kirchhoff.mapper.slice.Slicing;
import dev.kirchhoff.peripherals.CrossbarFigures;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.List;

/**
 * Noise of designs: pure stages behind memos. The noise of a network's layers on one kind of column
 * is a table of rows by layer and precision, which designs that differ elsewhere share; a network's
 * noise is a sum over its rows.
 *
 * <pre>
 * Network → NetworkValues ┐
 * precisions, digit format ┴→ LayerDigits   ┐
 * chip, crossbar → ColumnModel ─────────────┼→ NoiseKey → LayerNoise → NetworkNoise → DesignNoise
 * cell, age → CellVariation → CellErrors ───┘
 * </pre>
 *
 * <p>Safe for use by several threads. The results do not depend on the bounds.
 */
public final class NoiseModel {
  /** Bytes that results are counted with, half of them rows: some 80,000 (chosen). */
  public static final long BOUND_B = 48L << 20;

  private static final ValueStatistics UNIFORM = new ValueStatistics(0, 0.5, 0.57735, 0);
  private static final ValueStatistics UNIFORM_SIGNED = new ValueStatistics(0, 0.5, 0.57735, 0.5);

  /** Bytes of a row: sum of the objects' sizes. */
  private static final long LAYER_B = 280;

  private static final long PER_LEVEL_B = 8;
  private static final long CELL_B = 600;

  private final Memo<NetworkKey, NetworkValues> values;
  private final Digits digits;
  private final Memo<CellVariation.Source, CellVariation> variations;
  private final Memo<ChipKey, ChipNoise> chips;
  private final Memo<NoiseColumns, Rows<Precision, LayerNoise>> rows;
  private final Memo<NoiseKey, LayerNoise> peaks;
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

  /** A network on the crossbars of a chip at an age; its figures are equal to themselves alone. */
  private record ChipKey(CrossbarFigures crossbar, Chip chip, NetworkValues values, double age_s) {
    @Override
    public boolean equals(Object other) {
      return other instanceof ChipKey key
          && crossbar == key.crossbar
          && chip == key.chip
          && values == key.values
          && age_s == key.age_s;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(crossbar) ^ System.identityHashCode(values);
    }
  }

  /** Arguments of the noise of a network's layers, but for their precisions. */
  private record NoiseColumns(
      NetworkValues values, DigitFormat format, ColumnModel column, CellErrors cells) {}

  /** Noise of a network on a chip: rows by layer and precision. */
  private record ChipNoise(CellVariation variation, double retention_s, NoiseRows rows) {}

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
    chips = new Memo<>(this::chip, bound_B / 6, made -> Prices.Pricer.TABLE_B);
    rows = new Memo<>(this::rows, bound_B / 2, made -> CELL_B);
    peaks =
        new Memo<>(
            SignalToNoise::of,
            bound_B / 24,
            made -> LAYER_B + PER_LEVEL_B * made.sensitivity().levels());
  }

  private static long size_B(NetworkValues values) {
    return CELL_B + 2L * values.layers() * ValueDistribution.SIZE_B;
  }

  private ChipNoise chip(ChipKey key) {
    Cell cell = key.chip().cell();
    ColumnModel column = ColumnModel.of(key.chip(), key.crossbar());
    CellVariation variation = variations.get(CellVariation.Source.of(cell));
    CellErrors errors = CellErrors.of(column, variation, key.age_s());
    DigitFormat format = DigitFormat.of(key.chip());
    return new ChipNoise(
        variation,
        cell.device().limits().retention_s(),
        new NoiseRows(
            key.values(), rows.get(new NoiseColumns(key.values(), format, column, errors))));
  }

  private Rows<Precision, LayerNoise> rows(NoiseColumns key) {
    NetworkValues network = key.values();
    Rows<Precision, LayerDigits> represented = digits.rows(network, key.format());
    return new Rows<>(
        network.layers(),
        (l, precision) -> {
          LayerDigits layer = represented.get(l, precision);
          MatrixShape shape = network.network().layers().get(l).shape();
          return SignalToNoise.of(
              new NoiseKey(
                  layer.inputs(),
                  layer.weights(),
                  shape.inputsPerOutput(),
                  shape.outputsPerGroup(),
                  key.column(),
                  key.cells()));
        },
        () -> grown(key));
  }

  private void grown(NoiseColumns key) {
    rows.grow(key, LAYER_B + PER_LEVEL_B * key.column().cells().levels());
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
  public DesignNoise of(Design design, CrossbarFigures crossbar, List<NetworkDigits> digits) {
    if (digits.isEmpty()) {
      return DesignNoise.of(peaks.get(peak(design, crossbar)));
    }
    List<NetworkNoise> noises = new ArrayList<>(digits.size());
    for (NetworkDigits network : digits) {
      ChipNoise chip = chip(design, crossbar, network.values());
      noises.add(NetworkNoise.of(network, chip.rows(), chip.variation(), chip.retention_s()));
    }
    return DesignNoise.of(noises);
  }

  /** Noise of the layers of a network on a design's chip. */
  public NoiseRows rows(Design design, CrossbarFigures crossbar, NetworkValues network) {
    return chip(design, crossbar, network).rows();
  }

  private ChipNoise chip(Design design, CrossbarFigures crossbar, NetworkValues network) {
    return chips.get(new ChipKey(crossbar, design.chip(), network, design.operation().age_s()));
  }

  /** A matrix that fills the rows read at once and the columns of a crossbar, of uniform values. */
  private NoiseKey peak(Design design, CrossbarFigures crossbar) {
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
    ColumnModel column = ColumnModel.of(chip, crossbar);
    CellVariation variation = variations.get(CellVariation.Source.of(chip.cell()));
    return new NoiseKey(
        x,
        w,
        Math.max(1, rowsActive / slicing.rowsPerWeight()),
        Math.max(1, chip.crossbar().columns() / slicing.columnsPerWeight()),
        column,
        CellErrors.of(column, variation, design.operation().age_s()));
  }
}
