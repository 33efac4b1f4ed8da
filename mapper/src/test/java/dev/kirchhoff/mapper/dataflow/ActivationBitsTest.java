package dev.kirchhoff.mapper.dataflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationBitsTest {
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0);

  /** A layer of 1 x 1 kernels on a map of 4 x 4 positions. */
  private static Layer layer(int inputs, int outputs, Links links) {
    MatrixShape shape = new MatrixShape(inputs, outputs, 1, 1, 4, 4, 1, 1);
    return new Layer("l", shape, Window.padded(shape), false, VALUES, VALUES, List.of(), links);
  }

  @Test
  void bitsAreValuesTimesPrecisionAndLiveUntilTheirLastUse() {
    // The input of 3 channels; 5 channels; 7 channels; the last reads those and joins the 5.
    Dataflow flow =
        Dataflow.of(
            List.of(
                layer(3, 5, Links.of(Links.INPUT)),
                layer(5, 7, Links.of(0)),
                layer(7, 5, new Links(List.of(1), List.of(0)))));
    ActivationBits bits =
        ActivationBits.of(
            flow, List.of(new Precision(2, 8, 6), new Precision(2, 6, 4), new Precision(2, 4, 8)));
    int first = flow.firstRead(0);
    assertEquals(16 * 3 * 8, bits.read(first));
    assertEquals(16 * 3 * 8, bits.inputBits());
    assertEquals(0, bits.inputLayer());
    assertEquals(16 * 5 * 6, bits.map(0));
    assertEquals(16 * 5 * 6, bits.read(flow.firstRead(1)));
    assertEquals(16 * 7 * 4, bits.read(flow.firstRead(2)));
    // The join takes the smaller of both maps: 6 bits a value of layer 0, 8 of layer 2.
    assertEquals(16 * 5 * 6, bits.join(flow.firstJoin(2)));
    assertEquals(16 * 7 * 4 + 16 * 5 * 6, bits.taken(2));
    // Layer 1 begins between layer 0 and both that take its map.
    assertArrayEquals(
        new double[] {0, 2 * 16 * 5 * 6, 16 * 7 * 4 + 16 * 5 * 6}, bits.aliveBefore());
    // The whole map of the last layer leaves the chip.
    assertArrayEquals(new double[] {16 * 5 * 6, 16 * 7 * 4, 16 * 5 * 8}, bits.keptMaps());
  }
}
