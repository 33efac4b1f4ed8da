package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.OtherPart;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Circuits put together to PEs and tiles, by hand: how many of them, how long, how wide. */
class AssemblyByHandTest {

  private static Designs.Knobs withoutControl() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.controlArea = 0;
    knobs.controlEnergy = 0;
    return knobs;
  }

  private static Crossbar.WeightEncoding weights(
      Crossbar.Encoding encoding, OptionalInt combine, int carries, int references) {
    return new Crossbar.WeightEncoding(encoding, false, false, false, combine, carries, references);
  }

  private static final double ROOM_K = 300;
  private static final OptionalInt ONE = OptionalInt.of(1);
  private static final OptionalInt ALL = OptionalInt.empty();

  @Test
  void aColumnMoreThanConvertersServeNeedsOneMoreAndReferencesAreColumns() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.columns = 96;
    assertEquals(8 * 3, knobs.prices().instances(Part.READOUT));
    knobs.weights = weights(Crossbar.Encoding.OFFSET, ONE, 0, 1);
    assertEquals(8 * 4, knobs.prices().instances(Part.READOUT));
    assertEquals(8 * 97, knobs.prices().instances(Part.FRONT_END));
    assertEquals(8 * 97, knobs.prices().instances(Part.SAMPLE_HOLD));
    knobs.weights = weights(Crossbar.Encoding.OFFSET, ONE, 0, 0);
    knobs.columns = 97;
    assertEquals(8 * 4, knobs.prices().instances(Part.READOUT));
  }

  /** Conversions of a converter in a pass: pass over conversion of a flash that samples. */
  private static double turns(Designs.Knobs knobs) {
    knobs.kind = ReadoutKind.FLASH;
    knobs.bits = 4;
    ChipPrices prices = knobs.prices();
    return prices.timing().pass().pass_ns() / prices.timing().pass().conversion_ns();
  }

  @Test
  void aPairOrTheCellsOfAWeightTakeOneConversion() {
    Designs.Knobs knobs = new Designs.Knobs();
    assertEquals(32, turns(knobs), 1e-9);
    knobs.weights = weights(Crossbar.Encoding.DIFFERENTIAL, ONE, 0, 0);
    assertEquals(16, turns(knobs), 1e-9);
    knobs.columnsPerAdc = 31;
    assertEquals(16, turns(knobs), 1e-9);
    // 8 bits in cells of 2: four columns a weight; four pairs of the 7 bits of a magnitude.
    knobs.columnsPerAdc = 30;
    knobs.weights = weights(Crossbar.Encoding.OFFSET, ALL, 0, 0);
    assertEquals(8, turns(knobs), 1e-9);
    knobs.weights = weights(Crossbar.Encoding.DIFFERENTIAL, ALL, 0, 0);
    assertEquals(4, turns(knobs), 1e-9);
    // Seven columns of carries beside them: 30 columns hold three words.
    knobs.weights = weights(Crossbar.Encoding.OFFSET, ALL, 7, 0);
    assertEquals(3, turns(knobs), 1e-9);
    // A converter serves at least the columns of one sum: 128 columns, 12 sums of 11.
    knobs.columnsPerAdc = 1;
    assertEquals(1, turns(knobs), 1e-9);
    assertEquals(8 * 12, knobs.prices().instances(Part.READOUT));
  }

  /** 1, 2 and 4 converters of a crossbar pay a whole, a half and a quarter of its ramp each. */
  @Test
  void theConvertersOfACrossbarShareItsRamp() {
    double alone_fJ = ramp_fJ(32);
    double half_fJ = ramp_fJ(64);
    double quarter_fJ = ramp_fJ(128);
    assertTrue(alone_fJ > half_fJ);
    assertEquals(2, (alone_fJ - half_fJ) / (half_fJ - quarter_fJ), 1e-6);
    // A converter for one column is one of them.
    assertEquals(quarter_fJ, ramp_fJ(97), 1e-9);
    assertEquals(half_fJ, ramp_fJ(33), 1e-9);
  }

  private static double ramp_fJ(int columns) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.RAMP;
    knobs.columns = columns;
    return knobs.prices().energy_fJ(Action.CONVERSION);
  }

  /** Side of the square of all parts of a tile of eight PEs but wires over it. */
  static double side_um(ChipPrices prices) {
    double tile_um2 = 0;
    for (Part part : Part.values()) {
      double all_um2 = prices.instances(part) * prices.area_um2(part);
      boolean isWire = part == Part.BUS || part == Part.INTERCONNECT || part == Part.LINKS;
      if (part.level() == Part.Level.PE) {
        tile_um2 += 8 * all_um2;
      } else if (part.level() == Part.Level.TILE && !isWire) {
        tile_um2 += all_um2;
      }
    }
    return Math.sqrt(tile_um2);
  }

  @Test
  void aBusIsAsLongAsTheSideOfItsTile() {
    ChipPrices prices = withoutControl().prices();
    double side_um = side_um(prices);
    // A quarter of the bits switches 1.4 x 0.2 fF/um at 0.9 V; 256 wires at a pitch of 12 F.
    assertEquals(0.25 * 1.4 * 0.2 * 0.81 * side_um, prices.energy_fJ(Action.BUS_BIT), 1e-9);
    assertEquals(256 * 12 * 0.032 * side_um, prices.area_um2(Part.BUS), 1e-6);
  }

  @Test
  void aCellIsVerifiedByTheConvertersOfItsSet() {
    Designs.Knobs knobs = new Designs.Knobs();
    double all_ns = knobs.prices().programming().timePerCellGroup_ns();
    knobs.working = 2;
    assertEquals(all_ns, knobs.prices().programming().timePerCellGroup_ns(), 1e-9);
  }

  @Test
  void aCellThatNothingHoldsConductsWhileItsVerificationIsConverted() {
    Designs.Knobs knobs = withoutControl();
    knobs.sampleHold = false;
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 4;
    ChipPrices prices = knobs.prices();
    double read_ns =
        prices.timing().pass().settle_ns()
            + prices.timing().pass().integrate_ns()
            + prices.timing().pass().conversion_ns();
    // The same power as in a pass.
    double cell_uW = prices.energy_fJ(Action.CELL_READ) / prices.timing().pass().conduct_ns();
    double verify_fJ =
        cell_uW * read_ns
            + prices.energy_fJ(Action.CONVERSION)
            + prices.energy_fJ(Action.CONVERTER_BIAS);
    double line_fF = prices.electrics().bitline_fF() + prices.electrics().wordline_fF() / 20;
    double pulse_fJ = (1.75 * 100 * 1000 + line_fF * 1.75 * 1.75) / 0.4;
    assertEquals(8 * (pulse_fJ + verify_fJ), prices.programming().energyPerCell_fJ(), 1e-3);
    // A pulse by itself verifies nothing.
    assertEquals(pulse_fJ, prices.energy_fJ(Action.CELL_PULSE), 1e-6);
    assertEquals(pulse_fJ, prices.programming().pulseEnergy_fJ(), 1e-6);
  }

  @Test
  void sumsAreAsWideAsTheProductsOfTheirRows() {
    Designs.Knobs knobs = withoutControl();
    double adder_um2 = 13.8 * process(knobs).gate_um2();
    double adder_fJ = 6 * process(knobs).gate_fJ();
    // 100 rows of 8 x 8 bits: 8 + 8 + 7; 64 rows have 6.
    knobs.rowsActive = 100;
    assertEquals(23 * adder_um2, knobs.prices().area_um2(Part.TILE_SHIFT_ADD), 1e-9);
    assertEquals(23 * adder_fJ, knobs.prices().energy_fJ(Action.ADD), 1e-9);
    knobs.rowsActive = 64;
    assertEquals(22 * adder_um2, knobs.prices().area_um2(Part.TILE_SHIFT_ADD), 1e-9);
    knobs.weightBits = 4;
    assertEquals(18 * adder_um2, knobs.prices().area_um2(Part.TILE_SHIFT_ADD), 1e-9);
    // Trees over words of 8 and of 6 bits, one input bit after another.
    knobs.compute = new Compute(Compute.Kind.DIGITAL, 0, 1, OptionalDouble.empty());
    knobs.kind = ReadoutKind.ADDER_TREE;
    knobs.weights = weights(Crossbar.Encoding.OFFSET, ALL, 0, 0);
    knobs.rowsActive = 128;
    knobs.weightBits = 8;
    assertEquals(23 * adder_um2, knobs.prices().area_um2(Part.SHIFT_ADD), 1e-9);
    knobs.weightBits = 6;
    assertEquals(21 * adder_um2, knobs.prices().area_um2(Part.SHIFT_ADD), 1e-9);
    // 128 x 63 x 255 = 2,056,320 has 21 bits, however many of them come at once.
    for (int sideBySide : new int[] {2, 3, 4, 8}) {
      knobs.input = bitSerial(sideBySide);
      assertEquals(21 * adder_um2, knobs.prices().area_um2(Part.SHIFT_ADD), 1e-9);
    }
    // Groups of 32 rows are added up in it to the sum of 128.
    knobs.rowsActive = 32;
    assertEquals(21 * adder_um2, knobs.prices().area_um2(Part.SHIFT_ADD), 1e-9);
    // Two lines for an input of one bit: codes of 6 + 2 - 1 + 7 bits, sums of 128 x 63 have 13.
    knobs.rowsActive = 128;
    knobs.inputBits = 1;
    knobs.input = bitSerial(2);
    assertEquals(14 * adder_um2, knobs.prices().area_um2(Part.SHIFT_ADD), 1e-9);
    knobs.input = bitSerial(3);
    assertEquals(15 * adder_um2, knobs.prices().area_um2(Part.SHIFT_ADD), 1e-9);
  }

  private static Input bitSerial(int bitsPerPulse) {
    return new Input(Input.Encoding.BIT_SERIAL, bitsPerPulse, ComponentModel.standard());
  }

  private static Process process(Designs.Knobs knobs) {
    return Process.of(knobs.technology);
  }

  @Test
  void halfSelectedCellsConductWhileTheirColumnsFloat() {
    Designs.Knobs knobs = withoutControl();
    knobs.sampleHold = false;
    knobs.rowsActive = 32;
    // 31 of 32 columns of a converter float: 124. Half of the active rows drive the others of 128:
    // 20.5 uS x 16 x 112 / 128 = 287 uS at 0.2 V from 0.9 V, 32 times as long as a column is read.
    for (Access access : Access.values()) {
      double passed =
          switch (access) {
            case ONE_TRANSISTOR -> 0;
            case ONE_SELECTOR -> 0.01;
            case PASSIVE -> 1;
          };
      knobs.access = access;
      ChipPrices prices = knobs.prices();
      double path_fJ = 287 * 0.2 * 0.9 * 32 * prices.timing().pass().conduct_ns();
      assertEquals(
          passed * 124 * path_fJ,
          prices.energy_fJ(Action.ARRAY_PASS),
          1e-9 * path_fJ,
          access.toString());
    }
    // Sampled columns are read together, so that none floats.
    knobs.access = Access.PASSIVE;
    knobs.sampleHold = true;
    assertEquals(0, knobs.prices().energy_fJ(Action.ARRAY_PASS));
  }

  /** 0.55 V less 0.2 V and two overdrives leave 50 of 100 mV: half of the signal's deviation. */
  @Test
  void headroomThatIsMissingIsNoise() {
    Designs.Knobs knobs = new Designs.Knobs();
    assertEquals(0, noise_steps2(knobs, "headroom"));
    knobs.technology =
        new Technology(knobs.technology.node_nm(), 0.55, knobs.technology.flavour(), ROOM_K);
    // 256 codes are five deviations.
    assertEquals(0.05, knobs.prices().missingHeadroom_V(), 1e-9);
    assertEquals(0.25 * 51.2 * 51.2, noise_steps2(knobs, "headroom"), 1e-6);
  }

  private static double noise_steps2(Designs.Knobs knobs, String cause) {
    return knobs.prices().readoutNoise().stream()
        .filter(term -> term.name().equals(cause))
        .mapToDouble(NoiseTerm::steps2)
        .sum();
  }

  @Test
  void aDigitThatIsNotZeroTakesFourOfSevenPulsesOnAverage() {
    Designs.Knobs knobs = withoutControl();
    knobs.inputBits = 6;
    double one_fJ = knobs.prices().energy_fJ(Action.ROW_PULSE);
    knobs.input =
        new Input(
            Input.Encoding.PULSE_COUNT,
            OptionalInt.of(3),
            Input.Sign.SECOND_PASS,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    // (1 + 2 + .. + 7) / 7.
    assertEquals(4 * one_fJ, knobs.prices().energy_fJ(Action.ROW_PULSE), 1e-9);
  }

  @Test
  void partsWithoutAWordAreChargedByTheirCountAndTheirShareOfPasses() {
    Designs.Knobs knobs = new Designs.Knobs();
    Chip chip = knobs.design().chip();
    // 32 nm and 0.9 V. Three of 10 um2 and 64 uW, two of 5 um2, 7 fJ a pass.
    ComponentModel.Given rated = given(10, 64, Map.of());
    ComponentModel.Given stated = given(5, 0, Map.of("pass", 7.0));
    List<OtherPart> parts =
        List.of(
            new OtherPart("first", 3, OtherPart.Scaling.LOGIC, rated),
            new OtherPart("second", 2, OtherPart.Scaling.LOGIC, stated));
    Tile tile = chip.tile();
    Tile more =
        new Tile(
            tile.count(), tile.buffer(), tile.bus(), tile.outputRegister(), tile.units(), parts);
    Chip with =
        new Chip(
            chip.technology(),
            chip.clock_GHz(),
            more,
            chip.pe(),
            chip.crossbar(),
            chip.cell(),
            chip.uncore());
    ChipPrices prices = Prices.of(Designs.of(with, 8, 8));
    assertEquals(1, prices.instances(Part.TILE_OTHERS));
    assertEquals(3 * 10 + 2 * 5, prices.area_um2(Part.TILE_OTHERS), 1e-9);
    assertEquals(0, prices.static_uW(Part.TILE_OTHERS));
    // 64 crossbars of a tile share its power for a pass each.
    double pass_ns = prices.timing().pass().pass_ns();
    assertEquals(3 * pass_ns + 2 * 7, prices.passEnergy_fJ(Part.TILE_OTHERS), 1e-9);
  }

  /** Bias of a driver and wires of a hop are no energies of their own beside a given one. */
  @Test
  void aGivenEnergyHoldsTheBiasAndTheWiresOfItsAction() {
    Designs.Knobs knobs = withoutControl();
    knobs.input = new Input(Input.Encoding.AMPLITUDE, 4, ComponentModel.standard());
    knobs.fabric = new Interconnect(Topology.H_TREE, 64, 1, ComponentModel.standard());
    assertTrue(knobs.prices().energy_fJ(Action.ROW_BIAS) > 0);
    assertTrue(knobs.prices().energy_fJ(Action.PITCH_BIT) > 0);
    knobs.input =
        new Input(Input.Encoding.AMPLITUDE, 4, given(0, 0, Map.of(Action.ROW_PULSE.word(), 5.0)));
    knobs.fabric =
        new Interconnect(Topology.H_TREE, 64, 1, given(0, 0, Map.of(Action.HOP_BIT.word(), 7.0)));
    ChipPrices prices = knobs.prices();
    assertEquals(5, prices.energy_fJ(Action.ROW_PULSE), 1e-9);
    assertEquals(0, prices.energy_fJ(Action.ROW_BIAS));
    assertEquals(7, prices.energy_fJ(Action.HOP_BIT), 1e-9);
    assertEquals(0, prices.energy_fJ(Action.PITCH_BIT));
  }

  @Test
  void aTileWithoutABufferHasNothingThatABusConnects() {
    Designs.Knobs knobs = new Designs.Knobs();
    assertEquals(1, knobs.prices().instances(Part.BUS));
    knobs.buffer = Optional.empty();
    assertEquals(0, knobs.prices().instances(Part.BUS));
    assertEquals(0, knobs.prices().energy_fJ(Action.BUS_BIT));
  }

  private static ComponentModel.Given given(
      double area_um2, double power_uW, Map<String, Double> energy_fJ) {
    return (ComponentModel.Given)
        Designs.given(area_um2, power_uW, energy_fJ, 0, "ours.yaml:3", 32, 0.9);
  }

  @Test
  void switchedFabricsHaveTheRoutersAndWiresOfTheirTopology() {
    // Router of 32 bits and four ports: 47,000 um2 and 126 fJ a bit, with ports to the powers of
    // 1.3 and 0.67. In sides of a tile: length of a link, and wire laid a tile.
    assertRouter(Topology.MESH, 5, 1, 4);
    assertRouter(Topology.RING, 3, 1, 2);
    assertRouter(Topology.TORUS, 5, 2, 8);
    // Four tiles share a router with a port each; its links are two sides long.
    assertRouter(Topology.CONCENTRATED_MESH, 8, 2, 8);
  }

  private static void assertRouter(Topology kind, int ports, double length, double laid) {
    Designs.Knobs knobs = withoutControl();
    knobs.fabric = new Interconnect(kind, 64, 4, ComponentModel.standard());
    ChipPrices prices = knobs.prices();
    double side_um = side_um(prices);
    double router_um2 = 2 * 47_000 * Math.pow(ports / 4.0, 1.3);
    double router_fJ = 126 * Math.pow(ports / 4.0, 0.67);
    assertEquals(
        router_um2 + 64 * 12 * 0.032 * laid * side_um,
        prices.area_um2(Part.INTERCONNECT),
        1e-3,
        kind.word());
    assertEquals(
        router_fJ + 0.0567 * length * side_um, prices.energy_fJ(Action.HOP_BIT), 1e-6, kind.word());
  }

  @Test
  void treesAndBusesArePricedByPitch() {
    Designs.Knobs knobs = withoutControl();
    knobs.fabric = new Interconnect(Topology.H_TREE, 64, 1, ComponentModel.standard());
    ChipPrices tree = knobs.prices();
    double side_um = side_um(tree);
    assertEquals(0, tree.energy_fJ(Action.HOP_BIT));
    assertEquals(0.0567 * side_um, tree.energy_fJ(Action.PITCH_BIT), 1e-6);
    assertEquals(64 * 12 * 0.032 * 2 * side_um, tree.area_um2(Part.INTERCONNECT), 1e-6);
    assertEquals(0, tree.instances(Part.LINKS));
    knobs.fabric = new Interconnect(Topology.BUS, 64, 1, ComponentModel.standard());
    assertEquals(0.0567 * side_um, knobs.prices().energy_fJ(Action.PITCH_BIT), 1e-6);
    // A router of five ports, and wires as wide as a leaf's link.
    knobs.fabric =
        new Interconnect(
            Topology.FAT_TREE, 64, new Interconnect.Tree(4, 2), ComponentModel.standard());
    ChipPrices fat = knobs.prices();
    assertEquals(126 * Math.pow(1.25, 0.67), fat.energy_fJ(Action.HOP_BIT), 1e-6);
    assertEquals(0.0567 * side_um, fat.energy_fJ(Action.PITCH_BIT), 1e-6);
    assertEquals(2 * 47_000 * Math.pow(1.25, 1.3), fat.area_um2(Part.INTERCONNECT), 1e-3);
    assertEquals(64 * 12 * 0.032 * side_um, fat.area_um2(Part.LINKS), 1e-6);
    assertEquals(1, fat.instances(Part.LINKS));
  }
}
