package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.readout.PublishedConverter;
import java.util.HashMap;
import java.util.Map;

/**
 * The uncertainty of each model of the library. Factors are ratios of other published figures to
 * the model's own, taken at 32 nm, 0.9 V unless said otherwise; where a model rests on assumed
 * constants and nothing published compares, a wide band is assumed and says so. Where the survey of
 * published macros measures a family (docs/validation.md, band of 10 to 90 % of chips, ours over
 * the published figure), the band is that spread, inverted.
 *
 * <p>Sources: SAR of ZigZag-IMC (arXiv 2305.18335); ISAAC's tables (doi 10.1109/ISCA.2016.12);
 * Murmann's ADC survey (envelope of arXiv 2404.06553, and the 208 of its converters with 4
 * effective bits or more); fits to DNN+NeuroSim V1.3 (doi 10.1109/IEDM19573.2019.8993491); PUMA
 * simulator (doi 10.1145/3297858.3304049); MNSIM 2.0 (doi 10.1145/3386263.3407647); FORMS (ISCA
 * 2021) and Newton (2018), 32 nm; Aladdin's cells at 40 nm (doi 10.1109/ISCA.2014.6853196).
 */
final class Uncertainties {

  /** A model that nobody has compared yet. */
  private static final Uncertainty ASSUMED =
      of(0.5, 2, 0.5, 2, "assumed, no published figure compared");

  private static final String NEURON = "neuron-neurram";
  private static final double NEURON_NM = 130;
  private static final double NEAR = 1.5;
  private static final String SCALED_NEURON = NEURON + ", scaled";

  private static final Map<String, Uncertainty> BY_MODEL = byModel();

  private Uncertainties() {}

  /** The uncertainty of a model of the library. */
  static Uncertainty of(String model) {
    return BY_MODEL.getOrDefault(model, ASSUMED);
  }

  /**
   * The model that errs in the place of another at a node: figures of one chip hold within a factor
   * of 1.5 of its node, beyond it their scaling errs too.
   */
  static String at(double node_nm, String model) {
    boolean isScaled =
        model.equals(NEURON) && Math.max(node_nm, NEURON_NM) > NEAR * Math.min(node_nm, NEURON_NM);
    return isScaled ? SCALED_NEURON : model;
  }

  /** True if the uncertainty of a model is stated, not the general assumption. */
  static boolean isStated(String model) {
    return BY_MODEL.containsKey(model);
  }

  private static Map<String, Uncertainty> byModel() {
    Map<String, Uncertainty> all = new HashMap<>();
    readouts(all);
    analog(all);
    digital(all);
    memories(all);
    links(all);
    sramArrays(all);
    return Map.copyOf(all);
  }

  private static void sramArrays(Map<String, Uncertainty> all) {
    all.put(
        "charge-array",
        of(
            new Spread(0.34, 2.4, "9 capacitor SRAM macros of the survey: 0.41 .. 2.9 of them"),
            new Spread(0.19, 2.4, "6 capacitor SRAM macros of the survey: 0.42 .. 5.2 of them")));
    all.put(
        "sram-bitline-array",
        of(
            new Spread(0.1, 11, "19 bitline SRAM macros of the survey: 0.09 .. 10 of them"),
            new Spread(0.09, 4.2, "8 bitline SRAM macros of the survey: 0.24 .. 11 of them")));
    all.put(
        "digital-array",
        of(0.5, 2, 0.5, 1.5, "one gate a cell to a full multiplexer, push-rule cells (assumed)"));
    all.put(
        "adder-tree",
        of(
            new Spread(0.33, 2.5, "trees of 28 nm 0.36x and 0.33x, of 5 nm 2.5x"),
            new Spread(0.84, 1.9, "trees of 5 nm 0.84x, of 28 nm 1.4x and 1.9x")));
    all.put("adder-chain", of(0.5, 1.5, 0.4, 1.2, "registers every 4 to 16 rows (assumed)"));
  }

