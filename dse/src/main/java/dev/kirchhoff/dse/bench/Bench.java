package dev.kirchhoff.dse.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.management.OperatingSystemMXBean;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.spec.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Bench of search methods: each searches a problem with each seed, by turns, so that a load of the
 * machine falls on all of them alike. Memos of the models are empty when a search begins.
 *
 * <p>Warm, all searches run in this process, after one turn that is not counted if times are
 * compared; cold, each runs in a process of its own, whose time counts from its start.
 *
 * @param methods methods, in the order of their turns
 * @param seeds number of seeds: 1, 2, …
 * @param checkpoints amounts of work at which fronts are taken
 * @param isCold true if each search has a process of its own
 */
public record Bench(
    List<SearchMethod> methods, int seeds, List<Checkpoint> checkpoints, boolean isCold) {
  private static final String PROGRAM = "dev.kirchhoff.dse.cli.Main";

  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  public Bench {
    methods = List.copyOf(methods);
    checkpoints = List.copyOf(checkpoints);
  }

  /** All methods: engines that search, then those that the class path brings. */
  public static List<SearchMethod> available() {
    return Stream.concat(
            EngineMethod.all().stream(),
            ServiceLoader.load(PeerMethods.class).stream().flatMap(p -> p.get().all().stream()))
        .toList();
  }

  /** Turns of a problem, those that are not counted included. */
  public int turns() {
    return seeds + (warmsUp() ? 1 : 0);
  }

  private boolean warmsUp() {
    return !isCold && checkpoints.stream().anyMatch(c -> c.unit() == Checkpoint.Unit.SECONDS);
  }

  /**
   * Searches a problem.
   *
   * @param done is called after each search
   */
  public List<SearchRun> runs(BenchProblem problem, Runnable done) {
    List<SearchRun> runs = new ArrayList<>();
    for (long seed = warmsUp() ? 0 : 1; seed <= seeds; seed++) {
      for (SearchMethod method : methods) {
        List<Snapshot> snapshots =
            isCold
                ? elsewhere(problem, method, seed)
                : here(problem, method, seed, MACHINE.getProcessCpuTime());
        if (seed > 0) {
          runs.add(new SearchRun(method.name(), seed, snapshots));
        }
        done.run();
      }
    }
    return runs;
  }

  /** The only search of this process, whose time counts from the start of the process. */
  public List<Snapshot> only(BenchProblem problem, long seed) {
    return here(problem, methods.get(0), seed, 0);
  }

  private List<Snapshot> here(BenchProblem problem, SearchMethod method, long seed, long begin_ns) {
    SearchTrace trace =
        new SearchTrace(problem.objectives(), checkpoints, MACHINE::getProcessCpuTime, begin_ns);
    method.search(problem.fresh(), seed, trace);
    return trace.snapshots();
  }

  /** A search by a child process with this one's Java, flags and classes. */
  private List<Snapshot> elsewhere(BenchProblem problem, SearchMethod method, long seed) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM, "bench"));
    command.addAll(List.of(problem.file(), "--engines", method.name(), "--only-seed", "" + seed));
    for (Checkpoint checkpoint : checkpoints) {
      boolean isByDesigns = checkpoint.unit() == Checkpoint.Unit.DESIGNS;
      command.add(isByDesigns ? "--designs" : "--seconds");
      command.add(
          isByDesigns
              ? Long.toString((long) checkpoint.amount())
              : Units.allDigits(checkpoint.amount()));
    }
    try {
      Process child =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (InputStream out = child.getInputStream()) {
        return ReportJson.mapper().readValue(out, new TypeReference<List<Snapshot>>() {});
      } finally {
        child.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A search in a process of its own failed.", e);
    }
  }
}
