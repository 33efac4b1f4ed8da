package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.LoadedSpecs.example;
import static dev.kirchhoff.arch.design.LoadedSpecs.examples;
import static dev.kirchhoff.arch.design.LoadedSpecs.load;
import static dev.kirchhoff.arch.design.LoadedSpecs.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.chip.WeightDigits;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignSpecTest {
  private static Design bind(DesignSpec spec) {
    return spec.newBinder().bind(spec.tree().start());
  }

  @Test
  void tenProblemsGiveTenLines() throws IOException {
    String text;
    try (InputStream in = DesignSpecTest.class.getResourceAsStream("bad.yaml")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertEquals(
        List.of(
            "a.yaml:4:22 technology.node: is 32 without a unit; write 32 nm (units: nm, um, mm)",
            "a.yaml:6:42 pe.perTile: start 6 is not one of 4, 8, 12",
            "a.yaml:7:32 pe.readout.bits: is 80, must be 1..16",
            "a.yaml:7:36 pe.readout.columnPerAdc: unknown key of a sar readout; did you mean columnsPerAdc?",
            "a.yaml:10:11 crossbar.rows: no value named 'sides' in let or the chip; let is empty",
            "a.yaml:11:5 crossbar.perPe: given twice; first at 9:5",
            "a.yaml:12:27 cell.device: unknown device 'redox-hfox-wan'; did you mean redox-hfox-wan2022?"
                + " all: ./kirchhoff catalog devices",
            "a.yaml:12:70 cell.readVoltage: 0.2 A is a current, must be a voltage (uV, mV, V, kV), or device",
            "a.yaml:13:11 workload: unknown network 'resnet81'; did you mean resnet18?"
                + " a file of yours must end in .onnx or .yaml",
            "a.yaml:15:13 constraints[0]: area cannot be compared with a time;"
                + " write for example area <= 50 mm2"),
        problems(text));
  }

  @Test
  void theExplorationHasTheKnobsOfItsFile() throws Exception {
    DesignSpec spec = example("resnet18-reram.yaml");
    assertEquals(22, spec.knobs().size());
    assertEquals(9, spec.knobs().stream().filter(Knob::isConditional).count());
    assertEquals("side", spec.knobs().get(0).path());
    assertEquals(List.of("64", "128", "256", "512"), spec.knobs().get(0).values());
    Design start = bind(spec);
    assertEquals(128, start.chip().crossbar().rows());
    assertEquals(128, start.chip().crossbar().rowsActive());
    assertEquals(ReadoutKind.SAR, start.chip().pe().readout().kind());
    assertEquals(8, start.chip().pe().readout().bits());
    assertEquals(0.2, start.chip().cell().readVoltage_V(), 1e-12);
    assertEquals(0.9, start.chip().technology().supply_V(), 1e-12);
    assertEquals(86400, start.operation().age_s(), 1e-6);
    assertEquals(
        List.of(Metric.TOPS_PER_W, Metric.AREA),
        spec.objectives().stream().map(Objective::metric).toList());
  }

  @Test
  void linkedKnobsAreOneKnobAndAlternativesHaveTheirOwn() throws Exception {
    DesignSpec spec = example("resnet18-reram.yaml");
    int[] ordinals = spec.tree().start();
    ordinals[0] = 3;
    ordinals[1] = 2;
    int readout = index(spec, "pe.readout");
    ordinals[readout] = 1;
    for (int k = 0; k < ordinals.length; k++) {
      Knob knob = spec.knobs().get(k);
      if (knob.isUnder(readout)) {
        ordinals[k] = knob.existsIn(ordinals) ? 1 : -1;
      }
    }
    Design design = spec.newBinder().bind(ordinals);
    assertEquals(512, design.chip().crossbar().rows());
    assertEquals(512, design.chip().crossbar().columns());
    assertEquals(128, design.chip().crossbar().rowsActive());
    assertEquals(ReadoutKind.FLASH, design.chip().pe().readout().kind());
    assertEquals(4, design.chip().pe().readout().bits());
    assertEquals(Readout.Range.FULL, design.chip().pe().readout().range());
  }

  @Test
  void aDigitalArrayCountsNoPulses() {
    String text = "kirchhoff: 1\nchip:\n  pe: {input: {encoding: %s}, readout: %s}\n";
    assertEquals(
        List.of(
            "a.yaml:3:26 pe.input.encoding: is pulseCount, but pe.readout is adderTree, which adds"
                + " bits; use bitSerial, with bitsPerPulse of them side by side"),
        problems(text.formatted("{any: [bitSerial, pulseCount]}", "adderTree")));
    assertEquals(
        List.of(
            "a.yaml:3:26 pe.input.encoding: is pulseWidth, but pe.readout is adderChain, which adds"
                + " bits; use bitSerial, with bitsPerPulse of them side by side"),
        problems(text.formatted("pulseWidth", "{any: [sar, adderChain]}")));
  }

  @Test
  void cellsAreReadBelowTheSupply() throws Exception {
    String text = "kirchhoff: 1\nchip:\n  technology: {%s}\n  cell: {%s}\n";
    assertEquals(
        List.of(
            "a.yaml:4:23 cell.readVoltage: is 0.9 V, must be below the supply of 0.9 V, or"
                + " cell.readRail: own"),
        problems(text.formatted("node: 28 nm", "readVoltage: 0.9 V")));
    assertEquals(
        List.of(
            "a.yaml:4:35 cell.readVoltage: is 1.2 V, must be below the supply of 1.1 V, or"
                + " cell.readRail: own"),
        problems(
            text.formatted("node: {any: [28 nm, 65 nm]}", "readVoltage: {any: [1 V, 1.2 V]}")));
    for (String allowed :
        List.of(
            text.formatted("node: 28 nm", "readVoltage: 1 V, readRail: own"),
            text.formatted("node: 28 nm", "readVoltage: 0.89 V"),
            text.formatted("node: 65 nm, supply: {any: [0.8 V, nominal]}", "readVoltage: 1 V"),
            text.formatted("supply: {any: [0.8 V, 1 V]}", "readVoltage: 0.9 V"))) {
      assertEquals(
          300, bind(load("a.yaml", Map.of("a.yaml", allowed))).chip().technology().temperature_K());
    }
  }

  @Test
  void rowsAreSkippedWhereTheirDigitsPickThem() throws Exception {
    String text =
        """
        kirchhoff: 1
        chip:
          pe: {input: {encoding: %s}, readout: %s}
          crossbar: {rows: 128, rowsActive: %s, skipZeroRows: %s, weights: {encoding: %s}%s}
        """;
    String start = "a.yaml:4:%d crossbar.skipZeroRows: is true, but ";
    assertEquals(
        List.of(
            start.formatted(55)
                + "pe.input.encoding is pulseCount, whose digits are not bits that pick a row; use"
                + " bitSerial, with bitsPerPulse of them"),
        problems(
            text.formatted("{any: [bitSerial, pulseCount]}", "sar", "16", "true", "offset", "")));
    assertEquals(
        List.of(
            start.formatted(55)
                + "crossbar.compute is charge, whose rows share their charge in groups that are"
                + " wired; use current"),
        problems(text.formatted("bitSerial", "sar", "16", "true", "offset", ", compute: charge")));
    assertEquals(
        List.of(
            start.formatted(55)
                + "pe.readout is adderTree, whose adders are wired to their rows; use a converter,"
                + " such as sar"),
        problems(text.formatted("bitSerial", "adderTree", "16", "true", "offset", "")));
    assertEquals(
        List.of(
            start.formatted(55)
                + "crossbar.weights.encoding is xnor, whose inputs are -1 or +1 and never zero; use"
                + " differential or offset"),
        problems(
            text.formatted("bitSerial", "sar", "16", "true", "xnor", "")
                + "precision: {weights: 1, inputs: 1}\n"));
    String all =
        "crossbar.rowsActive is all of the 128 rows, which one read takes whatever their digits"
            + " are; give rowsActive fewer";
    assertEquals(
        List.of(start.formatted(56) + all),
        problems(text.formatted("bitSerial", "sar", "128", "true", "offset", "")));
    assertEquals(
        List.of(start.formatted(56) + all),
        problems(text.formatted("bitSerial", "sar", "128", "{any: [false, true]}", "offset", "")));
    // Some designs of a search may have nothing to pick.
    load(
        "a.yaml",
        Map.of(
            "a.yaml",
            text.formatted(
                "bitSerial", "sar", "{any: [128, 16]}", "{any: [false, true]}", "offset", "")));
    DesignSpec skips =
        load(
            "a.yaml", Map.of("a.yaml", text.formatted("bitSerial", "sar", 16, true, "offset", "")));
    assertTrue(bind(skips).chip().crossbar().skipsZeroRows());
    DesignSpec plain =
        load("a.yaml", Map.of("a.yaml", "kirchhoff: 1\nchip: {crossbar: {rows: 64}}\n"));
    assertFalse(bind(plain).chip().crossbar().skipsZeroRows());
    assertEquals(
        List.of(
            "a.yaml:2:29 crossbar.skipZeroRow: unknown key of a crossbar; did you mean"
                + " skipZeroRows?"),
        problems("kirchhoff: 1\nchip: {crossbar: {rows: 64, skipZeroRow: true}}\n"));
  }

  @Test
  void aPeHasPartsForKernelsWhereItAsksForThem() throws Exception {
    String text = "kirchhoff: 1\nchip:\n  pe: {%s}\n";
    DesignSpec plain = load("a.yaml", Map.of("a.yaml", text.formatted("perTile: 4")));
    assertEquals(KernelParts.NONE, bind(plain).chip().pe().kernelParts());
    DesignSpec standard =
        load(
            "a.yaml",
            Map.of("a.yaml", text.formatted("transpose: own, feedback: {}, random: digital")));
    assertEquals(
        new KernelParts(
            Transpose.OWN, Optional.of(LoopAmplifier.standard()), RandomSource.Digital.standard()),
        bind(standard).chip().pe().kernelParts());
    DesignSpec stated =
        load(
            "a.yaml",
            Map.of(
                "a.yaml",
                text.formatted(
                    "transpose: shared, feedback: {gain: 2000, bandwidth: 1 GHz, offset: 0.1 mV},"
                        + " random: {kind: counter, count: 2, delay: 5 us, spread: 20 %,"
                        + " recovery: 3 us, clock: 10 MHz}")));
    KernelParts parts = bind(stated).chip().pe().kernelParts();
    assertEquals(Transpose.SHARED, parts.transpose());
    LoopAmplifier amplifier = parts.feedback().orElseThrow();
    assertEquals(2000, amplifier.gain());
    assertEquals(1, amplifier.bandwidth_GHz());
    assertEquals(1e-4, amplifier.offset_V(), 1e-15);
    RandomSource.Counter counter = (RandomSource.Counter) parts.random();
    assertEquals(2, counter.count());
    assertEquals(5000, counter.delay_ns());
    assertEquals(3000, counter.recovery_ns());
    // 0.2 x 5000 ns x 0.01 GHz.
    assertEquals(10, counter.periods(), 1e-9);
    DesignSpec read = load("a.yaml", Map.of("a.yaml", text.formatted("random: {kind: device}")));
    assertEquals(
        new RandomSource.DeviceNoise(1, ComponentModel.standard()),
        bind(read).chip().pe().kernelParts().random());
  }

  @Test
  void partsForKernelsNeedColumnsOfCurrents() throws Exception {
    String text = "kirchhoff: 1\nchip:\n  pe: {%s}\n  %s\n";
    String needs = " needs columns that carry currents of resistive cells, but ";
    assertEquals(
        List.of("a.yaml:3:19 pe.transpose:" + needs + "crossbar.compute is charge"),
        problems(text.formatted("transpose: {any: [none, own]}", "crossbar: {compute: charge}")));
    assertTrue(
        problems(
                text.formatted(
                    "feedback: {}", "cell: {device: {extends: redox-generic, family: sram}}"))
            .toString()
            .contains("pe.feedback:" + needs + "cell.device is of family sram"));
    assertTrue(
        problems(
                text.formatted(
                    "random: device, readout: adderTree", "crossbar: {compute: digital}"))
            .toString()
            .contains("pe.random:" + needs + "pe.readout is adderTree"));
    String allowed =
        text.formatted("random: digital, readout: adderTree", "crossbar: {compute: digital}");
    assertTrue(
        bind(load("a.yaml", Map.of("a.yaml", allowed)))
            .chip()
            .pe()
            .kernelParts()
            .random()
            .exists());
    assertEquals(
        List.of("a.yaml:3:8 pe.transpos: unknown key of a PE; did you mean transpose?"),
        problems(text.formatted("transpos: own", "crossbar: {}")));
  }

  @Test
  void aFlavourIsAChoiceWithItsOwnNominalSupply() throws Exception {
    String text = "kirchhoff: 1\nchip:\n  technology: {node: 32 nm%s}\n";
    DesignSpec spec =
        load(
            "a.yaml",
            Map.of("a.yaml", text.formatted(", flavour: {any: [lowPower, lowStandbyPower]}")));
    assertEquals("chip.technology.flavour", "chip." + spec.knobs().get(0).path());
    assertEquals(0.9, bind(spec).chip().technology().supply_V(), 1e-12);
    Technology other = spec.newBinder().bind(new int[] {1}).chip().technology();
    assertEquals(Flavour.LOW_STANDBY_POWER, other.flavour());
    assertEquals(1.0, other.supply_V(), 1e-12);
    assertEquals(
        Flavour.LOW_POWER,
        bind(load("a.yaml", Map.of("a.yaml", text.formatted("")))).chip().technology().flavour());
    assertEquals(
        0.8,
        bind(load(
                "a.yaml",
                Map.of("a.yaml", text.formatted(", flavour: lowStandbyPower, supply: 0.8 V"))))
            .chip()
            .technology()
            .supply_V());
    assertEquals(
        List.of(
            "a.yaml:3:38 technology.flavour: is 'lowpower', must be one of highPerformance,"
                + " lowPower, lowStandbyPower; did you mean lowPower?"),
        problems(text.formatted(", flavour: lowpower")));
    // The word of the ITRS.
    assertEquals(
        List.of(
            "a.yaml:3:29 technology.roadmap: unknown key of a technology; did you mean flavour?"),
        problems(text.formatted(", roadmap: highPerformance")));
    assertEquals(
        List.of(
            "a.yaml:3:29 technology.flavor: unknown key of a technology; did you mean flavour?"),
        problems(text.formatted(", flavor: highPerformance")));
  }

  @Test
  void aWordlineIsLowerWhenItIsOff() throws Exception {
    String text = "kirchhoff: 1\nchip:\n  pe: {input: {wordline: {%s}}}\n";
    assertEquals(
        List.of("a.yaml:3:32 pe.input.wordline.low: is 1 V, must be below the high level of 1.0 V"),
        problems(text.formatted("low: 1 V, high: 1 V")));
    assertEquals(
        List.of(
            "a.yaml:3:44 pe.input.wordline.low: is 0.9 V, must be below the high level of 0.9 V,"
                + " the supply"),
        problems(text.formatted("low: {any: [0 V, 0.9 V]}, high: supply")));
    assertEquals(
        List.of(
            "a.yaml:3:32 pe.input.wordline.low: is 1 V, must be below the high level of 0.9 V, the"
                + " supply"),
        problems(text.formatted("low: 1 V, high: {any: [3 V, supply]}")));
    DesignSpec spec = load("a.yaml", Map.of("a.yaml", text.formatted("low: 0.1 V, high: 3 V")));
    assertEquals(
        new Input.Swing(0.1, OptionalDouble.of(3)), bind(spec).chip().pe().input().wordline());
  }

  @Test
  void ofGivenFiguresNoneIsBeyondAllMeasure() {
    String text = "kirchhoff: 1\nchip:\n  crossbar: {%s}\n";
    assertEquals(
        List.of("a.yaml:3:30 crossbar.model.energy: is 1e300 pJ, must be 0 pJ .. 1000 J"),
        problems(text.formatted("model: {energy: 1e300 pJ}")));
    assertEquals(
        List.of("a.yaml:3:24 crossbar.passTime: is 1e-300 ns, must be 1.00 ps .. 1.00 s"),
        problems(text.formatted("passTime: 1e-300 ns")));
  }

  @Test
  void aDigitalArrayIsReadByAddersAndNothingElse() throws Exception {
    String text =
        """
        kirchhoff: 1
        chip:
          pe: {readout: %s}
          crossbar: {compute: %s}
        """;
    assertEquals(
        List.of(
            "a.yaml:4:23 crossbar.compute: is digital, but pe.readout is sar; a digital array needs"
                + " adderTree or adderChain"),
        problems(text.formatted("sar", "digital")));
    assertEquals(
        List.of(
            "a.yaml:4:23 crossbar.compute: is charge, but pe.readout is adderTree, which adds bits;"
                + " leave compute out or write digital"),
        problems(text.formatted("{any: [sar, adderTree]}", "charge")));
    for (String readout : List.of("senseAmplifier", "timeToDigital", "chargeDecrement")) {
      assertEquals(
          List.of(
              "a.yaml:4:23 crossbar.compute: is charge, but pe.readout is "
                  + readout
                  + "; the voltage of shared charge is converted by sar, flash and ramp"),
          problems(text.formatted(readout, "charge")));
    }
    load("a.yaml", Map.of("a.yaml", text.formatted("{any: [sar, flash, ramp]}", "charge")));
    String free = "kirchhoff: 1\nchip:\n  pe: {readout: {any: [sar, adderChain]}}\n";
    DesignSpec spec = load("a.yaml", Map.of("a.yaml", free));
    assertEquals(Compute.Kind.CURRENT, bind(spec).chip().crossbar().compute().kind());
    DesignSpec chain = load("a.yaml", Map.of("a.yaml", free), "pe.readout.kind=adderChain");
    Crossbar crossbar = bind(chain).chip().crossbar();
    assertEquals(Compute.Kind.DIGITAL, crossbar.compute().kind());
    assertEquals(OptionalInt.empty(), crossbar.weights().combine());
    // 128 rows: carries of 7 bits.
    assertEquals(7, crossbar.weights().carryColumns());
  }

  private static int index(DesignSpec spec, String path) {
    for (int k = 0; k < spec.knobs().size(); k++) {
      if (spec.knobs().get(k).path().equals(path)) {
        return k;
      }
    }
    throw new AssertionError("no knob " + path);
  }

  @Test
  void weightBitsAreChosenLayerByLayer() throws Exception {
    DesignSpec spec = example("bench/resnet18-12db.yaml");
    assertEquals(22 + 20, spec.knobs().size());
    int[] ordinals = spec.tree().start();
    ordinals[index(spec, "precision.weights[resnet18/07]")] = 0;
    Design design = spec.newBinder().bind(ordinals);
    assertEquals(8, design.jobs().get(0).precision().get(0).weights());
    assertEquals(8, design.jobs().get(0).precision().get(6).weights());
    assertEquals(6, design.jobs().get(0).precision().get(7).weights());
  }

  @Test
  void isaacKeepsItsFiguresWithTheirPlace() throws Exception {
    Design design = bind(example("isaac.yaml"));
    ComponentModel.Given converter = (ComponentModel.Given) design.chip().pe().readout().model();
    assertEquals(1200, converter.area_um2().getAsDouble(), 1e-9);
    assertEquals(2000, converter.power_uW().getAsDouble(), 1e-9);
    assertEquals(1 / 1.28, converter.time_ns().getAsDouble(), 1e-12);
    assertTrue(converter.origin().place().startsWith("isaac.yaml:"));
    assertEquals(32, converter.origin().node_nm(), 1e-9);
    assertEquals(0.5, design.chip().cell().device().window().min_uS(), 1e-9);
    assertEquals(500, design.chip().cell().device().window().max_uS(), 1e-9);
    assertTrue(design.chip().crossbar().isTable());
    assertTrue(design.jobs().isEmpty());
  }

  @Test
  void figuresStayAtTheNodeOfTheirFile() throws Exception {
    Map<String, String> texts = examples();
    texts.put("s.yaml", "kirchhoff: 1\nextends: isaac.yaml\nchip: {technology: {node: 22 nm}}\n");
    Design design = bind(load("s.yaml", texts));
    assertEquals(22, design.chip().technology().node_nm(), 1e-9);
    ComponentModel.Given given = (ComponentModel.Given) design.chip().pe().readout().model();
    assertEquals(32, given.origin().node_nm(), 1e-9);
  }

  @Test
  void figuresHoldForTheirSettingsOnly() {
    String chip =
        "kirchhoff: 1\nchip:\n  pe:\n    readout: {kind: sar, bits: %s, model: {area: 900 um2}}\n";
    String choice = problems(String.format(chip, "{any: [6, 7]}")).toString();
    assertTrue(
        choice.contains("figures hold for one bits only, but bits is a choice (4:32)"), choice);
    String changed =
        problems(
                "kirchhoff: 1\nextends: base.yaml\nchip: {pe: {readout: {bits: 7}}}\n",
                "base.yaml",
                String.format(chip, "8"))
            .toString();
    assertTrue(
        changed.contains(
            "pe.readout.bits: is changed, but the figures of base.yaml:4 hold for the bits of that file only"),
        changed);
  }

  @Test
  void settingsPickValuesKindsAndChoices() throws Exception {
    Design seven = bind(example("resnet18-reram.yaml", "pe.readout.kind=sar", "pe.readout.bits=7"));
    assertEquals(7, seven.chip().pe().readout().bits());
    DesignSpec nine = example("resnet18-reram.yaml", "pe.readout.bits=9");
    assertEquals(9, bind(nine).chip().pe().readout().bits());
    Knob readout = nine.knobs().get(index(nine, "pe.readout"));
    assertEquals(List.of("sar", "flash"), readout.values(), "a sense amplifier has at most 4 bits");
    Design flash =
        bind(example("resnet18-reram.yaml", "pe.readout.kind=flash", "pe.readout.bits=5"));
    assertEquals(ReadoutKind.FLASH, flash.chip().pe().readout().kind());
    assertEquals(5, flash.chip().pe().readout().bits());
    assertEquals(
        flash,
        bind(example("resnet18-reram.yaml", "pe.readout.bits=5", "pe.readout.kind=flash")),
        "whichever comes first");
    assertEquals(256, bind(example("resnet18-reram.yaml", "side=256")).chip().crossbar().columns());
    Design half = bind(example("isaac.yaml", "pe.readout.columnsPerAdc=64"));
    assertEquals(64, half.chip().pe().readout().columnsPerAdc());
    DesignSpec added = example("isaac.yaml", "tile.count={any: [84, 168]}");
    assertEquals(List.of("84", "168"), added.knobs().get(0).values());
    Design device =
        bind(
            example(
                "resnet18-reram.yaml",
                "cell.device=pcm-gst-joshi2020",
                "cell.device.resistance.low=30 kohm"));
    assertEquals(1000 / 30.0, device.chip().cell().device().window().max_uS(), 1e-9);
  }

  @Test
  void noneIsAPartThatIsNotThere() throws Exception {
    String macro = "kirchhoff: 1\nchip: {tile: %s, pe: {shiftAdd: none}}\n";
    Chip none = bind(load("a.yaml", Map.of("a.yaml", String.format(macro, "none")))).chip();
    assertEquals(1, none.tile().count().getAsInt());
    assertEquals(0, none.tile().bus().width_bits());
    String each =
        "{count: 1, buffer: none, bus: {width: 0}, outputRegister: none, relu: {count: 0},"
            + " sigmoid: {count: 0}, maxPool: {count: 0}, shiftAdd: {count: 0}, vector: {count: 0}}";
    assertEquals(
        bind(load("a.yaml", Map.of("a.yaml", String.format(macro, each)))).chip(),
        none,
        "a tile that is none is one whose parts are");
    Map<String, String> two =
        Map.of(
            "base.yaml",
            String.format(macro, "none"),
            "a.yaml",
            "kirchhoff: 1\nextends: base.yaml\nchip: {tile: {count: 3}}\n");
    Chip three = bind(load("a.yaml", two)).chip();
    assertEquals(3, three.tile().count().getAsInt());
    assertEquals(
        0, three.tile().bus().width_bits(), "what was none stays none beside what is changed");
    assertEquals(
        three,
        bind(load("base.yaml", two, "tile.count=3")).chip(),
        "the command line changes it as a file does");
    assertEquals(
        none, bind(load("a.yaml", two, "tile=none")).chip(), "none takes the place of all of it");
    String resolved = SpecText.yaml(load("a.yaml", two));
    assertEquals(three, bind(load("a.yaml", Map.of("a.yaml", resolved))).chip());
  }

  @Test
  void aSweepPinsAndReplacesKnobsOfItsBase() throws Exception {
    DesignSpec spec = example("array-adc-sweep.yaml");
    assertEquals(
        List.of(
            "side",
            "workload",
            "technology.node",
            "pe.readout.bits",
            "pe.readout.columnsPerAdc",
            "cell.bits",
            "cell.readVoltage"),
        spec.knobs().stream().map(Knob::path).toList());
    assertTrue(spec.conditions().isEmpty());
    Knob side = spec.knobs().get(0);
    assertEquals("128", side.values().get(side.start()), "starts where the base starts");
    assertEquals(Topology.MESH, bind(spec).chip().uncore().interconnect().kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kirchhoff: 2 | is 2, must be 1",
        "kirchhoff: 1 | chip: is missing in a spec",
        "chip: {} | kirchhoff: is missing",
        "kirchhoff: 1;chip: {tyle: {}} | unknown key of a chip; did you mean tile?",
        "kirchhoff: 1;chip: {tile: {count: 8.7}} | is 8.7, must be a whole number 1..1000000, or fit",
        "kirchhoff: 1;chip: {pe: {readout: sarr}} | unknown kind 'sarr' of readout; did you mean sar?",
        "kirchhoff: 1;chip: {crossbar: {rows: {any: []}}} | any must be a list of at least one value",
        "kirchhoff: 1;chip: {crossbar: {rows: {any: [64, 64]}}} | the value 64 is given twice",
        "kirchhoff: 1;chip: {};record: [area, snr, area] | record: area is given twice",
        "kirchhoff: 1;chip: {};record: [arae] | record: 'arae' is no metric; did you mean area?",
        "kirchhoff: 1;chip: {};record: {any: [[area], [snr]]} | record: must be metrics by name",
        "kirchhoff: 1;chip: {crossbar: {rows: {from: 64, to: 32}}} | from 64 is above to 32",
        "kirchhoff: 1;chip: {cell: {readVoltage: {from: 0.1 V, to: 0.3 V}}} | needs step",
        "kirchhoff: 1;chip: {crossbar: {rows: 64, rowsActive: 128}} | is 128, more than the 64 rows",
        "kirchhoff: 1;chip: {crossbar: {perPe: 4, working: 8}} | crossbar.working: is 8, more than the 4 crossbars of a PE",
        "kirchhoff: 1;chip: {pe: {readout: {kind: adderTree, model: sar-28nm}}} | pe.readout.model: is sar-28nm, but this circuit has one model; leave model out, or give figures",
        "kirchhoff: 1;chip: {pe: {readout: adderTree}, crossbar: {perPe: 4, working: 1}} | weights that take turns are cell.banks",
        "kirchhoff: 1;chip: {crossbar: {perPe: 4, working: 1}};mapping: {share: layers} | is 1 of 4, but mapping.share lets layers take turns",
        "kirchhoff: 1;chip: {pe: {input: {encoding: pulseWidth, combine: value}}} | pe.input.combine: shares the charge of voltages, but pe.input.encoding is pulseWidth; only bitSerial has bits",
        "kirchhoff: 1;chip: {pe: {input: {combine: 4, bitsPerPulse: 2}}} | but bitsPerPulse is above 1; capacitors halve bit by bit",
        "kirchhoff: 1;chip: {pe: {input: {combine: value}, readout: oscillator}} | but pe.readout is oscillator; voltages are converted by sar, flash and ramp",
        "kirchhoff: 1;chip: {pe: {input: {combine: value}}, crossbar: {skipZeroRows: true, rowsActive: 16}} | but crossbar.skipZeroRows reads other rows for each bit",
        "kirchhoff: 1;chip: {pe: {input: {combine: all}}} | must be a whole number 1..16, or value",
        "kirchhoff: 1;let: {a: = b, b: = a};chip: {crossbar: {rows: = a}} | refers to itself through let",
        "kirchhoff: 1;chip: {crossbar: {rows: = crossbar.columns, columns: = crossbar.rows}} | refers to itself",
        "kirchhoff: 1;let: {n: 3};chip: {crossbar: {rows: 64, rowsActive: = crossbar.rows / n}} | gives 21.3, must be a whole number 1..8192",
        "kirchhoff: 1;let: {s: {any: [64, 96]}};chip: {crossbar: {rows: = s, rowsActive: = s / 64}} | gives 1.50 where s is 96",
        "kirchhoff: 1;chip: {crossbar: {rows: = cell.readVoltage}} | the formula gives a voltage, must be a number",
        "kirchhoff: 1;chip: {};objectives: {maximise: [TOPS/Watt]} | 'TOPS/Watt' is no metric; did you mean TOPS/W?",
        "kirchhoff: 1;chip: {};objectives: {maximise: [TOPS/W], over: best} | must be one of weighted, worst, mean",
        "kirchhoff: 1;chip: {};objectives: {maximise: [TOPS/W], over: {any: [worst, mean]}} | objectives.over: is a choice",
        "kirchhoff: 1;chip: {cell: {device: {extends: redox-generic, resistance: {low: 2 Mohm, high: 1 kohm}}}} | is 1 kohm, must be above the low resistance",
        "kirchhoff: 1;chip: {};operation: {age: none} | operation.age: is 'none', must be a time",
        "kirchhoff: 1;chip: {cell: {device: none}} | cell.device: unknown device 'none'",
        "kirchhoff: 1;extends: nothere.yaml;chip: {} | nothere.yaml does not exist",
      })
  void problemsAreReportedWithTheAllowedValues(String text, String message) {
    String told = problems(text.replace(";", "\n")).toString();
    assertTrue(told.contains(message), told);
  }

  @Test
  void circlesOfFilesAreReportedWithTheirWay() {
    String told =
        problems("kirchhoff: 1\nextends: b.yaml\n", "b.yaml", "kirchhoff: 1\n\nextends: a.yaml\n")
            .toString();
    assertTrue(told.contains("a.yaml: extends itself through b.yaml:3"), told);
  }

  @Test
  void aSyntaxErrorIsReportedWithTheProblemsBeforeIt() {
    List<String> told =
        problems("kirchhoff: 1\nchip:\n  technology: {node: 32}\n  clock: [1, 2\n  pe: {}\n");
    assertTrue(
        told.get(0).startsWith("a.yaml:3:22 technology.node: is 32 without a unit"),
        told.toString());
    assertTrue(told.get(told.size() - 1).contains("is not YAML"), told.toString());
  }

  @Test
  void resolvedJsonReadsBackToTheSameDesigns() throws Exception {
    for (String name :
        List.of(
            "isaac.yaml",
            "resnet18-reram.yaml",
            "bench/resnet18-12db.yaml",
            "array-adc-sweep.yaml",
            "vgg8-pcm.yaml",
            "mram-binary.yaml")) {
      DesignSpec spec = example(name);
      DesignSpec again = load("b.json", Map.of("b.json", SpecText.json(spec).toPrettyString()));
      assertEquals(knobTexts(spec), knobTexts(again), name);
      assertEquals(withoutPlaces(bind(spec)), withoutPlaces(bind(again)), name);
    }
  }

  @Test
  void aNetworkOfAFileIsCarriedAlong() throws Exception {
    String net =
        "kirchhoff: 1\nnetwork: ours\nlayers:\n"
            + "  - {name: conv1, inputs: 3, outputs: 16, kernel: 3, output: 32, after: bias relu max2@16x16}\n"
            + "  - {inputs: 4096, outputs: 10, inputValues: {zero: 60 %, meanAbs: 0.12, rms: 0.22}}\n";
    String text =
        "kirchhoff: 1\nworkload: ours.yaml\nchip: {}\nprecision: {weights: {any: [4, 8], per: layer}}\n";
    DesignSpec spec = load("a.yaml", Map.of("a.yaml", text, "ours.yaml", net));
    assertEquals(
        List.of("precision.weights[ours/conv1]", "precision.weights[ours/01]"),
        spec.knobs().stream().map(Knob::path).toList());
    assertEquals(32 * 32 * 16 * 27 + 40960, bind(spec).jobs().get(0).network().macs());
    DesignSpec again = load("b.json", Map.of("b.json", SpecText.json(spec).toString()));
    assertEquals(knobTexts(spec), knobTexts(again));
    assertEquals(
        bind(spec).jobs().get(0).network().layers(), bind(again).jobs().get(0).network().layers());
  }

  @Test
  void aWrongNetworkFileIsReported() {
    String text = "kirchhoff: 1\nworkload: ours.yaml\nchip: {}\n";
    String told =
        problems(
                text,
                "ours.yaml",
                "kirchhoff: 1\nnetwork: ours\nlayers: [{inputs: 3, outputs: 0, after: bias rellu}]\n")
            .toString();
    assertTrue(told.contains("ours.yaml:3:31 layers[0].outputs: is 0, must be 1..10000000"), told);
  }

  private static List<String> knobTexts(DesignSpec spec) {
    return spec.knobs().stream()
        .map(k -> k.path() + k.values() + k.start() + k.condition())
        .toList();
  }

  private static String withoutPlaces(Design design) {
    return design
        .toString()
        .replaceAll("place=[^,\\]]*", "place")
        .replaceAll("origin=GIVEN, source=[^,\\]]*", "given");
  }

  @Test
  void resolvedTextNamesTheOriginOfEveryValue() throws Exception {
    String text = SpecText.yaml(example("array-adc-sweep.yaml"));
    assertTrue(text.matches("(?s).*clock: 1 GHz +# from resnet18-reram.yaml:11\n.*"), text);
    assertTrue(text.contains("# default"), text);
  }

  @Test
  void objectivesOverNetworksCarryHowInTheirNames() throws Exception {
    DesignSpec spec =
        load(
            "a.yaml",
            Map.of(
                "a.yaml",
                "kirchhoff: 1\nchip: {}\nworkload: [resnet18, vgg16]\n"
                    + "objectives: {maximise: [TOPS/W], minimise: [area], over: worst}\n"));
    assertEquals(
        List.of("worst TOPS/W", "area"), spec.objectives().stream().map(Objective::name).toList());
    assertEquals(
        List.of("worst.energyEfficiency_TOPSperW", "area_mm2"),
        spec.objectives().stream().map(Objective::key).toList());
    assertTrue(spec.judgesNetworks());
    assertFalse(example("resnet18-reram.yaml").judgesNetworks());
  }

  @ParameterizedTest
  @CsvSource({"sram-8t, 0", "sram-6t, 0", "redox-generic, 1", "mtj-generic, 1"})
  void onlySramDoesWithoutAHeldBitline(String device, int warned) throws Exception {
    String cell = "kirchhoff: 1\nchip: {cell: {device: " + device + ", bitline: held}}\n";
    var warnings = load("a.yaml", Map.of("a.yaml", cell)).warnings();
    assertEquals(warned, warnings.size(), warnings.toString());
    if (warned > 0) {
      assertTrue(warnings.get(0).toString().contains("cell.bitline: has no effect"));
    }
  }

  @Test
  void xnorOfSeveralBitsTakesSignsOneByOne() throws Exception {
    String text =
        """
        kirchhoff: 1
        precision: {weights: %s, inputs: %s}
        chip:
          pe: {input: {encoding: %s}, readout: %s}
          crossbar: {weights: {encoding: xnor%s}}
          cell: {bits: %s}
        """;
    load("a.yaml", Map.of("a.yaml", text.formatted("4", "8", "bitSerial", "sar", "", "1")));
    load("a.yaml", Map.of("a.yaml", text.formatted("1", "1", "pulseWidth", "sar", "", "2")));
    String digital = text.formatted("4", "4", "bitSerial", "adderTree", ", combine: weight", "1");
    load("a.yaml", Map.of("a.yaml", digital));
    assertEquals(
        List.of(
            "a.yaml:4:26 pe.input.encoding: is pulseWidth, but xnor inputs of several bits are"
                + " signs, one a pulse; use bitSerial"),
        problems(
            text.formatted(
                "1", "{any: [1, 4]}", "{any: [bitSerial, pulseWidth]}", "sar", "", "1")));
    assertEquals(
        List.of(
            "a.yaml:4:51 pe.input.bitsPerPulse: takes several bits at once, but xnor inputs are"
                + " signs, each with a pulse and a conversion of its own; leave it out or write 1"),
        problems(text.formatted("4", "4", "bitSerial, bitsPerPulse: 2", "sar", "", "1")));
    assertEquals(
        List.of(
            "a.yaml:6:16 cell.bits: a cell of xnor weights of several bits holds one sign; set"
                + " cell: {bits: 1}"),
        problems(text.formatted("4", "1", "bitSerial", "sar", "", "{any: [1, 2]}")));
    assertEquals(
        List.of(
            "a.yaml:5:49 crossbar.weights.combine: adds columns before one conversion, but each"
                + " plane of xnor weights is converted by itself; leave it out or write 1"),
        problems(text.formatted("4", "1", "bitSerial", "sar", ", combine: weight", "1")));
  }

  @Test
  void cellsOfOneBitStandAmongCellsOfSeveral() throws Exception {
    String text =
        """
        kirchhoff: 1
        chip:
          pe: {readout: sar}
          crossbar: {compute: %s, weights: {encoding: %s, oneBitCells: %s%s}}
          cell: {bits: %s, device: %s}
        """;
    String mixed =
        text.formatted(
            "current", "offset", "{any: [0, 2]}", ", combine: weight", "2", "mtj-generic");
    assertEquals(List.of(), load("a.yaml", Map.of("a.yaml", mixed)).warnings());
    assertEquals(
        List.of(
            "a.yaml:4:72 crossbar.weights.oneBitCells: needs cells of several levels, whose"
                + " currents columns add up, but crossbar.compute is charge; leave it out or write 0"),
        problems(text.formatted("charge", "offset", "2", "", "1", "sram-6t")));
    assertEquals(
        List.of(
            "a.yaml:4:85 crossbar.weights.combine: adds some cells of a weight, but"
                + " crossbar.weights.oneBitCells makes cells of two sizes, whose groups would"
                + " differ; use 1 or weight"),
        problems(text.formatted("current", "offset", "2", ", combine: 2", "2", "mtj-generic")));
    for (String useless :
        List.of(
            text.formatted("current", "offset", "2", "", "1", "mtj-generic"),
            text.formatted("current", "xnor", "2", "", "2", "mtj-generic")
                + "precision: {weights: 1, inputs: 1}\n")) {
      var warnings = load("a.yaml", Map.of("a.yaml", useless)).warnings();
      assertEquals(1, warnings.size(), warnings.toString());
      assertTrue(warnings.get(0).toString().contains("oneBitCells: has no effect"));
    }
  }

  @Test
  void digitsOfMixedCellsCoverACodeOnce() {
    WeightDigits digits = new WeightDigits(7, 2, 2);
    assertEquals(5, digits.count());
    // 1100110 in digits 10, 01 and the one bit left, then 1 and 1.
    assertEquals(List.of(2, 1, 0, 1, 1), digitsOf(digits, 0b1100110));
    assertEquals(List.of(0, 2, 4, 5, 6), IntStream.range(0, 5).mapToObj(digits::first).toList());
    assertEquals(List.of(1, 1, 1, 3, 3), IntStream.range(0, 5).mapToObj(digits::step).toList());
    assertEquals(3 + 3 * 4 + 3 * 16 + 32 + 64, digits.largestSum(0, 5));
  }

  private static List<Integer> digitsOf(WeightDigits digits, int code) {
    return IntStream.range(0, digits.count()).mapToObj(s -> digits.of(code, s)).toList();
  }
}
