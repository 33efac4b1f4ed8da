package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.arch.chip.ProcessingElement;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Uncore;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Operation;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * ISAAC-CE from the figures of its own tables (Shafiee et al., ISCA 2016, doi 10.1109/ISCA.2016.12,
 * corrected version): roll-up and peak throughput must close.
 */
class IsaacTest {
  private static ComponentModel given(double area_um2, double power_uW, double time_ns) {
    return new ComponentModel.Given(
        OptionalDouble.of(area_um2),
        OptionalDouble.of(power_uW),
        Map.of(),
        OptionalDouble.empty(),
        time_ns > 0 ? OptionalDouble.of(time_ns) : OptionalDouble.empty(),
        new ComponentModel.Origin(32, 0.9, "isaac.yaml:1", "Shafiee et al., ISCA 2016"));
  }

  private static ComponentModel given(double area_um2, double power_uW) {
    return given(area_um2, power_uW, 0);
  }

  static Design isaac(int columnsPerAdc) {
    Tile tile =
        new Tile(
            OptionalInt.of(168),
            Optional.of(new Memory(MemoryKind.EDRAM, 65_536, 256, given(83_000, 20_700))),
            new Tile.Bus(384, given(90_000, 7_000)),
            Optional.of(new Memory(MemoryKind.REGISTER_FILE, 3_072, 256, given(3_200, 1_680))),
            new Tile.Units(
                DigitalUnit.none(),
                new DigitalUnit(2, given(300, 260)),
                new DigitalUnit(1, given(240, 400)),
                new DigitalUnit(1, given(60, 50)),
                DigitalUnit.none()));
    ProcessingElement pe =
        new ProcessingElement(
            12,
            new Input(Input.Encoding.BIT_SERIAL, 1, given(0.166, 3.90625)),
            new DigitalUnit(1, given(0.039, 0.0097)),
            new Readout(
                ReadoutKind.SAR,
                8,
                Readout.Range.FULL,
                columnsPerAdc,
                given(1_200, 2_000, 1 / 1.28)),
            new ProcessingElement.ShiftAdd(OptionalInt.of(4), given(60, 50)),
            Optional.of(new Memory(MemoryKind.REGISTER_FILE, 2_048, 128, given(2_100, 1_240))),
            Optional.of(new Memory(MemoryKind.REGISTER_FILE, 256, 128, given(770, 230))));
    Device redox = Designs.REDOX;
    Device device =
        new Device(
            "redox-generic",
            redox.family(),
            new ConductanceWindow(0.5, 500, 16),
            redox.write(),
            redox.statistics(),
            redox.limits(),
            redox.cellArea_F2(),
            "test");
    Chip chip =
        new Chip(
            new Technology(32, 0.9, Flavour.HIGH_PERFORMANCE, 300),
            OptionalDouble.of(1.2),
            tile,
            pe,
            new Crossbar(
                8,
                128,
                128,
                128,
                new WeightEncoding(Encoding.OFFSET, true, false, false),
                given(25, 300, 100)),
            new Cell(device, Access.ONE_TRANSISTOR, 2, 0.25, false),
            new Uncore(
                new Interconnect(Topology.CONCENTRATED_MESH, 32, 4, given(151_000, 42_000)),
                Optional.empty(),
                Optional.of(new Io(Io.IoKind.HYPER_TRANSPORT, 4, 6.4, given(5_720_000, 2_600_000))),
                0.06,
                0.2));
    return new Design(
        chip,
        List.of(),
        new MappingOptions(
            MappingOptions.Schedule.PIPELINED,
            0,
            MappingOptions.Overflow.INFEASIBLE,
            MappingOptions.Packing.ONE_GROUP),
        new Operation(300, 86_400, 86_400),
        16,
        16);
  }

  private static CostTree child(CostTree tree, String name) {
    return tree.parts().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertWithin(double expected, double actual, String what) {
    assertEquals(expected, actual, 0.01 * expected, what);
  }

  @Test
  void theChipClosesOnItsPublishedFigures() {
    Evaluation evaluation = new Evaluator().evaluate(isaac(128));
    Totals totals = evaluation.totals();
    assertWithin(85.4, totals.value(Metric.AREA), "area");
    assertWithin(65.8, totals.value(Metric.PEAK_POWER), "power");
    assertWithin(41.29, totals.value(Metric.PEAK_TOPS), "TOPS");
    assertWithin(0.6275, totals.value(Metric.PEAK_TOPS_PER_W), "TOPS/W");
    assertWithin(0.4835, totals.value(Metric.PEAK_TOPS_PER_MM2), "TOPS/mm2");
    assertWithin(10_570, totals.value(Metric.PEAK_TOPS) * 16 * 16, "1-bit equivalent");
    assertWithin(1.23, totals.value(Metric.IDEAL_TOPS_PER_W), "ideal TOPS/W");
    assertWithin(0.625, totals.value(Metric.IDEAL_TOPS_PER_MM2), "ideal TOPS/mm2");
    assertEquals(totals.value(Metric.PEAK_TOPS), totals.value(Metric.TOPS));
    assertEquals(16_128, totals.value(Metric.CROSSBARS));
    assertTrue(totals.isFeasible());
  }

  @Test
  void tileAndPeCloseOnTheirParts() {
    CostTree power = Explanation.of(isaac(128)).power();
    CostTree tile = child(power, "tile");
    assertWithin(330e3, tile.value() / 168, "tile power");
    assertWithin(24.08e3, child(tile, "PE").value() / (168 * 12), "PE power");
    assertWithin(10.4e6, child(power, "io").value(), "links");
    CostTree area = Explanation.of(isaac(128)).area();
    CostTree tileArea = child(area, "tile");
    assertWithin(0.372e6, tileArea.value() / 168, "tile area");
    assertWithin(0.01312e6, child(tileArea, "PE").value() / (168 * 12), "PE area");
  }

  @Test
  void twiceTheConvertersDoubleThePeakAndAddTheirArea() {
    Totals one = new Totals();
    Totals two = new Totals();
    Evaluator evaluator = new Evaluator();
    one = evaluator.totals(isaac(128));
    two = evaluator.totals(isaac(64));
    assertEquals(2 * one.value(Metric.PEAK_TOPS), two.value(Metric.PEAK_TOPS), 1e-9);
    double tile = (two.value(Metric.AREA) - one.value(Metric.AREA)) / 168;
    assertEquals(0.1152, tile, 1e-6);
  }
}
