package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Matrix layer on the columns of a chip: the only argument of a layer's noise.
 *
 * @param inputs digits of the inputs (planes of signs for XNOR)
 * @param weights digits of the weights in the crossbar's encoding
 * @param inputsPerOutput K
 * @param outputs M
 * @param column the columns
 * @param cells errors of their cells
 */
public record NoiseKey(
    DigitStatistics inputs,
    DigitStatistics weights,
    int inputsPerOutput,
    int outputs,
    ColumnModel column,
    CellErrors cells) {}
