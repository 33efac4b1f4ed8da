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
  private final Design design;
  private final PriceTable prices;
  private final Mapping mapping;
  private final ChipFlow flow;
  private final DesignNoise noise;
  private final List<Optional<KernelRun>> kernels;
  private final Ledger ledger;
  private final Costs costs;
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
    this(
        design,
        prices,
        mapping,
        flow,
        noise,
        List.copyOf(kernels),
        Ledger.of(prices, mapping, flow, design.chip().pe().perTile(), noise.refresh_s()).at(end));
  }

  private EvaluatedDesign(
      Design design,
      PriceTable prices,
      Mapping mapping,
      ChipFlow flow,
      DesignNoise noise,
      List<Optional<KernelRun>> kernels,
      Ledger ledger) {
    this.design = design;
    this.prices = prices;
    this.mapping = mapping;
    this.flow = flow;
    this.noise = noise;
    this.kernels = kernels;
    this.ledger = ledger;
    costs = Costs.of(ledger, mapping);
    totals = Figures.of(this);
  }

  /** This design with other factors on its prices: all but costs is the same. */
  EvaluatedDesign at(Ledger other) {
    return new EvaluatedDesign(design, prices, mapping, flow, noise, kernels, other);
  }

  /** The design. */
  public Design design() {
    return design;
  }

  /** Nominal prices of its chip. */
  public PriceTable prices() {
    return prices;
  }

  /** Crossbars of every layer. */
  public Mapping mapping() {
    return mapping;
  }

  /** Traffic, buffers and schedule of every program. */
  public ChipFlow flow() {
    return flow;
  }

  /** Noise of every network. */
  public DesignNoise noise() {
    return noise;
  }

  /** Run of each program that is a kernel. */
  public List<Optional<KernelRun>> kernels() {
    return kernels;
  }

  /** All costs as rows. */
  public Ledger ledger() {
    return ledger;
  }

  /** Sums of the ledger. */
  Costs costs() {
    return costs;
  }

  /** Figures of the whole workload; nobody changes them. */
  public Totals totals() {
    return totals;
  }

  /** Largest power density less that at peak; empty where an array is as given. */
  public OptionalDouble densitySlack_WperMm2() {
    return Limits.isPhysical(this)
        ? OptionalDouble.of(Limits.LARGEST_DENSITY_WPERMM2 - Limits.density_WperMm2(totals))
        : OptionalDouble.empty();
  }

  /** Number of programs. */
  public int programs() {
    return mapping.programs().size();
  }

  /** A program on the chip. */
  public MappedProgram program(int j) {
    return mapping.programs().get(j);
  }

  /** Flow of a program. */
  public ProgramFlow flow(int j) {
    return flow.programs().get(j);
  }

  /** Share of a program's inferences in all. */
  public double share(int j) {
    return mapping.programs().get(j).share();
  }

  /** PEs of all chips. */
  public double pes() {
    return ledger.pes();
  }

  /** Instances of a part in one PE, one tile or one chip, by its level. */
  public double instancesEach(Part part) {
    return ledger.instancesEach(part);
  }

  /** Instances of a part on all chips. */
  public double instances(Part part) {
    return ledger.instances(part);
  }
}
