package dev.kirchhoff.dse.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLog;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(240)
class KilledExplorerIT {
  @TempDir Path temporary;

  /** An explorer that never stops of itself. */
  static final class Victim {
    public static void main(String[] arguments) {
      DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
      RunDirectory run = data.createRun(new RunId("victim"));
      RunLog log = RunLog.create(run, SyntheticRun.header("running"), Clock.systemUTC());
      RunPublication.open(data, run, new KafkaTarget.BuiltIn(), System.err::println);
      for (long first = 0; first < 100_000_000; first += SyntheticRun.BATCH) {
        SyntheticRun.write(log, first, SyntheticRun.BATCH);
      }
    }
  }

  @Test
  void theLogIsGoodItsBrokerEndsAndTheNextExplorerDeliversTheRest() throws Exception {
    DataDirectory data = DataDirectory.open(temporary.resolve("data"));
    RunDirectory run = data.run(new RunId("victim"));
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                data.root().toString())
            .inheritIO()
            .start();
    Endpoint endpoint = null;
    while (endpoint == null || !Files.exists(run.published())) {
      assertTrue(victim.isAlive(), "the explorer ended by itself");
      endpoint = Endpoint.ofLivingBroker(data.broker()).orElse(null);
      victim.waitFor(20, TimeUnit.MILLISECONDS);
    }
    assertEquals(RunStatus.RUNNING, RunStatus.of(run));
    victim.destroyForcibly().waitFor();
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    Optional<ProcessHandle> broker = ProcessHandle.of(endpoint.pid());
    if (broker.isPresent()) {
      broker.get().onExit().get();
    }

    long designs = finish(run);
    RunDirectory next = data.createRun(new RunId("next"));
    RunLog log = RunLog.create(next, SyntheticRun.header("finished"), Clock.systemUTC());
    try (log) {
      List<String> warnings = new ArrayList<>();
      RunPublication publication =
          RunPublication.open(data, next, new KafkaTarget.BuiltIn(), warnings::add);
      while (RunPublication.isUnfinished(run)) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      Endpoint living = Endpoint.ofLivingBroker(data.broker()).orElseThrow();
      TopicReader read = TopicReader.read(living, "victim");
      assertEquals(designs, read.indices.cardinality());
      assertEquals("finished", read.state);
      assertEquals(0, publication.close(Duration.ofSeconds(30)));
      assertEquals(List.of(), warnings);
    }
  }

  /** Cuts the log behind its last whole line and ends the run; the number of designs in it. */
  private static long finish(RunDirectory run) {
    long designs = 0;
    RunLogReader.Continuation end;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (var entry = log.next(); entry.isPresent(); entry = log.next()) {
        if (entry.get().envelope().event() instanceof RunEvent.Evaluations evaluations) {
          designs += evaluations.count();
        }
      }
      end = log.continuation();
    }
    RunLog.reopen(run, end, SyntheticRun.header("finished"), Clock.systemUTC()).close();
    return designs;
  }
}
