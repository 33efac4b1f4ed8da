package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Commented spec to start from: a chip of tiles for one network and one device, with the usual
 * choices of an exploration.
 *
 * @param name name of the spec
 * @param network network of the catalogue, or file as the spec names it
 * @param device device of the catalogue
 * @param node technology node as a spec writes it
 * @param weightBits bits of weights
 * @param inputBits bits of inputs
 * @param objectives objectives, {@code maximise TOPS/W}
 * @param limits constraints
 */
public record StarterSpec(
    String name,
    String network,
    Device device,
    String node,
    int weightBits,
    int inputBits,
    List<String> objectives,
    List<String> limits) {

  /** Most bits of a cell that converters resolve (chosen, as in the examples). */
  private static final int MOST_CELL_BITS = 4;

  private static final String MAXIMISE = "maximise ";
  private static final String MINIMISE = "minimise ";

  public StarterSpec {
    objectives = List.copyOf(objectives);
    limits = List.copyOf(limits);
  }

  /** This spec with other objectives and limits. */
  public StarterSpec with(List<String> objectives, List<String> limits) {
    return new StarterSpec(name, network, device, node, weightBits, inputBits, objectives, limits);
  }

  /**
   * The spec, read.
   *
   * @param file file that it is for, beside which the network's may lie
   * @throws SpecException with all problems of the answers
   */
  public DesignSpec read(String file) throws SpecException {
    return DesignSpec.load(
        file,
        List.of(),
        List.of(),
        SpecEnvironment.of(new UnwrittenFile(file, text(file), new FileSources())));
  }

  /** The text of the spec, for a file of a name. */
  public String text(String file) {
    return """
        # %1$s, begun by kirchhoff init. Every value may be changed.
        #   ./kirchhoff check %1$s                    its problems, or the spec in words
        #   ./kirchhoff evaluate %1$s                 one design: the start of every choice
        #   ./kirchhoff explore %1$s --time 1min      the Pareto front of all
        # A choice stands where its value would: {any: [4, 8]}, {from: 4, to: 9}; start is what evaluate takes.
        # docs/spec.md describes the language, docs/spec-keys.md has every key.
        kirchhoff: 1
        name: %2$s
        let:
          side: {any: [32, 64, 128, 256, 512], start: 128}   # rows and columns of a crossbar
          shares: {any: [1, 2, 4, 8, 16], start: 4}          # reads that cover all rows: fewer at once, less current
        workload: %3$s   # others: ./kirchhoff catalog networks, or an .onnx file
        precision: {weights: %4$d, inputs: %5$d}   # bits; {any: [6, 8], per: layer} lets every layer choose

        chip:
          technology: {node: %6$s}   # supply: nominal, unless stated
          clock: 1 GHz
          interconnect:
            any:
              - {kind: mesh, width: {any: [128, 256]}}
              - {kind: hTree}
          tile:
            count: fit   # as many as the network needs
            buffer: {kind: edram, size: {any: [32 KB, 64 KB, 128 KB], start: 64 KB}}
          pe:
            perTile: {any: [4, 8, 12, 16], start: 8}
            input: {encoding: bitSerial, bitsPerPulse: {any: [1, 2, 4]}}
            readout:   # models and their figures: ./kirchhoff catalog circuits --kind readout
              any:
                - {kind: sar, bits: {from: 4, to: 9, start: 8}, columnsPerAdc: {any: [8, 16, 32, 64, 128], start: 32}}
                - {kind: flash, bits: {from: 3, to: 6}, columnsPerAdc: {any: [8, 16, 32]}}
                - {kind: senseAmplifier, bits: {from: 1, to: 4}, columnsPerAdc: {any: [1, 4, 8]}}
          crossbar:
            perPe: {any: [4, 8, 16], start: 8}
            rows: = side
            columns: = side
            rowsActive: = side / shares
            weights: {encoding: {any: [offset, differential], start: differential}}
          cell:
            access: 1T1R
            bits: %7$s   # %8$s
            device: %9$s   # figures with sources: ./kirchhoff catalog devices %9$s
            readVoltage: %10$s

        operation: {temperature: 300 K, age: 1 day}   # age: time since programming
        mapping:
          schedule: pipelined
          extraCrossbars: {any: [0 %%, 25 %%, 50 %%, 100 %%, 200 %%]}   # to duplicate the weights of slow layers

        objectives: %11$s   # names: ./kirchhoff catalog metrics
        constraints:%12$s
        search: {budget: 100000, time: 10 min, seed: 1}   # whichever ends first; same seed and budget, same front
        """
        .formatted(
            file,
            quoted(name),
            quoted(network),
            weightBits,
            inputBits,
            node,
            cellBits(),
            levels(),
            device.name(),
            readVoltages(),
            objectivesText(),
            constraints());
  }

  private int mostBits() {
    int bits = 31 - Integer.numberOfLeadingZeros(device.window().levels());
    return Math.max(1, Math.min(MOST_CELL_BITS, bits));
  }

  private String cellBits() {
    return mostBits() == 1
        ? "1"
        : IntStream.rangeClosed(1, mostBits())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "{any: [", "]}"));
  }

  private String levels() {
    return "the device has " + device.window().levels() + " levels";
  }

  /**
   * A quarter, a half and the whole of the device's read voltage: a lower one costs less energy and
   * adds noise.
   */
  private String readVoltages() {
    if (device.read().voltage_V().isEmpty()) {
      return "device";
    }
    double own_V = device.read().voltage_V().getAsDouble();
    StringJoiner values = new StringJoiner(", ", "{any: [", "], start: " + volts(own_V) + "}");
    for (double share : new double[] {0.25, 0.5, 1}) {
      values.add(volts(share * own_V));
    }
    return values.toString();
  }

  private static String volts(double voltage_V) {
    return Units.brief(voltage_V, Dimension.VOLTAGE);
  }

  private String objectivesText() {
    StringJoiner directions = new StringJoiner(", ", "{", "}");
    for (String direction : List.of(MAXIMISE, MINIMISE)) {
      List<String> metrics =
          objectives.stream()
              .filter(objective -> objective.startsWith(direction))
              .map(objective -> objective.substring(direction.length()))
              .toList();
      if (!metrics.isEmpty()) {
        directions.add(direction.strip() + ": [" + String.join(", ", metrics) + "]");
      }
    }
    return directions.toString();
  }

  private String constraints() {
    return limits.isEmpty()
        ? " none   # for example: area <= 50 mm2"
        : limits.stream().map(limit -> "\n  - " + quoted(limit)).collect(Collectors.joining());
  }

  /** A YAML scalar: quoted if it has characters that mean something in YAML. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9 ._/<>=\\[\\]+*()-]*")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
