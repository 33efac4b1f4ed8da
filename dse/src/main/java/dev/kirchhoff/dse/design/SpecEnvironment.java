package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.SensitivitySource;
import dev.kirchhoff.peripherals.SpecCircuits;
import java.util.List;

/** Environment that specs are read in: the catalogues of the program and files of the user. */
public final class SpecEnvironment {
  private SpecEnvironment() {}

  /** The environment that reads files through the given sources. */
  public static DesignSpec.Environment of(Sources sources) {
    return of(sources, SensitivitySource.NONE);
  }

  /** Environment in which models of accuracy that are not in files come from a source. */
  public static DesignSpec.Environment of(Sources sources, SensitivitySource sensitivities) {
    return new DesignSpec.Environment(
        sources,
        new DeviceCatalogue(),
        new NetworkCatalogue(),
        new SpecCircuits(),
        List.of(new OnnxFormat(sensitivities)));
  }
}
