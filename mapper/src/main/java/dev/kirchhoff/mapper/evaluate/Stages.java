package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.flow.ChipFlow;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.noise.DesignNoise;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.List;
import java.util.Optional;

/**
 * Results of the stages of an evaluation, from which its totals follow.
 *
 * @param design the design
 * @param prices nominal prices of its chip
 * @param mapping crossbars of every layer
 * @param flow traffic, buffers and schedule of every program
 * @param noise noise of every network
 * @param kernels run of each program that is a kernel
 * @param ledger all costs as rows
 * @param costs sums of the ledger
 */
record Stages(
    Design design,
    PriceTable prices,
    Mapping mapping,
    ChipFlow flow,
    DesignNoise noise,
    List<Optional<KernelRun>> kernels,
    Ledger ledger,
    Costs costs) {

  /** These results with another ledger; all but ledger and costs are kept. */
  Stages at(Ledger other) {
    return new Stages(
        design, prices, mapping, flow, noise, kernels, other, Costs.of(other, mapping));
  }

  /** Number of programs. */
  int programs() {
    return mapping.programs().size();
  }

  /** A program on the chip. */
  MappedProgram program(int j) {
    return mapping.programs().get(j);
  }

  /** Flow of a program. */
  ProgramFlow flow(int j) {
    return flow.programs().get(j);
  }

  /** Share of a program's inferences in all. */
  double share(int j) {
    return mapping.programs().get(j).share();
  }

  /** PEs of all chips. */
  double pes() {
    return ledger.pes();
  }
}
