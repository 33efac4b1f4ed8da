package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellVariation;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.NetworkDigits;

/**
 * Network on the columns of a chip: the only argument of its noise.
 *
 * @param digits digits of the layers that lie on crossbars
 * @param column the columns
 * @param cells errors of their cells at the age of the evaluation
 * @param variation variation of the cells at all ages
 * @param retention_s retention of the device
 */
public record NetworkNoiseKey(
    NetworkDigits digits,
    ColumnModel column,
    CellErrors cells,
    CellVariation variation,
    double retention_s) {

  /** The key of one of its layers, on crossbars. */
  public NoiseKey layer(int l) {
    MatrixShape shape = digits.network().layers().get(l).shape();
    return new NoiseKey(
        digits.inputs(l),
        digits.weights(l),
        shape.inputsPerOutput(),
        shape.outputsPerGroup(),
        column,
        cells);
  }
}
