package dev.kirchhoff.mapper.golden;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Designs of the golden tables: specs of {@code golden/designs} with a workload each. */
final class GoldenSpecs {
  private static final DesignSpec.Environment ENVIRONMENT =
      new DesignSpec.Environment(
          new Beside(),
          new DeviceCatalogue(),
          new NetworkCatalogue(),
          GoldenSpecs::models,
          List.of(new ReadOnce()));

  private GoldenSpecs() {}

  /**
   * The start design of a spec.
   *
   * @param spec the spec's file
   * @param workload networks joined by {@code +}, three inferences of the first for one of each
   *     other; {@code peak} for none
   */
  static Design design(Path spec, String workload) {
    List<Setting> settings =
        workload.equals("peak") ? List.of() : List.of(Setting.parse("workload=" + yaml(workload)));
    try {
      DesignSpec read = DesignSpec.load(spec.toString(), settings, List.of(), ENVIRONMENT);
      return read.newBinder().bind(read.tree().start());
    } catch (SpecException e) {
      throw new IllegalArgumentException(spec + " with " + workload + ": " + e.getMessage(), e);
    }
  }

  /** The start design of a spec that names its workload. */
  static Design design(Path spec) {
    return design(spec, "peak");
  }

  /** A design of a spec with random values of its knobs. */
  static Design random(Path spec, Random random) {
    try {
      DesignSpec read = DesignSpec.load(spec.toString(), List.of(), List.of(), ENVIRONMENT);
      int[] ordinals = read.tree().start();
      for (int k = 0; k < ordinals.length; k++) {
        ordinals[k] = random.nextInt(read.tree().knobs().get(k).values().size());
      }
      return read.newBinder().bind(ordinals);
    } catch (SpecException e) {
      throw new IllegalArgumentException(spec + ": " + e.getMessage(), e);
    }
  }

  private static String yaml(String workload) {
    String[] names = workload.split("\\+");
    for (int n = 0; n < names.length; n++) {
      names[n] = names[n].startsWith("our-") ? "../networks/" + names[n] + ".yaml" : names[n];
    }
    if (names.length == 1) {
      return names[0];
    }
    names[0] = "{network: " + names[0] + ", weight: 3}";
    return Arrays.toString(names);
  }

  /** Names of the library's models of a part, by its key. */
  private static List<String> models(String part) {
    return Arrays.stream(Part.values())
        .filter(candidate -> candidate.word().equals(part))
        .flatMap(candidate -> CircuitLibrary.names(candidate).stream())
        .distinct()
        .toList();
  }

  /** Trained networks that come with the program, each read once. */
  private static final class ReadOnce implements NetworkFormat {
    private final NetworkFormat format = new OnnxFormat();
    private final Map<String, Optional<Network>> networks = new HashMap<>();

    @Override
    public String ending() {
      return format.ending();
    }

    @Override
    public List<String> shipped() {
      return format.shipped();
    }

    @Override
    public Optional<Network> shipped(String name) {
      return networks.computeIfAbsent(name, format::shipped);
    }

    @Override
    public Reading read(String file, Settings settings, Sources sources)
        throws FormatException, Sources.SourceException {
      return format.read(file, settings, sources);
    }
  }

  /** Files beside each other. */
  private static final class Beside implements Sources {
    @Override
    public String resolve(String from, String name) {
      return Path.of(from).resolveSibling(name).normalize().toString();
    }

    @Override
    public byte[] read(String file) throws SourceException {
      try {
        return Files.readAllBytes(Path.of(file));
      } catch (IOException e) {
        throw new SourceException("cannot be read: " + e.getMessage());
      }
    }
  }
}
