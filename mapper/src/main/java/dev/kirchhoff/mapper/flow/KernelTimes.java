package dev.kirchhoff.mapper.flow;

import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.KernelWork.Update;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.count.KernelCounts;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.schedule.LeadTime;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.peripherals.Timing;

/**
 * Times of a kernel's work beside the reads of one matrix, all of them one after another.
 *
 * <p>Digital work is done by the units of the tiles that the matrix lies on, each kind of unit
 * after the other, or as long as the buffer takes for the operands. A verified update writes the
 * cells of a crossbar group after group and the crossbars of a tile one after another; a blind one
 * does so with single pulses; a parallel one takes a pulse. Neglected: work of one iteration that
 * could be done beside the reads of the next.
 *
 * <p>A loop of amplifiers settles as exp(−t/(s τ)), τ the time constant of an amplifier and s the
 * slowness of the loop, until the error is half a step of its outputs: t = s τ (B + 1) ln 2. The
 * PEs of the layer's tiles draw random words side by side.
 */
final class KernelTimes {
  private KernelTimes() {}

  /**
   * Times of the work at a layer.
   *
   * @param tiles tiles that the layer lies on, with those of reads beside its own
   */
  static LeadTime of(
      Design design, Timing timing, Mapping mapping, MappedProgram program, int l, int tiles) {
    ActionCounts work = program.counts().workActions();
    KernelWork kernel = program.counts().layer(l).kernel();
    Tile.Units units = design.chip().tile().units();
    double digital_ns = TileRates.of(timing, units).oneAfterAnother_ns(work, l) / tiles;
    double writing_ns = 0;
    for (Update update : kernel.updates()) {
      writing_ns += writing_ns(timing.programming(), mapping, program, l, update);
    }
    double constants = (program.counts().precision(l).outputs() + 1) * StrictMath.log(2);
    double settling_ns =
        kernel.settlings().count() == 0
            ? 0
            : kernel.settlings().count()
                * kernel.settlings().slowness()
                * timing.kernels().amplifier_ns()
                * constants;
    double pes = (double) tiles * design.chip().pe().perTile();
    double drawing_ns = kernel.draws() * timing.kernels().draw_ns() / pes;
    return new LeadTime(digital_ns, writing_ns, settling_ns, drawing_ns, kernel.wait_ns(), 0);
  }

  /**
   * Amplifier-nanoseconds of a layer's loops: a pair of amplifier and inverter at each row that
   * holds elements; those of other rows are off.
   */
  static double amplifier_ns(Mapping mapping, MappedProgram program, int l, double settling_ns) {
    CrossbarMapping stored = program.counts().mapping(l).orElseThrow();
    int across = stored.blocks(program.counts().layer(l).shape(), mapping.use()).across();
    return stored.inputs() * stored.operands().rowsPerWeight() * across * settling_ns;
  }

  private static double writing_ns(
      Timing.Programming programming,
      Mapping mapping,
      MappedProgram program,
      int l,
      Update update) {
    int storing = program.counts().storing(l);
    double crossbars = Math.max(1, program.crossbarsOfCopy(storing));
    double inTile = Math.min(crossbars * program.copies(storing), mapping.use().perTile());
    double perWeight = program.counts().cellsPerWeight(l);
    double cells = KernelCounts.cells(update, perWeight, mapping.use().weights()) / update.steps();
    double groups = inTile * programming.groups(cells / crossbars);
    return update.steps()
        * switch (update.scheme()) {
          case VERIFIED -> groups * programming.group_ns();
          case BLIND -> groups * programming.pulse_ns();
          case PARALLEL, GATE -> programming.pulse_ns();
        };
  }
}
