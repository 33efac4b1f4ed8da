package dev.kirchhoff.dse.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Round;
import dev.kirchhoff.dse.engine.SweepEngine;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.space.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * Engine of a sweep of more rows than a log takes. A round prices some thousand rows, hands all of
 * them to their keeper, and evaluates as designs of the run those that are in a sample or on the
 * front at the end of the round: one row of each of {@code sample} equal stretches of the sweep,
 * drawn by the seed. The state has the counts of all rows, so that a resumed run goes on behind its
 * last round:
 *
 * <pre>
 * {"rows": 32768, "feasible": 90, "valueless": 0, "missed": [32678, 0], "sample": 100000, "step": 16384}
 * </pre>
 *
 * <p>Rows are priced ahead of the round, on one island.
 */
public final class LargeSweepEngine implements SweepEngine {
  private static final long POLL_MS = 100;

  /** Index, in the fronts of a round, of row 0 of the sweep; those below are of the run. */
  private static final long ROWS = 1L << 40;

  private final String name;
  private final SweptDesigns designs;
  private final long seed;
  private final Size size;
  private final Optional<Source> source;

  /**
   * Size of the parts of a sweep.
   *
   * @param sample rows of the sample
   * @param step rows of a round
   */
  public record Size(int sample, int step) {
    /** Rows that a run logs one by one at most (chosen: its memo takes 300 B a design). */
    public static final long MOST_LOGGED = 1_000_000;

    /** The usual size (chosen): a page draws the sample in a second, a round takes one at most. */
    public static final Size USUAL = of(MOST_LOGGED);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Size {
      if (sample < 1 || step < 1) {
        throw new IllegalArgumentException(
            "The sample (" + sample + ") and the step (" + step + ") must be positive.");
      }
    }

    /**
     * Size of a sweep where a run logs a number of rows at most: a tenth of it as sample, rounds of
     * a 61st, 16,384 rows of a million at most.
     */
    public static Size of(long mostLogged) {
      return new Size(
          (int) Math.max(1, mostLogged / 10), (int) Math.max(1, Math.min(16_384, mostLogged / 61)));
    }
  }

  /** Source of priced rows, in blocks of any order. */
  @FunctionalInterface
  public interface Pricing {
    /**
     * Begins to price a block.
     *
     * @param first index of its first design
     * @param count designs in it
     */
    Future<SweepRows> begin(long first, int count);
  }

  /** Keeper of all rows. */
  public interface Keeper {
    /**
     * Keeps rows of an interrupted sweep and drops those behind them.
     *
     * @param rows rows to keep at most, a multiple of the step
     * @return rows that are there, in whole blocks
     */
    long keep(long rows);

    /** Takes the next rows. */
    void append(SweepRows rows);
  }

  /**
   * Source of rows, and their destination.
   *
   * @param pricing prices blocks
   * @param block designs of a block
   * @param ahead blocks that may be priced before they are wanted; asked again for each
   * @param keeper keeps the rows
   */
  public record Source(Pricing pricing, int block, IntSupplier ahead, Keeper keeper) {}

  /**
   * An engine without a source, which no search can be made of.
   *
   * @param name its name in the run's header
   * @param designs the designs of the sweep
   * @param seed seed of the sample
   * @param size size of its parts, unless the state of a resumed run has another
   */
  public LargeSweepEngine(String name, SweptDesigns designs, long seed, Size size) {
    this(name, designs, seed, size, Optional.empty());
  }

  private LargeSweepEngine(
      String name, SweptDesigns designs, long seed, Size size, Optional<Source> source) {
    this.name = name;
    this.designs = designs;
    this.seed = seed;
    this.size = size;
    this.source = source;
  }

  /** This engine with a source of rows. */
  public LargeSweepEngine with(Source rows) {
    return new LargeSweepEngine(name, designs, seed, size, Optional.of(rows));
  }

