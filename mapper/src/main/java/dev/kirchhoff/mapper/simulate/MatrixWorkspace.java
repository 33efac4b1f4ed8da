package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;

/** Arrays of one thread for products of a matrix. */
final class MatrixWorkspace {
  private final AnalogProduct.Workspace analog;
  private final DrivenRows driven;
  private final float[] draws;
  private float[][] digits = new float[0][];
  private float[][] levels = new float[0][];
  private float[][] sums = new float[0][];

  /** Arrays for batches of so many vectors. */
  MatrixWorkspace(int batch) {
    analog = new AnalogProduct.Workspace(batch);
    driven = new DrivenRows(batch);
    draws = new float[batch];
  }

  /** Scratch of reads that skip rows. */
  DrivenRows driven() {
    return driven;
  }

  /** Arrays of the products. */
  AnalogProduct.Workspace analog() {
    return analog;
  }

  /** Arrays of inputs, as many as there are inputs at least. */
  float[][] digits(int inputs) {
    digits = AnalogProduct.Workspace.grown(digits, inputs, analog.batch());
    return digits;
  }

  private float[][] levels(int rows) {
    levels = AnalogProduct.Workspace.grown(levels, rows, analog.batch());
    return levels;
  }

  /**
   * A read as its rows present it, without noise.
   *
   * @param meant what cells make of its digits
   */
  AnalogProduct.Driven presented(
      RowGroup group, AnalogProduct.Driven read, AnalogProduct.Driven meant) {
    RowLevels rows = group.levels();
    return rows.isExact() ? meant : rows.of(read, meant, levels(read.inputs().length));
  }

  /** A read as its rows present it. */
  AnalogProduct.Driven presented(
      RowGroup group,
      AnalogProduct.Driven read,
      AnalogProduct.Driven meant,
      RandomKey key,
      long vector) {
    RowLevels rows = group.levels();
    return rows.isExact()
        ? meant
        : rows.of(read, meant, key, vector, levels(read.inputs().length), draws);
  }

  /** Arrays of sums, as many as there are units at least. */
  float[][] sums(int units) {
    sums = AnalogProduct.Workspace.grown(sums, units, analog.batch());
    return sums;
  }

  /** Vectors of a batch. */
  int batch() {
    return analog.batch();
  }
}
