package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.CircuitLibrary.Entry;
import dev.kirchhoff.peripherals.CircuitLibrary.Range;
import dev.kirchhoff.peripherals.readout.PublishedConverter;
import java.util.ArrayList;
import java.util.List;

/** The rows of the library: each model with its range, source and uncertainty. */
final class LibraryEntries {
  static final String ISAAC_SAR = "isaac-sar";
  static final String SURVEY = "survey-2025";

  static final String ADDER_TREE = "adder-tree";
  static final String ADDER_CHAIN = "adder-chain";
  static final String CHARGE_ARRAY = "charge-array";
  static final String SRAM_ARRAY = "sram-bitline-array";
  static final String DIGITAL_ARRAY = "digital-array";
  static final String INTEGRATOR = "integrator";
  static final String H_TREE = "h-tree";
  static final String NEUROSIM_SAR = "neurosim-sar-fit";
  static final String NEUROSIM_FLASH = "neurosim-flash-fit";
  static final String NEUROSIM_VOLTAGE_FLASH = "neurosim-voltage-flash-fit";
  private static final String ZIGZAG = "ZigZag-IMC, arXiv 2305.18335, 28 nm, 0.9 V; read";
  private static final String NEUROSIM =
      "measured on DNN+NeuroSim V1.3, doi 10.1109/IEDM19573.2019.8993491, 130..7 nm; fitted";
  private static final String PUMA = "PUMA simulator, doi 10.1145/3297858.3304049, 32 nm; fitted";

  private static final Range LOGIC = new Range(0, 0, 7, 130);

