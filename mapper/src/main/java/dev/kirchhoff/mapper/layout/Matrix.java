package dev.kirchhoff.mapper.layout;

import dev.kirchhoff.arch.workload.MatrixShape;

/**
 * A layer's weights as a matrix of cells, cut into parts: groups, and of each the positions of the
 * kernel if these lie apart.
 *
 * <p>Input k of an output is input channel k / P at position k mod P of a kernel of P positions, as
 * ONNX orders weights. Unrolled, a part has all K inputs of a group as rows in this order; by
 * kernel position, the C channels of one position. A weight has n_r × n_c cells: rows n_r k' to n_r
 * k' + n_r − 1 of the part for its input in place k', columns n_c m to n_c m + n_c − 1 for its
 * output m; {@link dev.kirchhoff.mapper.slice.WeightSlicer#row} and {@link
 * dev.kirchhoff.mapper.slice.WeightSlicer#column} say which level is where.
 *
 * @param shape shape of the layer
 * @param rowsPerWeight n_r
 * @param columnsPerWeight n_c
 * @param kernels whether positions of the kernel lie apart
 */
public record Matrix(MatrixShape shape, int rowsPerWeight, int columnsPerWeight, boolean kernels) {

  /** Positions of the kernel, P. */
  public int positions() {
    return shape.kernelHeight() * shape.kernelWidth();
  }

  /** Parts of the matrix. */
  public int parts() {
    return kernels ? shape.groups() * positions() : shape.groups();
  }

  /** Rows of cells of a part. */
  public int height() {
    return rowsPerWeight * (kernels ? shape.inputsPerGroup() : shape.inputsPerOutput());
  }

  /** Columns of cells of a part. */
  public int width() {
    return columnsPerWeight * shape.outputsPerGroup();
  }

  /** Group of a part. */
  public int group(int part) {
    return kernels ? part / positions() : part;
  }

  /** Input, 0 to K − 1 of the group, that drives a row of a block, counted from its first. */
  public int input(Block block, int row) {
    int place = (block.firstRow() + row) / rowsPerWeight;
    return kernels ? place * positions() + block.part() % positions() : place;
  }

  /** Row, of a weight's rows of cells, that a row of a block is. */
  public int rowOfWeight(Block block, int row) {
    return (block.firstRow() + row) % rowsPerWeight;
  }

  /** Output, 0 to M − 1 of the group, that a column of a block belongs to. */
  public int output(Block block, int column) {
    return (block.firstColumn() + column) / columnsPerWeight;
  }

  /** Column, of a weight's columns of cells, that a column of a block is. */
  public int columnOfWeight(Block block, int column) {
    return (block.firstColumn() + column) % columnsPerWeight;
  }
}
