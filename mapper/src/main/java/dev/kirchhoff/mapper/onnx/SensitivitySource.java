package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.AccuracyModel;
import java.util.Optional;

/** Source of models of accuracy for networks that have none beside their file. */
@FunctionalInterface
public interface SensitivitySource {
  /** A source of none. */
  SensitivitySource NONE = (file, model, samples) -> Optional.empty();

  /**
   * The model of accuracy of a network.
   *
   * @param file the network's file
   * @param model its bytes
   * @param samples file or folder of inputs that the spec names; empty if it names none
   * @return empty if there is none
   */
  Optional<AccuracyModel> of(String file, byte[] model, Optional<String> samples);
}
