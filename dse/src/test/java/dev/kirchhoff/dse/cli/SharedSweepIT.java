package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.PricingPool;
import dev.kirchhoff.dse.explore.SweepRows;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.stream.WorkQueue;
import dev.kirchhoff.dse.stream.WorkShare;
import dev.kirchhoff.dse.work.SetAsideException;
import dev.kirchhoff.dse.work.SharedSweep;
import dev.kirchhoff.dse.work.SharedWork;
import dev.kirchhoff.dse.work.SweepJob;
import dev.kirchhoff.dse.work.UnitRunner;
import dev.kirchhoff.dse.work.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep priced by workers through the built-in broker. The sweep of one process is the second
 * opinion.
 */
@Tag("slow")
@Timeout(300)
class SharedSweepIT {
  private static final String ID = "shared";

  @TempDir Path temporary;

  /** 15 sides x 2 nodes x 3 x 3 counts x 6 bits x 3 shares x 2 cell bits = 9,720 designs. */
  private String spec() throws Exception {
    return Files.writeString(
            temporary.resolve("shared.yaml"),
            """
            kirchhoff: 1
            workload: lenet5
            precision: {weights: 8, inputs: 8}
            let: {side: {from: 64, to: 512, step: 32}}
            chip:
              technology: {node: {any: [45 nm, 22 nm]}, supply: nominal}
              pe:
                perTile: {any: [2, 4, 8]}
                readout: {kind: sar, bits: {from: 4, to: 9}, columnsPerAdc: {any: [4, 8, 16]}}
              crossbar: {perPe: {any: [2, 4, 8]}, rows: = side, columns: = side, weights: {encoding: offset}}
              cell: {access: 1T1R, bits: {any: [1, 2]}, device: redox-hfox-wan2022}
            constraints: [area <= 20 mm2]
            sweep: {columns: [TOPS/W, area, latency, snr]}
            """)
        .toString();
  }

