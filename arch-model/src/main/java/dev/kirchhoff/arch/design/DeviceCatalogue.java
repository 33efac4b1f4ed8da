package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The presets of resistive devices: one file of the program each, in the spec language, so that a
 * spec may extend them. Every preset says for each group of figures whether it was read, fitted or
 * assumed.
 */
public final class DeviceCatalogue {
  private static final String FOLDER = "/dev/kirchhoff/arch/catalogue/devices/";

  /** Names of the presets, by family. */
  private static final List<String> NAMES =
      List.of(
          "redox-generic",
          "redox-hfox-wan2022",
          "redox-taox-milo2021",
          "redox-hfox-intel22",
          "pcm-gst-joshi2020",
          "pcm-hermes2022",
          "mtj-generic",
          "mtj-stt-22nm",
          "fefet-hzo-generic",
          "ftj-bto-generic",
          "sram-6t");

  private final Map<String, Node.Mapping> entries = new LinkedHashMap<>();

  /** Loads all presets. */
  public DeviceCatalogue() {
    for (String name : NAMES) {
      entries.put(name, load(name));
    }
  }

  private static Node.Mapping load(String name) {
    String file = "catalogue/devices/" + name + ".yaml";
    try (InputStream in = DeviceCatalogue.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("The preset (" + name + ") is not in the program.");
      }
      Problems problems = new Problems();
      Optional<Node> root = SpecReader.read(file, in.readAllBytes(), problems).root();
      if (!problems.isEmpty() || !(root.orElse(null) instanceof Node.Mapping mapping)) {
        throw new IllegalStateException(
            "The preset (" + name + ") cannot be read: " + problems.sorted());
      }
      return mapping;
    } catch (IOException e) {
      throw new UncheckedIOException("The preset (" + name + ") cannot be read.", e);
    }
  }

  /** Names of all presets. */
  public List<String> names() {
    return new ArrayList<>(entries.keySet());
  }

  /** The preset of a name, as written. */
  public Optional<Node.Mapping> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }
}
