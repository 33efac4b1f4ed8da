package dev.kirchhoff.dse.cli;

import picocli.CommandLine.Option;

/** Options of the simulation of a front: its extent and its samples. */
final class SimulateArguments {
  static final int MOST_SAMPLES = 1_000_000;

  @Option(
      names = "--simulate",
      paramLabel = "N",
      description =
          "Simulate members of the front with N samples where the network has weights; 0 = none (default: ${DEFAULT-VALUE}).")
  int samples = 200;

  @Option(
      names = "--simulations",
      paramLabel = "N",
      description =
          "Simulate at most N different members of the last front (default: ${DEFAULT-VALUE}).")
  int most = 8;

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description =
          "Samples of yours in place of the spec's: an .npy, a .csv with a column of labels, or a"
              + " folder of an .npy for each input. A network of yours that was not measured is"
              + " measured on them first.")
  String file;

  @Option(names = "--labels", paramLabel = "FILE", description = "Labels of an .npy of samples.")
  String labels;

  /** Refuses what makes no sense, before anything is searched. */
  void check() {
    if (samples < 0 || samples > MOST_SAMPLES) {
      throw new UsageException("--simulate is " + samples + ", must be 0.." + MOST_SAMPLES);
    }
    if (most < 1) {
      throw new UsageException("--simulations is " + most + ", must be at least 1");
    }
    if (samples == 0 && file != null) {
      throw new UsageException("--simulate 0 simulates nothing, so --samples has no use");
    }
    if (labels != null && file == null) {
      throw new UsageException("--labels needs --samples");
    }
  }
}
