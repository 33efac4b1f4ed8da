package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceStatistics.ProgrammingError;
import dev.kirchhoff.arch.device.Family;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The presets bind to devices whose statistics are those that were published for them. */
class DevicePresetsTest {

  @Test
  void everyPresetIsADeviceWithProvenanceAndAnErrorThatIsNeverNegative() throws Exception {
    for (String name : new DeviceCatalogue().names()) {
      Device device = preset(name);
      assertEquals(name, device.name());
      assertTrue(device.provenance().contains("read"), name);
      assertTrue(device.provenance().contains("assumed"), name);
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
  void allFourFamiliesAreThereAndMagneticJunctionsAreBinary() throws Exception {
    List<String> names = new DeviceCatalogue().names();
    Set<Family> families =
        Set.of(
            preset("redox-generic").family(),
            preset("pcm-hermes2022").family(),
            preset("mtj-generic").family(),
            preset("ftj-bto-generic").family(),
            preset("sram-6t").family());
    assertEquals(Set.of(Family.values()), families);
    for (String name : names.stream().filter(n -> n.startsWith("mtj")).toList()) {
      assertEquals(2, preset(name).window().levels(), name);
    }
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
    String text = "kirchhoff: 1\nchip: {cell: {device: " + name + "}}\n";
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml", List.of(), List.of(), MapSources.environment(Map.of("a.yaml", text)));
    return spec.newBinder().bind(spec.tree().start()).chip().cell().device();
  }
}
