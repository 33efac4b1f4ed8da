package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.schedule.EndCause;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Results of the layers of an evaluated design: dynamic energy = Σ count × price of the layer's
 * actions, latency = fill + busy time of its place in the schedule, utilization = cells that hold
 * its weights / cells of the crossbars of a copy.
 */
public final class LayerResults {

  private LayerResults() {}

  /** One result a layer, program by program. */
  public static List<LayerResult> of(EvaluatedDesign evaluated) {
    List<LayerResult> results = new ArrayList<>();
    double cells = evaluated.mapping().use().side().cells();
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      ProgramFlow flow = evaluated.flow(j);
      List<Optional<LayerNoise>> noises = evaluated.noise().networks().get(j).layers();
      for (int l = 0; l < program.layers(); l++) {
        Layer layer = program.counts().layer(l);
        double crossbars = program.crossbarsOfCopy(l);
        double utilization =
            crossbars > 0 ? program.counts().usedCells(l) / (crossbars * cells) : 0;
        LayerTime time = flow.schedule().layer(l);
        results.add(
            new LayerResult(
                program.name(),
                layer.name(),
                Math.round(program.macs(l)),
                program.counts().storing(l) == l
                    ? new LayerResult.LayerMapping((long) crossbars, program.copies(l), utilization)
                    : new LayerResult.LayerMapping(
                        0,
                        program.copies(l),
                        0,
                        program.counts().layer(program.counts().storing(l)).name()),
                evaluated.ledger().layer_fJ(j, l) * Ledger.Cost.ENERGY.unit(),
                (time.busy_ns() + time.fill_ns()) * Units.MS_PER_NS,
                timing(program, flow.schedule(), l),
                noises.get(l).map(LayerNoise::result).orElse(LayerNoise.EXACT)));
      }
    }
    return results;
  }

  private static LayerResult.LayerTimes timing(MappedProgram program, Schedule schedule, int l) {
    LayerTime time = schedule.layer(l);
    boolean isBoundByItself = schedule.endCause(l) == EndCause.OWN_ITERATIONS;
    return new LayerResult.LayerTimes(
        schedule.start_ns(l) * Units.MS_PER_NS,
        schedule.end_ns(l) * Units.MS_PER_NS,
        time.busy_ns() * Units.MS_PER_NS,
        schedule.stall_ns(l) * Units.MS_PER_NS,
        (time.time_ns() - time.own_ns()) * Units.MS_PER_NS,
        time.busy_ns() / schedule.stage_ns(),
        producer(program, schedule.startsAfter(l)),
        isBoundByItself ? "" : producer(program, schedule.endsAfter(l)));
  }

  private static String producer(MappedProgram program, OptionalInt layer) {
    return layer.isPresent() ? program.counts().layer(layer.getAsInt()).name() : "input";
  }
}
