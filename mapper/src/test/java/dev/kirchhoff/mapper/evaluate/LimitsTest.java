package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Every limit just kept and just missed, by hand. */
class LimitsTest {
  private static Totals evaluate(Design design) {
    return new Evaluator(HandPrices::plain).totals(design);
  }

  private static double shortage(Limit limit, Designs d) {
    Totals totals = evaluate(d.design());
    double amount = totals.shortage(limit);
    assertTrue(amount == 0 || !totals.isFeasible(), limit + " does not count");
    return amount;
  }

  /** A device of other conductances, of 16 levels. */
  private static Device device(double min_uS, double max_uS) {
    return new Device(
        "test",
        Family.REDOX,
        new ConductanceWindow(min_uS, max_uS, 16),
        new WritePoint(1.8, 100, 100, 8.5),
        Designs.REDOX.statistics(),
        Designs.REDOX.limits(),
        126,
        "test");
  }

  /** One layer of 144 rows and 16 outputs: 64 columns of 2-bit cells, so two crossbars of 128. */
  static Network one() {
    return new Network("one", List.of(Designs.conv("a", 16, 16, 3, 32, 1, 1, -1)), "test");
  }

  @Test
  void crossbarsThatAreMissing() {
    Designs d = new Designs().runs(one());
    d.perPe = 1;
    d.perTile = 1;
    d.tiles = OptionalInt.of(2);
    assertEquals(0, shortage(Limit.CROSSBARS, d));
    d.tiles = OptionalInt.of(1);
    assertEquals(1, shortage(Limit.CROSSBARS, d));
    // 4-bit cells halve the columns, not the crossbars; 1-bit cells take all 128 columns.
    d.cellBits = 4;
    assertEquals(1, shortage(Limit.CROSSBARS, d));
    d.cellBits = 1;
    assertEquals(1, shortage(Limit.CROSSBARS, d));
    d.side = 64;
    d.rowsActive = 64;
    // 3 x 2 crossbars of 64 for one.
    assertEquals(5, shortage(Limit.CROSSBARS, d));
  }

  @Test
  void levelsThatADeviceDoesNotHave() {
    Designs d = new Designs();
    d.cellBits = 4;
    assertEquals(0, shortage(Limit.CELL_LEVELS, d));
    // 32 levels of 5 bits, the device has 16.
    d.cellBits = 5;
    assertEquals(16, shortage(Limit.CELL_LEVELS, d));
  }

  @Test
  void bitsOfAPulseBeyondThePrecision() {
    Designs d = new Designs();
    d.bitsPerPulse = 8;
    assertEquals(0, shortage(Limit.INPUT_BITS, d));
    d.bitsPerPulse = 11;
    assertEquals(3, shortage(Limit.INPUT_BITS, d));
    // The layer of fewest input bits counts: 5 of 8.
    d.runs(Designs.small());
    Network network = Designs.small();
    List<Precision> bits =
        network.layers().stream()
            .map(layer -> new Precision(8, layer.name().equals("c") ? 5 : 8, 8))
            .toList();
    d.jobs = List.of(new Job(network, bits, 1));
    assertEquals(6, shortage(Limit.INPUT_BITS, d));
    // A matrix of activations is computed by digital units.
    bits =
        network.layers().stream()
            .map(layer -> new Precision(8, layer.name().equals("d") ? 5 : 8, 8))
            .toList();
    d.jobs = List.of(new Job(network, bits, 1));
    assertEquals(3, shortage(Limit.INPUT_BITS, d));
  }

  @Test
  void currentOfAColumnBeyondFiveMilliamperes() {
    Designs d = new Designs();
    // 128 active rows x 200 uS x 0.195 V = 4992 uA.
    d.device = device(1, 200);
    d.readVoltage_V = 0.195;
    assertEquals(0, shortage(Limit.COLUMN_CURRENT, d));
    // 0.2 V: 5120 uA.
    d.readVoltage_V = 0.2;
    assertEquals(120, shortage(Limit.COLUMN_CURRENT, d), 1e-9);
    d.rowsActive = 64;
    assertEquals(0, shortage(Limit.COLUMN_CURRENT, d));
    d.readVoltage_V = 0.4;
    assertEquals(120, shortage(Limit.COLUMN_CURRENT, d), 1e-9);
    // An open column carries none to its neuron.
    d.readout = ReadoutKind.CHARGE_DECREMENT;
    assertEquals(0, shortage(Limit.COLUMN_CURRENT, d));
    // Nor does one without a front end, whatever reads its voltage.
    d.readout = ReadoutKind.SENSE_AMPLIFIER;
    assertEquals(120, shortage(Limit.COLUMN_CURRENT, d), 1e-9);
    Chip chip = d.design().chip();
    Readout held = chip.pe().readout();
    Readout open =
        new Readout(
            held.kind(),
            held.bits(),
            held.range(),
            held.gain(),
            held.columnsPerAdc(),
            held.stated(),
            held.step_ns(),
            Readout.FrontEnd.NONE,
            held.model());
    Design divider = d.design().with(chip.with(chip.pe().with(chip.pe().input(), open)));
    assertEquals(0, evaluate(divider).shortage(Limit.COLUMN_CURRENT));
  }

