package dev.kirchhoff.dse.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Neighbourhood;
import dev.kirchhoff.dse.space.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Engine of a sample of a space in which feasible designs are rare. Half of the sample is spread
 * over the space. The other half is drawn around designs that are there already: those that are
 * feasible, or, of fewer than {@link #FEWEST}, that many of least relative miss; of more than
 * {@link #MOST} feasible ones, around {@link #MOST} of them drawn evenly ({@link Neighbourhood}).
 * Limits may depend on any knobs together: those that decide are seldom redrawn at once.
 *
 * <p>Part 0 of the sample is half of what is spread. Each of the {@link #PARTS} further parts has
 * some more of it, and then the designs that are drawn around those before the part, so that the
 * distribution of a part depends on earlier parts alone.
 *
 * <p>Source: population Monte Carlo, Cappé, Guillin, Marin, Robert, J. Comput. Graph. Stat. 13
 * (2004) 907, DOI 10.1198/106186004X12803. All numbers are chosen.
 *
 * <p>The place of a design in the sample is the number of designs before it, so that the order does
 * not depend on the islands. A part begins with a round of its own, whose state has {@link Part}.
 */
public final class LimitSampleEngine implements Engine {
  /** Designs that an island takes in a round (chosen): commands wait for its end. */
  static final int BLOCK = 128;

  /** Parts with designs near the limits. */
  private static final int PARTS = 8;

  private static final int FEWEST = 20;
  private static final int MOST = 64;
  private static final int DRAWS = 1_000;

  private final String name;
  private final List<int[]> spread;
  private final Set<DesignPoint> isSpread = new HashSet<>();
  private final int count;
  private final long seed;

  /**
   * An engine of a sample.
   *
   * @param name its name in the run's header
   * @param spread designs that are spread over the space, none twice
   * @param count designs of the sample
   * @param seed seed of the others
   */
  public LimitSampleEngine(String name, List<int[]> spread, int count, long seed) {
    this.name = name;
    this.spread = List.copyOf(spread);
    this.count = count;
    this.seed = seed;
    spread.forEach(design -> isSpread.add(new DesignPoint(design)));
  }

  /** Designs of a sample that are spread over the space. */
  public static int spread(int count) {
    return count - count / 2;
  }

  /**
   * Distribution of a part, in the state of the island 0 after the part's first round: {@code
   * {"part": 1, "spread": 47, "near": 94, "draws": 96, "centres": [[ordinals of a design], ...]}}.
   *
   * @param spread its first designs, spread over the space
   * @param near designs drawn around the centres
   * @param draws draws for these, more than they are because no design comes twice
   * @param centres the centres
   */
  public record Part(int spread, int near, long draws, List<List<Integer>> centres) {
    public Part {
      centres = List.copyOf(centres);
    }

    /** The part that begins with the round of a state; empty in all other rounds and in part 0. */
    public static Optional<Part> of(JsonNode state) {
      if (!state.has("centres")) {
        return Optional.empty();
      }
      List<List<Integer>> centres = new ArrayList<>();
      for (JsonNode centre : state.get("centres")) {
        List<Integer> ordinals = new ArrayList<>();
        centre.forEach(ordinal -> ordinals.add(ordinal.asInt()));
        centres.add(ordinals);
      }
      return Optional.of(
          new Part(
              state.path("spread").asInt(),
              state.path("near").asInt(),
              state.path("draws").asLong(),
              centres));
    }

    private void write(ObjectNode state) {
      state.put("spread", spread).put("near", near).put("draws", draws);
      ArrayNode all = state.putArray("centres");
      for (List<Integer> centre : centres) {
        ArrayNode one = all.addArray();
        centre.forEach(one::add);
      }
    }
  }

  @Override
  public boolean opensWithSpread() {
    return false;
  }

  @Override
  public int quota(long evaluated, int islands) {
    return BLOCK;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Searcher searcher(Problem problem) {
    return new PartSearcher(problem.space());
  }

  /** Designs that are spread, of the parts before a part. */
  private int spreadBefore(int part) {
    int first = spread.size() - spread.size() / 2;
    return part == 0 ? 0 : first + share(spread.size() - first, part);
  }

  /** Designs near limits, of the parts before a part. */
  private int nearBefore(int part) {
    return part == 0 ? 0 : share(count - spread.size(), part);
  }

  private static int share(int designs, int part) {
    return (int) ((long) designs * (part - 1) / PARTS);
  }

  /** First design of a part; part 0 is spread over the space. */
  private int first(int part) {
    return spreadBefore(part) + nearBefore(part);
  }

  /** The searcher of one island; it keeps the designs of the part in hand, which the memo gives. */
  private final class PartSearcher implements Searcher {
    private final DesignSpace space;
    private final int[] values;
    private int kept = -1;
    private List<int[]> designs = List.of();

    PartSearcher(DesignSpace space) {
      this.space = space;
      values = IntStream.range(0, space.dimension()).map(space::cardinality).toArray();
    }

    @Override
    public JsonNode search(JsonNode state, Round round) {
      IslandEvaluator evaluator = round.evaluator();
      int before = evaluator.knownBefore();
      int part = 0;
      while (part < PARTS && before >= first(part + 1)) {
        part++;
      }
      ObjectNode next = JsonNodeFactory.instance.objectNode().put("part", part);
      if (part != kept) {
        Optional<Part> drawn = draw(part, evaluator);
        boolean isFirst = before == first(part) && round.island() == 0;
        drawn.filter(p -> isFirst).ifPresent(p -> p.write(next));
      }
      int from = before - first(part) + BLOCK * round.island();
      OptionalInt known = OptionalInt.of(0);
      for (int i = from; i < Math.min(from + BLOCK, designs.size()) && known.isPresent(); i++) {
        known = evaluator.evaluate(designs.get(i));
      }
      return next;
    }

    private Optional<Part> draw(int part, IslandEvaluator evaluator) {
      kept = part;
      designs = new ArrayList<>(spread.subList(spreadBefore(part), spreadBefore(part + 1)));
      if (part == 0) {
        return Optional.empty();
      }
      SplittableRandom random = new SplittableRandom(Round.seed(seed, part, 0));
      List<int[]> centres = centres(evaluator, first(part), random);
      Neighbourhood around = new Neighbourhood(centres, values);
      Set<DesignPoint> inPart = new HashSet<>();
      int near = nearBefore(part + 1) - nearBefore(part);
      long draws = 0;
      for (int i = 0; i < near; i++) {
        int[] drawn = around.draw(space, random);
        int own = 1;
        while (isTaken(drawn, part, evaluator) || !inPart.add(new DesignPoint(drawn))) {
          if (own < DRAWS) {
            drawn = around.draw(space, random);
            own++;
          } else {
            space.random(random, drawn);
          }
        }
        draws += own;
        designs.add(drawn);
      }
      return Optional.of(
          new Part(
              designs.size() - near,
              near,
              draws,
              centres.stream().map(c -> Arrays.stream(c).boxed().toList()).toList()));
    }
  }

  /**
   * True if a design is one before a part, or to be spread. Those of the part may be known too,
   * after a resume.
   */
  private boolean isTaken(int[] design, int part, IslandEvaluator evaluator) {
    OptionalInt number = evaluator.number(design);
    return number.isPresent() && number.getAsInt() < first(part)
        || isSpread.contains(new DesignPoint(design));
  }

  /** Centres of a part, by the designs before it. */
  private static List<int[]> centres(
      IslandEvaluator evaluator, int before, SplittableRandom random) {
    int[] nearest =
        IntStream.range(0, before)
            .boxed()
            .sorted(
                (a, b) -> {
                  int byMiss =
                      Float.compare(evaluator.relativeTotal(a), evaluator.relativeTotal(b));
                  return byMiss == 0 ? Integer.compare(a, b) : byMiss;
                })
            .mapToInt(Integer::intValue)
            .toArray();
    int feasible =
        (int) Arrays.stream(nearest).takeWhile(i -> evaluator.relativeTotal(i) == 0).count();
    int among = Math.min(before, Math.max(FEWEST, feasible));
    List<int[]> centres = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, among); i++) {
      int j = among <= MOST ? i : i + random.nextInt(among - i);
      int drawn = nearest[j];
      nearest[j] = nearest[i];
      int[] centre = new int[evaluator.space().dimension()];
      evaluator.ordinals(drawn, centre);
      centres.add(centre);
    }
    return centres;
  }
}
