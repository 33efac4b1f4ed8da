package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An evaluated design: prices, mapping, flow and noise, and the ledger of its costs, from which all
 * of its figures follow. Explanations, reports, drawings and simulations read this value; nothing
 * is mapped or priced twice. It is complete when it is made: its totals are computed with it.
 */
public final class EvaluatedDesign {
  private final Stages stages;
  private final Totals totals;

  /**
   * A design with its figures.
   *
   * @param design the design
   * @param prices prices of its chip
   * @param mapping crossbars of every layer
   * @param flow traffic, buffers and schedule of every program
   * @param noise noise of every network
   * @param kernels run of each program that is a kernel
   * @param end end of the band of prices that its ledger is at
   */
  EvaluatedDesign(
      Design design,
      PriceTable prices,
      Mapping mapping,
      ChipFlow flow,
      DesignNoise noise,
      List<Optional<KernelRun>> kernels,
      BandEnd end) {
    this(stages(design, prices, mapping, flow, noise, List.copyOf(kernels), end));
  }

  private EvaluatedDesign(Stages stages) {
    this.stages = stages;
    totals = Figures.of(stages);
  }

  private static Stages stages(
      Design design,
      PriceTable prices,
      Mapping mapping,
      ChipFlow flow,
      DesignNoise noise,
      List<Optional<KernelRun>> kernels,
      BandEnd end) {
    int pesPerTile = design.chip().pe().perTile();
    Ledger ledger = Ledger.of(prices, mapping, flow, pesPerTile, noise.refresh_s()).at(end);
    return new Stages(
        design, prices, mapping, flow, noise, kernels, ledger, Costs.of(ledger, mapping));
  }

  /** This design with another ledger; all but ledger, costs and totals are kept. */
  EvaluatedDesign at(Ledger other) {
    return new EvaluatedDesign(stages.at(other));
  }

  /** Results of its stages. */
  Stages stages() {
    return stages;
  }

  /** The design. */
  public Design design() {
    return stages.design();
  }

  /** Nominal prices of its chip. */
  public PriceTable prices() {
    return stages.prices();
  }

  /** Crossbars of every layer. */
  public Mapping mapping() {
    return stages.mapping();
  }

  /** Traffic, buffers and schedule of every program. */
  public ChipFlow flow() {
    return stages.flow();
  }

  /** Noise of every network. */
  public DesignNoise noise() {
    return stages.noise();
  }

  /** Run of each program that is a kernel. */
  public List<Optional<KernelRun>> kernels() {
    return stages.kernels();
  }

  /** All costs as rows. */
  public Ledger ledger() {
    return stages.ledger();
  }

  /** Sums of the ledger. */
  Costs costs() {
    return stages.costs();
  }

  /** Figures of the whole workload; nobody changes them. */
  public Totals totals() {
    return totals;
  }

  /** Largest power density less that at peak; empty where an array is as given. */
  public OptionalDouble densitySlack_WperMm2() {
    return Limits.isPhysical(stages.design())
        ? OptionalDouble.of(Limits.LARGEST_DENSITY_WPERMM2 - Limits.density_WperMm2(totals))
        : OptionalDouble.empty();
  }

  /** Number of programs. */
  public int programs() {
    return stages.programs();
  }

  /** A program on the chip. */
  public MappedProgram program(int j) {
    return stages.program(j);
  }

  /** Flow of a program. */
  public ProgramFlow flow(int j) {
    return stages.flow(j);
  }

  /** Share of a program's inferences in all. */
  public double share(int j) {
    return stages.share(j);
  }

  /** PEs of all chips. */
  public double pes() {
    return stages.ledger().pes();
  }

  /** Instances of a part in one PE, one tile or one chip, by its level. */
  public double instancesEach(Part part) {
    return stages.ledger().instancesEach(part);
  }

  /** Instances of a part on all chips. */
  public double instances(Part part) {
    return stages.ledger().instances(part);
  }
}
