package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Operation;
import dev.kirchhoff.arch.workload.Precision;
import java.util.List;

/**
 * Point of a design space with every choice made, which an evaluator prices.
 *
 * @param chip the chip
 * @param jobs networks that share the chip; empty = peak figures only
 * @param mapping mapping options
 * @param operation operating conditions
 * @param peakWeightBits weight bits that peak figures are stated at
 * @param peakInputBits input bits that peak figures are stated at
 * @param calibration fitted factors of the spec's own, in place of the catalogue's
 * @param circuits circuit files beside the spec and constants that it changes
 * @param widest widest precision of any layer: bits of weight, input and output that drivers,
 *     accumulators, registers and digital units are built for
 */
public record Design(
    Chip chip,
    List<Job> jobs,
    MappingOptions mapping,
    Operation operation,
    int peakWeightBits,
    int peakInputBits,
    List<FittedFactor> calibration,
    CircuitSettings circuits,
    Precision widest) {
  public Design {
    jobs = List.copyOf(jobs);
    calibration = List.copyOf(calibration);
  }

  /** A design built for its widest layer; for the peak precision where it has no network. */
  public Design(
      Chip chip,
      List<Job> jobs,
      MappingOptions mapping,
      Operation operation,
      int peakWeightBits,
      int peakInputBits,
      List<FittedFactor> calibration) {
    this(
        chip,
        jobs,
        mapping,
        operation,
        peakWeightBits,
        peakInputBits,
        calibration,
        CircuitSettings.NONE,
        widest(jobs, new Precision(peakWeightBits, peakInputBits, peakInputBits)));
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

  /** This design with other networks of the same precisions. */
  public Design with(List<Job> others) {
    return new Design(
        chip,
        others,
        mapping,
        operation,
        peakWeightBits,
        peakInputBits,
        calibration,
        circuits,
        widest);
  }

  /** This design with other mapping options. */
  public Design with(MappingOptions others) {
    return new Design(
        chip,
        jobs,
        others,
        operation,
        peakWeightBits,
        peakInputBits,
        calibration,
        circuits,
        widest);
  }

  /** This design on another chip. */
  public Design with(Chip other) {
    return new Design(
        other,
        jobs,
        mapping,
        operation,
        peakWeightBits,
        peakInputBits,
        calibration,
        circuits,
        widest);
  }

  /** This design with other constants of its circuits, or other circuits. */
  public Design with(CircuitSettings others) {
    return new Design(
        chip, jobs, mapping, operation, peakWeightBits, peakInputBits, calibration, others, widest);
  }

  /** This chip without its networks: peak figures alone. */
  public Design peak() {
    return new Design(
        chip,
        List.of(),
        mapping,
        operation,
        peakWeightBits,
        peakInputBits,
        calibration,
        circuits,
        widest);
  }

  /**
   * Maximum of each kind of bits over the layers of all networks.
   *
   * @param jobs networks
   * @param otherwise precision of a chip without layers
   */
  static Precision widest(List<Job> jobs, Precision otherwise) {
    int weights = 0;
    int inputs = 0;
    int outputs = 0;
    for (Job job : jobs) {
      for (Precision layer : job.precision()) {
        weights = Math.max(weights, layer.weights());
        inputs = Math.max(inputs, layer.inputs());
        outputs = Math.max(outputs, layer.outputs());
      }
    }
    return weights == 0 ? otherwise : new Precision(weights, inputs, outputs);
  }
}
