package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.KernelTask;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.kernel.GivenSettings;
import dev.kirchhoff.mapper.kernel.Kernels;
import dev.kirchhoff.mapper.kernel.ShippedKernels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kernels of the catalogue on small chips: one crossbar of 64 x 64 cells of 2 bits a tile. */
final class KernelDesigns {
  /** Elements of 5 bits, a sign and two cells of 2 bits; inputs and outputs of 8 bits. */
  static final Precision PRECISION = new Precision(5, 8, 8);

  private KernelDesigns() {}

  /** A kernel of the catalogue with settings by dotted path. */
  static Kernel kernel(String word, Map<String, Object> given) {
    return Kernels.kinds().stream()
        .filter(kind -> kind.shape().name().equals(word))
        .map(kind -> GivenSettings.bind(kind, given))
        .findFirst()
        .orElseThrow();
  }

  /** A small task of every kernel of the catalogue, by its word. */
  static Map<String, Map<String, Object>> smallTasks() {
    return Map.ofEntries(
        Map.entry("dct", Map.of("rows", 8, "columns", 8)),
        Map.entry("sparseCoding", Map.of("patches", 1, "iterations", 3)),
        Map.entry("kMeans", Map.of("passes", 2)),
        Map.entry("principalComponents", Map.of("passes", 1)),
        Map.entry("jacobi", Map.of("matrix.size", 3, "block", 3)),
        Map.entry("conjugateGradient", Map.of("matrix.size", 8)),
        Map.entry("feedbackSolve", Map.of("problem.matrix.size", 4)),
        Map.entry("statefulAdder", Map.of("bits", 2, "rows", 4)),
        Map.entry("fingerprint", Map.of("rows", 4, "columns", 8, "reads", 2)),
        Map.entry("randomBits", Map.of("bits", 128)),
        Map.entry("hopfield", Map.of("neurons", 16, "patterns", 2, "probes", 4)),
        Map.entry("ising", Map.of("spins", 8, "sweeps", 2, "runs", 2)),
        Map.entry("spikingLayer", Map.of("neurons", 4, "train", 4, "test", 2, "steps", 5)));
  }

  /** A job of a kernel as a spec binds it: with the trace of a run on the exact machine. */
  static Job job(Kernel kernel) {
    Network trace = new ShippedKernels().trace(kernel).network();
    return new Job(
        trace,
        Collections.nCopies(trace.layers().size(), PRECISION),
        1,
        Optional.of(new KernelTask(List.of(kernel.toString()), kernel)));
  }

  /** The chip, without a workload. */
  static Designs chip() {
    Designs chip = new Designs();
    chip.side = 64;
    chip.rowsActive = 64;
    chip.perPe = 1;
    chip.perTile = 1;
    chip.schedule = MappingOptions.Schedule.LAYER_BY_LAYER;
    chip.weights = new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false);
    return chip;
  }

  /** The chip with kernels. */
  static Designs chip(Kernel... kernels) {
    Designs chip = chip();
    chip.jobs = List.of(kernels).stream().map(KernelDesigns::job).toList();
    return chip;
  }

  /** The chip with a kernel. */
  static Design design(Kernel kernel) {
    return chip(kernel).design();
  }

  /** A design with loop amplifiers of a gain and an offset of 1 uV. */
  static Design withAmplifiers(Design design, double gain) {
    LoopAmplifier amplifier = new LoopAmplifier(gain, 0.1, 1e-6, ComponentModel.standard());
    KernelParts parts = new KernelParts(Transpose.NONE, Optional.of(amplifier), RandomSource.NONE);
    return design.with(design.chip().with(design.chip().pe().with(parts)));
  }
}
