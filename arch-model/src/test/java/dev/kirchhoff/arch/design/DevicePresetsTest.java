package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.DeviceStatistics.ProgrammingError;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.LawKind;
import dev.kirchhoff.arch.device.Material;
import dev.kirchhoff.arch.device.Maturity;
import dev.kirchhoff.arch.device.Mechanism;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.device.Provenance;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.SpecException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The presets bind to devices whose statistics are those that were published for them. */
class DevicePresetsTest {
  private static final DeviceCatalogue CATALOGUE = new DeviceCatalogue();

  @Test
  void everyPresetIsADeviceWithAnErrorThatIsNeverNegative() throws Exception {
    for (String name : CATALOGUE.names()) {
      Device device = preset(name);
      assertEquals(device, CATALOGUE.device(name).orElseThrow());
      assertEquals(name, device.name());
      double reference_uS = device.statistics().reference_uS();
      assertEquals(device.window().max_uS(), reference_uS, 1e-3 * reference_uS, name);
      for (int age = 0; age < device.statistics().programming().size(); age++) {
        for (int step = 0; step <= 100; step++) {
          double g_uS =
              device.window().min_uS()
                  + step / 100.0 * (device.window().max_uS() - device.window().min_uS());
          double sigma_uS = sigma_uS(device, age, g_uS);
          assertTrue(sigma_uS >= 0 && sigma_uS < device.window().max_uS(), name + " at " + g_uS);
        }
      }
    }
  }

  @Test
  void everyFigureOfEveryPresetHasOneOriginWithASource() {
    for (String name : CATALOGUE.names()) {
      Device device = CATALOGUE.device(name).orElseThrow();
      for (DeviceFigure figure : DeviceFigure.values()) {
        boolean absent = figure == DeviceFigure.READ_TIME && device.read().time_ns().isEmpty();
        assertEquals(absent ? 0 : 1, statements(name, figure), name + " " + figure.word());
        if (absent) {
          continue;
        }
        Provenance.Statement statement = device.provenance().of(figure).orElseThrow();
        assertTrue(statement.origin() != Origin.GIVEN, name + " " + figure.word());
        assertTrue(statement.source().length() > 3, name + " " + figure.word());
      }
      assertTrue(device.provenance().source().length() > 3, name);
    }
  }

  /** Statements of a preset's file that are about a figure. */
  private static long statements(String name, DeviceFigure figure) {
    Node.Sequence origins =
        (Node.Sequence) CATALOGUE.find(name).orElseThrow().get("origin").orElseThrow();
    return origins.items().stream()
        .map(item -> (Node.Sequence) ((Node.Mapping) item).get("of").orElseThrow())
        .flatMap(paths -> paths.items().stream())
        .filter(path -> DeviceFigure.of(((Node.Scalar) path).text()).contains(figure))
        .count();
  }

  @Test
  void everyPresetHasFiguresThatMakeSense() {
    for (String name : CATALOGUE.names()) {
      Device device = CATALOGUE.device(name).orElseThrow();
      assertTrue(device.window().max_uS() > device.window().min_uS(), name);
      assertTrue(device.window().min_uS() > 0, name);
      assertTrue(device.read().voltage_V().isPresent(), name);
      assertTrue(device.write().pulseEnergy_fJ() > 0, name);
      assertTrue(device.limits().endurance_cycles() >= 1e3, name);
      assertTrue(device.limits().retention_s() >= 3600, name);
      assertTrue(device.window().levels() >= 2, name);
      // Half a level apart at least, in units of the error at the top of the window: otherwise the
      // number of levels would be a fiction.
      double step_uS =
          (device.window().max_uS() - device.window().min_uS()) / (device.window().levels() - 1);
      assertTrue(sigma_uS(device, 0, device.window().max_uS()) < 4 * step_uS, name);
    }
  }

  @Test
  void thereAreAtLeastTwentyPresetsOverAllFamiliesAndMechanisms() {
    assertTrue(CATALOGUE.names().size() >= 24);
    Set<Family> families = EnumSet.noneOf(Family.class);
    Set<Mechanism> mechanisms = EnumSet.noneOf(Mechanism.class);
    Set<Maturity> maturities = EnumSet.noneOf(Maturity.class);
    for (String name : CATALOGUE.names()) {
      Material material = CATALOGUE.device(name).orElseThrow().material();
      families.add(material.family());
      mechanisms.add(material.mechanism());
      maturities.add(material.maturity());
    }
    assertEquals(EnumSet.allOf(Family.class), families);
    assertEquals(EnumSet.allOf(Mechanism.class), mechanisms);
    assertEquals(EnumSet.allOf(Maturity.class), maturities);
    for (String name : CATALOGUE.names().stream().filter(n -> n.startsWith("mtj")).toList()) {
      assertEquals(2, CATALOGUE.device(name).orElseThrow().window().levels(), name);
    }
  }

