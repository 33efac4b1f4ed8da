package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.peripherals.Action;
import java.util.List;

/**
 * Digital work that follows the layers of a program, by action; the same on every chip. An addition
 * of another map reads its other operand from the buffer.
 */
public final class DigitalCounts {
  private final double[] additions;
  private final double[] joined;
  private final double[] relu;
  private final double[] lookups;
  private final double[] maxima;
  private final double[] products;

  private DigitalCounts(List<Layer> layers) {
    int count = layers.size();
    additions = new double[count];
    joined = new double[count];
    relu = new double[count];
    lookups = new double[count];
    maxima = new double[count];
    products = new double[count];
    for (int l = 0; l < count; l++) {
      for (DigitalWork work : layers.get(l).after()) {
        take(l, work);
      }
    }
  }

  /** The digital work of a network's layers. */
  public static DigitalCounts of(List<Layer> layers) {
    return new DigitalCounts(layers);
  }

  private void take(int l, DigitalWork work) {
    double elements = work.elements();
    switch (work.operation()) {
      case BIAS -> additions[l] += elements;
      case ADD -> {
        additions[l] += elements;
        joined[l] += elements;
      }
      case RELU -> relu[l] += elements;
      case LOOKUP -> lookups[l] += elements;
      case MAX_COMPARE -> maxima[l] += elements;
      case MULTIPLY_ACCUMULATE -> products[l] += elements;
    }
  }

  /**
   * Adds the work of a layer to the counts of its row.
   *
   * @param outputBits bits of each value of its outputs
   */
  public void count(ActionCounts.Builder counts, int layer, int outputBits) {
    counts.add(layer, Action.ADD, additions[layer]);
    counts.add(layer, Action.TILE_BUFFER_READ_BIT, joined[layer] * outputBits);
    counts.add(layer, Action.RELU, relu[layer]);
    counts.add(layer, Action.LOOKUP, lookups[layer]);
    counts.add(layer, Action.MAX_COMPARE, maxima[layer]);
    counts.add(layer, Action.MULTIPLY_ACCUMULATE, products[layer]);
  }

  /**
   * Adds the product of two matrices of activations that digital vector units make. The matrix
   * operand is read once for every vector; neglected: its way to the units.
   */
  public static void countProduct(
      ActionCounts.Builder counts, int row, MatrixShape shape, Precision precision) {
    double vectorBits =
        (double) shape.vectors() * shape.groups() * shape.inputsPerOutput() * precision.inputs();
    counts.add(row, Action.MULTIPLY_ACCUMULATE, shape.macs());
    counts.add(
        row, Action.TILE_BUFFER_READ_BIT, vectorBits + (double) shape.macs() * precision.inputs());
    counts.add(row, Action.TILE_BUFFER_WRITE_BIT, (double) shape.outputs() * precision.outputs());
  }
}
