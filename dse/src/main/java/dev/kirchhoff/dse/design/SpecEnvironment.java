package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.Part;
import java.util.Arrays;
import java.util.List;

/** Environment that specs are read in: the catalogues of the program and files of the user. */
public final class SpecEnvironment {
  private SpecEnvironment() {}

  /** The environment that reads files through the given sources. */
  public static DesignSpec.Environment of(Sources sources) {
    return new DesignSpec.Environment(
        sources,
        new DeviceCatalogue(),
        new NetworkCatalogue(),
        SpecEnvironment::models,
        List.of(new OnnxFormat()));
  }

  /** Names of the library's models of a part, by its key. */
  private static List<String> models(String part) {
    return Arrays.stream(Part.values())
        .filter(candidate -> candidate.word().equals(part))
        .flatMap(candidate -> CircuitLibrary.names(candidate).stream())
        .distinct()
        .toList();
  }
}