  @Test
  void whatASpecChangesInAPresetIsGivenThere() throws Exception {
    Device device =
        bind("{extends: pcm-lee2009, resistance: {low: 2 kohm}, write: {reset: {pulse: 60 ns}}}");
    assertEquals(500, device.window().max_uS(), 1e-9);
    assertEquals(60, device.write().reset().width_ns(), 1e-9);
    assertEquals(300, device.write().reset().current_uA(), 1e-9);
    assertEquals(150, device.write().pulse_ns(), 1e-9);
    // (2 V x 150 uA x 150 ns + 2 V x 300 uA x 60 ns) / 2 = 40.5 pJ.
    assertEquals(40_500, device.write().pulseEnergy_fJ(), 1e-6);
    assertEquals(
        new Provenance.Statement(Origin.GIVEN, "a.yaml:2"),
        device.provenance().of(DeviceFigure.RESISTANCE_LOW).orElseThrow());
    assertEquals("given", device.provenance().word(DeviceFigure.RESET_PULSE));
    assertEquals("read", device.provenance().word(DeviceFigure.RESISTANCE_HIGH));
  }

  @Test
  void aPresetKeepsItsLawUnlessASpecChangesItsStatistics() throws Exception {
    assertEquals(
        LawKind.NANDAKUMAR_2019,
        bind("{extends: pcm-gst-joshi2020, area: 30 F2}").statistics().law());
    assertEquals(
        LawKind.TABULATED, bind("{extends: pcm-gst-joshi2020, readNoise: 1 %}").statistics().law());
    assertEquals(
        LawKind.HERMES_2022,
        bind("{extends: pcm-gst-joshi2020, readNoise: 1 %, law: hermes2022}").statistics().law());
    DeviceStatistics stuck =
        bind("{extends: redox-generic, stuck: {low: 0.5 %, high: 0.1 %}}").statistics();
    assertEquals(0.005, stuck.faults().low(), 1e-12);
    assertEquals(0.001, stuck.faults().high(), 1e-12);
    assertEquals(DeviceStatistics.Faults.NONE, preset("redox-generic").statistics().faults());
  }

  @Test
  void aDeviceOfOnesOwnMayStateItsOrigins() throws Exception {
    String own =
        "{family: redox, resistance: {low: 10 kohm, high: 1 Mohm}, levels: 4,"
            + " write: {voltage: 2 V, current: 10 uA, pulse: 10 ns},"
            + " programming: {reference: 100 uS, table: [{age: 1 s, sigma: [1]}]},"
            + " endurance: 1e6, retention: 1 year, area: 20 F2, source: our wafer"
            + ", origin: [{of: [resistance], is: read, source: our probe station}]}";
    Device device = bind(own);
    assertEquals(Mechanism.FILAMENTARY, device.material().mechanism());
    assertEquals(Maturity.RESEARCH, device.material().maturity());
    assertEquals("read", device.provenance().word(DeviceFigure.RESISTANCE_HIGH));
    assertEquals("given", device.provenance().word(DeviceFigure.AREA));
    assertEquals("origin not stated", device.provenance().word(DeviceFigure.DRIFT_SPREAD));
    assertEquals(device.write().set(), device.write().reset());
    assertTrue(device.write().verified());
  }

  @Test
  void theCellMayReadAtTheDevicesVoltage() throws Exception {
    assertEquals(0.5, cell("{device: redox-hfox-wan2022, readVoltage: device}").readVoltage_V());
    assertEquals(0.2, cell("{device: redox-hfox-wan2022}").readVoltage_V());
  }

  @Test
  void problemsOfADeviceAreReportedWithTheirPlace() {
    assertEquals(
        "a.yaml:2:67 cell.device.resistance.high: is 1 kohm, must be above the low resistance, 25 kohm",
        problem("{extends: redox-generic, resistance: {high: 1 kohm}}"));
    assertEquals(
        "a.yaml:2:59 cell.device.mechanism: is STT, but a device of family redox has filamentary,"
            + " interfacial, analogue",
        problem("{extends: redox-generic, mechanism: STT}"));
  }

  private static String problem(String device) {
    SpecException e = assertThrows(SpecException.class, () -> bind(device));
    return e.problems().get(0).toString();
  }

  @Test
  void phaseChangeErrorsAgreeWithASecondFitOfTheSameData() throws Exception {
    Device device = preset("pcm-gst-joshi2020");
    for (double g_uS = 1; g_uS <= 25; g_uS++) {
      // CrossSim's fit of Joshi et al. 2020, absolute uS.
      double other_uS = -0.00178767 * g_uS * g_uS + 0.07585724 * g_uS + 0.28638599;
      assertEquals(other_uS, sigma_uS(device, 0, g_uS), 0.021, g_uS + " uS");
    }
  }

