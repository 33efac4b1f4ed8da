package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.spec.Catalogues;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The presets of resistive devices: one file of the program each, in the spec language, so that a
 * spec may extend them. Every preset says for each figure whether it was read, fitted or assumed,
 * and where. Files are read when they are asked for; safe for use by several threads.
 */
public final class DeviceCatalogue {
  private static final String FOLDER = "/dev/kirchhoff/arch/catalogue/devices/";

  /** Names of the presets, by family and mechanism. */
  private static final List<String> NAMES =
      List.of(
          "redox-generic",
          "redox-nvsim",
          "redox-tiox-prime",
          "redox-hfox-wan2022",
          "redox-taox-milo2021",
          "redox-hfox-intel22",
          "redox-hfox-tsmc40",
          "redox-winbond90",
          "redox-hfox-tsinghua130",
          "redox-pcmo",
          "redox-taox-tio2",
          "redox-neurosim-analogue",
          "redox-hfox-cmo",
          "redox-alox-hfo2",
          "redox-ag-asi",
          "redox-epiram",
          "pcm-lee2009",
          "pcm-ibm90",
          "pcm-gst-joshi2020",
          "pcm-hermes2022",
          "pcm-hermes2022-pair",
          "mtj-generic",
          "mtj-stt-aggressive",
          "mtj-stt-28nm",
          "mtj-stt-22nm",
          "mtj-sot",
          "mtj-vcma",
          "ftj-bto-generic",
          "ftj-bto-50nm",
          "fefet-hzo-generic",
          "fefet-hzo-analogue",
          "fefet-survey",
          "sram-6t",
          "sram-8t");

  private final Map<String, Node.Mapping> entries = new ConcurrentHashMap<>();
  private final Map<String, Value.Section> sections = new ConcurrentHashMap<>();

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
    return NAMES;
  }

  /** The preset of a name, as written. */
  public Optional<Node.Mapping> find(String name) {
    return NAMES.contains(name)
        ? Optional.of(entries.computeIfAbsent(name, DeviceCatalogue::load))
        : Optional.empty();
  }

  /** The device that a preset stands for. */
  public Optional<Device> device(String name) {
    return section(name)
        .map(section -> new DeviceBinder(this::section).device(SpecTree.viewOf(section).root()));
  }

  /** The preset of a name, checked. */
  Optional<Value.Section> section(String name) {
    return find(name).map(e -> sections.computeIfAbsent(name, n -> checked(n, e)));
  }

  private static Value.Section checked(String name, Node.Mapping entry) {
    Problems problems = new Problems();
    Optional<SpecTree> tree =
        SpecTree.check(
            entry, DeviceGrammar.device(), Catalogues.none(), network -> List.of(), problems);
    tree.ifPresent(t -> DeviceBinder.check(t.root(), problems));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "The preset (" + name + ") is not a device: " + problems.sorted());
    }
    Value.Section root = tree.orElseThrow().root();
    return new Value.Section(root.place(), root.shape(), root.fields(), name);
  }
}