  private static void counters(Map<String, Uncertainty> all) {
    all.put(
        "shared-ramp",
        of(
            0.3,
            3,
            0.5,
            2,
            "units and buffer of the ramp, comparator assumed; no published ramp compared"));
    all.put(
        "cco-hermes",
        of(
            0.3,
            3,
            0.3,
            3,
            "charge of a count, ring and jitter assumed; HERMES states a column with its cells"));
    all.put(
        "neuron-neurram",
        of(0.93, 1.07, 1, 1, "NeuRRAM's measured groups lie within 7 % of its step energies"));
    all.put(
        "tdc-timely",
        of(
            0.5,
            2,
            0.5,
            2,
            "capacitor, delay line and table assumed; TIMELY's figures are estimates"));
    all.put(
        "spike-counter",
        of(
            0.3,
            3,
            0.3,
            3,
            "charge of a spike, delays and area assumed; no published figure compared"));
    for (PublishedConverter.Row row : PublishedConverter.TABLE) {
      all.put(row.name(), of(1, 1, 1, 1, "as published"));
    }
  }

  private static void readouts(Map<String, Uncertainty> all) {
    counters(all);
    all.put(
        SCALED_NEURON,
        of(0.5, 2, 0.5, 2, "NeuRRAM's figures at 130 nm, scaled as analogue circuits (assumed)"));
    all.put(
        "sar-28nm",
        of(
            new Spread(0.1, 2.1, "4..8 b: NeuroSim fit 0.10x, ADC survey 0.78x, its median 2.1x"),
            new Spread(0.36, 3.8, "SARs: NeuroSim fit 0.36x at 8 b, ISAAC 3.8x at 4 b")));
    all.put(
        "isaac-sar",
        of(
            new Spread(0.15, 1.3, "NeuroSim fit 0.15x, FORMS 0.29x, Newton 1.3x"),
            new Spread(0.32, 3.2, "8 b: NeuroSim fit 0.32x, ADC survey 3.2x")));
    all.put(
        "survey-2025",
        of(
            new Spread(0.34, 22, "208 surveyed ADCs over this envelope: median 2.7x, p10..p90"),
            new Spread(1, 62, "208 surveyed ADCs over this envelope: median 5.8x, p10..p90")));
    all.put(
        "neurosim-sar-fit",
        of(
            new Spread(0.8, 6.8, "8 b: ISAAC 6.6x, ADC survey 6.8x; fit itself 0.8x (assumed)"),
            new Spread(0.8, 10, "8 b: SAR of ZigZag-IMC 6.2x, ADC survey 10x")));
    all.put(
        "flash-28nm",
        of(
            new Spread(
                0.2, 4.3, "8 resistive macros of the survey with converters: 0.23 .. 5 of them"),
            new Spread(0.5, 3, "trim, adders and layout are assumed")));
    all.put(
        "neurosim-flash-fit",
        of(
            new Spread(0.8, 5.3, "comparator flash (MNSIM 2.0) 5.3x at 8 b; fit 0.8x (assumed)"),
            new Spread(0.5, 3, "comparator flash agrees; 0.5x..3x assumed")));
    all.put(
        "neurosim-voltage-flash-fit",
        of(
            new Spread(0.8, 5.3, "as neurosim-flash-fit"),
            new Spread(0.5, 3, "as neurosim-flash-fit")));
    Uncertainty versions =
        of(
            new Spread(
                0.6, 1.3, "V1.4 of the tool has 0.75x for a chip; without its calibration 1.28x"),
            new Spread(
                0.6, 1.3, "V1.4 of the tool has 0.67x for a chip; without its calibration 0.76x"));
    for (String model :
        new String[] {
          NeurosimCircuits.ARRAY,
          NeurosimCircuits.BUFFER,
          NeurosimCircuits.FEED,
          NeurosimCircuits.LOGIC,
          NeurosimCircuits.BUS,
          NeurosimCircuits.H_TREE
        }) {
      all.put(model, versions);
    }
    all.put(
        "current-sense",
        of(
            new Spread(
                0.2,
                7.1,
                "4 resistive macros of the survey with sense amplifiers: 0.14 .. 5 of them"),
            new Spread(0.17, 2.5, "MNSIM 2.0 sense amplifier 0.17x; layout is assumed")));
  }

