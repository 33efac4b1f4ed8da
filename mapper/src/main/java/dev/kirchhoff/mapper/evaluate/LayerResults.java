package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.noise.NetworkNoise;
import dev.kirchhoff.mapper.noise.NoiseModel;
import dev.kirchhoff.mapper.schedule.EndCause;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One result a layer of a mapped design. */
final class LayerResults {
  private static final double UJ_PER_FJ = 1e-9;
  private static final double MS_PER_NS = 1e-6;

  private LayerResults() {}

  static List<LayerResult> of(DesignMapping mapping, Costs costs, NoiseModel noise) {
    List<LayerResult> results = new ArrayList<>();
    double cells = (double) mapping.use().side().rows() * mapping.use().side().columns();
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      List<Optional<LayerNoise>> noises =
          NetworkNoise.layers(
              noise.key(mapping.design(), mapping.prices(), job.digits()));
      for (int l = 0; l < job.layers(); l++) {
        Layer layer = job.job().network().layers().get(l);
        double crossbars = job.crossbarsOfCopy(l);
        double utilization = crossbars > 0 ? job.usedCells(l) / (crossbars * cells) : 0;
        results.add(
            new LayerResult(
                job.job().network().name(),
                layer.name(),
                layer.shape().macs(),
                new LayerResult.LayerMapping((long) crossbars, job.copies(l), utilization),
                costs.dynamic_fJ(job.counts, l) * UJ_PER_FJ,
                (job.schedule.layer(l).busy_ns() + job.schedule.layer(l).fill_ns()) * MS_PER_NS,
                timing(job, l),
                noises.get(l).map(LayerNoise::result).orElse(LayerNoise.EXACT)));
      }
    }
    return results;
  }

  private static LayerResult.Timing timing(JobMapping job, int l) {
    Schedule schedule = job.schedule;
    LayerTime time = schedule.layer(l);
    boolean isBoundByItself = schedule.endCause(l) == EndCause.OWN_ROUNDS;
    return new LayerResult.Timing(
        schedule.start_ns(l) * MS_PER_NS,
        schedule.end_ns(l) * MS_PER_NS,
        time.busy_ns() * MS_PER_NS,
        schedule.stall_ns(l) * MS_PER_NS,
        (time.time_ns() - time.own_ns()) * MS_PER_NS,
        time.busy_ns() / schedule.stage_ns(),
        producer(job, schedule.startsAfter(l)),
        isBoundByItself ? "" : producer(job, schedule.endsAfter(l)));
  }

  private static String producer(JobMapping job, OptionalInt layer) {
    return layer.isPresent() ? LatencyTree.name(job, layer.getAsInt()) : "input";
  }
}