  /** The designs of the sweep. */
  public SweptDesigns designs() {
    return designs;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int quota(long evaluated, int islands) {
    return size.step();
  }

  @Override
  public Optional<RunEvent.Swept> swept(JsonNode state) {
    List<Long> missed = new ArrayList<>();
    state.path("missed").forEach(count -> missed.add(count.asLong()));
    return Optional.of(
        new RunEvent.Swept(
            state.path("rows").asLong(),
            state.path("feasible").asLong(),
            state.path("valueless").asLong(),
            missed));
  }

  @Override
  public Searcher searcher(Problem problem) {
    return new RowSearcher(problem, source.orElseThrow());
  }

  /** The searcher of the one island. */
  private final class RowSearcher implements Searcher {
    private final Problem problem;
    private final Source from;
    private final ArrayDeque<Future<SweepRows>> waiting = new ArrayDeque<>();
    private long next;
    private boolean isBegun;

    RowSearcher(Problem problem, Source from) {
      this.problem = problem;
      this.from = from;
    }

    @Override
    public JsonNode search(JsonNode state, Round round) {
      RunEvent.Swept before = swept(state).orElseThrow();
      Size parts =
          new Size(
              state.path("sample").asInt(size.sample()), state.path("step").asInt(size.step()));
      IslandEvaluator evaluator = round.evaluator();
      if (!isBegun) {
        isBegun = true;
        next = from.keeper().keep(before.rows());
        for (long kept = next; kept < before.rows(); ) {
          SweepRows lost = take(parts, evaluator);
          from.keeper().append(lost);
          kept += lost.count();
        }
      }
      long end = end(before.rows(), parts);
      Tally tally = new Tally(problem, round.fronts(), before);
      List<SweepRows> all = new ArrayList<>();
      for (long rows = before.rows(); rows < end; ) {
        SweepRows block = take(parts, evaluator);
        from.keeper().append(block);
        tally.take(block);
        all.add(block);
        rows += block.count();
      }
      for (SweepRows block : all) {
        for (int row = 0; row < block.count(); row++) {
          long index = block.first() + row;
          if (isSampled(index, parts.sample()) || tally.isOnFront(index)) {
            evaluator.evaluate(block.ordinals(row));
          }
        }
      }
      return tally.state(end, parts);
    }

    private long end(long row, Size parts) {
      return Math.min(designs.count(), (row / parts.step() + 1) * parts.step());
    }

    /** The next block; no block has rows of two rounds. */
    private SweepRows take(Size parts, IslandEvaluator evaluator) {
      while (next < designs.count() && waiting.size() < Math.max(1, from.ahead().getAsInt())) {
        int count = (int) Math.min(from.block(), end(next, parts) - next);
        waiting.add(from.pricing().begin(next, count));
        next += count;
      }
      Future<SweepRows> block = waiting.remove();
      while (true) {
        try {
          return block.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          evaluator.checkStop();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IslandEvaluator.StopRequest();
        } catch (ExecutionException failed) {
          if (failed.getCause() instanceof Error error) {
            throw error;
          }
          throw failed.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(failed.getCause());
        }
      }
    }
  }

  /** True if a row is the one that is drawn of its stretch. */
  private boolean isSampled(long row, int sample) {
    long total = designs.count();
    if (sample >= total) {
      return true;
    }
    long stretch = row * sample / total;
    long first = (stretch * total + sample - 1) / sample;
    long behind = ((stretch + 1) * total + sample - 1) / sample;
    long drawn = Math.floorMod(Round.seed(seed, (int) stretch, 0), behind - first);
    return row == first + drawn;
  }

  /** Counts and front of the rows up to the end of a round. */
  private static final class Tally {
    private final Fronts fronts;
    private final long[] missed;
    private long feasible;
    private long valueless;
    private Set<Long> members = Set.of();

    Tally(Problem problem, Fronts known, RunEvent.Swept before) {
      fronts = new Fronts(known.objectives(), List.of());
      Archive front = known.whole();
      for (int place : front.placesByIndex()) {
        fronts.offer(front.index(place), new int[0], known.values(front, place), 0);
      }
      missed = new long[problem.constraints().size()];
      for (int c = 0; c < before.missed().size(); c++) {
        missed[c] = before.missed().get(c);
      }
      feasible = before.feasible();
      valueless = before.valueless();
    }

    void take(SweepRows rows) {
      for (int row = 0; row < rows.count(); row++) {
        boolean met = true;
        for (int c = 0; c < missed.length; c++) {
          missed[c] += rows.violation(row, c) > 0 ? 1 : 0;
          met &= rows.violation(row, c) == 0;
        }
        valueless += met && !rows.isFeasible(row) ? 1 : 0;
        if (rows.isFeasible(row)) {
          feasible++;
          fronts.offer(ROWS + rows.first() + row, rows.ordinals(row), rows.values(row), 0);
        }
      }
      members = Set.of();
    }

    boolean isOnFront(long row) {
      if (members.isEmpty()) {
        members = new HashSet<>();
        for (int place = 0; place < fronts.whole().size(); place++) {
          members.add(fronts.whole().index(place));
        }
      }
      return members.contains(ROWS + row);
    }

    ObjectNode state(long rows, Size parts) {
      ObjectNode state =
          JsonNodeFactory.instance
              .objectNode()
              .put("rows", rows)
              .put("feasible", feasible)
              .put("valueless", valueless);
      ArrayNode counts = state.putArray("missed");
      for (long count : missed) {
        counts.add(count);
      }
      return state.put("sample", parts.sample()).put("step", parts.step());
    }
  }
}
