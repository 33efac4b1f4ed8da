package dev.kirchhoff.dse.desk;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.SpecDesk;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.catalog.ExampleEntry;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.dse.gallery.ExpectProblems;
import dev.kirchhoff.dse.report.SpecWords;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Checker of typed specs and starter of explorers, one at a time each. A check that takes too long
 * is answered without a verdict; those that wait behind it are too.
 */
public final class LocalSpecDesk implements SpecDesk {
  /** Explorers of this desk at a time; each takes all cores. */
  private static final int MOST_EXPLORERS = 4;

  /** Mistakes of a verdict at most; nobody reads more, and each may be a line of many. */
  private static final int MOST_PROBLEMS = 200;

  private final Path home;
  private final Duration patience;
  private final ExecutorService checker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "spec-check");
            thread.setDaemon(true);
            return thread;
          });
  private final List<StartedExplorer> started = new ArrayList<>();

  /** Made by the service loader. */
  public LocalSpecDesk() {
    this(ProjectFiles.home(), Duration.ofSeconds(20));
  }

  /**
   * A desk.
   *
   * @param home folder of {@code examples/} and {@code designs/}
   * @param patience longest time of a check
   */
  LocalSpecDesk(Path home, Duration patience) {
    this.home = home;
    this.patience = patience;
  }

  @Override
  public List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (ExampleEntry entry : ExampleEntry.in(home.resolve("examples"))) {
      try {
        String text = Files.readString(home.resolve(entry.name()), StandardCharsets.UTF_8);
        examples.add(new Example(entry.name(), entry.title(), entry.source(), text));
      } catch (IOException e) {
        throw new UncheckedIOException(entry.name() + " cannot be read: " + e.getMessage(), e);
      }
    }
    return examples;
  }

  @Override
  public Verdict check(String text) {
    Future<Verdict> verdict = checker.submit(() -> verdict(text));
    try {
      return verdict.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      verdict.cancel(true);
      throw new IllegalArgumentException(
          "The check has not ended after "
              + patience.toSeconds()
              + " s.\nMaybe check it in a terminal: ./kirchhoff check",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the server ends", e);
    }
  }

  private Verdict verdict(String text) {
    TypedSpec sources = new TypedSpec(text, home);
    try {
      DesignSpec spec = load(sources);
      Comparisons.of(
          spec,
          () -> new Evaluator().evaluated(spec.newBinder().bind(spec.tree().start())),
          SpecEnvironment.of(sources));
      return new Verdict(
          List.of(),
          0,
          spec.warnings().stream().map(SpecProblem::toString).toList(),
          SpecWords.of(spec));
    } catch (SpecException e) {
      return new Verdict(
          e.problems().stream().limit(MOST_PROBLEMS).map(LocalSpecDesk::problem).toList(),
          e.problems().size(),
          List.of(),
          List.of());
    }
  }

  private static DesignSpec load(TypedSpec sources) throws SpecException {
    DesignSpec.Environment environment = SpecEnvironment.of(sources);
    try {
      return DesignSpec.load(TypedSpec.NAME, List.of(), List.of(), environment);
    } catch (SpecException e) {
      throw ExpectProblems.with(e, TypedSpec.NAME, environment);
    }
  }

  private static Problem problem(SpecProblem problem) {
    Place place = problem.place();
    boolean isTyped = place.file().equals(TypedSpec.NAME);
    return new Problem(
        isTyped ? place.line().orElse(0) : 0,
        isTyped ? place.column().orElse(0) : 0,
        problem.path(),
        isTyped ? problem.message() : place + ": " + problem.message());
  }

  @Override
  public synchronized String start(String data, Order order) {
    started.removeIf(explorer -> !explorer.isAlive());
    if (started.size() >= MOST_EXPLORERS) {
      throw new IllegalArgumentException(
          started.size()
              + " explorers that were started here are running; stop one, or start it in a"
              + " terminal: ./kirchhoff explore");
    }
    TypedSpec sources = new TypedSpec(order.spec(), home);
    try {
      DesignSpec spec = load(sources);
      boolean isWhole = !sources.namesFiles();
      DataDirectory directory = DataDirectory.open(Path.of(data));
      RunId id = RunId.fresh(Clock.systemUTC(), stem(spec), new SecureRandom());
      started.add(
          StartedExplorer.start(
              directory,
              id,
              isWhole ? order.spec() : SpecText.json(spec).toString(),
              isWhole ? ".yaml" : ".json",
              options(order)));
      return id.text();
    } catch (SpecException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("the explorer cannot be started: " + e.getMessage(), e);
    }
  }

  private static String stem(DesignSpec spec) {
    return spec.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> options(Order order) {
    List<String> options = new ArrayList<>();
    order.budget().ifPresent(budget -> options.add("--budget=" + budget));
    order.time().ifPresent(time -> options.add("--time=" + time));
    order.seed().ifPresent(seed -> options.add("--seed=" + seed));
    order.limits().forEach(limit -> options.add("--limit=" + limit));
    if (!order.streams()) {
      options.add("--no-kafka");
    }
    return options;
  }
}
