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
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepRows;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.stream.BrokerCompanion;
import dev.kirchhoff.dse.stream.KafkaTarget;
import dev.kirchhoff.dse.stream.WorkMessage;
import dev.kirchhoff.dse.stream.WorkQueue;
import dev.kirchhoff.dse.stream.WorkShare;
import dev.kirchhoff.dse.work.ChunkPricer;
import dev.kirchhoff.dse.work.PricedRows;
import dev.kirchhoff.dse.work.Report;
import dev.kirchhoff.dse.work.SetAsideException;
import dev.kirchhoff.dse.work.SharedSweep;
import dev.kirchhoff.dse.work.SweepJob;
import dev.kirchhoff.dse.work.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep priced by workers through the built-in broker. The sweep of one process is the second
 * opinion.
 */
@Timeout(300)
class SharedSweepIT {
  private static final String ID = "shared";

  @TempDir Path temporary;
  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

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

  private ProgramProcess worker(String name, String data) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve(name));
    return ProgramProcess.start(
        folder, List.of("worker", "--data", data, "--name", name, "--threads", "1"));
  }

  @Test
  void aWorkerKilledAnotherStalledAndAThirdLateMakeTheTableOfOneProcess() throws Exception {
    String spec = spec();
    Path whole = temporary.resolve("whole.csv");
    String alone = temporary.resolve("alone").toString();
    CommandRun.of(sweep(spec, alone, whole.toString(), "--no-kafka").toArray(String[]::new))
        .exits(0);
    String data = temporary.resolve("data").toString();
    Path table = temporary.resolve("table.csv");
    BrokerCompanion broker = BrokerCompanion.start(DataDirectory.open(Path.of(data)), said::add);
    try (WorkQueue watched = WorkQueue.open(target(broker), SweepJob.workers());
        ProgramProcess killed = worker("killed", data);
        ProgramProcess stalled = worker("stalled", data);
        ProgramProcess sweep =
            ProgramProcess.start(
                temporary, sweep(spec, data, table.toString(), "--distribute", "--chunk", "240"))) {
      Watch watch = new Watch(watched);
      String lost = stopWithAChunk(killed, "killed", watch);
      killed.kill();
      String late = stopWithAChunk(stalled, "stalled", watch);
      try (ProgramProcess third = worker("late", data)) {
        assertEquals(0, sweep.exitCode(120), () -> sweep.output("err"));
        stalled.signal("CONT");
        watch.await(() -> watch.doneBy(late).contains("stalled"));
        third.interrupt();
      }
      watch.read();
      assertEquals(List.of("late"), watch.doneBy(lost), "the chunk of the worker that was killed");
      assertEquals("late", watch.doneBy(late).get(0), "the chunk of the worker that was stalled");
      String talk = sweep.output("err");
      assertTrue(talk.contains("worker stalled is silent"), talk);
      assertTrue(talk.contains("go to worker late, as worker stalled gave no result"), talk);
    } finally {
      broker.close();
    }
    assertEquals(-1, Files.mismatch(whole, table));
    assertEquals(evaluations(alone), evaluations(data));
  }

  @Test
  void chunksThatNobodyCanPriceAreSetAsideAndThoseOfOtherVersionsAreLeft() throws Exception {
    DesignSpec spec = DesignSpec.load(spec(), List.of(), List.of(), environment());
    JsonNode good = SpecText.json(spec);
    JsonNode bad = JsonNodeFactory.instance.objectNode().put("kirchhoff", 1).put("chip", "none");
    DataDirectory data = DataDirectory.open(temporary.resolve("data"));
    BrokerCompanion broker = BrokerCompanion.start(data, said::add);
    KafkaTarget.External target = target(broker);
    try (WorkShare share = WorkShare.open(target, SweepJob.workers());
        ChunkPricer pricer = new ChunkPricer(2);
        SharedSweep poisoned = begin(target, "poisoned", ModelVersion.text(), bad);
        SharedSweep foreign = begin(target, "foreign", "0.0.1+another", good);
        SharedSweep sound = begin(target, "sound", ModelVersion.text(), good)) {
      Worker worker = new Worker("here", share, pricer, said::add);
      Thread working = new Thread(run(worker), "worker");
      working.start();
      try {
        Future<PricedRows> left = foreign.price(0, 100);
        assertSetAside(List.of(poisoned.price(0, 100), poisoned.price(100, 50)));
        assertSameRows(spec, sound);
        assertFalse(left.isDone());
      } finally {
        worker.stop();
        working.join();
      }
    } finally {
      broker.close();
    }
    String talk = said.toString();
    assertTrue(talk.contains("is of model version 0.0.1+another, this worker of"), talk);
    assertTrue(talk.contains("and leaves this run to workers of its own"), talk);
  }

  private void assertSetAside(List<Future<PricedRows>> chunks) {
    for (Future<PricedRows> chunk : chunks) {
      Throwable cause =
          assertThrows(ExecutionException.class, () -> chunk.get(60, TimeUnit.SECONDS)).getCause();
      assertInstanceOf(SetAsideException.class, cause);
      String sentence = cause.getMessage();
      assertTrue(sentence.contains("designs 0 to 99 are set aside after 3"), sentence);
      assertTrue(sentence.contains("designs 100 to 149 are set aside after 3"), sentence);
      assertTrue(sentence.contains("on worker here: SpecException"), sentence);
    }
  }

  /** Compares the first rows of a table without a run with those of a sweep in this process. */
  private static void assertSameRows(DesignSpec spec, SharedSweep sound) {
    SpecProblemSpace problem = SpecProblemSpace.withMetrics(spec, spec.sweepColumns());
    SweptDesigns designs = SweptDesigns.all(problem.space());
    List<String> shared = new ArrayList<>();
    new Sweep(problem, 0, 1)
        .collect(
            2_000,
            700,
            sound::ahead,
            (first, count) ->
                sound
                    .price(first, count)
                    .thenApply(rows -> rows.toSweepRows(first, designs.block(first, count))),
            rows -> shared.addAll(texts(rows, 4)),
            () -> false);
    List<String> local = new ArrayList<>();
    new Sweep(problem, 0, 1)
        .of(designs, rows -> local.addAll(texts(rows, 4)), () -> local.size() >= 2_000);
    assertEquals(local.subList(0, 2_000), shared);
  }

  private SharedSweep begin(KafkaTarget.External target, String run, String version, JsonNode spec)
      throws InterruptedException {
    return SharedSweep.begin(
        WorkQueue.open(target, SweepJob.workers()),
        new SweepJob(run, version, false, OptionalInt.empty(), 1, spec),
        said::add);
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

  /** Stops a worker at a moment when it holds a chunk, which it cannot have given a result for. */
  private static String stopWithAChunk(ProgramProcess worker, String name, Watch watch)
      throws Exception {
    for (int attempt = 0; attempt < 50; attempt++) {
      watch.await(() -> watch.held(name).isPresent());
      worker.signal("STOP");
      Thread.sleep(300);
      watch.read();
      Optional<String> held = watch.held(name);
      if (held.isPresent()) {
        return held.get();
      }
      worker.signal("CONT");
    }
    throw new AssertionError("worker " + name + " was never stopped with a chunk");
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

  private static KafkaTarget.External target(BrokerCompanion broker) throws Exception {
    while (broker.endpoint().isEmpty()) {
      Thread.sleep(50);
    }
    return broker.endpoint().get().target();
  }

  /** Reports of workers so far. */
  private static final class Watch {
    private final WorkQueue queue;
    private final Map<String, String> held = new HashMap<>();
    private final Map<String, List<String>> done = new TreeMap<>();

    Watch(WorkQueue queue) {
      this.queue = queue;
    }

    void read() {
      List<WorkMessage> messages;
      do {
        messages = queue.poll(Duration.ofMillis(300));
        messages.stream().flatMap(m -> Report.of(m).stream()).forEach(this::take);
      } while (!messages.isEmpty());
    }

    private void take(Report report) {
      if (report instanceof Report.Taken taken) {
        held.put(taken.worker(), taken.chunk().id());
      } else if (report instanceof Report.Done priced) {
        held.remove(priced.worker(), priced.chunk().id());
        done.computeIfAbsent(priced.chunk().id(), id -> new ArrayList<>()).add(priced.worker());
      }
    }

    Optional<String> held(String worker) {
      return Optional.ofNullable(held.get(worker));
    }

    List<String> doneBy(String chunk) {
      return done.getOrDefault(chunk, List.of());
    }

    void await(ProgramProcess.Progress reached) throws Exception {
      long end_ns = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      while (!reached.isReached()) {
        assertTrue(System.nanoTime() < end_ns, "nothing has come: " + done);
        queue.poll(Duration.ofMillis(20)).stream()
            .flatMap(m -> Report.of(m).stream())
            .forEach(this::take);
      }
    }
  }
}