  private static void analog(Map<String, Uncertainty> all) {
    all.put(
        "row-driver",
        of(
            new Spread(0.5, 8, "ISAAC's and PUMA's 1-bit driver 390 fJ a pass, about 8x"),
            new Spread(0.5, 2, "stage sizing is assumed")));
    Uncertainty amplifier =
        of(0.4, 2.5, 0.4, 2.5, "gain, overdrive and area of the cascode are assumed");
    all.put("two-stage-tia", amplifier);
    all.put(LibraryEntries.INTEGRATOR, amplifier);
    all.put("sample-hold", of(0.5, 2, 0.5, 2, "leak and capacitor density are assumed"));
    all.put("transmission-gate", of(0.5, 2, 0.5, 2, "drop across the gate is assumed"));
    all.put(
        "physical-array",
        of(
            new Spread(0.8, 1.25, "wire capacitance of ITRS, settling rule; assumed"),
            new Spread(0.8, 1.5, "spacing, straps and decoder of published arrays; assumed")));
    all.put("write-driver", of(0.5, 2, 0.5, 2, "NeuroSim's level shifter 0.9x..2x; rest assumed"));
  }

  private static void digital(Map<String, Uncertainty> all) {
    Uncertainty gates =
        of(
            new Spread(0.19, 1.7, "ISAAC's shift-and-add 0.19x, Aladdin's adder 1.7x"),
            new Spread(0.36, 1.3, "ISAAC's shift-and-add 0.36x, Aladdin 0.8x; above assumed"));
    for (String unit :
        new String[] {
          "rectifier", "look-up-table", "maximum", "multiply-accumulate", "row-selector"
        }) {
      all.put(unit, gates);
    }
    all.put(
        "ripple-accumulator",
        of(
            new Spread(0.33, 3.4, "ISAAC's shift-and-add 0.33x, Aladdin's adder 3.4x"),
            gates.area()));
    all.put(
        "flip-flops",
        of(
            new Spread(0.7, 3, "Aladdin's register 3x; below assumed"),
            new Spread(0.67, 1.3, "Aladdin's register 0.67x; above assumed")));
  }

  private static void memories(Map<String, Uncertainty> all) {
    all.put(
        "sram-6t",
        of(
            new Spread(
                0.5,
                3.3,
                "PUMA's data memories 0.55x at 1 KB, MNSIM 2.0 and Horowitz 3.3x at 1 MB"),
            new Spread(0.8, 3, "PUMA's data memories 0.8x, MNSIM 2.0's 2 KB at 45 nm 2.9x")));
    all.put(
        "edram-puma",
        of(
            new Spread(0.8, 1.5, "ISAAC 1.2x; both from one tool, so wider (assumed)"),
            new Spread(0.8, 1.5, "ISAAC 0.97x; both from one tool, so wider (assumed)")));
  }

  private static void links(Map<String, Uncertainty> all) {
    Uncertainty wires =
        of(
            new Spread(0.7, 1.6, "ISAAC's bus 1.6x; activity and repeaters are assumed"),
            new Spread(0.7, 1.5, "pitch fitted to one bus; assumed"));
    all.put("repeated-wires", wires);
    all.put(LibraryEntries.H_TREE, wires);
    all.put(
        "router-orion",
        of(
            new Spread(0.4, 1.5, "ISAAC's router 0.4x; above assumed"),
            new Spread(0.7, 1.3, "ISAAC's router 1.3x; below assumed")));
    all.put("switch-box", of(0.5, 2, 0.5, 2, "buffers and configuration cells are assumed"));
    all.put("hyper-transport", of(0.5, 2, 0.5, 2, "one published link; assumed"));
    all.put(
        "off-chip-memory",
        of(
            new Spread(0.7, 1.5, "row hits against misses; assumed"),
            new Spread(0.67, 2.7, "published interfaces take 0.1..0.4 mm2 a GB/s")));
    all.put("pads", of(0.5, 2, 0.5, 2, "pad capacitance and size are assumed"));
  }

  private static Uncertainty of(Spread energy, Spread area) {
    return new Uncertainty(energy, area);
  }

  private static Uncertainty of(
      double energyLow, double energyHigh, double areaLow, double areaHigh, String reason) {
    return of(new Spread(energyLow, energyHigh, reason), new Spread(areaLow, areaHigh, reason));
  }
}