  @Test
  void redoxErrorsAreThePublishedFits() throws Exception {
    Device wan = preset("redox-hfox-wan2022");
    // CrossSim's fit of the same figure differs by up to 0.6 uS at the low end.
    for (double g_uS : new double[] {10, 20, 39}) {
      double other_uS =
          1.536e-4 * g_uS * g_uS * g_uS - 1.167e-2 * g_uS * g_uS + 0.2374 * g_uS + 1.053;
      assertEquals(other_uS, sigma_uS(wan, 0, g_uS), 0.55, g_uS + " uS");
    }
    assertEquals(3, wan.statistics().programming().size());
    assertEquals(86_400, wan.statistics().programming().get(1).age_s(), 1e-6);
    // 4.782321 - 0.009107 g.
    assertEquals(3.871621, sigma_uS(preset("redox-taox-milo2021"), 0, 100), 1e-4);
  }

  @Test
  void driftAndReadNoiseOfPhaseChangeAreThePublishedFitsAtTheirPoint() throws Exception {
    // Drift at x = 1/2, read noise at x = 1 after a day: aihwkit's PCMLikeNoiseModel and
    // HermesNoiseModel.
    Device joshi = preset("pcm-gst-joshi2020");
    double exponent = -0.0155 * Math.log(0.5) + 0.0244;
    assertEquals(Math.max(0.049, exponent), joshi.statistics().drift().exponent(), 1e-9);
    assertEquals(0.0088 * oneOverF(20, 250e-9), joshi.statistics().readNoise(), 5e-4);

    double mean = -0.0436 * 0.25 - 0.0126 * 0.5 + 0.0736;
    Device one = preset("pcm-hermes2022");
    assertEquals(mean, one.statistics().drift().exponent(), 5e-4);
    assertEquals(-0.0165 * 0.25 + 0.0116 * 0.5 + 0.0104, one.statistics().drift().spread(), 5e-4);
    double q = 0.0664 - 0.1352 + 0.0768 + 0.0088;
    assertEquals(q * oneOverF(200, 512e-9), one.statistics().readNoise(), 5e-4);

    Device pair = preset("pcm-hermes2022-pair");
    assertEquals(mean, pair.statistics().drift().exponent(), 5e-4);
    assertEquals(-0.0118 * 0.25 + 0.0093 * 0.5 + 0.0073, pair.statistics().drift().spread(), 5e-4);
    double qPair = 0.0069 - 0.0280 + 0.0211 + 0.0123;
    assertEquals(qPair * oneOverF(300, 512e-9), pair.statistics().readNoise(), 5e-4);
  }

  /** Growth of 1/f noise until a day, sqrt(ln((t + t0 + t_r) / (2 t_r))). */
  private static double oneOverF(double start_s, double read_s) {
    return Math.sqrt(Math.log((86_400 + start_s + read_s) / (2 * read_s)));
  }

  @Test
  void relaxationOfConductiveMetalOxideIsThePublishedLaw() throws Exception {
    Device cmo = preset("redox-hfox-cmo");
    for (int age = 0; age < 2; age++) {
      double age_s = cmo.statistics().programming().get(age).age_s();
      assertEquals(0.04201 * Math.log(age_s) + 0.41183, sigma_uS(cmo, age, 40), 1e-4);
    }
    double read_uS = 0.02773 * Math.log10(88.2) * oneOverF(0, 1e-6);
    assertEquals(read_uS / 88.2, cmo.statistics().readNoise(), 2e-4);
  }

  @Test
  void operatingPointsGiveThePublishedEnergies() throws Exception {
    // V I t in fJ: NVSim's STT-MRAM sample 1 pJ, ferroelectric junctions 100 fJ, NeuRRAM 8.52 us of
    // pulses.
    assertEquals(1000, pulse_fJ(preset("mtj-generic")), 1e-9);
    assertEquals(100, pulse_fJ(preset("ftj-bto-generic")), 1e-9);
    Device wan = preset("redox-hfox-wan2022");
    assertEquals(8520, wan.write().pulse_ns() * wan.write().pulses(), 1e-6);
    assertEquals(40, wan.window().max_uS(), 1e-9);
    assertEquals(68 * 3600, preset("ftj-bto-generic").limits().retention_s(), 1e-3);
  }

  private static double pulse_fJ(Device device) {
    return device.write().voltage_V() * device.write().current_uA() * device.write().pulse_ns();
  }

  private static double sigma_uS(Device device, int age, double g_uS) {
    ProgrammingError error = device.statistics().programming().get(age);
    double x = g_uS / device.statistics().reference_uS();
    double sum = 0;
    double power = 1;
    for (double coefficient : error.sigma_uS()) {
      sum += coefficient * power;
      power *= x;
    }
    return sum;
  }

  private static Device preset(String name) throws Exception {
    return bind(name);
  }

  private static Device bind(String device) throws Exception {
    return cell("{device: " + device + "}").device();
  }

  private static Cell cell(String cell) throws Exception {
    String text = "kirchhoff: 1\nchip: {cell: " + cell + "}\n";
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml", List.of(), List.of(), MapSources.environment(Map.of("a.yaml", text)));
    return spec.newBinder().bind(spec.tree().start()).chip().cell();
  }
}
