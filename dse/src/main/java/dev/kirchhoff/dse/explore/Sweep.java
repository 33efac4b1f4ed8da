package dev.kirchhoff.dse.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.Round;
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
import java.util.function.LongUnaryOperator;

/**
 * Engine of a sweep whose designs are known before the first is priced. Blocks of them are priced
 * ahead, by threads or workers, and taken in their order on one island, in rounds that are short,
 * because commands wait for their end. The log keeps every row; the state is the index of the next:
 *
 * <pre>
 * {"next": 512}
 * </pre>
 *
 * <p>Of more rows than a log takes a round hands all to their keeper, and evaluates as designs of
 * the run those that are in a sample or on the front at the end of the round: one row of each of
 * {@code sample} equal stretches of the sweep, drawn by the seed. The state has the counts of all
 * rows, so that a resumed run goes on behind its last round:
 *
 * <pre>
 * {"rows": 32768, "feasible": 90, "valueless": 0, "missed": [32678, 0], "sample": 100000, "step": 16384}
 * </pre>
 */
public final class Sweep implements Engine {
  /** Rows of a round of a sweep that is logged whole (chosen). */
  private static final int STEP = 256;

  private static final long POLL_MS = 100;

  /** Index, in the fronts of a round, of row 0 of the sweep; those below are of the run. */
  private static final long ROWS = 1L << 40;

  private final String name;
  private final SweptDesigns designs;
  private final long seed;
  private final Optional<Size> size;
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
   * @param keeper keeps the rows of a sweep that is not logged whole
   */
  public record Source(Pricing pricing, int block, IntSupplier ahead, Optional<Keeper> keeper) {}

  private Sweep(
      String name, SweptDesigns designs, long seed, Optional<Size> size, Optional<Source> source) {
    this.name = name;
    this.designs = designs;
    this.seed = seed;
    this.size = size;
    this.source = source;
  }

  /** A sweep whose log keeps every row; it has no source yet. */
  static Sweep logged(String name, SweptDesigns designs) {
    return new Sweep(name, designs, 0, Optional.empty(), Optional.empty());
  }

  /**
   * A sweep whose log keeps a sample of its rows; it has no source yet.
   *
   * @param name its name in the run's header
   * @param designs the designs of the sweep
   * @param seed seed of the sample
   * @param size size of its parts, unless the state of a resumed run has another
   */
  static Sweep thinned(String name, SweptDesigns designs, long seed, Size size) {
    return new Sweep(name, designs, seed, Optional.of(size), Optional.empty());
  }

  /** This engine with a source of rows. */
  public Sweep with(Source rows) {
    return new Sweep(name, designs, seed, size, Optional.of(rows));
  }

  /** The designs of the sweep. */
  public SweptDesigns designs() {
    return designs;
  }

  /** True if the log keeps every row. */
  public boolean isLogged() {
    return size.isEmpty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean opensWithSpread() {
    return false;
  }

  @Override
  public int quota(long evaluated, int islands) {
    return size.map(Size::step).orElse(STEP);
  }

  @Override
  public Optional<RunEvent.Swept> swept(JsonNode state) {
    return size.map(parts -> counted(state));
  }

  private static RunEvent.Swept counted(JsonNode state) {
    List<Long> missed = new ArrayList<>();
    state.path("missed").forEach(count -> missed.add(count.asLong()));
    return new RunEvent.Swept(
        state.path("rows").asLong(),
        state.path("feasible").asLong(),
        state.path("valueless").asLong(),
        missed);
  }

  @Override
  public Searcher searcher(Problem problem) {
    Source from = source.orElseThrow();
    return size.isEmpty()
        ? new LoggedRows(new RowQueue(from))
        : new ThinnedRows(problem, new RowQueue(from), from.keeper().orElseThrow(), size.get());
  }

  /** Rows in their order, priced ahead. */
  private final class RowQueue {
    private final Source from;
    private final ArrayDeque<Future<SweepRows>> waiting = new ArrayDeque<>();
    private long next;

    RowQueue(Source from) {
      this.from = from;
    }

    /** Goes on at a row, and forgets what was priced ahead of another. */
    void begin(long row) {
      waiting.forEach(block -> block.cancel(true));
      waiting.clear();
      next = row;
    }

    /**
     * The next block.
     *
     * @param end end of the stretch of a row that no block goes beyond
     */
    SweepRows take(LongUnaryOperator end, IslandEvaluator evaluator) {
      while (next < designs.count() && waiting.size() < Math.max(1, from.ahead().getAsInt())) {
        int count = (int) Math.min(from.block(), end.applyAsLong(next) - next);
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

  /** The searcher of a sweep that is logged whole. */
  private final class LoggedRows implements Searcher {
    private final RowQueue queue;
    private Optional<SweepRows> block = Optional.empty();
    private long reached = -1;

    LoggedRows(RowQueue queue) {
      this.queue = queue;
    }

    @Override
    public JsonNode search(JsonNode state, Round round) {
      long row = state.path("next").asLong();
      if (row != reached) {
        queue.begin(row);
        block = Optional.empty();
      }
      reached = -1; // A round that is stopped is void.
      IslandEvaluator evaluator = round.evaluator();
      long end = Math.min(designs.count(), row + STEP);
      boolean more = true;
      while (row < end && more) {
        if (block.isEmpty() || row == block.get().first() + block.get().count()) {
          block = Optional.of(queue.take(at -> designs.count(), evaluator));
        }
        more = block.get().give((int) (row - block.get().first()), evaluator).isPresent();
        row += more ? 1 : 0;
      }
      reached = row;
      return JsonNodeFactory.instance.objectNode().put("next", row);
    }
  }

  /** The searcher of a sweep of which the log keeps a sample. */
  private final class ThinnedRows implements Searcher {
    private final Problem problem;
    private final RowQueue queue;
    private final Keeper keeper;
    private final Size usual;
    private boolean isBegun;

    ThinnedRows(Problem problem, RowQueue queue, Keeper keeper, Size usual) {
      this.problem = problem;
      this.queue = queue;
      this.keeper = keeper;
      this.usual = usual;
    }

    @Override
    public JsonNode search(JsonNode state, Round round) {
      RunEvent.Swept before = counted(state);
      Size parts =
          new Size(
              state.path("sample").asInt(usual.sample()), state.path("step").asInt(usual.step()));
      IslandEvaluator evaluator = round.evaluator();
      if (!isBegun) {
        isBegun = true;
        long kept = keeper.keep(before.rows());
        queue.begin(kept);
        while (kept < before.rows()) {
          SweepRows lost = queue.take(row -> end(row, parts), evaluator);
          keeper.append(lost);
          kept += lost.count();
        }
      }
      long end = end(before.rows(), parts);
      Tally tally = new Tally(problem, round.fronts(), before);
      List<SweepRows> all = new ArrayList<>();
      for (long rows = before.rows(); rows < end; ) {
        SweepRows block = queue.take(row -> end(row, parts), evaluator);
        keeper.append(block);
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

    /** End of the round of a row. */
    private long end(long row, Size parts) {
      return Math.min(designs.count(), (row / parts.step() + 1) * parts.step());
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
