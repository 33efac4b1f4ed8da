package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.peripherals.analog.LoopRow;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Registration of circuit models, one line each: name, part and kind that it prices, and of a
 * readout its converter on a column. Range, band, source and constants stand in the model's file
 * ({@link CircuitFile}). Where published models disagree they stand side by side.
 */
final class CircuitModels {
  static final String ADDER_TREE = "adder-tree";
  static final String ADDER_CHAIN = "adder-chain";
  static final String PHYSICAL_ARRAY = "physical-array";
  static final String CHARGE_ARRAY = "charge-array";
  static final String SRAM_ARRAY = "sram-bitline-array";
  static final String DIGITAL_ARRAY = "digital-array";
  static final String SURVEY = "survey-2025";

  /** Models in the order of the catalogue. */
  static final List<CircuitModel> ALL =
      List.of(
          usual("sar-28nm", ReadoutKind.SAR),
          other("isaac-sar", ReadoutKind.SAR),
          other(SURVEY, ReadoutKind.SAR),
          measured("neurosim-sar-fit", ReadoutKind.SAR),
          usual("flash-28nm", ReadoutKind.FLASH),
          measured("neurosim-flash-fit", ReadoutKind.FLASH),
          measured("neurosim-voltage-flash-fit", ReadoutKind.FLASH),
          usual("current-sense", ReadoutKind.SENSE_AMPLIFIER, CircuitModels::senseAmplifier),
          implied(ADDER_TREE, Part.READOUT, ReadoutKind.ADDER_TREE.word()),
          implied(ADDER_CHAIN, Part.READOUT, ReadoutKind.ADDER_CHAIN.word()),
          usual("shared-ramp", ReadoutKind.RAMP),
          usual("cco-hermes", ReadoutKind.OSCILLATOR),
          usual("neuron-neurram", ReadoutKind.CHARGE_DECREMENT),
          usual("tdc-timely", ReadoutKind.TIME_TO_DIGITAL),
          usual("spike-counter", ReadoutKind.INTEGRATE_FIRE),
          usual("row-driver", Part.INPUT, ""),
          usual("row-selector", Part.ROW_SELECTOR, ""),
          usual("two-stage-tia", Part.FRONT_END, ""),
          implied("integrator", Part.FRONT_END, "integrator"),
          usual("sample-hold", Part.SAMPLE_HOLD, ""),
          usual("transmission-gate", Part.COLUMN_MUX, ""),
          usual("transpose-switches", Part.TRANSPOSE, Transpose.SHARED.word()),
          implied("transpose-converters", Part.TRANSPOSE, Transpose.OWN.word()),
          usual(LoopRow.CIRCUIT, Part.FEEDBACK, ""),
          usual("xorshift", Part.RANDOM, "digital"),
          usual("delay-counter", Part.RANDOM, "counter"),
          usual("noise-read", Part.RANDOM, "device"),
          usual("ripple-accumulator", Part.SHIFT_ADD, ""),
          usual("rectifier", Part.RELU, ""),
          usual("look-up-table", Part.SIGMOID, ""),
          usual("maximum", Part.MAX_POOL, ""),
          usual("multiply-accumulate", Part.VECTOR, ""),
          usual("flip-flops", Part.INPUT_REGISTER, "registerFile"),
          usual("sram-6t", Part.TILE_BUFFER, "sram"),
          usual("edram-puma", Part.TILE_BUFFER, "edram"),
          usual("repeated-wires", Part.BUS, ""),
          usual("router-orion", Part.INTERCONNECT, routed()),
          implied("h-tree", Part.INTERCONNECT, "hTree"),
          usual("switch-box", Part.INTERCONNECT, "reconfigurable"),
          usual("hyper-transport", Part.IO, "hyperTransport"),
          usual("off-chip-memory", Part.IO, "lpddr4, ddr3, gddr5, hbm2"),
          usual("pads", Part.IO, "parallel"),
          usual(PHYSICAL_ARRAY, Part.CROSSBAR, ""),
          usual("write-driver", Part.WRITE_DRIVER, ""),
          implied(CHARGE_ARRAY, Part.CROSSBAR, "charge"),
          implied(SRAM_ARRAY, Part.CROSSBAR, "current"),
          implied(DIGITAL_ARRAY, Part.CROSSBAR, "digital"),
          other(NeurosimModels.ARRAY, Part.CROSSBAR),
          other(NeurosimModels.LOGIC, Part.SHIFT_ADD),
          other(NeurosimModels.FEED, Part.INPUT_REGISTER),
          other(NeurosimModels.BUFFER, Part.TILE_BUFFER),
          other(NeurosimModels.BUS, Part.BUS),
          other(NeurosimModels.H_TREE, Part.INTERCONNECT),
          other("kull2013-32nm", ReadoutKind.SAR),
          other("sar2016-40nm", ReadoutKind.SAR),
          other("two-step-sar2018-40nm", ReadoutKind.SAR),
          other("pipelined-sar2017-14nm", ReadoutKind.SAR),
          other("isaac2016-32nm", ReadoutKind.SAR),
          other("newton2018-32nm", ReadoutKind.SAR),
          other("forms2021-32nm", ReadoutKind.FLASH),
          other("liu2020-130nm", ReadoutKind.SAR));

