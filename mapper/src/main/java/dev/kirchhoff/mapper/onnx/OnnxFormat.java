package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.Network;
import java.util.List;
import java.util.Optional;

/**
 * ONNX models as networks: operator sets 7 and later, and earlier ones as far as their operators
 * have the same form.
 *
 * <p>Every matrix product becomes a layer, everything else digital work of the layer in front.
 * Shapes are inferred node by node from the sizes of the inputs; constants are folded as far as
 * shapes depend on them. Not modelled: which values travel where between layers beyond what is read
 * and joined, loops, and graphs whose shapes depend on data.
 *
 * <p>Source of the format and of each operator: github.com/onnx/onnx, docs/IR.md and
 * docs/Operators.md, release 1.17.
 *
 * <p>This class names nothing of the format, so that its classes are loaded only when a model is
 * read.
 */
public final class OnnxFormat implements NetworkFormat {
  private final SensitivitySource sensitivities;

  /** The format, of which networks have the models of accuracy beside their files. */
  public OnnxFormat() {
    this(SensitivitySource.NONE);
  }

  /** The format, of which networks have the models of a source where none is beside their file. */
  public OnnxFormat(SensitivitySource sensitivities) {
    this.sensitivities = sensitivities;
  }

  @Override
  public String ending() {
    return ".onnx";
  }

  @Override
  public List<String> shipped() {
    return TrainedNetworks.names();
  }

  @Override
  public Optional<Network> shipped(String name) {
    if (!TrainedNetworks.names().contains(name)) {
      return Optional.empty();
    }
    Network network = ModelReader.shipped(name, TrainedNetworks.bytes(name));
    return Optional.of(TrainedNetworks.accuracy(name).map(network::with).orElse(network));
  }

  @Override
  public Reading read(String file, Settings settings, Sources sources)
      throws FormatException, Sources.SourceException {
    return ModelReader.read(file, settings, sources, sensitivities);
  }
}