  private List<String> sweep(String spec, String data, String table, String... more) {
    List<String> all = new ArrayList<>(List.of("sweep", spec, "--data", data, "--run-id", ID));
    all.addAll(List.of("--output", table));
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void aWorkerKilledAnotherStalledAndAThirdLateMakeTheTableOfOneProcess() throws Exception {
    String spec = spec();
    Path whole = temporary.resolve("whole.csv");
    String alone = temporary.resolve("alone").toString();
    CommandRun.of(sweep(spec, alone, whole.toString(), "--no-kafka").toArray(String[]::new))
        .exits(0);
    Path table = temporary.resolve("table.csv");
    String data;
    try (SharedCluster cluster = new SharedCluster(temporary)) {
      data = cluster.data();
      try (ProgramProcess killed = cluster.worker("killed");
          ProgramProcess stalled = cluster.worker("stalled");
          ProgramProcess sweep =
              ProgramProcess.start(
                  temporary,
                  sweep(spec, data, table.toString(), "--distribute", "--chunk", "240"))) {
        String lost = cluster.stopWithATask(killed, "killed");
        killed.kill();
        String late = cluster.stopWithATask(stalled, "stalled");
        try (ProgramProcess third = cluster.worker("late")) {
          assertEquals(0, sweep.exitCode(120), () -> sweep.output("err"));
          stalled.signal("CONT");
          cluster.await(() -> cluster.doneBy(late).contains("stalled"));
          third.interrupt();
        }
        cluster.read();
        assertEquals(
            "late", cluster.doneBy(lost).get(0), "the chunk of the worker that was killed");
        assertFalse(cluster.doneBy(lost).contains("killed"));
        assertEquals(
            "late", cluster.doneBy(late).get(0), "the chunk of the worker that was stalled");
        String talk = sweep.output("err");
        assertTrue(talk.contains("worker stalled is silent"), talk);
        assertTrue(talk.contains("go to worker late, as worker stalled gave no result"), talk);
      }
    }
    assertEquals(-1, Files.mismatch(whole, table));
    assertEquals(evaluations(alone), evaluations(data));
  }

  /** A sweep whose log keeps a sample; its rows are priced ahead of the round, by one worker. */
  @Test
  void aLargeSweepHasTheTableAndTheLogOfOneProcess() throws Exception {
    String spec = spec();
    Path whole = temporary.resolve("whole.csv");
    String alone = temporary.resolve("alone").toString();
    CommandRun.of(
            sweep(spec, alone, whole.toString(), "--no-kafka", "--logged", "3000")
                .toArray(String[]::new))
        .exits(0);
    Path table = temporary.resolve("table.csv");
    String data;
    try (SharedCluster cluster = new SharedCluster(temporary)) {
      data = cluster.data();
      try (ProgramProcess worker = cluster.worker("worker");
          ProgramProcess sweep =
              ProgramProcess.start(
                  temporary,
                  sweep(
                      spec,
                      data,
                      table.toString(),
                      "--distribute",
                      "--chunk",
                      "240",
                      "--logged",
                      "3000"))) {
        assertEquals(0, sweep.exitCode(120), () -> sweep.output("err"));
        worker.interrupt();
      }
    }
    assertEquals(-1, Files.mismatch(whole, table));
    assertEquals(evaluations(alone), evaluations(data));
  }

  @Test
  void chunksThatNobodyCanPriceAreSetAsideAndThoseOfOtherVersionsAreLeft() throws Exception {
    DesignSpec spec = DesignSpec.load(spec(), List.of(), List.of(), environment());
    JsonNode good = SpecText.json(spec);
    JsonNode bad = JsonNodeFactory.instance.objectNode().put("kirchhoff", 1).put("chip", "none");
    String talk;
    try (SharedCluster cluster = new SharedCluster(temporary);
        WorkShare share = WorkShare.open(cluster.target(), Worker.group());
        UnitRunner runner = new UnitRunner(2);
        SharedWork first = begin(cluster, "poisoned");
        SharedWork second = begin(cluster, "foreign");
        SharedWork third = begin(cluster, "sound")) {
      SharedSweep poisoned = sweep(spec, first, "poisoned", ModelVersion.text(), bad);
      SharedSweep foreign = sweep(spec, second, "foreign", "0.0.1+another", good);
      SharedSweep sound = sweep(spec, third, "sound", ModelVersion.text(), good);
      Worker worker = new Worker("here", share, runner, cluster.said::add);
      Thread working = new Thread(run(worker), "worker");
      working.start();
      try {
        Future<SweepRows> left = foreign.price(0, 100);
        assertSetAside(List.of(poisoned.price(0, 100), poisoned.price(100, 50)));
        assertSameRows(spec, sound);
        assertFalse(left.isDone());
      } finally {
        worker.stop();
        working.join();
      }
      talk = cluster.said.toString();
    }
    assertTrue(talk.contains("is of model version 0.0.1+another, this worker of"), talk);
    assertTrue(talk.contains("and leaves this run to workers of its own"), talk);
  }

  private void assertSetAside(List<Future<SweepRows>> chunks) {
    for (Future<SweepRows> chunk : chunks) {
      Throwable cause =
          assertThrows(ExecutionException.class, () -> chunk.get(60, TimeUnit.SECONDS)).getCause();
      assertInstanceOf(SetAsideException.class, cause);
      String sentence = cause.getMessage();
      assertTrue(sentence.contains("designs 0 to 99 are set aside after 3"), sentence);
      assertTrue(sentence.contains("designs 100 to 149 are set aside after 3"), sentence);
      assertTrue(sentence.contains("on worker here: SpecException"), sentence);
    }
  }

  /** Compares the first rows of a table without a run with those of this process. */
  private static void assertSameRows(DesignSpec spec, SharedSweep sound) throws Exception {
    SpecProblemSpace problem = SpecProblemSpace.ofSweep(spec);
    SweptDesigns designs = SweptDesigns.all(problem.space());
    List<Future<SweepRows>> chunks = new ArrayList<>();
    for (int first = 0; first < 2_000; first += 500) {
      chunks.add(sound.price(first, 500));
    }
    List<String> shared = new ArrayList<>();
    for (Future<SweepRows> chunk : chunks) {
      shared.addAll(texts(chunk.get(60, TimeUnit.SECONDS), 4));
    }
    try (PricingPool pool = new PricingPool(problem, false, 1)) {
      SweepRows local = pool.pricing(designs).begin(0, 2_000).get();
      assertEquals(texts(local, 4), shared);
    }
  }

  private static SharedWork begin(SharedCluster cluster, String run) throws InterruptedException {
    return SharedWork.begin(
        WorkQueue.open(cluster.target(), Worker.group()), run, cluster.said::add);
  }

  private static SharedSweep sweep(
      DesignSpec swept, SharedWork work, String run, String version, JsonNode spec) {
    return new SharedSweep(
        work,
        new SweepJob(run, version, false, OptionalInt.empty(), 1, spec),
        SweptDesigns.all(SpecProblemSpace.ofSweep(swept).space()));
  }

  private static Runnable run(Worker worker) {
    return () -> {
      try {
        worker.run(Optional.empty());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static DesignSpec.Environment environment() {
    return SpecEnvironment.of(new FileSources());
  }

  /** Rows in words, every bit of their values. */
  private static List<String> texts(SweepRows rows, int columns) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < rows.count(); row++) {
      StringBuilder text = new StringBuilder();
      text.append(rows.first() + row).append(Arrays.toString(rows.ordinals(row)));
      for (int c = 0; c < columns; c++) {
        text.append(' ').append(rows.value(row, c));
      }
      texts.add(text.append(rows.isFeasible(row)).toString());
    }
    return texts;
  }

  /** Evaluations of a run with all their figures, in the order of the log. */
  private static List<String> evaluations(String data) throws Exception {
    List<String> rows = new ArrayList<>();
    try (RunLogReader log =
        RunLogReader.open(DataDirectory.open(Path.of(data)).run(new RunId(ID)))) {
      for (var entry = log.next(); entry.isPresent(); entry = log.next()) {
        if (entry.get().envelope().event() instanceof RunEvent.Evaluations event) {
          for (int j = 0; j < event.count(); j++) {
            int row = j;
            rows.add(
                Arrays.stream(event.knobs()).map(knob -> knob[row]).toList()
                    + " "
                    + Arrays.stream(event.values()).map(column -> column[row]).toList()
                    + " "
                    + Arrays.stream(event.violations()).map(column -> column[row]).toList()
                    + " "
                    + Arrays.stream(event.figures().all())
                        .map(column -> column.length == 0 ? "" : column[row] + "")
                        .toList());
          }
        }
      }
    }
    return rows;
  }
}
