package dev.kirchhoff.peripherals;

import static dev.kirchhoff.peripherals.memory.MemorySize.ACCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.Fabrics;
import dev.kirchhoff.peripherals.link.HopTime;
import dev.kirchhoff.peripherals.link.TileLinks.Wires;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.memory.Memories;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.PulseTrain;
import dev.kirchhoff.peripherals.readout.Readouts;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Times of converters, memories, links, gates and writes, by hand: no energy shows a wrong one. */
class TimesByHandTest {
  private static final Process NM14 = process(14, 0.8);
  private static final Process NM28 = process(28, 0.9);
  private static final Process NM65 = process(65, 1.1);

  private static Process process(double node_nm, double supply_V) {
    return StatedProcess.of(new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300));
  }

  private static SheetCircuit wires(Process process, int width, double length_um, double laid_um) {
    return new Wiring(process, width, length_um, laid_um).repeated(Circuits.CATALOGUE);
  }

  @Test
  void convertersThatSetTheirOwnTimeTakeFanoutsOfFour() {
    // FO4 0.45 ps a nanometre: 12.6 ps at 28 nm, 29.25 ps at 65 nm; 40 of them a bit of a SAR and
    // one
    // bit more for the sample.
    assertEquals(0.0126, NM28.fo4_ns(), 1e-12);
    assertEquals(
        5 * 40 * 0.0126,
        Readouts.sar(NM28, signal(NM28, 4), OptionalDouble.empty()).time_ns(),
        1e-12);
    assertEquals(
        9 * 40 * 0.02925,
        Readouts.sar(NM65, signal(NM65, 8), OptionalDouble.empty()).time_ns(),
        1e-12);
    // With the supply V / (V - 0.35 V)^1.3: at 0.7 V 0.7 / 0.35^1.3 = 2.7403 against 0.9 / 0.55^1.3
    // =
    // 1.9578.
    Process low = process(28, 0.7);
    assertEquals(
        5 * 40 * 0.0126 * 1.39971,
        Readouts.sar(low, signal(low, 4), OptionalDouble.empty()).time_ns(),
        1e-4);
    assertEquals(
        16 * 16 * 0.0126,
        Readouts.ramp(NM28, signal(NM28, 4), 8, OptionalDouble.empty()).time_ns(),
        1e-12);
  }

  @Test
  void flashRampAndSenseAmplifierTakeTheTimeThatTheyAreGiven() {
    // Then 3 and 11 adders of 3.3 FO4: 12.6 ps and 29.25 ps.
    assertEquals(
        1.25 + 3 * 3.3 * 0.0126, Readouts.flash(NM28, signal(NM28, 3), 1.25).time_ns(), 1e-12);
    assertEquals(
        1.25 + 11 * 3.3 * 0.02925, Readouts.flash(NM65, signal(NM65, 7), 1.25).time_ns(), 1e-12);
    assertEquals(2.5, Readouts.sar(NM28, signal(NM28, 4), OptionalDouble.of(2.5)).time_ns(), 1e-12);
    // 64 steps of 0.5 ns, whoever shares the ramp.
    assertEquals(
        32, Readouts.ramp(NM28, signal(NM28, 6), 1, OptionalDouble.of(0.5)).time_ns(), 1e-12);
    assertEquals(
        32, Readouts.ramp(NM65, signal(NM65, 6), 128, OptionalDouble.of(0.5)).time_ns(), 1e-12);
    // A decision a bit; pulses are before it.
    assertEquals(
        4 * 0.8,
        Readouts.senseAmplifier(NM28, signal(NM28, 4), 50, OptionalDouble.of(0.8)).time_ns(),
        1e-12);
  }

  @Test
  void countingReadoutsStepWithTheNode() {
    // 48 FO4 a count, 16 a spike: 12.6 ps at 28 nm, 6.3 ps at 14 nm; 256 of them, then two.
    for (Process process : new Process[] {NM28, NM14}) {
      double fo4_ns = 0.45e-3 * process.node_nm();
      Signal signal = signal(process, 8);
      assertCounts(
          48 * fo4_ns,
          Readouts.oscillator(process, signal, PulseTrain.ONE, 1, OptionalDouble.empty()));
      assertCounts(
          16 * fo4_ns,
          Readouts.integrateFire(process, signal, PulseTrain.ONE, 1, OptionalDouble.empty()));
      assertCounts(
          0.25, Readouts.oscillator(process, signal, PulseTrain.ONE, 1, OptionalDouble.of(0.25)));
      assertCounts(
          0.25,
          Readouts.integrateFire(process, signal, PulseTrain.ONE, 1, OptionalDouble.of(0.25)));
    }
    // A delay line of 5 FO4 a tap, 146.25 ps at 65 nm: twice 256 taps are 74.88 ns, the pulses
    // before it.
    Converter line =
        Readouts.timeToDigital(NM65, signal(NM65, 8), PulseTrain.ONE, 1, OptionalDouble.empty());
    assertEquals(74.88, line.time_ns(), 1e-9);
    assertEquals(1, line.integrate_ns(1), 0);
    assertEquals(20, line.integrate_ns(20), 0);
  }

  private static void assertCounts(double step_ns, Converter converter) {
    assertEquals(2 * step_ns, converter.time_ns(), 1e-9);
    assertEquals(256 * step_ns, converter.integrate_ns(1), 1e-9);
  }

  private static Signal signal(Process process, int bits) {
    ColumnLoad load = new ColumnLoad(8, 8, 40, 20, 0.2);
    return Signal.ofCurrent(
        Circuits.CATALOGUE, process, load, bits, OptionalDouble.of(1), false, 300);
  }

  @Test
  void aNeuronDecrementsOnceABitAndOnceMore() {
    // 270 ns an integration, 300 ns a decrement, at every node: 1 integration, 5 + 1 decrements.
    Converter neuron =
        Readouts.chargeDecrement(
            NM28,
            Signal.ofVoltage(Circuits.CATALOGUE, NM28, 5, 1, 300),
            PulseTrain.ONE,
            OptionalDouble.empty());
    assertEquals(270, neuron.integrate_ns(0), 1e-9);
    Converter slow =
        Readouts.chargeDecrement(
            NM28,
            Signal.ofVoltage(Circuits.CATALOGUE, NM28, 5, 1, 300),
            PulseTrain.ONE,
            500,
            OptionalDouble.empty());
    assertEquals(500, slow.integrate_ns(500), 1e-9);
    assertEquals(1800, neuron.time_ns(), 1e-9);
    Converter stated =
        Readouts.chargeDecrement(
            NM28,
            Signal.ofVoltage(Circuits.CATALOGUE, NM28, 5, 1, 300),
            PulseTrain.ONE,
            OptionalDouble.of(40));
    assertEquals(40, stated.integrate_ns(0), 1e-9);
    assertEquals(240, stated.time_ns(), 1e-9);
  }

  @Test
  void publishedConvertersTakeThePublishedTimeAtEveryNode() {
    // ISAAC: 1.28 GS/s at 8 bits, in proportion to bits.
    assertEquals(0.78125, Readouts.isaac(NM28, 8).time_ns(), 1e-12);
    assertEquals(0.390625, Readouts.isaac(NM65, 4).time_ns(), 1e-12);
    assertEquals(7.5, Readouts.survey(NM28, 8, 7.5).time_ns(), 0);
    double[] rates_GHz = {1.2, 1, 1.1, 1.5, 1.28, 1.2, 2.1, 1 / 42.7};
    List<CircuitFile> published = CircuitLibraryTest.published();
    for (int i = 0; i < rates_GHz.length; i++) {
      CircuitFile data = published.get(i);
      double time_ns = Readouts.model(data.name(), NM65, 8).time_ns();
      assertEquals(1 / rates_GHz[i], time_ns, 1e-9, data.name());
    }
    assertEquals(rates_GHz.length, published.size());
  }

  @Test
  void memoriesAreAccessedOnceACycleAndEmbeddedDramEveryTwoNanoseconds() {
    assertEquals(2, Memories.edram(NM28, 65536, 256, 0.5).time_ns(ACCESS), 0);
    assertEquals(4, Memories.edram(NM28, 65536, 256, 4).time_ns(ACCESS), 0);
    assertEquals(0.5, Memories.sram(NM28, 65536, 256, 2, 0.5).time_ns(ACCESS), 0);
    assertEquals(0.5, Memories.registers(NM28, 64, 8, 1, 0.5).time_ns(ACCESS), 0);
  }

  @Test
  void hopsAreWholeCyclesButOfACircuit() {
    // 0.35 ns/mm: 3 mm are 1.05 ns.
    SheetCircuit wires = wires(NM28, 64, 3000, 6000);
    assertEquals(1.05, wires.time_ns(Wiring.DELAY), 1e-12);

    // Two cycles in a router, the wire in whole cycles: 2 + 2 of 1 ns, 2 + 5 of 0.25 ns.
    Wires links = Wires.alike(3000, 6000);
    HopTime router = Fabrics.router(NM28, 5, 64, links, 1).hop();
    assertEquals(4, router.over_ns(0), 1e-12);
    HopTime quick = Fabrics.router(NM28, 5, 64, links, 0.25).hop();
    assertEquals(7 * 0.25, quick.over_ns(0), 1e-12);
    // The delay of a common link, where links differ.
    Wires torus = new Wires(3000, 6000, 0.6 / 0.35e-3);
    assertEquals(3, Fabrics.router(NM28, 5, 64, torus, 1).hop().over_ns(0), 1e-12);
    assertFalse(router.isHeld());

    // At least a cycle, and 1.05 ns a pitch.
    HopTime tree = Fabrics.tree(NM28, 64, 3000, 1).hop();
    assertEquals(1, Fabrics.tree(NM28, 64, 0, 1).hop().over_ns(1), 0);
    assertEquals(1, tree.over_ns(0.5), 1e-12);
    assertEquals(2, tree.over_ns(1), 1e-12);
    assertEquals(3, tree.over_ns(2), 1e-12);
    assertFalse(tree.isHeld());
    // Two whole cycles are two, of a tree and of a bus.
    double half_ns = wires.time_ns(Wiring.DELAY) / 2;
    assertEquals(2 * half_ns, Fabrics.tree(NM28, 64, 3000, half_ns).hop().over_ns(1), 0);
    assertEquals(2 * half_ns, Fabrics.bus(NM28, 64, 3000, half_ns).hop().over_ns(1), 0);

    // A bus is crossed whole before the next word.
    HopTime bus = Fabrics.bus(NM28, 64, 3000, 1).hop();
    assertEquals(1, Fabrics.bus(NM28, 64, 0, 1).hop().over_ns(8), 0);
    assertEquals(9, bus.over_ns(8), 1e-12);
    assertTrue(bus.isHeld());

    // Faster clocks take as many cycles as wires need: five of 0.25 ns.
    assertEquals(1.25, Fabrics.tree(NM28, 64, 3000, 0.25).hop().over_ns(1), 1e-12);
    assertEquals(1.25, Fabrics.bus(NM28, 64, 3000, 0.25).hop().over_ns(1), 1e-12);
    assertEquals(0.25, Fabrics.tree(NM28, 64, 0, 0.25).hop().over_ns(1), 1e-12);
    // A hop of a fat tree is its router and its segment, at least a cycle.
    HopTime fat = Fabrics.fatTree(NM28, 5, 64, 3000, 1).hop();
    assertEquals(4, fat.over_ns(1), 1e-12);
    assertEquals(3, fat.over_ns(0.5), 1e-12);

    // A switch of 60 ps and its segment; a word a cycle all the same.
    Fabric box = Fabrics.switchBox(NM28, 4, 64, links);
    assertEquals(0.06 + 1.05, box.hop().over_ns(0), 1e-12);
    assertFalse(box.hop().isHeld());
    assertEquals(8 * 4, box.configurationBits(), 0);
    assertEquals(2 * NM28.gate_fJ(), box.configuration_fJ(Account.CLOSED), 1e-12);
  }

  /**
   * Wires of exactly one, two and seven cycles take one, two and seven, also where the quotient is
   * rounded up; a thousandth of a pitch more takes a cycle more.
   */
  @Test
  void wiresOfWholeCyclesTakeNoCycleMore() {
    for (double pitch_um : new double[] {100, 137, 1000, 1033.3}) {
      SheetCircuit pitch = wires(NM28, 64, pitch_um, pitch_um);
      for (int pitches : new int[] {1, 3, 10, 23, 49}) {
        for (int cycles : new int[] {1, 2, 7}) {
          double cycle_ns = pitch.time_ns(Wiring.DELAY) * pitches / cycles;
          String what = pitches + " pitches of " + pitch_um + " um in " + cycles;
          HopTime tree = Fabrics.tree(NM28, 64, pitch_um, cycle_ns).hop();
          assertEquals(cycles, tree.over_ns(pitches) / cycle_ns, 1e-9, what);
          assertEquals(cycles + 1, tree.over_ns(pitches + 1e-3) / cycle_ns, 1e-9, what);
          HopTime bus = Fabrics.bus(NM28, 64, pitch_um, cycle_ns).hop();
          assertEquals(cycles, bus.over_ns(pitches) / cycle_ns, 1e-9, what);
          HopTime fat = Fabrics.fatTree(NM28, 5, 64, pitch_um, cycle_ns).hop();
          assertEquals(2 + cycles, fat.over_ns(pitches) / cycle_ns, 1e-9, what);
          Wires whole = Wires.alike(pitch_um * pitches, 0);
          HopTime router = Fabrics.router(NM28, 5, 64, whole, cycle_ns).hop();
          assertEquals(2 + cycles, router.over_ns(0) / cycle_ns, 1e-9, what);
        }
      }
    }
  }

  /** A stated time holds whatever the number of pitches; a factor moves all of a time. */
  @Test
  void statedAndFittedTimesOfAHop() {
    HopTime modelled = new HopTime(2, 0.3, 1, true);
    assertEquals(2 + 4, modelled.over_ns(11), 1e-12);
    assertEquals(5, modelled.stated(5).over_ns(11), 0);
    assertTrue(modelled.stated(5).isHeld());
    assertEquals(1.7 * 6, modelled.times(1.7).over_ns(11), 1e-12);
    assertEquals(3, HopTime.fixed(3).over_ns(11), 0);
    assertFalse(HopTime.fixed(3).isHeld());
  }

  @Test
  void gatesOfANodeFollowItsOnCurrent() {
    // V / I_on: 0.9 / 600 at 32 nm, 0.9 / 662.40 at 28 nm (between 792 and 600 on logarithms), 1.1
    // / 400 at 65 nm.
    assertEquals(0.0478, NM28.gate_ns(), 1e-12);
    assertEquals(0.0478 * 662.4007 / 600, process(32, 0.9).gate_ns(), 1e-8);
    assertEquals(0.0478 * (1.1 / 400) / (0.9 / 662.4007), NM65.gate_ns(), 1e-8);
    // Below its nominal supply V / (V - 0.35 V)^1.3: 1.9578 at 0.9 V, 1.5989 at 1.1 V.
    assertEquals(1.224503 * NM65.gate_ns(), process(65, 0.9).gate_ns(), 1e-6);
    assertEquals(1.1, NominalSupply.of(65, Flavour.LOW_POWER), 1e-12);
    // 0.7 / 0.35^1.3 against 0.9 / 0.55^1.3.
    assertEquals(1.39971, process(28, 0.7).gate_ns() / NM28.gate_ns(), 1e-5);
  }

  @Test
  void theFastestClockIsTwentyGates() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.clock_GHz = OptionalDouble.empty();
    knobs.technology = new Technology(28, 0.9, Flavour.LOW_POWER, 300);
    assertEquals(20 * 0.0478, knobs.prices().timing().pass().cycle_ns(), 1e-9);
    knobs.clock_GHz = OptionalDouble.of(0.4);
    assertEquals(2.5, knobs.prices().timing().pass().cycle_ns(), 1e-12);
  }

  /**
   * Time constant of the fastest cascode, whose amplifier has a gain of one at 1 / (2 FO4): of a
   * fast bitline (g_c + G) / g_c x 2 FO4, of a slow one √(2 C x 2 FO4 / g_c); g_c = 2 I / 0.15 V.
   */
  private static double cascode_ns(double mean_uA, double cells_uS, double bitline_fF) {
    double loop_ns = 2 * 0.01725;
    double g_uS = 2 * mean_uA / 0.15;
    return Math.max((g_uS + cells_uS) / g_uS * loop_ns, Math.sqrt(2 * bitline_fF * loop_ns / g_uS));
  }

  @Test
  void linesSettleToHalfAStep() {
    Designs.Knobs knobs = new Designs.Knobs();
    ChipPrices eight = knobs.prices();
    Electrics lines = eight.electrics();
    // (B + 1) ln 2 (R_w C_w + R_b C_b), resistance of half of each line, ohm fF = 1e-6 ns; the gate
    // of an access transistor is driven through its driver's last stage. Then the front end's
    // cascode: half of 128 rows of 20.5 uS are 1312 uS, 262.4 uA at 0.2 V.
    double cascode_ns = cascode_ns(262.4, 1312, lines.bitline_fF());
    double bitline_ns =
        1e-6
            * lines.bitline_fF()
            * (lines.frontEndInput_ohm() + lines.bitlineSegment_ohm() * 128 / 2);
    double settle_ns = eight.timing().pass().settle_ns();
    double wordline_ns = settle_ns / (9 * Math.log(2)) - cascode_ns - bitline_ns;
    double wires_ns = 1e-6 * lines.wordline_fF() * lines.wordlineSegment_ohm() * 128 / 2;
    // Beside its wire the last stage of the driver, two fan-outs of four (0.45 ps/nm) at most.
    assertTrue(wordline_ns >= wires_ns && wordline_ns - wires_ns < 2 * 0.45e-3 * 32);
    knobs.bits = 3;
    assertEquals(4 / 9.0, knobs.prices().timing().pass().settle_ns() / settle_ns, 0.02);
  }

  /** Rows and columns differ, and the driver of a row of passive cells carries their current. */
  @Test
  void aPassiveArraySettlesThroughItsDriversAndHalfOfItsLines() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.access = Access.PASSIVE;
    knobs.rows = 256;
    knobs.rowsActive = 256;
    knobs.columns = 64;
    ChipPrices prices = knobs.prices();
    Electrics lines = prices.electrics();
    double wordline_ns =
        1e-6 * lines.wordline_fF() * (lines.driver_ohm() + 32 * lines.wordlineSegment_ohm());
    double bitline_ns = 1e-6 * lines.bitline_fF() * 128 * lines.bitlineSegment_ohm();
    // 128 rows of 20.5 uS at 0.2 V into the cascode: 524.8 uA and 2624 uS.
    double cascode_ns = cascode_ns(524.8, 2624, lines.bitline_fF());
    assertEquals(
        9 * Math.log(2) * (wordline_ns + bitline_ns + cascode_ns),
        prices.timing().pass().settle_ns(),
        1e-9);
  }

  @Test
  void anArrayThatSharesChargeHoldsItsSumsForConversionsInTurn() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.compute = new Compute(Compute.Kind.CHARGE, 1.2, 1, OptionalDouble.empty());
    PassTiming pass = knobs.prices().timing().pass();
    assertEquals(
        pass.settle_ns() + pass.integrate_ns() + 32 * pass.conversion_ns(), pass.pass_ns(), 1e-9);
  }

  /** Words of four columns: a tree for 32 columns adds eight of them, one a cycle of 2.5 ns. */
  @Test
  void aDigitalArrayAddsAWordACycle() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.clock_GHz = OptionalDouble.of(0.4);
    knobs.compute = new Compute(Compute.Kind.DIGITAL, 0, 1, OptionalDouble.empty());
    knobs.kind = ReadoutKind.ADDER_TREE;
    knobs.weights =
        new Crossbar.WeightEncoding(
            Crossbar.Encoding.OFFSET, false, false, false, OptionalInt.empty(), 0, 0);
    PassTiming pass = knobs.prices().timing().pass();
    assertEquals(20, pass.pass_ns(), 1e-9);
    assertEquals(20, pass.conduct_ns(), 1e-9);
    assertEquals(2.5, pass.conversion_ns(), 1e-9);
    assertEquals(2.5, pass.integrate_ns(), 1e-9);
    assertEquals(0, pass.settle_ns());
    assertEquals(0, pass.unsettled());
    assertEquals(0, pass.overrun());
    // A tree takes as long whatever the clock: at twice the rate it is late by one more.
    knobs.clock_GHz = OptionalDouble.of(10);
    double once = 1 + knobs.prices().timing().pass().overrun();
    knobs.clock_GHz = OptionalDouble.of(20);
    assertTrue(once > 1, "late by " + once);
    assertEquals(2 * once, 1 + knobs.prices().timing().pass().overrun(), 1e-9);
  }

  /** Three bit planes, of which half drive a row: one and a half times as long as a plane. */
  @Test
  void anOpenColumnConductsForThePlanesThatDriveIt() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.CHARGE_DECREMENT;
    knobs.sampleHold = false;
    knobs.inputBits = 6;
    knobs.input =
        new Input(
            Input.Encoding.PULSE_COUNT,
            OptionalInt.of(3),
            Input.Sign.SECOND_PASS,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    PassTiming pass = knobs.prices().timing().pass();
    assertEquals(1.5 * Math.max(1, pass.settle_ns()), pass.conduct_ns(), 1e-9);
  }

  @Test
  void pulsesLastACycleALevelOrACount() {
    // At 1 GHz: one pulse; a width of 2^3 levels; 2^3 - 1 counts. Stated steps of 2.5 ns.
    assertEquals(1, integrate_ns(Input.Encoding.BIT_SERIAL, 1, 0), 1e-12);
    assertEquals(2.5, integrate_ns(Input.Encoding.BIT_SERIAL, 1, 2.5), 1e-12);
    assertEquals(1, integrate_ns(Input.Encoding.AMPLITUDE, 3, 0), 1e-12);
    assertEquals(8, integrate_ns(Input.Encoding.PULSE_WIDTH, 3, 0), 1e-12);
    assertEquals(20, integrate_ns(Input.Encoding.PULSE_WIDTH, 3, 2.5), 1e-12);
    assertEquals(7, integrate_ns(Input.Encoding.PULSE_COUNT, 3, 0), 1e-12);
    assertEquals(17.5, integrate_ns(Input.Encoding.PULSE_COUNT, 3, 2.5), 1e-12);
  }

  private static double integrate_ns(Input.Encoding encoding, int bits, double pulse_ns) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.inputBits = 6;
    knobs.input =
        new Input(
            encoding,
            OptionalInt.of(bits),
            Input.Sign.SECOND_PASS,
            pulse_ns > 0 ? OptionalDouble.of(pulse_ns) : OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    return knobs.prices().timing().pass().integrate_ns();
  }

  @Test
  void aPassReadsWhileTheColumnsBeforeAreConverted() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.FLASH;
    knobs.bits = 4;
    knobs.clock_GHz = OptionalDouble.of(0.5);
    // A flash takes its cycle of 2 ns and five adders of 3.3 FO4, whatever factor its family has;
    // 32
    // columns share it.
    PassTiming sampled = knobs.prices().timing().pass();
    double conversion_ns = sampled.conversion_ns();
    assertEquals(2 + 5 * 3.3 * 0.01725, conversion_ns, 1e-9);
    double read_ns = sampled.settle_ns() + 2;
    assertEquals(Math.max(read_ns, 32 * conversion_ns), sampled.pass_ns(), 1e-9);
    assertEquals(Math.min(read_ns, sampled.pass_ns()), sampled.conduct_ns(), 1e-9);
    // One column a converter: the conversion is still the longer one.
    knobs.columnsPerAdc = 1;
    PassTiming wide = knobs.prices().timing().pass();
    assertEquals(2 + 5 * 3.3 * 0.01725, wide.pass_ns(), 1e-9);
    knobs.sampleHold = false;
    PassTiming held = knobs.prices().timing().pass();
    assertEquals(held.settle_ns() + 2 + held.conversion_ns(), held.pass_ns(), 1e-9);
  }

  @Test
  void buffersHaveAsManyPortsAsBandwidthsAndTheGlobalOneItsOwn() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.clock_GHz = OptionalDouble.of(0.8);
    // 2 ports x 512 bits a cycle of 1.25 ns; embedded DRAM 256 bits every 2 ns.
    knobs.global =
        Optional.of(new Memory(Memory.MemoryKind.SRAM, 1 << 20, 512, 2, ComponentModel.standard()));
    ChipPrices prices = knobs.prices();
    assertEquals(2 * 512 / 1.25, globalBuffer_bitPerNs(prices), 1e-9);
    assertEquals(128, buffer_bitPerNs(prices), 1e-9);
    knobs.global = Designs.memory(Memory.MemoryKind.EDRAM, 1 << 20, 512);
    assertEquals(256, globalBuffer_bitPerNs(knobs.prices()), 1e-9);
    knobs.buffer = Designs.memory(Memory.MemoryKind.SRAM, 65536, 256);
    assertEquals(256 / 1.25, buffer_bitPerNs(knobs.prices()), 1e-9);
    // A stated access of 5 ns.
    knobs.global =
        Optional.of(
            new Memory(
                Memory.MemoryKind.SRAM,
                1 << 20,
                512,
                1,
                Designs.rated(1e6, 1e4, 5, "ours.yaml:1")));
    assertEquals(512 / 5.0, globalBuffer_bitPerNs(knobs.prices()), 1e-9);
  }

  private static double buffer_bitPerNs(ChipPrices prices) {
    return prices.timing().buffer_bitPerNs();
  }

  private static double globalBuffer_bitPerNs(ChipPrices prices) {
    return prices.timing().globalBuffer_bitPerNs();
  }

  @Test
  void aBlindWriteTakesItsPulsesAndAVerifiedOneAReadAfterEach() {
    // SET 100 ns and RESET 300 ns at 1 V and 50 uA, 3 pulses on average: 3 x 300 ns blind. 2 mA
    // feed 40 cells.
    WritePoint.Pulse set = new WritePoint.Pulse(1, 50, 100);
    WritePoint.Pulse reset = new WritePoint.Pulse(1, 50, 300);
    ProgrammingPrice blind = written(new WritePoint(set, reset, 3, false));
    assertEquals(900, blind.timePerCellGroup_ns(), 1e-9);
    assertEquals(40, blind.cellsAtOnce());
    // 101 cells are three groups of 40; 5 crossbars in 2 tiles take three turns.
    Timing.Programming times = Timing.Programming.of(blind);
    assertEquals(3, times.groups(101), 0);
    assertEquals(2, times.groups(80), 0);
    assertEquals(3 * 3 * 900, times.crossbars_ns(5, 2, 101), 1e-9);
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.device = device(new WritePoint(set, reset, 3, true));
    PassTiming timing = knobs.prices().timing().pass();
    // 4 converters verify 10 cells each.
    double verify_ns = timing.settle_ns() + timing.integrate_ns() + 10 * timing.conversion_ns();
    assertEquals(3 * (300 + verify_ns), knobs.prices().programming().timePerCellGroup_ns(), 1e-9);
    // Unsampled columns are read one after another.
    knobs.sampleHold = false;
    PassTiming held = knobs.prices().timing().pass();
    double cell_ns = held.settle_ns() + held.integrate_ns() + held.conversion_ns();
    assertEquals(
        3 * (300 + 10 * cell_ns), knobs.prices().programming().timePerCellGroup_ns(), 1e-6);
    // Blind energy: the pulses, 3 (1 V x 50 uA x 200 ns + C V^2) / 0.4, no read.
    Electrics lines = knobs.prices().electrics();
    double line_fF = lines.bitline_fF() + lines.wordline_fF() / 40;
    knobs.controlEnergy = 0;
    knobs.device = device(new WritePoint(set, reset, 3, false));
    assertEquals(
        3 * (50 * 200 + line_fF) / 0.4, knobs.prices().programming().energyPerCell_fJ(), 1e-6);
  }

  private static ProgrammingPrice written(WritePoint write) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.device = device(write);
    return knobs.prices().programming();
  }

  private static Device device(WritePoint write) {
    Device plain = Designs.device(25, 1000);
    return new Device(
        "test",
        Family.REDOX,
        plain.window(),
        write,
        plain.statistics(),
        plain.limits(),
        plain.cellArea_F2(),
        "test");
  }

  /** Cells of a ramp conduct for its steps unless columns are sampled; energy follows the time. */
  @Test
  void cellsConductForAllStepsOfARampWithoutSamples() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.RAMP;
    knobs.columnsPerAdc = 1;
    PassTiming sampled = knobs.prices().timing().pass();
    double held_fJ = knobs.prices().energy_fJ(Action.CELL_READ);
    assertEquals(sampled.settle_ns() + sampled.integrate_ns(), sampled.conduct_ns(), 1e-9);
    knobs.sampleHold = false;
    PassTiming open = knobs.prices().timing().pass();
    double open_fJ = knobs.prices().energy_fJ(Action.CELL_READ);
    assertEquals(
        open.settle_ns() + open.integrate_ns() + open.conversion_ns(), open.conduct_ns(), 1e-9);
    assertTrue(open.conduct_ns() > 256 * 16 * 0.45e-3 * 32);
    assertEquals(open.conduct_ns() / sampled.conduct_ns(), open_fJ / held_fJ, 1e-6);
  }

  /** Four conversions of 3 ns after 1 ns; the read takes 5 ns however few columns are converted. */
  @Test
  void fewerConversionsShortenAPassAsFarAsItsRead() {
    PassTiming pass = new PassTiming(1, 1, 3, 13, new PassTiming.Turns(4, 3, 5), 2, 1, 0, 0);
    assertEquals(13, pass.pass_ns(6));
    assertEquals(13, pass.pass_ns(4));
    assertEquals(10, pass.pass_ns(3));
    assertEquals(5, pass.pass_ns(1));
  }

  /** Columns that are read in turn share a stated pass, even one too short for their reads. */
  @Test
  void oneOfFourColumnsInTurnTakesAQuarterOfAStatedPass() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = false;
    knobs.columnsPerAdc = 4;
    Compute plain = knobs.compute;
    knobs.compute =
        new Compute(plain.kind(), plain.capacitor_fF(), plain.banks(), OptionalDouble.of(0.8));
    PassTiming pass = knobs.prices().timing().pass();
    assertEquals(0.8, pass.pass_ns());
    assertEquals(0.2, pass.pass_ns(1), 1e-12);
    assertEquals(0.6, pass.pass_ns(3), 1e-12);
  }
}
