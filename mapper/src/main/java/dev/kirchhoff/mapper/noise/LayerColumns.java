package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Columns of a layer and their converters: the argument of {@link ConversionNoise#of}.
 *
 * @param inputs digits of the inputs
 * @param weights digits of the weights
 * @param reads reads of the weights that one column sums up
 * @param blockTail tail of sums of so many products, 1 of normal ones
 * @param structure S of products of so many inputs
 * @param inputStructure S_x of so many inputs alone
 * @param sharedGain gain of converters' errors that outputs share; 0 where converters do not differ
 * @param rowGroups groups of rows of an output that one crossbar reads after each other
 * @param column the columns
 * @param cells errors of their cells
 */
record LayerColumns(
    DigitStatistics inputs,
    DigitStatistics weights,
    LayerReads reads,
    double blockTail,
    double structure,
    double inputStructure,
    double sharedGain,
    double rowGroups,
    ColumnModel column,
    CellErrors cells) {}
