package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.data.GreyImage;
import java.util.List;

/**
 * Image compression by the discrete cosine transform of blocks of n x n.
 *
 * <pre>Y = C (X − 128) Cᵀ                                                        (1)</pre>
 *
 * <p>Mapping: Cᵀ is stored once or, block-diagonally, as several copies that transform as many
 * lines in one read. The first pass reads the rows of all blocks, the second one their transposes:
 * 2 n lines a block. Level shift, transpose buffer and quantiser are digital. The zonal coder keeps
 * the first coefficients of the zig-zag scan; the quantiser rounds each to a multiple of its step.
 *
 * <p>PSNR is that of exact decoding, clipped to 0 to 255. The rate is the entropy of the
 * coefficients in units of their steps; the zonal coder's step of 1 adds no error to its PSNR.
 * Decoding, entropy coding and scoring are the host's and are not counted.
 */
record DctKernel(GreyImage image, CosineCoder coder, int copies) implements Kernel {
  static final Outcome.Measure PSNR = new Outcome.Measure("psnr", "PSNR", "dB", true);
  static final Outcome.Measure RATE = new Outcome.Measure("rate", "rate", "bit/pixel", false);
  static final Kind KIND =
      new Kind(
          "dct",
          "Compresses an image by the discrete cosine transform of its blocks, in two passes.",
          "C. Li et al., Analogue signal and image processing with large memristor crossbars,"
              + " Nature Electronics 1, 52 (2018), doi 10.1038/s41928-017-0002-z",
          Inputs.withImage(
              Key.of(
                  "block",
                  Type.whole(2, 64),
                  "8",
                  "side of a block, n; only whole blocks of the image are taken"),
              Key.of("copies", Type.whole(1, 64), "1", "copies of the transform in its matrix"),
              Key.optional(
                  "keep",
                  Type.whole(1, 4096),
                  "coefficients kept of a block, by zig-zag scan; without it all if quantised, else"
                      + " the lowest 5 n / 8 diagonals"),
              Key.optional("quality", Type.whole(1, 100), "quality of the quantiser, as of JPEG")),
          List.of(PSNR, RATE),
          DctKernel::bind);
  private static final int MOST_ROWS = 1024;
  private static final int SAMPLE_BITS = 8;
  private static final int COEFFICIENT_BITS = 16;

  private static Kernel bind(Settings settings) throws Unfit {
    int n = settings.whole("block");
    int copies = Inputs.whole(settings, "copies", MOST_ROWS / n, "on " + MOST_ROWS + " rows");
    boolean isQuantised = settings.has("quality");
    int diagonals = Math.max(1, 5 * n / 8);
    int usual = isQuantised ? n * n : diagonals * (diagonals + 1) / 2;
    int keep = settings.has("keep") ? Inputs.whole(settings, "keep", n * n, "of a block") : usual;
    int quality = isQuantised ? settings.whole("quality") : 0;
    CosineCoder coder = new CosineCoder(n, keep, quality);
    return new DctKernel(Inputs.image(settings, n), coder, copies);
  }

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public Outcome run(Machine machine) {
    int n = coder.n();
    BlockDiagonal packing = new BlockDiagonal(n, copies);
    Machine.Stored stored = machine.store("transform", packing.matrix(coder.transform()));
    double[][] lines = ImageBlocks.of(image, n);
    int samples = lines.length * n;
    machine.digital(VectorOperation.ADD, samples, SAMPLE_BITS);
    // Blocks are independent: the transpose buffer holds those of one read.
    machine.keep((double) n * n * copies, COEFFICIENT_BITS);
    double[][] half = ImageBlocks.transposed(packing.read(machine, stored, lines));
    machine.digital(VectorOperation.TRANSPOSE, samples, COEFFICIENT_BITS);
    double[][] coefficients = ImageBlocks.transposed(packing.read(machine, stored, half));
    if (coder.quality() > 0) {
      int kept = lines.length / n * coder.keep();
      machine.digital(VectorOperation.MULTIPLY_ADD, kept, COEFFICIENT_BITS);
    }
    machine.endOfIteration();
    double[][] levels = coder.levels(coefficients);
    return Outcome.of(PSNR, ImageBlocks.psnr_dB(lines, coder.decoded(levels)), 1)
        .with(RATE, ImageBlocks.rate_bits(levels));
  }
}
