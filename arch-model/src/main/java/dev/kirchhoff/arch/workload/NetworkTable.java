package dev.kirchhoff.arch.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as its table states it: remarks ({@code # key: text}) and one row a layer.
 *
 * <p>Columns: name, type, inputs and outputs per group, kernel, output map, stride, groups, reads
 * (names of earlier layers, or {@code -} for the network's input), joins (such names, {@code
 * input}, or {@code -} for none), digital work ({@link DigitalRule} or {@code -}), statistics of
 * inputs and of weights ({@code zero/meanAbs/rms/negative} or a word of {@link TypicalValues}).
 */
final class NetworkTable {
  private static final int COLUMNS = 13;

  private final String name;
  private final Map<String, String> remarks = new HashMap<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Reads a table.
   *
   * @param name the network's name
   * @param lines lines of its table
   * @throws IllegalArgumentException naming network and line, if a line is not of this form
   */
  NetworkTable(String name, List<String> lines) {
    this.name = name;
    boolean header = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      try {
        if (line.startsWith("# ")) {
          int colon = line.indexOf(": ");
          remarks.merge(
              line.substring(2, colon), line.substring(colon + 2), (a, b) -> a + "; " + b);
        } else if (header) {
          header = false;
        } else {
          addLayer(line.split(",", -1));
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "The table of network (" + name + ") is wrong in line " + (i + 1) + ": " + line, e);
      }
    }
  }

  private void addLayer(String[] cells) {
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException("A row must have " + COLUMNS + " columns.");
    }
    int[] kernel = pair(cells[4]);
    int[] map = pair(cells[5]);
    MatrixShape shape =
        new MatrixShape(
            Integer.parseInt(cells[2]),
            Integer.parseInt(cells[3]),
            kernel[0],
            kernel[1],
            map[0],
            map[1],
            Integer.parseInt(cells[6]),
            Integer.parseInt(cells[7]));
    List<Integer> reads = cells[8].equals("-") ? List.of(Links.INPUT) : indicesOf(cells[8]);
    List<Integer> joins = cells[9].equals("-") ? List.of() : indicesOf(cells[9]);
    List<DigitalWork> after = DigitalRule.work(cells[10].equals("-") ? "" : cells[10], shape);
    boolean dynamic = cells[1].equals("dynamic");
    if (indices.put(cells[0], layers.size()) != null) {
      throw new IllegalArgumentException("Layer (" + cells[0] + ") stands twice.");
    }
    layers.add(
        new Layer(
            cells[0],
            shape,
            Window.padded(shape),
            dynamic,
            statistics(cells[11]),
            statistics(cells[12]),
            new ValueOrigins(signs(cells[11]), values(cells[11]), values(cells[12])),
            after,
            new Links(reads, joins)));
  }

  private List<Integer> indicesOf(String names) {
    List<Integer> found = new ArrayList<>();
    for (String name : names.split(" ")) {
      found.add(name.equals("input") ? Links.INPUT : indexOf(name));
    }
    return found;
  }

  private int indexOf(String layer) {
    return Optional.ofNullable(indices.get(layer))
        .orElseThrow(
            () -> new IllegalArgumentException("No earlier layer is named (" + layer + ")."));
  }

  private static int[] pair(String text) {
    int x = text.indexOf('x');
    return new int[] {
      Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1))
    };
  }

  private static ValueStatistics statistics(String text) {
    return TypicalValues.of(text)
        .map(TypicalValues::statistics)
        .orElseGet(
            () -> {
              String[] parts = text.split("/", -1);
              return new ValueStatistics(
                  Double.parseDouble(parts[0]),
                  Double.parseDouble(parts[1]),
                  Double.parseDouble(parts[2]),
                  Double.parseDouble(parts[3]));
            });
  }

  /** A word stands for what the architecture says of signs; of an image it says nothing. */
  private static StatisticsOrigin signs(String text) {
    return TypicalValues.of(text)
        .map(
            typical ->
                typical == TypicalValues.IMAGE
                    ? StatisticsOrigin.ASSUMED
                    : StatisticsOrigin.INFERRED)
        .orElse(StatisticsOrigin.MEASURED);
  }

  private static StatisticsOrigin values(String text) {
    return TypicalValues.of(text).isPresent()
        ? StatisticsOrigin.ASSUMED
        : StatisticsOrigin.MEASURED;
  }

  Network network() {
    StringBuilder source = new StringBuilder();
    for (String key : List.of("architecture", "shapes", "statistics", "producers", "note")) {
      if (remarks.containsKey(key)) {
        source.append(source.isEmpty() ? "" : "; ").append(key).append(": ");
        source.append(remarks.get(key));
      }
    }
    return new Network(name, layers, source.toString());
  }

  NetworkSummary summary() {
    Network network = network();
    long dynamic =
        layers.stream().filter(Layer::dynamic).mapToLong(layer -> layer.shape().macs()).sum();
    return new NetworkSummary(
        name,
        remark("title"),
        layers.size(),
        network.macs(),
        dynamic,
        network.weights(),
        remark("architecture"),
        remark("shapes"));
  }

  private String remark(String key) {
    return Optional.ofNullable(remarks.get(key))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The table of network (" + name + ") must say its " + key + "."));
  }
}
