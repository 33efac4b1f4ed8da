package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine.Gate;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.kernel.Machine.Volatile;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.KernelWork.Scheme;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.MatrixStorage.ReadOtherwise.Way;
import dev.kirchhoff.arch.workload.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountingMachineTest {
  private static final double[][] TWO_BY_THREE = {{1, 0, -2}, {0, 4, 0}};

  private final CountingMachine machine = new CountingMachine(ArithmeticMachine.exact(1));

  private Network trace() {
    return machine.trace("test").network();
  }

  @Test
  void readsOfOneMatrixDirectionAndBatchAreOneLayer() {
    Stored a = machine.store("a", TWO_BY_THREE);
    machine.read(a, new double[] {1, -1});
    machine.read(a, new double[] {0.5, 0});
    machine.read(a, new double[][] {{1, 0}, {0, 1}, {1, 1}, {0, 0}});
    machine.readBack(a, new double[] {1, 1, 1});
    machine.readLine(a, 2, new double[] {1, 1});

    List<Layer> layers = trace().layers();

    assertEquals(
        List.of("a", "a.2", "a.transpose", "a.line"), layers.stream().map(Layer::name).toList());
    assertEquals(2, layers.get(0).shape().vectors());
    assertEquals(2, layers.get(0).window().steps(), "two reads that follow one another");
    assertEquals(4, layers.get(1).shape().vectors());
    assertEquals(1, layers.get(1).window().steps(), "four vectors at once");
    assertEquals(3, layers.get(2).shape().inputsPerOutput());
    assertEquals(2, layers.get(2).shape().outputsPerGroup());
    assertEquals(1, layers.get(3).shape().outputsPerGroup());
    assertEquals(new MatrixStorage.Reused(0), layers.get(1).matrix());
    assertEquals(new MatrixStorage.ReadOtherwise(0, Way.TRANSPOSE), layers.get(2).matrix());
    assertEquals(new MatrixStorage.ReadOtherwise(0, Way.LINE), layers.get(3).matrix());
  }

  /** Of (1, −1) and (0.5, 0) in units of their largest: 1, −1, 1, 0. Of the matrix over 4. */
  @Test
  void statisticsAreThoseOfDrivenValuesAndStoredElements() {
    Stored a = machine.store("a", TWO_BY_THREE);
    machine.read(a, new double[] {1, -1});
    machine.read(a, new double[] {0.5, 0});

    Layer layer = trace().layers().get(0);

    assertEquals(0.25, layer.inputs().zeroShare());
    assertEquals(0.75, layer.inputs().meanAbs());
    assertEquals(0.25, layer.inputs().negativeShare());
    assertEquals(Math.sqrt(0.75), layer.inputs().rms());
    assertEquals(3 / 6.0, layer.weights().zeroShare());
    assertEquals((0.25 + 0.5 + 1) / 6, layer.weights().meanAbs(), 1e-15);
  }

  /** A matrix that is read transposed alone is stored by a layer of one forward read. */
  @Test
  void theLayerThatStoresComesFirst() {
    Stored a = machine.store("a", TWO_BY_THREE);
    machine.readBack(a, new double[] {1, 1, 1});

    List<Layer> layers = trace().layers();

    assertEquals(List.of("a", "a.transpose"), layers.stream().map(Layer::name).toList());
    assertEquals(1, layers.get(0).shape().vectors());
  }

  /**
   * Digital work, draws and waits belong to the read before them; a normal number is four words.
   */
  @Test
  void workBelongsToTheReadBefore() {
    machine.digital(VectorOperation.ADD, 10, 8);
    Stored a = machine.store("a", TWO_BY_THREE);
    machine.read(a, new double[] {1, 1});
    machine.digital(VectorOperation.MULTIPLY_ADD, 3, 64);
    machine.digital(VectorOperation.MULTIPLY_ADD, 2, 64);
    machine.gaussian();
    machine.uniform();
    Volatile devices = machine.volatileDevices(2, 100, 0.5);
    machine.step(devices, new double[] {1, 0}, 40);
    machine.rest(devices);
    machine.endOfIteration();

    KernelWork work = trace().layers().get(0).kernel();

    assertEquals(
        List.of(
            new KernelWork.VectorWork(VectorOperation.ADD, 10, 8),
            new KernelWork.VectorWork(VectorOperation.MULTIPLY_ADD, 5, 64)),
        work.vectors());
    assertEquals(5, work.draws());
    assertEquals(40 + 5 * 100, work.wait_ns());
    assertEquals(List.of(new KernelWork.Update(Scheme.PARALLEL, 1, 1, 0)), work.updates());
    assertEquals(1, machine.iterations());
  }

  /**
   * Two verified writes of one element, a pulse on three, an outer product on two, a gate on two.
   */
  @Test
  void writesAreCountedByElementAndScheme() {
    double nothing = Double.NaN;
    Stored a = machine.store("a", new double[][] {{0, 1, 0}, {1, 1, 0}}, 1);
    machine.read(a, new double[] {1, 1});
    machine.write(a, new double[][] {{1, nothing, nothing}, {nothing, nothing, nothing}});
    machine.write(a, new double[][] {{0, nothing, nothing}, {nothing, nothing, 0}});
    machine.pulse(a, new double[][] {{0.1, 0, 0.1}, {0, 0.1, 0}});
    machine.outerProduct(a, new double[] {0.1, 0}, new double[] {1, 0, 1});
    machine.gate(a, Gate.FALSE, new int[0], 2);

    KernelWork work = trace().layers().get(0).kernel();

    assertEquals(
        List.of(
            new KernelWork.Update(Scheme.VERIFIED, 2, 3, 2),
            new KernelWork.Update(Scheme.BLIND, 1, 3, 1),
            new KernelWork.Update(Scheme.PARALLEL, 1, 2, 1),
            new KernelWork.Update(Scheme.GATE, 1, 2, 1)),
        work.updates());
    assertEquals(3 + 3 + 2 + 2, machine.writes());
  }

  /**
   * Twice two matrices at once: two layers of two calls, the second beside the first, which has two
   * calls by itself too.
   */
  @Test
  void readsAtOnceAreLayersBesideEachOther() {
    Stored a = machine.store("a", TWO_BY_THREE);
    Stored b = machine.store("b", TWO_BY_THREE);
    double[][] vector = {{1, 1}};
    for (int i = 0; i < 2; i++) {
      List<double[][]> read = machine.readAtOnce(List.of(a, b), List.of(vector, vector));
      assertArrayEquals(machine.read(a, vector)[0], read.get(1)[0]);
    }

    List<Layer> layers = trace().layers();

    assertEquals(List.of("a", "b"), layers.stream().map(Layer::name).toList());
    assertEquals(
        List.of(false, true), layers.stream().map(layer -> layer.kernel().besideBefore()).toList());
    assertEquals(4, layers.get(0).shape().vectors());
    assertEquals(2, layers.get(1).shape().vectors());
  }

  /** 10 elements of 64 bits before the first read, 4 of 16 bits behind it: 704 bits. */
  @Test
  void dataKeptBelongToTheReadBefore() {
    machine.keep(10, 64);
    Stored a = machine.store("a", TWO_BY_THREE);
    machine.read(a, new double[] {1, 1});
    machine.keep(4, 16);
    machine.readBack(a, new double[] {1, 1, 1});

    List<Layer> layers = trace().layers();

    assertEquals(704, layers.get(0).kernel().kept_bits());
    assertEquals(0, layers.get(1).kernel().kept_bits());
  }

  /** Every kernel of the catalogue gives what it gives without counting, bit for bit. */
  @Test
  void countingChangesNoResult() {
    for (KernelKind kind : Kernels.kinds()) {
      Kernel kernel = GivenSettings.bind(kind, Map.of());
      CountingMachine counting = new CountingMachine(ArithmeticMachine.exact(1));

      Outcome counted = kernel.run(counting);

      assertEquals(kernel.run(ArithmeticMachine.exact(1)), counted, kernel.word());
      assertTrue(counting.trace(kernel.word()).network().layers().size() > 0, kernel.word());
    }
  }

  @Test
  void floatingReadsAreCountedAndSolved() {
    Stored a = machine.store("g", new double[][] {{1, 1}, {1, 1}});
    double[] currents =
        machine.readFloating(a, new boolean[] {true, false}, new boolean[] {true, false});

    // Row 1 floats between both columns; the open column follows the biased row over it:
    // 1 directly and 1/3 through three unit conductances in series.
    assertArrayEquals(new double[] {1 + 1 / 3.0, 0}, currents, 1e-12);
    assertEquals(1, machine.forwardReads());
  }
}
