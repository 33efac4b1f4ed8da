package dev.kirchhoff.dse.cli;

import picocli.CommandLine.Option;

/** Values that statistics of a network's layers are measured on. */
final class MeasureArguments {
  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description =
          "Inputs of --network FILE.onnx, an .npy: the statistics of what its first layers read are measured on them.")
  String samples;

  @Option(
      names = "--activations",
      paramLabel = "FILE",
      description =
          "Inner values of --network FILE.onnx by tensor's name, an .npz: the statistics of what the other layers read.")
  String activations;
}
