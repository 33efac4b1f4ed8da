package dev.kirchhoff.arch.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.program.Program.Operand;
import dev.kirchhoff.arch.program.Step.Multiply;
import dev.kirchhoff.arch.program.Step.Repeat;
import dev.kirchhoff.arch.program.Step.Write;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final Precision BITS = new Precision(8, 8, 8);
  private static final ValueStatistics VALUES = new ValueStatistics(0.5, 0.2, 0.3, 0.5);

  private static Layer layer(String name, boolean dynamic, int steps, int producer) {
    MatrixShape shape = new MatrixShape(4, 6, 1, 1, 10, 1, 1, 1);
    return new Layer(
        name,
        shape,
        Window.padded(shape).inSteps(steps),
        dynamic,
        VALUES,
        VALUES,
        List.of(),
        Links.of(producer));
  }

  private static Job job() {
    return new Job(
        new Network(
            "net",
            List.of(
                layer("a", false, 1, Links.INPUT),
                layer("scores", true, 1, 0),
                layer("cell", false, 5, 1)),
            ""),
        List.of(BITS, new Precision(6, 5, 4), BITS),
        1);
  }

  private static Program program(Dynamic dynamic) {
    return NetworkProgram.of(job().network(), job().precision(), dynamic);
  }

  @Test
  void productsOfActivationsAreDigitalOrWrittenBeforeTheirProduct() {
    Program digital = program(Dynamic.DIGITAL);
    assertEquals(
        List.of(Operand.STORED, Operand.BUFFERED, Operand.STORED),
        digital.nodes().stream().map(Program.Node::operand).toList());
    assertFalse(digital.nodes().get(1).isOnCrossbars());
    Program written = program(Dynamic.WRITE);
    assertTrue(written.steps().get(1) instanceof Write);
    assertEquals(Operand.WRITTEN, written.nodes().get(1).operand());
    assertEquals(new Precision(6, 5, 4), written.nodes().get(1).precision());
    assertTrue(written.nodes().get(1).isOnCrossbars());
  }

  @Test
  void nodesAreThoseOfTheNetworkInItsOrder() {
    for (Dynamic dynamic : Dynamic.values()) {
      Program program = program(dynamic);
      assertEquals(
          job().network().layers(), program.nodes().stream().map(Program.Node::layer).toList());
      assertEquals(job().network().macs(), program.macs());
    }
  }

  @Test
  void recurrentLayersRepeat() {
    Program program = program(Dynamic.DIGITAL);
    assertEquals(5, ((Repeat) program.steps().get(2)).times());
    assertEquals(List.of(1, 1, 5), program.nodes().stream().map(Program.Node::repeats).toList());
  }

  @Test
  void repeatsWithinRepeatsMultiply() {
    Step product = new Multiply(layer("p", false, 1, Links.INPUT), BITS);
    Program program =
        new Program("loops", List.of(new Repeat(3, List.of(new Repeat(4, List.of(product))))));
    assertEquals(12, program.nodes().get(0).repeats());
  }

  @Test
  void aWriteIsForTheProductBehindIt() {
    Layer first = layer("first", true, 1, Links.INPUT);
    Layer second = layer("second", true, 1, Links.INPUT);
    Write write = new Write(first, BITS);
    for (List<Step> steps :
        List.<List<Step>>of(
            List.of(write),
            List.of(write, new Multiply(second, BITS)),
            List.of(write, write, new Multiply(first, BITS)))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new Program("p", steps)).getMessage();
      assertTrue(message.contains("(first)") && message.contains("(p)"), message);
    }
  }

  @Test
  void aRepeatRepeats() {
    assertThrows(IllegalArgumentException.class, () -> new Repeat(1, List.of()));
  }
}
