package dev.kirchhoff.mapper.report;

import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.mapping.NextLevel;
import dev.kirchhoff.mapper.mapping.PhaseLoading;
import dev.kirchhoff.mapper.report.MappedDesign.Phase;
import dev.kirchhoff.mapper.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Start of a program's phases, and the delay that their writes and the inferences of a batch add to
 * the schedule of one inference. A phase is written before its first layer runs, once the layers
 * before it have worked off all inferences of the batch.
 *
 * @param phases phases in their order
 * @param delays_ns delay of each layer
 */
record PhaseTimes(List<Phase> phases, List<Double> delays_ns) {

  /** Times of a program. */
  static PhaseTimes of(EvaluatedDesign evaluated, int j) {
    Mapping mapping = evaluated.mapping();
    MappedProgram program = evaluated.program(j);
    Schedule schedule = evaluated.flow(j).schedule();
    List<Phase> phases = new ArrayList<>();
    List<Double> delays_ns = new ArrayList<>();
    OptionalInt current = OptionalInt.empty();
    double delay_ns = 0;
    double since_ns = 0;
    for (int l = 0; l < program.layers(); l++) {
      OptionalInt phase = mapping.phaseOf(j, l);
      if (phase.isPresent() && !phase.equals(current)) {
        current = phase;
        PhaseLoading loading = mapping.loading().orElseThrow();
        NextLevel level = NextLevel.of(evaluated.design().chip(), evaluated.flow().timing());
        double bits = loading.spilled_bits(mapping.firstLayer(j) + l);
        List<Integer> layers = layers(mapping, program, j, phase, l);
        double written = written(program, layers);
        double writing_ns = evaluated.flow().programming_ns(written);
        double start_ns = schedule.start_ns(l);
        delay_ns += (schedule.inferences() - 1) * (start_ns - since_ns);
        since_ns = start_ns;
        phases.add(
            new Phase(
                phase.getAsInt() + 1,
                layers,
                Math.round(written),
                start_ns + delay_ns,
                writing_ns,
                bits));
        delay_ns += writing_ns + level.roundTrip_ns(bits);
      }
      delays_ns.add(delay_ns);
    }
    return new PhaseTimes(phases, delays_ns);
  }

  private static List<Integer> layers(
      Mapping mapping, MappedProgram program, int j, OptionalInt phase, int from) {
    List<Integer> layers = new ArrayList<>();
    for (int l = from; l < program.layers(); l++) {
      if (mapping.phaseOf(j, l).equals(phase)) {
        layers.add(l);
      }
    }
    return layers;
  }

  private static double written(MappedProgram program, List<Integer> layers) {
    double written = 0;
    for (int l : layers) {
      written += program.isWritten(l) ? 0 : program.crossbars(l);
    }
    return written;
  }

  /** Delay of a layer against the schedule of one inference. */
  double delay_ns(int layer) {
    return delays_ns.get(layer);
  }
}
