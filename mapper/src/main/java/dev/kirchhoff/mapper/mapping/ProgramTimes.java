package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.duplicate.Stage;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.peripherals.PassTiming;
import java.util.ArrayList;
import java.util.List;

/**
 * Times of a program's layers before any copy is made: of those on crossbars as {@link Stages}, one
 * a stored matrix, of those on digital units the time of one tile.
 */
public final class ProgramTimes {
  private final Stages stages;
  private final Stages uses;
  private final int[] useOf;
  private final double[] oneTile_ns;
  private final double[] pass_ns;
  private final double digital_ns;

  private ProgramTimes(
      Stages stages, Stages uses, int[] useOf, double[] oneTile_ns, double[] pass_ns) {
    this.stages = stages;
    this.uses = uses;
    this.useOf = useOf;
    this.oneTile_ns = oneTile_ns;
    this.pass_ns = pass_ns;
    double sum = 0;
    for (double time_ns : oneTile_ns) {
      sum += time_ns;
    }
    digital_ns = sum;
  }

  /**
   * Times of a program.
   *
   * @param rates rates of a tile's shared parts
   * @param pass times of a crossbar pass
   * @param isKernel whether reads are calls of a kernel, which convert the columns of their matrix
   *     alone; layers of a network keep the pace of all columns
   * @param perTile crossbars of a tile
   * @param granule crossbars of which a layer takes whole multiples
   */
  public static ProgramTimes of(
      ProgramCounts counts,
      TileRates rates,
      PassTiming pass,
      boolean isKernel,
      int perTile,
      int granule) {
    Dataflow flow = counts.flow();
    List<Stage> uses = new ArrayList<>(counts.stages());
    List<Stage> stages = new ArrayList<>(counts.stages());
    int[] useOf = new int[counts.layers()];
    double[] oneTile_ns = new double[counts.layers()];
    double[] pass_ns = new double[counts.layers()];
    for (int l = 0; l < oneTile_ns.length; l++) {
      if (counts.isOnCrossbars(l)) {
        CrossbarMapping mapping = counts.mapping(l).orElseThrow();
        double inputBits =
            counts.isWritten(l)
                ? counts.inputBits(l)
                : flow.inputValues(l) * counts.precision(l).inputs();
        double linkBits =
            inputBits * mapping.tileFan()
                + 2 * mapping.sumBitsBetweenTiles()
                + flow.outputValues(l) * counts.precision(l).outputs();
        pass_ns[l] = isKernel ? pass.pass_ns(mapping.conversionsOfPass()) : pass.pass_ns();
        Stage use =
            new Stage(
                flow.vectors(l),
                mapping.passes() * pass_ns[l],
                rates.time_ns(counts.readActions(), l, mapping.sumsInPe(), linkBits),
                mapping.crossbars());
        useOf[l] = uses.size();
        uses.add(use);
        if (counts.stores(l)) {
          stages.add(use);
        } else {
          stages.set(counts.stage(l), stages.get(counts.stage(l)).with(use));
        }
      } else {
        double linkBits = counts.inputBits(l) + counts.outputBits(l);
        oneTile_ns[l] = rates.time_ns(counts.readActions(), l, 0, linkBits);
      }
    }
    Stages ofMatrices = Stages.of(stages, perTile, granule);
    Stages ofLayers = uses.size() == stages.size() ? ofMatrices : Stages.of(uses, perTile, granule);
    return new ProgramTimes(ofMatrices, ofLayers, useOf, oneTile_ns, pass_ns);
  }

  /** Matrices on crossbars, each with the vectors of all layers that use it. */
  public Stages stages() {
    return stages;
  }

  /** Time of a layer on crossbars with copies of its matrix, others that use it apart. */
  double time_ns(int l, int copies) {
    return uses.time_ns(useOf[l], copies);
  }

  /** Time of a pass of a layer on crossbars. */
  public double pass_ns(int l) {
    return pass_ns[l];
  }

  /** Time in which the crossbars of one of a layer's copies read its own vectors. */
  double reads_ns(int l, int copies) {
    return uses.reads_ns(useOf[l], copies);
  }

  /**
   * Time of a layer on the digital units of one tile.
   *
   * @param shared whether all such layers share the tiles, as in a pipeline: then that of all
   */
  public double digital_ns(int l, boolean shared) {
    return shared ? digital_ns : oneTile_ns[l];
  }
}
