package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.work.Chunk;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a sweep that workers price. */
final class ChunkArguments {
  private static final int CHUNK = 8_192;

  /** Chunks of a sweep of kernels at least, whose designs take up to seconds each (chosen). */
  private static final int FEWEST_OF_KERNELS = 64;

  @Mixin DistributeArguments distribution = new DistributeArguments();

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description =
          "Designs that a worker takes at once (default: 8192; of kernels a 64th of the sweep at"
              + " most).")
  private Integer chunk;

  /** Designs of a chunk. */
  int size(DesignSpec spec, long designs) {
    if (chunk != null) {
      return chunk;
    }
    return hasKernels(spec)
        ? (int) Math.max(1, Math.min(CHUNK, designs / FEWEST_OF_KERNELS))
        : CHUNK;
  }

  /** True if a workload of a spec is a kernel, whose designs take up to seconds each. */
  static boolean hasKernels(DesignSpec spec) {
    return spec.newBinder().bind(spec.tree().start()).jobs().stream().anyMatch(Job::isKernel);
  }

  void check(StreamArguments stream) {
    if (chunk != null && !distribution.isOn) {
      throw new UsageException("--chunk is the size of what --distribute hands out; add it");
    }
    if (chunk != null && (chunk < 1 || chunk > Chunk.MOST)) {
      throw new UsageException("--chunk is " + chunk + ", must be 1.." + Chunk.MOST);
    }
    distribution.check(stream);
  }
}