  /** Models of the library. */
  static final List<Entry> OWN =
      List.of(
          readout(
              "sar-28nm",
              "sar",
              true,
              new Range(1, 12, 5, 180),
              "doi 10.1109/JSSC.2010.2042254; kT/C, matching, Murmann's survey; logic assumed",
              "Holds its input; logic, comparator and capacitors sized for noise, paced."),
          readout(
              ISAAC_SAR,
              "sar",
              false,
              new Range(4, 10, 7, 130),
              "ISAAC, doi 10.1109/ISCA.2016.12, rescaled after Saberi 2011, 32 nm; read",
              "ISAAC's 8-bit converter rescaled to other resolutions."),
          readout(
              SURVEY,
              "sar",
              false,
              new Range(4, 14, 7, 180),
              "Murmann's ADC survey, regression of arXiv 2404.06553; fitted",
              "Lower envelope of published converters of any architecture; bits are effective"
                  + " bits."),
          readout(
              NEUROSIM_SAR,
              "sar",
              false,
              new Range(3, 8, 7, 130),
              NEUROSIM,
              "SAR of a benchmark tool; prices the array's read current too."),
          readout(
              "flash-28nm",
              "flash",
              true,
              new Range(1, 8, 5, 180),
              "comparators: noise and matching, doi 10.1109/JSSC.1989.572629; latch assumed",
              "2^B - 1 trimmed comparators, ladder and encoder, one cycle."),
          readout(
              NEUROSIM_FLASH,
              "flash",
              false,
              new Range(1, 8, 7, 130),
              NEUROSIM,
              "Flash of current-mode sense amplifiers of a benchmark tool; prices the array's"
                  + " read current too."),
          readout(
              NEUROSIM_VOLTAGE_FLASH,
              "flash",
              false,
              new Range(1, 8, 7, 130),
              NEUROSIM,
              "The same with voltage-mode sense amplifiers."),
          readout(
              "current-sense",
              "senseAmplifier",
              true,
              new Range(1, 4, 5, 180),
              "Xue et al., JSSC 2020, doi 10.1109/JSSC.2019.2951363; mirror and node assumed",
              "Current-mode binary search against a reference current."),
          readout(
              ADDER_TREE,
              "adderTree",
              true,
              LOGIC,
              ZIGZAG,
              "Ripple adders in a tree over the active rows; exact."),
          readout(
              ADDER_CHAIN,
              "adderChain",
              true,
              LOGIC,
              "Colonnade, doi 10.1109/JSSC.2021.3061508; " + ZIGZAG,
              "Full adder in every cell, registers every 8 rows; exact."),
          readout(
              "shared-ramp",
              "ramp",
              true,
              new Range(1, 10, 5, 180),
              "comparators: noise and matching, doi 10.1109/JSSC.1989.572629; latch assumed",
              "Holds its input; a ramp for all columns with its buffer, a comparator each."),
          readout(
              "cco-hermes",
              "oscillator",
              true,
              new Range(1, 12, 5, 180),
              "HERMES, doi 10.1109/VLSICircuits52068.2021.9492362; step, jitter and area assumed",
              "Current-controlled oscillator and counter, counts while inputs pulse."),
          readout(
              "neuron-neurram",
              "chargeDecrement",
              true,
              new Range(1, 12, 40, 180),
              "NeuRRAM, doi 10.1038/s41586-022-04992-8, 130 nm, 1.8 V; read",
              "Voltage-mode neuron: integrates samples, takes charge away step by step."),
          readout(
              "tdc-timely",
              "timeToDigital",
              true,
              new Range(1, 8, 5, 180),
              "after TIMELY, ISCA 2020; kT/C, slope noise; line and step assumed",
              "A copy of the current discharges a capacitor against a delay line."),
          readout(
              "spike-counter",
              "integrateFire",
              true,
              new Range(1, 12, 5, 180),
              "matching and noise as comparators; charge, reset and area assumed",
              "A neuron fires for each quantum of charge; spikes are counted."),
          other(
              "row-driver",
              Part.INPUT,
              "",
              ZIGZAG,
              "Latch, output stage sized for the row's current, DAC above one bit."),
          other(
              "row-selector",
              Part.ROW_SELECTOR,
              "",
              "Brent and Kung 1982, doi 10.1109/TC.1982.1675982; " + ZIGZAG,
              "Zero detection and a priority encoder that picks rows of digits that are not zero."),
          other(
              "two-stage-tia",
              Part.FRONT_END,
              "",
              "amplifier theory, matching; gain, overdrive and area assumed",
              "Regulated cascode and mirror sized for speed, noise and offset."),
          other(
              INTEGRATOR,
              Part.FRONT_END,
              "integrator",
              "amplifier theory; assumed",
              "The same with a capacitor that collects the column's charge."),
          other(
              "sample-hold",
              Part.SAMPLE_HOLD,
              "",
              "kT/C noise and droop",
              "Capacitor sized for noise and droop."),
          other(
              "transmission-gate",
              Part.COLUMN_MUX,
              "",
              "ITRS on-current; drop assumed",
              "One transmission gate a column."),
          other("ripple-accumulator", Part.SHIFT_ADD, "", ZIGZAG, "Ripple adder and register."),
          other("rectifier", Part.RELU, "", ZIGZAG, "A gate and a flip-flop a bit."),
          other(
              "look-up-table",
              Part.SIGMOID,
              "",
              ZIGZAG + "; an eighth of the table switches, assumed",
              "Table of 256 words and a register, for any function of one value."),
          other(
              "maximum",
              Part.MAX_POOL,
              "",
              ZIGZAG,
              "Subtractor, multiplexer and register: pooling."),
          other(
              "multiply-accumulate",
              Part.VECTOR,
              "",
              ZIGZAG,
              "Array multiplier and accumulator, for element-wise work and normalisation."),
          other(
              "flip-flops",
              Part.INPUT_REGISTER,
              "registerFile",
              ZIGZAG,
              "Flip-flops with a read multiplexer."),
          other(
              "sram-6t",
              Part.TILE_BUFFER,
              "sram",
              "foundry 6T cells; CACTI-like; assumed",
              "Banked 6T SRAM of a size, width and number of ports, with wires across."),
          other(
              "edram-puma",
              Part.TILE_BUFFER,
              "edram",
              PUMA,
              "Power law through 64 and 128 KB, refresh beside it."),
          other(
              "repeated-wires",
              Part.BUS,
              "",
              "ITRS wires; pitch fitted to ISAAC",
              "Repeated wires over a tile."),
          other(
              "router-orion",
              Part.INTERCONNECT,
              "mesh, concentratedMesh, torus, ring, fatTree",
              PUMA,
              "Power law through routers of 4 and 8 ports, and a link."),
          other(
              H_TREE,
              Part.INTERCONNECT,
              "hTree",
              "ITRS wires; pitch fitted to ISAAC",
              "Repeated wires of a tree over the tiles, clocked at every node."),
          other(
              "switch-box",
              Part.INTERCONNECT,
              "reconfigurable",
              "Betz, Rose and Marquardt 1999; buffers and cells assumed",
              "Six switches a crossing of tracks, their configuration cells and a segment."),
          other(
              "hyper-transport",
              Part.IO,
              "hyperTransport",
              "ISAAC, doi 10.1109/ISCA.2016.12; read",
              "Serial link, power drawn always."),
          other(
              "off-chip-memory",
              Part.IO,
              "lpddr4, ddr3, gddr5, hbm2",
              "table of Accelergy's CACTI plug-in; read; controller assumed",
              "Memory and its interface, energy of a bit."),
          other(
              "pads",
              Part.IO,
              "parallel",
              "5 pF, 1.8 V, 0.8 Gb/s; assumed",
              "Plain pads switched at a quarter of the rate."),
          other(
              "physical-array",
              Part.CROSSBAR,
              "",
              "circuit laws; ITRS wires",
              "Cells, lines and row decoder; currents by Ohm's law."),
          other(
              "write-driver",
              Part.WRITE_DRIVER,
              "",
              "ITRS on-current; level shifter assumed",
              "Driver sized for the write current, with a level shifter where it needs one."),
          other(
              CHARGE_ARRAY,
              Part.CROSSBAR,
              "charge",
              "Jia et al., JSSC 2020, doi 10.1109/JSSC.2020.2987714; " + ZIGZAG,
              "SRAM cells that multiply onto unit capacitors; C V^2 and local gates."),
          other(
              SRAM_ARRAY,
              Part.CROSSBAR,
              "current",
              "Sinangil et al., JSSC 2021, doi 10.1109/JSSC.2020.3031290; ITRS wires",
              "SRAM cells that discharge precharged bitlines; C V^2 of what they take."),
          other(
              DIGITAL_ARRAY,
              Part.CROSSBAR,
              "digital",
              ZIGZAG,
              "SRAM cells with a gate that multiplies, and an adder each in a chain."),
          neurosim(
              NeurosimCircuits.ARRAY,
              Part.CROSSBAR,
              "Sub-array of a benchmark tool: cells, switch matrices, level shifters, mux, decoders."),
          neurosim(
              NeurosimCircuits.LOGIC,
              Part.SHIFT_ADD,
              "Shift-and-adds, adders, rectifiers and maxima of a benchmark tool."),
          neurosim(
              NeurosimCircuits.FEED,
              Part.INPUT_REGISTER,
              "Input register at the leaf of a benchmark tool's tree; a bit pays its way there."),
          neurosim(
              NeurosimCircuits.BUFFER,
              Part.TILE_BUFFER,
              "Register files and SRAM of a benchmark tool, per bit."),
          neurosim(NeurosimCircuits.BUS, Part.BUS, "Wires of a benchmark tool over a tile."),
          neurosim(
              NeurosimCircuits.H_TREE,
              Part.INTERCONNECT,
              "H-tree of a benchmark tool between tiles."));

  /** With the table of published converters. */
  static final List<Entry> ALL = all();

  private LibraryEntries() {}

  private static List<Entry> all() {
    List<Entry> all = new ArrayList<>(OWN);
    for (PublishedConverter.Row row : PublishedConverter.TABLE) {
      all.add(
          readout(
              row.name(),
              row.bits() < 6 ? "flash" : "sar",
              false,
              new Range(row.bits(), row.bits(), 7, 130),
              row.source(),
              "As published, at its own bits and rate."));
    }
    return List.copyOf(all);
  }

  private static Entry readout(
      String name, String kind, boolean standard, Range range, String source, String sentence) {
    Uncertainty uncertainty = Uncertainties.of(name);
    return new Entry(name, Part.READOUT, kind, standard, range, source, sentence, uncertainty);
  }

  private static Entry other(String name, Part part, String kind, String source, String sentence) {
    return new Entry(name, part, kind, true, LOGIC, source, sentence, Uncertainties.of(name));
  }

  private static Entry neurosim(String name, Part part, String sentence) {
    return new Entry(name, part, "", false, LOGIC, NEUROSIM, sentence, Uncertainties.of(name));
  }
}
