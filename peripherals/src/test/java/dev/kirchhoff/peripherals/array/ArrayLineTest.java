package dev.kirchhoff.peripherals.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.device.Provenance;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines of arrays: their width, and resistance and capacitance that follow from it. */
class ArrayLineTest {
  private static final double[] NODE_NM = {130, 90, 65, 45, 32, 22, 14, 10, 7};

  /** Cells of an array at a node, of two terminals where no transistor selects them. */
  private static CellArray array(double node_nm, Access access, OptionalDouble width_um) {
    return array("physical-array", node_nm, access, width_um);
  }

  private static CellArray array(
      String circuit, double node_nm, Access access, OptionalDouble width_um) {
    Random random = new Random(5);
    ArrayCells cells = RandomCells.of(random);
    while (!cells.cell().device().family().isTwoTerminal()
        || cells.cell().device().givenCellArea_F2().isPresent()) {
      cells = RandomCells.of(random);
    }
    Crossbar plain = cells.crossbar();
    Crossbar crossbar =
        new Crossbar(
            plain.perPe(),
            plain.working(),
            plain.rows(),
            plain.columns(),
            plain.rowsActive(),
            plain.weights(),
            new Crossbar.Wires(OptionalDouble.empty(), OptionalDouble.empty(), width_um),
            plain.model(),
            plain.compute());
    Technology technology = Technology.nominal(node_nm, Flavour.LOW_POWER, 300);
    Cell cell = new Cell(cells.cell().device(), access, 1, cells.cell().readVoltage_V(), true);
    return CellArray.of(
        Circuits.CATALOGUE,
        circuit,
        new ArrayCells(Process.of(technology), crossbar, cell, false, false, 0));
  }

  /** Lines of the node's least width, as where cells stand at their crossings. */
  @Test
  void resistanceIsWithinAFifthOfTheMeasuredTool() {
    double[] ohmPerUm = {0.449, 1.302, 1.43, 3.042, 6.555, 13.26, 40.64, 97.99, 97.99};
    for (int i = 0; i < NODE_NM.length; i++) {
      CellArray crossings = array(NODE_NM[i], Access.PASSIVE, OptionalDouble.empty());
      double found = crossings.bitlineSegment_ohm() / crossings.pitch_um();
      assertEquals(ohmPerUm[i], found, 0.2 * ohmPerUm[i], NODE_NM[i] + " nm");
      assertEquals(crossings.bitlineSegment_ohm(), crossings.wordlineSegment_ohm());
    }
  }

  /** The published form has its least capacitance between the narrowest and the widest line. */
  @Test
  void aWiderLineHasLessResistanceAndNoWidthBeyondTheRulesIsDrawn() {
    CellArray half = array(32, Access.ONE_TRANSISTOR, OptionalDouble.empty());
    double pitch_um = half.pitch_um();
    assertTrue(pitch_um > 3 * 0.056, "a cell with room: " + pitch_um);
    double last_ohm = Double.POSITIVE_INFINITY;
    for (double width_um = 0.056; width_um <= pitch_um - 0.056; width_um += 0.01) {
      CellArray array = array(32, Access.ONE_TRANSISTOR, OptionalDouble.of(width_um));
      assertEquals(0, array.excessWidth_um(), 1e-12, width_um + " um");
      assertTrue(array.bitlineSegment_ohm() < last_ohm, width_um + " um");
      last_ohm = array.bitlineSegment_ohm();
    }
    CellArray same = array(32, Access.ONE_TRANSISTOR, OptionalDouble.of(pitch_um / 2));
    assertEquals(half.bitlineSegment_ohm(), same.bitlineSegment_ohm(), 1e-12);
    assertEquals(half.bitline_fF(), same.bitline_fF(), 1e-12);
    CellArray widest = array(32, Access.ONE_TRANSISTOR, OptionalDouble.of(pitch_um - 0.056));
    assertTrue(widest.bitline_fF() > half.bitline_fF(), "neighbours are near");
    CellArray wide = array(32, Access.ONE_TRANSISTOR, OptionalDouble.of(pitch_um));
    assertEquals(0.056, wide.excessWidth_um(), 1e-9);
    assertEquals(widest.bitlineSegment_ohm(), wide.bitlineSegment_ohm(), 1e-9);
    CellArray narrow = array(32, Access.ONE_TRANSISTOR, OptionalDouble.of(0.04));
    assertEquals(0.016, narrow.excessWidth_um(), 1e-9);
  }

  /** One rule for every array whose lines carry current. */
  @Test
  void aStatedWidthCountsInBitlineArraysToo() {
    String circuit = "sram-bitline-array";
    CellArray half = array(circuit, 32, Access.ONE_TRANSISTOR, OptionalDouble.empty());
    double pitch_um = half.pitch_um();
    CellArray wider = array(circuit, 32, Access.ONE_TRANSISTOR, OptionalDouble.of(0.6 * pitch_um));
    assertTrue(wider.wordlineSegment_ohm() < half.wordlineSegment_ohm());
    CellArray wide = array(circuit, 32, Access.ONE_TRANSISTOR, OptionalDouble.of(pitch_um));
    assertEquals(0.056, wide.excessWidth_um(), 1e-9);
  }

  /** Stated cells of 4 and 9 squares of 32 nm: pitches below twice the least width of 56 nm. */
  @Test
  void aLineWithoutRoomForItsSpaceHasTheCapacitanceOfTheNodesOwnWire() {
    Random random = new Random(5);
    ArrayCells cells = RandomCells.of(random);
    Process process = Process.of(Technology.nominal(32, Flavour.LOW_POWER, 300));
    Crossbar crossbar = cells.crossbar().with(Crossbar.Wires.OF_PITCH);
    for (double side_um : new double[] {2 * 0.032, 3 * 0.032}) {
      double area_F2 = Math.pow(side_um / 0.032, 2);
      Cell cell =
          new Cell(
              cells
                  .cell()
                  .device()
                  .withCellArea(area_F2, new Provenance.Statement(Origin.GIVEN, "test")),
              Access.PASSIVE,
              1,
              0.2,
              false);
      CellArray array =
          CellArray.of(
              Circuits.CATALOGUE,
              "physical-array",
              new ArrayCells(process, crossbar, cell, false, false, 0));
      assertEquals(side_um, array.pitch_um(), 1e-12);
      assertEquals(Process.WIRE_FF_PER_UM * side_um * crossbar.rows(), array.bitline_fF(), 1e-9);
    }
  }
}
