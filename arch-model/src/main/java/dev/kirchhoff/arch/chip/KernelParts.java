package dev.kirchhoff.arch.chip;

import java.util.Optional;

/**
 * Parts of a PE that kernels beyond networks need.
 *
 * @param transpose path of transpose reads
 * @param feedback loop amplifiers, for solutions in one step; empty = none
 * @param random source of random words
 */
public record KernelParts(
    Transpose transpose, Optional<LoopAmplifier> feedback, RandomSource random) {
  /** No such part, as on a chip for networks. */
  public static final KernelParts NONE =
      new KernelParts(Transpose.NONE, Optional.empty(), RandomSource.NONE);
}
