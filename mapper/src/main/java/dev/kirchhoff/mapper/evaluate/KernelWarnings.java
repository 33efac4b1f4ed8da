package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.KernelWork.Scheme;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.NextLevel;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Caveats of the figures of kernels, in sentences. */
final class KernelWarnings {
  private static final double EQUAL = 1e-12;

  private KernelWarnings() {}

  /** Adds the caveats of the kernels of a design. */
  static void add(EvaluatedDesign evaluated, List<String> warnings) {
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      if (program.job().isKernel()) {
        memory(evaluated, j, warnings);
        inputs(program, warnings);
        elements(program, warnings);
      }
    }
  }

  /** Data that the buffers of tiles do not hold. */
  private static void memory(EvaluatedDesign evaluated, int j, List<String> warnings) {
    double away_bits = evaluated.flow(j).overflow().offChip_bits();
    if (away_bits > 0) {
      NextLevel level = NextLevel.of(evaluated.design().chip(), evaluated.flow().timing());
      double buffered = level.bufferedFraction(away_bits);
      String where =
          buffered == 1
              ? "in the chip's buffer"
              : buffered == 0 ? "outside the chip" : "in the chip's buffer and outside the chip";
      warnings.add(
          Sentence.of(
              "{} of the data of {} do not fit into the buffers of the tiles; digital work reads and"
                  + " writes them {}; more tile.buffer would avoid it.",
              Units.printBytes(away_bits / Units.BITS_PER_BYTE),
              evaluated.program(j).name(),
              where));
    }
  }

  /** Inputs of a sign alone that are driven with more bits. */
  private static void inputs(MappedProgram program, List<String> warnings) {
    int bits = program.job().precision().get(0).inputs();
    if (bits > 1 && all(program, Layer::inputs, layer -> true)) {
      warnings.add(
          Sentence.of(
              "All inputs of {} are 0, 1 or -1 and are driven with the {} bits of precision.inputs;"
                  + " one bit would do.",
              program.name(),
              bits));
    }
  }

  /** Elements of a sign alone that are held by more cells than they need. */
  private static void elements(MappedProgram program, List<String> warnings) {
    int bits = program.job().precision().get(0).weights();
    boolean isKept =
        program.job().network().layers().stream()
            .flatMap(layer -> layer.kernel().updates().stream())
            .allMatch(update -> update.scheme() == Scheme.GATE);
    // A sign and a bit.
    if (isKept
        && bits > 2
        && all(program, Layer::weights, layer -> layer.matrix().equals(MatrixStorage.OWN))) {
      warnings.add(
          Sentence.of(
              "All elements of {} are 0, 1 or -1 and are held with the {} bits of precision.weights;"
                  + " two would do, more only average errors of cells.",
              program.name(),
              bits));
    }
  }

  /** True if magnitudes are 0 or full scale throughout: their squares have the same mean. */
  private static boolean all(
      MappedProgram program, Function<Layer, ValueStatistics> values, Predicate<Layer> isMeant) {
    List<ValueStatistics> found =
        program.job().network().layers().stream()
            .filter(layer -> !layer.dynamic() && isMeant.test(layer))
            .map(values)
            .toList();
    return !found.isEmpty()
        && found.stream().allMatch(of -> Math.abs(of.meanAbs() - of.rms() * of.rms()) < EQUAL);
  }
}
