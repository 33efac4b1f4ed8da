package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.List;
import java.util.Optional;

/**
 * An evaluated design: prices, mapping, flow and noise, from which all of its figures follow.
 * Explanations, reports, drawings and simulations read this value; nothing is mapped twice.
 *
 * @param design the design
 * @param prices prices of its chip
 * @param mapping crossbars of every layer
 * @param flow traffic, buffers and schedule of every program
 * @param noise noise of every network
 * @param kernels run of each program that is a kernel
 * @param totals figures of the whole workload, filled once by {@link Figures} and not changed after
 */
public record EvaluatedDesign(
    Design design,
    PriceTable prices,
    Mapping mapping,
    ChipFlow flow,
    DesignNoise noise,
    List<Optional<KernelRun>> kernels,
    Totals totals) {
  public EvaluatedDesign {
    kernels = List.copyOf(kernels);
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
    return mapping.tiles() * design.chip().pe().perTile();
  }

  /** Instances of a part in one PE, one tile or one chip, by its level. */
  public double instancesEach(Part part) {
    return prices.instances(part) * mapping.pitches().instances(part);
  }

  /** Instances of a part on all chips. */
  public double instances(Part part) {
    double number = instancesEach(part);
    return switch (part.level()) {
      case PE -> number * pes();
      case TILE -> number * mapping.tiles();
      case CHIP -> number * mapping.size().chips();
    };
  }

  /** Energy of programming so many cells. */
  public double programming_fJ(double cells) {
    return cells * prices.programming().energyPerCell_fJ();
  }

  /** Mean power of writing all weights again at every refresh; 0 if they need none. */
  public double refresh_uW() {
    double interval_s = noise.refresh_s();
    boolean isNeeded = interval_s > 0 && interval_s < Double.POSITIVE_INFINITY;
    return isNeeded ? programming_fJ(mapping.storedCells()) / (interval_s * Units.NS_PER_S) : 0;
  }

  /** Energy of one bit over one hop, its wires included. */
  public double hop_fJ() {
    return prices.energy_fJ(Action.HOP_BIT)
        + mapping.pitches().hop() * prices.energy_fJ(Action.PITCH_BIT);
  }

  /** Energy of setting all switches of the fabric. */
  public double reconfiguration_fJ() {
    double bits = flow.reconfiguration().bits();
    return bits == 0
        ? 0
        : bits
            * (prices.energy_fJ(Action.CONFIGURE_BIT) + flow.reconfiguration().hops() * hop_fJ());
  }

  /** Energy and area of the chip's parts. */
  ChipCosts costs() {
    return ChipCosts.of(prices, this::instances);
  }

  /** Copy of this evaluation at other prices, its totals empty. */
  EvaluatedDesign at(PriceTable others) {
    return new EvaluatedDesign(design, others, mapping, flow, noise, kernels, new Totals());
  }
}
