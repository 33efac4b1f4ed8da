package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.arch.workload.MappingOptions.CrossbarAllocation;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.MappingOptions.Recurrent;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.ValueOrigins;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.peripherals.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Matrices W and R of recurrent cells, as one matrix and as two. */
class RecurrentStorageTest {
  private static final int STEPS = 64;

  private static Layer layer(
      String name, int inputs, int outputs, int steps, MatrixStorage matrix, DigitalWork... after) {
    MatrixShape shape = new MatrixShape(inputs, outputs, 1, 1, STEPS, 1, 1, 1);
    return new Layer(
        name,
        shape,
        Window.padded(shape).inSteps(steps),
        false,
        matrix.equals(MatrixStorage.OWN) ? Designs.RELU : Designs.SIGNED,
        Designs.WEIGHTS,
        ValueOrigins.GIVEN,
        List.of(after),
        Links.of(matrix.inputLayer().orElse(Links.INPUT)),
        matrix);
  }

  /** An LSTM with its digital work as ONNX models have it, and a linear layer behind. */
  private static Network lstm(int inputs, int hidden, int classes) {
    long units = (long) STEPS * hidden;
    return new Network(
        "gait",
        List.of(
            layer(
                "lstm/input",
                inputs,
                4 * hidden,
                1,
                MatrixStorage.OWN,
                new DigitalWork(DigitalOperation.BIAS, 4 * units)),
            layer(
                "lstm/recurrent",
                hidden,
                4 * hidden,
                STEPS,
                new MatrixStorage.Recurrent(0, 0.5),
                new DigitalWork(DigitalOperation.LOOKUP, 5 * units),
                new DigitalWork(DigitalOperation.MULTIPLY_ACCUMULATE, 3 * units),
                new DigitalWork(DigitalOperation.ADD, 5 * units)),
            Designs.conv("fc", hidden, classes, 1, 1, 1, 1, 1)),
        "test");
  }

  /**
   * Arrays of 128 x 64 with a pair of cells on neighbouring rows for each weight, as in Li et al.,
   * Nature Machine Intelligence 1 (2019), 49, doi 10.1038/s42256-018-0001-4.
   */
  private static Designs gait() {
    Designs designs = new Designs();
    designs.side = 128;
    designs.columns = 64;
    designs.bits = 4;
    designs.cellBits = 4;
    designs.weights = new WeightEncoding(Encoding.DIFFERENTIAL, false, true, false);
    designs.runs(lstm(50, 14, 8));
    return designs;
  }

  private static EvaluatedDesign evaluated(Design design) {
    return new Evaluator(HandPrices::plain).evaluated(design);
  }

  private static Design with(Design design, Recurrent recurrent) {
    return design.with(design.mapping().with(recurrent));
  }

  @Test
  void thePublishedGaitLstmIsOneArray() {
    EvaluatedDesign joint = evaluated(gait().design());
    // (50 + 14) x 2 rows of 128, 14 x 4 columns of 64; the linear layer has an array of its own.
    assertEquals("lstm/joint", joint.program(0).counts().layer(0).name());
    assertEquals(1, joint.program(0).crossbars(0));
    assertEquals(128 * 56, joint.program(0).usedCells(0));
    assertEquals(2, joint.totals().value(Metric.CROSSBARS));
    EvaluatedDesign separate = evaluated(with(gait().design(), Recurrent.SEPARATE));
    assertEquals(3, separate.totals().value(Metric.CROSSBARS));
    assertEquals(separate.program(0).usedCells(), joint.program(0).usedCells(), "the same weights");
    assertEquals(
        separate.program(0).counts().macs(), joint.program(0).counts().macs(), "the same products");
    assertTrue(
        Evaluator.evaluation(joint)
            .warnings()
            .contains(
                "A recurrent cell of gait has W and R as one matrix, which reads inputs and state"
                    + " at once (mapping.recurrent)."));
  }

  /** 48 + 16 rows of pairs are one array in place of two; 64 + 16 are two, as W and R are. */
  @Test
  void matricesAreJoinedOnlyWhereThatSavesACrossbar() {
    Designs saving = gait();
    saving.runs(lstm(48, 16, 8));
    assertEquals("lstm/joint", evaluated(saving.design()).program(0).counts().layer(0).name());
    Designs equal = gait();
    equal.runs(lstm(64, 16, 8));
    assertEquals("lstm/input", evaluated(equal.design()).program(0).counts().layer(0).name());
    Designs joined = gait();
    joined.runs(lstm(64, 16, 8));
    EvaluatedDesign asked = evaluated(with(joined.design(), Recurrent.JOINT));
    assertEquals(2, asked.program(0).crossbars(0), "as many as both");
  }

