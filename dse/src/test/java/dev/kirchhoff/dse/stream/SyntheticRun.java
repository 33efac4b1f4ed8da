package dev.kirchhoff.dse.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * A run like a real one: 12 knobs, 2 objectives, 4 constraints, 1,024 designs an event; each batch
 * puts one member on the front and takes the one before it off.
 *
 * <p>{@code SyntheticRun DATA RUNID DESIGNS} writes one as a process of its own, which prints a
 * line when it is done.
 */
public final class SyntheticRun {
  static final int BATCH = 1024;
  private static final int KNOBS = 12;
  private static final int ORDINALS = 12;

  private SyntheticRun() {}

  public static void main(String[] arguments) throws Exception {
    RunDirectory run = DataDirectory.open(Path.of(arguments[0])).createRun(new RunId(arguments[1]));
    try (RunLog log = RunLog.create(run, header("running"), Clock.systemUTC())) {
      write(log, 0, Long.parseLong(arguments[2]));
      System.out.println("done");
      System.in.read();
    }
  }

  public static RunEvent.Run header(String state) {
    List<RunEvent.KnobHeader> knobs = new ArrayList<>();
    for (int k = 0; k < KNOBS; k++) {
      knobs.add(
          new RunEvent.KnobHeader(
              "knob" + k,
              IntStream.rangeClosed(1, ORDINALS).<JsonNode>mapToObj(IntNode::valueOf).toList(),
              0,
              ""));
    }
    return new RunEvent.Run(
        state,
        "",
        "test",
        1,
        1_000_000,
        "random",
        1,
        EventJson.mapper().createObjectNode(),
        List.of(),
        knobs,
        List.of("TOPS/W", "area"),
        List.of("c0", "c1", "c2", "c3"),
        "synthetic",
        List.of(
            new RunEvent.Axis("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W", true),
            new RunEvent.Axis("area", "area_mm2", "mm2", false)));
  }

  /** Appends designs with indices from {@code first} on. */
  public static void write(RunLog log, long first, long count) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    int round = 0;
    for (long at = first; at < first + count; round++) {
      int batch = (int) Math.min(BATCH, first + count - at);
      log.append(evaluations(random, at, batch, round));
      log.append(new RunEvent.Front("d" + at, at, "entered", List.of(1.0, 2.0)));
      if (at >= BATCH) {
        log.append(new RunEvent.Front("d" + (at - BATCH), at - BATCH, "left", List.of(1.0, 2.0)));
      }
      at += batch;
      log.append(
          new RunEvent.Round(
              round, at, at, 1, 0.5, EventJson.mapper().createObjectNode().put("at", at)));
    }
  }

  static RunEvent.Evaluations evaluations(
      RandomGenerator random, long first, int count, int round) {
    int[][] knobs = new int[KNOBS][count];
    double[][] values = new double[2][count];
    double[][] violations = new double[4][count];
    for (int i = 0; i < count; i++) {
      for (int[] column : knobs) {
        column[i] = random.nextInt(ORDINALS);
      }
      for (double[] column : values) {
        column[i] = random.nextDouble() * 100;
      }
      violations[random.nextInt(4)][i] = random.nextBoolean() ? 0 : random.nextDouble();
    }
    return new RunEvent.Evaluations(first, count, round, 0, knobs, values, violations);
  }
}
