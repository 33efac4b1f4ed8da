package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Operation;
import java.util.List;

/**
 * One point of a design space with every choice made: what an evaluator prices.
 *
 * @param chip the chip
 * @param jobs networks that share the chip; empty = peak figures only
 * @param mapping mapping options
 * @param operation operating conditions
 * @param peakWeightBits weight bits that peak figures are stated at
 * @param peakInputBits input bits that peak figures are stated at
 * @param calibration fitted factors of the spec's own, in place of the catalogue's
 */
public record Design(
    Chip chip,
    List<Job> jobs,
    MappingOptions mapping,
    Operation operation,
    int peakWeightBits,
    int peakInputBits,
    List<FittedFactor> calibration) {
  public Design {
    jobs = List.copyOf(jobs);
    calibration = List.copyOf(calibration);
  }

  /** A design with the catalogue's factors. */
  public Design(
      Chip chip,
      List<Job> jobs,
      MappingOptions mapping,
      Operation operation,
      int peakWeightBits,
      int peakInputBits) {
    this(chip, jobs, mapping, operation, peakWeightBits, peakInputBits, List.of());
  }
}