  /** Models by name. */
  static final Map<String, CircuitModel> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(CircuitModel::name, Function.identity()));

  /** Default of each kind of readout, by its ordinal. */
  private static final List<CircuitModel> DEFAULTS = defaults();

  private CircuitModels() {}

  /** Default model of a kind of readout. */
  static CircuitModel usual(ReadoutKind kind) {
    return DEFAULTS.get(kind.ordinal());
  }

  private static List<CircuitModel> defaults() {
    return List.of(ReadoutKind.values()).stream()
        .map(
            kind ->
                ALL.stream()
                    .filter(e -> e.standard() && e.part() == Part.READOUT)
                    .filter(e -> e.kind().equals(kind.word()))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "No model prices a readout of kind (" + kind.word() + ").")))
        .toList();
  }

  /** Topologies of routers. */
  private static String routed() {
    return Stream.of(Topology.values())
        .filter(topology -> topology.medium() == Topology.Medium.ROUTERS)
        .map(Topology::word)
        .collect(Collectors.joining(", "));
  }

  /** A bitline that resistive cells drive gives a current, one that SRAM discharges a voltage. */
  private static Converter senseAmplifier(ReadoutColumn c) {
    return Converter.of(c.signal().range_uA() > 0 ? "current-sense" : "voltage-sense", c);
  }

  /** Fit of another tool to a readout with all that reads its column. */
  private static CircuitModel measured(String name, ReadoutKind kind) {
    return new CircuitModel(
        name,
        Part.READOUT,
        kind.word(),
        false,
        false,
        true,
        Optional.of(column -> Converter.of(name, column)));
  }

  /** A circuit beside the spec as a readout. */
  static CircuitModel own(String name, ReadoutKind kind) {
    return other(name, kind);
  }

  /** Default model of a kind of readout, the circuit of its file. */
  private static CircuitModel usual(String name, ReadoutKind kind) {
    return usual(name, kind, column -> Converter.of(name, column));
  }

  /** Default model of a kind of readout. */
  private static CircuitModel usual(
      String name, ReadoutKind kind, Function<ReadoutColumn, Converter> converter) {
    return new CircuitModel(
        name, Part.READOUT, kind.word(), true, false, false, Optional.of(converter));
  }

  /** Another model of a kind of readout, the circuit of its file. */
  private static CircuitModel other(String name, ReadoutKind kind) {
    return new CircuitModel(
        name,
        Part.READOUT,
        kind.word(),
        false,
        false,
        false,
        Optional.of(column -> Converter.of(name, column)));
  }

  /** Default model of a part, or of its kinds. */
  private static CircuitModel usual(String name, Part part, String kind) {
    return new CircuitModel(name, part, kind, true, false, false, Optional.empty());
  }

  /** Another model of a part. */
  private static CircuitModel other(String name, Part part) {
    return new CircuitModel(name, part, "", false, false, false, Optional.empty());
  }

  /** Model that follows from the kind of a part and is none to choose. */
  private static CircuitModel implied(String name, Part part, String kind) {
    return new CircuitModel(name, part, kind, true, true, false, Optional.empty());
  }
}