  @Test
  void aStepIsOneReadAndStepsFollowEachOther() {
    EvaluatedDesign joint = evaluated(gait().design());
    var actions = joint.program(0).counts().actions();
    // One pass for both matrices, of signed inputs and states; 56 columns a pulse.
    double pulses = joint.program(0).counts().mapping(0).orElseThrow().operands().pulses();
    assertEquals(STEPS * pulses, actions.of(0, Action.ARRAY_PASS));
    assertEquals(STEPS * pulses * 56, actions.of(0, Action.CONVERSION));
    assertEquals(STEPS, joint.flow(0).schedule().layer(0).iterations());
    // The sums W x + R h are made on the bitlines: one addition a unit is left of five.
    EvaluatedDesign separate = evaluated(with(gait().design(), Recurrent.SEPARATE));
    Layer layer = joint.program(0).counts().layer(0);
    assertEquals(
        List.of(STEPS * 14L),
        layer.after().stream()
            .filter(work -> work.operation() == DigitalOperation.ADD)
            .map(DigitalWork::elements)
            .toList());
    // Copies cannot help: a step waits for the one before.
    Designs copied = gait();
    copied.extra = 4;
    assertEquals(STEPS, evaluated(copied.design()).flow(0).schedule().layer(0).iterations());
    assertTrue(
        separate.program(0).counts().actions().of(0, Action.CONVERSION)
                + separate.program(0).counts().actions().of(1, Action.CONVERSION)
            > actions.of(0, Action.CONVERSION));
  }

  @Test
  void theInputIsSentOnceAndTheStateStays() {
    EvaluatedDesign joint = evaluated(gait().design());
    assertEquals(STEPS * 50.0 * 4, joint.program(0).counts().bits().inputBits());
  }

  @Test
  void autoJoinsOnlyWhereThatSavesCrossbars() {
    // 64 and 64 rows of pairs fill an array each; together two.
    Designs full = gait().runs(lstm(64, 64, 8));
    Design design = full.design();
    assertSame(design.jobs().get(0), RecurrentStorage.stored(design).jobs().get(0));
    Design joint = RecurrentStorage.stored(with(design, Recurrent.JOINT));
    assertEquals(2, joint.jobs().get(0).network().layers().size());
    assertEquals(
        3,
        RecurrentStorage.stored(with(design, Recurrent.SEPARATE))
            .jobs()
            .get(0)
            .network()
            .layers()
            .size());
  }

  @Test
  void autoStaysSeparateWhereLayersShareCrossbars() {
    Designs shared = gait();
    shared.allocation = new CrossbarAllocation(Arrangement.UNROLLED, Granularity.CROSSBAR, true);
    Design design = shared.design();
    assertSame(design, RecurrentStorage.stored(design));
    assertEquals(
        2,
        RecurrentStorage.stored(with(design, Recurrent.JOINT))
            .jobs()
            .get(0)
            .network()
            .layers()
            .size());
  }

  @Test
  void cellsWhoseProductsOthersTakeAreNotJoint() {
    Network network = lstm(50, 14, 8);
    Layer fc = network.layers().get(2);
    Layer reader =
        new Layer(
            "fc",
            fc.shape(),
            fc.window(),
            false,
            fc.inputs(),
            fc.weights(),
            fc.origins(),
            fc.after(),
            new Links(List.of(1), List.of(0)));
    Designs designs =
        gait()
            .runs(
                new Network(
                    "tapped",
                    List.of(network.layers().get(0), network.layers().get(1), reader),
                    "test"));
    assertEquals(3, evaluated(designs.design()).program(0).layers());
  }

  @Test
  void statisticsOfAJointMatrixAreThoseOfItsRows() {
    Design stored = RecurrentStorage.stored(gait().design());
    Layer joint = stored.jobs().get(0).network().layers().get(0);
    double w = 50.0 / 64;
    double r = 14.0 / 64;
    ValueStatistics x = Designs.RELU;
    ValueStatistics h = Designs.SIGNED;
    assertEquals(w * x.meanAbs() + r * h.meanAbs(), joint.inputs().meanAbs(), 1e-15);
    assertEquals(
        Math.sqrt(w * x.rms() * x.rms() + r * h.rms() * h.rms()), joint.inputs().rms(), 1e-15);
    // The largest weight of R is half that of W.
    ValueStatistics of = Designs.WEIGHTS;
    assertEquals((w + r / 2) * of.meanAbs(), joint.weights().meanAbs(), 1e-15);
    assertEquals(of.rms() * Math.sqrt(w + r / 4), joint.weights().rms(), 1e-15);
    assertEquals(of.zeroShare(), joint.weights().zeroShare(), 1e-15);
  }
}
