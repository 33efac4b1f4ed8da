package dev.kirchhoff.mapper.flow;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Flow of all programs of a mapped chip, which run one after another: interval and latency of a
 * program = those of its schedule + times that switches are set × the time of one setting.
 *
 * @param mapping the mapping
 * @param timing times of the chip
 * @param programs flow of each program, in order
 * @param reconfiguration setting of the fabric's switches
 */
public record ChipFlow(
    Mapping mapping, Timing timing, List<ProgramFlow> programs, Reconfiguration reconfiguration) {
  public ChipFlow {
    programs = List.copyOf(programs);
  }

  /**
   * Flow of a mapped design.
   *
   * @param traffic {@link Traffic#of}, or a memo of it
   */
  public static ChipFlow of(
      Design design, Timing timing, Mapping mapping, Function<Traffic.Key, Traffic> traffic) {
    List<ProgramFlow> programs = new ArrayList<>();
    for (int j = 0; j < mapping.programs().size(); j++) {
      programs.add(ProgramRouting.route(design, timing, mapping, j, traffic));
    }
    return new ChipFlow(
        mapping,
        timing,
        programs,
        Reconfiguration.of(design.chip().uncore().interconnect(), timing, mapping));
  }

  private MappedProgram mapped(int program) {
    return mapping.programs().get(program);
  }

  /** Number of times that the fabric's switches are set in an inference of a program. */
  public double reconfigurations(int program) {
    return reconfiguration.times(
        programs.size(),
        mapped(program).job().weight(),
        mapped(program).layers(),
        mapping.size().isPipelined());
  }

  private double reconfiguration_ns(int program) {
    return reconfigurations(program) * reconfiguration.once_ns();
  }

  /** Time between two inferences of a program: its schedule and setting the fabric's switches. */
  public double interval_ns(int program) {
    return programs.get(program).schedule().interval_ns() + reconfiguration_ns(program);
  }

  /** Time of an inference of a program: its schedule and setting the fabric's switches. */
  public double latency_ns(int program) {
    return programs.get(program).schedule().latency_ns() + reconfiguration_ns(program);
  }

  /** Time of a batch of a program, with setting the fabric's switches for each inference. */
  public double batch_ns(int program) {
    double settings = programs.get(program).schedule().inferences() * reconfigurations(program);
    return programs.get(program).schedule().batch_ns() + settings * reconfiguration.once_ns();
  }

  /** Cells loaded in phases for each inference of a program. */
  public double loadedCells(int program) {
    return mapping.inPhases()
        ? mapping.loadedCells(program) / programs.get(program).schedule().inferences()
        : 0;
  }

  /** Cells written for each inference of a program: weights loaded, activations. */
  public double rewrittenCells(int program) {
    return loadedCells(program) + mapped(program).writtenCells();
  }

  /** Mean time between two writes of the cells that are written most often. */
  public double rewriting_ns() {
    double shortest = Double.POSITIVE_INFINITY;
    double mean_ns = 0;
    for (int j = 0; j < programs.size(); j++) {
      mean_ns += mapped(j).share() * interval_ns(j);
    }
    for (int j = 0; j < programs.size(); j++) {
      if (mapped(j).anyWritten()) {
        shortest = Math.min(shortest, mean_ns / mapped(j).share());
      } else if (mapping.inPhases() && loadedCells(j) > 0) {
        int batch = programs.get(j).schedule().inferences();
        shortest = Math.min(shortest, batch * mean_ns / mapped(j).share());
      }
    }
    return shortest;
  }

  /** Time of programming so many crossbars: one in each tile at a time. */
  public double programming_ns(double crossbars) {
    return timing
        .programming()
        .crossbars_ns(crossbars, mapping.tiles(), mapping.use().side().cells());
  }

  /** Time of the peak state's vector. */
  public double peakVector_ns() {
    return mapping.peak().passes() * timing.pass().pass_ns();
  }

  /** Tracks that a channel of the fabric lacks, for the program that lacks most. */
  public int missingTracks() {
    int most = 0;
    for (ProgramFlow program : programs) {
      most = Math.max(most, program.traffic().missingTracks());
    }
    return most;
  }
}
