package dev.kirchhoff.arch.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The built-in networks: layer shapes, digital work, order of layers and value statistics.
 *
 * <p>They are tables among the program's resources, one a network, each citing where its shapes and
 * statistics come from. Weights themselves are not carried. A catalogue knows the names from the
 * start and reads a table when it is asked for, so that one network costs one table.
 *
 * <pre>{@code
 * Network network = new NetworkCatalogue().find("resnet18").orElseThrow();
 * network.macs();                   // 1,814,073,344
 * network.layers().get(1).name();   // "01"
 * }</pre>
 */
public final class NetworkCatalogue {
  private static final String FOLDER = "/dev/kirchhoff/arch/catalogue/networks/";

  private final List<String> names;

  /** Reads the list of names. */
  public NetworkCatalogue() {
    names = lines("index");
  }

  /** Names in the order of the catalogue: image networks, small image networks, transformers. */
  public List<String> names() {
    return names;
  }

  /** The network of a name, or nothing if there is none. */
  public Optional<Network> find(String name) {
    return table(name).map(NetworkTable::network);
  }

  /** The line about a network in a list, or nothing if there is none. */
  public Optional<NetworkSummary> summary(String name) {
    return table(name).map(NetworkTable::summary);
  }

  private Optional<NetworkTable> table(String name) {
    return names.contains(name)
        ? Optional.of(new NetworkTable(name, lines(name + ".csv")))
        : Optional.empty();
  }

  private static List<String> lines(String resource) {
    try (InputStream stream = NetworkCatalogue.class.getResourceAsStream(FOLDER + resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            "The resource (" + FOLDER + resource + ") must be on the class path.");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        return reader.lines().toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