  @Test
  void headroomAndTimeThatCircuitsLackAreMissing() {
    for (double missing : new double[] {0, 0.05}) {
      Totals totals =
          new Evaluator(
                  of -> {
                    HandPrices prices = HandPrices.plain(of);
                    prices.missing_V = missing;
                    prices.late = 3 * missing;
                    return prices;
                  })
              .totals(new Designs().runs(one()).design());
      assertEquals(missing, totals.shortage(Limit.HEADROOM));
      assertEquals(3 * missing, totals.shortage(Limit.TIMING));
      assertTrue(missing == 0 || !totals.isFeasible());
    }
  }

  /** Area 10 um2 a crossbar, 9.9 or 30 uW of standing power: 0.99 and 3 W/mm2. */
  @Test
  void powerBeyondAWattASquareMillimetre() {
    Design design = new Designs().design();
    assertEquals(0, density(design, 9.9));
    assertEquals(2, density(design, 30), 1e-9);
    assertEquals(0.01, density(design, 10.1), 1e-9);
    assertEquals(2, density(new Designs().runs(one()).design(), 30), 1e-9);
  }

  private static double density(Design design, double standing_uW) {
    Totals totals =
        new Evaluator(
                priced -> {
                  HandPrices prices = HandPrices.plain(priced);
                  prices.energy.clear();
                  prices.pass.clear();
                  prices.area.clear();
                  prices.statics.clear();
                  prices.area.put(Part.CROSSBAR, 10.0);
                  prices.statics.put(Part.CROSSBAR, standing_uW);
                  return prices;
                })
            .totals(design);
    double amount = totals.shortage(Limit.POWER_DENSITY);
    assertEquals(amount == 0, totals.isFeasible());
    return amount;
  }

  /**
   * Wires of 1 ohm a segment and 100 ohm of front end at the foot of each column: what they take is
   * signal, so that it costs decibels and no design is refused for it.
   */
  @Test
  void lossOfWiresGrowsWithConductanceAndIsNoLimit() {
    Designs d = new Designs().runs(one());
    double largest = 0;
    for (double max_uS : new double[] {20, 40, 80, 160}) {
      d.device = device(1, max_uS);
      EvaluatedDesign evaluated = new Evaluator(HandPrices::plain).evaluated(d.design());
      double loss = evaluated.noise().wireLoss();
      assertTrue(loss > largest, max_uS + " uS: " + loss);
      assertEquals(0, evaluated.totals().shortage(Limit.LINE_WIDTH), max_uS + " uS");
      largest = loss;
    }
    // A column of 128 full cells: a = 160e-6 (129 x 257 / 6 + 128 x 100) = 2.93, of which it keeps
    // less than a third; a mean cell is at a part of its window.
    assertTrue(largest > 0.3 && largest < 0.7, "lost " + largest);
  }

  /** Cells of 200 uS lose a little less than half of a layer's current, of 250 uS a little more. */
  @Test
  void linesThatLoseMoreThanHalfOfACurrentAreWarnedOf() {
    assertFalse(warnsOfLines(200, 0.45, 0.5));
    assertTrue(warnsOfLines(250, 0.5, 0.55));
  }

  private static boolean warnsOfLines(double max_uS, double least, double most) {
    Designs d = new Designs().runs(one());
    d.device = device(1, max_uS);
    EvaluatedDesign evaluated = new Evaluator(HandPrices::plain).evaluated(d.design());
    double loss = evaluated.noise().wireLoss();
    assertTrue(loss > least && loss < most, max_uS + " uS: " + loss);
    return Evaluator.evaluation(evaluated).warnings().stream()
        .anyMatch(warning -> warning.startsWith("Lines of the array lose"));
  }

  /** 128 rows of 195.3125 uS at 0.2 V draw 5 mA; no model limits an array of given figures. */
  @Test
  void aColumnOfAGivenArrayThatDrawsMoreThan5mAIsWarnedOf() {
    assertFalse(warnsOfCurrent(195.3125));
    assertTrue(warnsOfCurrent(195.3126));
  }

