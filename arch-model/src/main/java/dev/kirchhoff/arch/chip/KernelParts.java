package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
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

  /** Keys of these parts, which stand in the section of a PE. */
  static List<Key> keys() {
    return List.of(
        Transpose.key(),
        Key.of(
            "feedback",
            LoopAmplifier.type(),
            "none",
            "amplifiers around a crossbar that let it settle to the solution of a linear system"),
        Key.of("random", RandomSource.type(), "none", "source of random words"));
  }

  static KernelParts of(View.Section pe, PartBinder parts) {
    return new KernelParts(
        Transpose.ofWord(pe.word("transpose")),
        LoopAmplifier.of(pe.section("feedback"), parts),
        RandomSource.of(pe.section("random"), parts));
  }
}
