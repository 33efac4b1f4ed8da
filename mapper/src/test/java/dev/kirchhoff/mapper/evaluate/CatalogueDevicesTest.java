package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset of the catalogue can be built into a chip and priced. */
@Tag("broad")
class CatalogueDevicesTest {
  private static final DeviceCatalogue CATALOGUE = new DeviceCatalogue();

  static Stream<String> presets() {
    return CATALOGUE.names().stream();
  }

  /** A default chip that runs a network with binary cells of a device. */
  private static Design design(String device, String... settings) throws SpecException {
    String text =
        "kirchhoff: 1\nworkload: vgg8_cifar10\nchip: {cell: {bits: 1, readVoltage: device, device: "
            + device
            + "}}\n";
    Sources sources =
        new Sources() {
          @Override
          public String resolve(String from, String name) {
            return name;
          }

          @Override
          public byte[] read(String file) {
            return text.getBytes(StandardCharsets.UTF_8);
          }
        };
    DesignSpec spec =
        DesignSpec.load(
            "a.yaml",
            Stream.of(settings).map(Setting::parse).toList(),
            List.of(),
            new DesignSpec.Environment(
                sources, CATALOGUE, new NetworkCatalogue(), part -> List.of()));
    return spec.newBinder().bind(spec.tree().start());
  }

  @ParameterizedTest
  @MethodSource("presets")
  void aDefaultChipOfThePresetHasFinitePositiveFigures(String name) throws SpecException {
    Totals totals = new Evaluator().totals(design(name));
    for (Metric metric :
        new Metric[] {
          Metric.AREA,
          Metric.ENERGY,
          Metric.LATENCY,
          Metric.TOPS,
          Metric.TOPS_PER_W,
          Metric.PROGRAMMING_ENERGY,
          Metric.PROGRAMMING_TIME,
          Metric.LIFETIME
        }) {
      double value = totals.value(metric);
      assertTrue(value > 0 && Double.isFinite(value), name + " " + metric + " is " + value);
    }
    assertTrue(Double.isFinite(totals.value(Metric.SNR)), name + " snr");
  }

  @ParameterizedTest
  @MethodSource("presets")
  void writingACellCostsAtLeastItsPulses(String name) throws SpecException {
    Device device = CATALOGUE.device(name).orElseThrow();
    ProgrammingPrice price = Prices.of(design(name)).programming();
    double pulses_fJ = device.write().pulses() * device.write().pulseEnergy_fJ();
    assertTrue(price.energyPerCell_fJ() > pulses_fJ, name);
    assertTrue(
        price.timePerCellGroup_ns() >= device.write().pulses() * device.write().pulse_ns(), name);
    assertTrue(price.cellsAtOnce() >= 1 && price.cellsAtOnce() <= 128, name);
    assertTrue(
        price.cellsAtOnce() == 1 || price.cellsAtOnce() * device.write().current_uA() <= 2000,
        name);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void strongerLongerAndMorePulsesNeverCostLess(String name) throws SpecException {
    ProgrammingPrice before = Prices.of(design(name)).programming();
    Device device = CATALOGUE.device(name).orElseThrow();
    double v = device.write().set().voltage_V();
    double t_ns = device.write().set().width_ns();
    for (String setting :
        new String[] {
          "cell.device.write.voltage=" + 1.5 * v + " V",
          "cell.device.write.pulse=" + 2 * t_ns + " ns",
          "cell.device.write.pulses=" + 2 * device.write().pulses()
        }) {
      PriceTable changed = Prices.of(design(name, setting));
      assertTrue(
          changed.programming().energyPerCell_fJ() > before.energyPerCell_fJ(),
          name + " " + setting);
      assertTrue(
          changed.programming().timePerCellGroup_ns() >= before.timePerCellGroup_ns(),
          name + " " + setting);
    }
  }

  @Test
  void anArrayIsWrittenInAboutTheEnergyAndTimeThatPumaGives() throws SpecException {
    // PUMA's simulator (doi 10.1145/3297858.3304049, 32 nm) writes an array of 128 x 128 2-bit
    // cells in 21.1 nJ and 10.97 us; its device is not stated beyond 100 kohm and 1 Mohm. The
    // nearest preset has 100 kohm, 10 ns and 0.6 pJ a write.
    ProgrammingPrice price =
        Prices.of(design("redox-nvsim", "pe.readout.bits=1", "technology.node=32 nm"))
            .programming();
    double cells = 128 * 128;
    double energy_nJ = cells * price.energyPerCell_fJ() * 1e-6;
    double time_us = cells / price.cellsAtOnce() * price.timePerCellGroup_ns() * 1e-3;
    assertEquals(0, Math.log10(energy_nJ / 21.1), 0.7, energy_nJ + " nJ");
    assertEquals(0, Math.log10(time_us / 10.97), 0.7, time_us + " us");
  }

  @Test
  void retentionBoundsTheRefreshIntervalAndDriftAndRetentionShortenIt() throws SpecException {
    for (String name : CATALOGUE.names()) {
      double retention_s = CATALOGUE.device(name).orElseThrow().limits().retention_s();
      double refresh_s = refresh_s(design(name));
      assertTrue(refresh_s <= retention_s * (1 + 1e-12), name + " " + refresh_s);
      String half = "cell.device.retention=" + retention_s / 2 + " s";
      assertTrue(refresh_s(design(name, half)) <= retention_s / 2 * (1 + 1e-12), name);
      assertTrue(refresh_s(design(name, half)) <= refresh_s, name);
      // Noise at the stated age counts too: judged fresh, more drift means an earlier refresh.
      String fresh = "operation.age=0 s";
      double steady_s = refresh_s(design(name, fresh, "cell.device.drift.spread=0"));
      double drifting_s = refresh_s(design(name, fresh, "cell.device.drift.spread=0.1"));
      assertTrue(drifting_s <= steady_s, name + " " + drifting_s + " " + steady_s);
    }
  }

  private static double refresh_s(Design design) {
    Totals totals = new Evaluator().totals(design);
    return totals.value(Metric.REFRESH_INTERVAL);
  }
}