  private static boolean warnsOfCurrent(double max_uS) {
    Designs d = new Designs().runs(one());
    d.device = device(1, max_uS);
    Design design = d.design();
    Crossbar array = design.chip().crossbar();
    ComponentModel given =
        new ComponentModel.Given(
            OptionalDouble.of(100),
            OptionalDouble.of(100),
            Map.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            new ComponentModel.Origin(32, 0.9, "test", "test"));
    Crossbar table =
        new Crossbar(array.perPe(), 128, 128, array.rowsActive(), array.weights(), given);
    return new Evaluator(HandPrices::plain)
        .evaluate(design.with(design.chip().with(table))).warnings().stream()
            .anyMatch(warning -> warning.contains("beyond 5 mA"));
  }

  /** Neurons of a Hopfield network are 1 or -1. */
  @Test
  void signsThatAreDrivenWithMoreThanOneBitAreWarnedOf() {
    assertFalse(warnsOfSigns(1));
    assertTrue(warnsOfSigns(2));
  }

  private static boolean warnsOfSigns(int inputs) {
    Job hopfield =
        KernelDesigns.job(
            KernelDesigns.kernel("hopfield", KernelDesigns.smallTasks().get("hopfield")));
    int layers = hopfield.network().layers().size();
    Designs d = KernelDesigns.chip();
    d.jobs =
        List.of(
            new Job(
                hopfield.network(),
                Collections.nCopies(layers, new Precision(5, inputs, 8)),
                1,
                hopfield.kernel()));
    List<String> warnings = new ArrayList<>();
    KernelWarnings.add(new Evaluator(HandPrices::plain).evaluated(d.design()), warnings);
    return warnings.stream().anyMatch(warning -> warning.contains("one bit would do"));
  }

  /** Amplitudes of more levels than an input has are levels that it leaves out. */
  @Test
  void amplitudesMayHaveMoreBitsThanTheirInputs() {
    Designs d = new Designs();
    d.bitsPerPulse = 11;
    Chip chip = d.design().chip();
    Input input =
        new Input(
            Input.Encoding.AMPLITUDE,
            OptionalInt.of(11),
            Input.Sign.SECOND_PASS,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            Designs.MODEL);
    Design graded = d.design().with(chip.with(chip.pe().with(input, chip.pe().readout())));
    assertEquals(0, evaluate(graded).shortage(Limit.INPUT_BITS));
    assertEquals(3, shortage(Limit.INPUT_BITS, d));
  }

  private static boolean warns(Designs d, String part) {
    return new Evaluator(HandPrices::plain)
        .evaluate(d.design()).warnings().stream().anyMatch(warning -> warning.contains(part));
  }

  /** One of two equal layers has signed inputs; then two of three. */
  @Test
  void signedInputsAreWarnedOfWhereTheyAreMostOfTheProducts() {
    Layer signed = Designs.conv("a", 16, 16, 1, 8, 1, 1, -1);
    Layer after = Designs.conv("b", 16, 16, 1, 8, 1, 1, 0);
    Layer other = Designs.conv("c", 16, 16, 1, 8, 1, 1, -1);
    Network half = new Network("half", List.of(signed, after), "test");
    Network most = new Network("most", List.of(signed, after, other), "test");
    assertFalse(warns(new Designs().runs(half), "signed inputs"));
    assertTrue(warns(new Designs().runs(most), "signed inputs"));
  }

  @Test
  void wholePesOfSharedTilesAreAnEffectOfTheGranularity() {
    Designs d = new Designs().runs(one());
    d.allocation =
        new MappingOptions.CrossbarAllocation(
            MappingOptions.Arrangement.UNROLLED, MappingOptions.Granularity.PE, false);
    assertFalse(warns(d, "mapping.granularity has no effect"));
    d.floorplan = MappingOptions.Floorplan.OWN_TILES;
    assertTrue(warns(d, "mapping.granularity has no effect"));
  }

  /** A converter of three bits leaves 4.5 dB, of four 5.9 dB. */
  @Test
  void aRatioBelowFiveDecibelsIsWarnedOf() {
    assertTrue(warnsOfRatio(3, 4.4, 5));
    assertFalse(warnsOfRatio(4, 5, 5.9));
  }

  private static boolean warnsOfRatio(int bits, double least_dB, double most_dB) {
    Designs d = new Designs().runs(one());
    d.cellBits = 4;
    d.adcBits = bits;
    double snr_dB = evaluate(d.design()).value(Metric.SNR);
    assertTrue(snr_dB > least_dB && snr_dB < most_dB, bits + " bits: " + snr_dB);
    return warns(d, "is below 5 dB");
  }
}
