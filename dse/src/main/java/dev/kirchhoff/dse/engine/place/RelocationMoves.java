package dev.kirchhoff.dse.engine.place;

import dev.kirchhoff.mapper.traffic.Flows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;

/**
 * Moves between legal placements, drawn at random:
 *
 * <ul>
 *   <li>change or swap: a unit takes a site near one that it talks to, or any site; who stands
 *       there takes its place
 *   <li>gather: the unit of a layer that is farthest from the others comes next to one of them
 *   <li>split: a layer's run is cut, and its tail changes places with other units
 *   <li>exchange: two layers exchange their regions
 *   <li>shift: a unit goes to another site along the order of sites, and those between move up
 * </ul>
 */
public class RelocationMoves implements MoveIteratorFactory<PlacementPlan, Relocation> {

  @Override
  public long getSize(ScoreDirector<PlacementPlan> director) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Iterator<Relocation> createOriginalMoveIterator(ScoreDirector<PlacementPlan> director) {
    return new Moves(director.getWorkingSolution(), new Random(0));
  }

  @Override
  public Iterator<Relocation> createRandomMoveIterator(
      ScoreDirector<PlacementPlan> director, Random random) {
    return new Moves(director.getWorkingSolution(), random);
  }

  private static final class Moves implements Iterator<Relocation> {
    /** Of a hundred moves (assumed; the shares were tried on ResNet-18, ResNet-50 and VGG-16). */
    private static final int PULLS = 55;

    private static final int ANYWHERE = 70;
    private static final int GATHERS = 78;
    private static final int SPLITS = 86;
    private static final int EXCHANGES = 92;
    private static final int LONGEST_SHIFT = 12;

    private final PlacementProblem problem;
    private final List<PlacedUnit> units;
    private final Random random;
    private final int[] standing;

    Moves(PlacementPlan plan, Random random) {
      this.problem = plan.problem();
      this.units = plan.units();
      this.random = random;
      standing = new int[problem.fabric().sites()];
      Arrays.fill(standing, -1);
      for (int u = 0; u < units.size(); u++) {
        standing[units.get(u).site()] = u;
      }
    }

    @Override
    public boolean hasNext() {
      return standing.length > 1 && !units.isEmpty();
    }

    @Override
    public Relocation next() {
      int kind = random.nextInt(100);
      if (kind < PULLS) {
        return pull();
      }
      if (kind < ANYWHERE) {
        return swap(random.nextInt(units.size()), random.nextInt(standing.length));
      }
      int[] run = run();
      if (kind < GATHERS) {
        return gather(run);
      }
      if (kind < SPLITS) {
        return split(run);
      }
      return kind < EXCHANGES ? exchange(run, run()) : shift();
    }

    private int[] run() {
      int runs = problem.flows().runs();
      return runs == 0
          ? new int[] {random.nextInt(units.size())}
          : problem.flows().run(random.nextInt(runs));
    }

    private Relocation swap(int unit, int site) {
      int from = units.get(unit).site();
      if (from == site) {
        return new Relocation(List.of(), new int[0]);
      }
      int other = standing[site];
      return other < 0
          ? new Relocation(List.of(units.get(unit)), new int[] {site})
          : new Relocation(List.of(units.get(unit), units.get(other)), new int[] {site, from});
    }

    private Relocation pull() {
      Flows flows = problem.flows();
      int unit = random.nextInt(units.size());
      int count = flows.flowsOf(unit);
      if (count == 0) {
        return swap(unit, random.nextInt(standing.length));
      }
      int flow = flows.flowOf(unit, random.nextInt(count));
      int other = flows.source(flow);
      if (other == unit) {
        other = flows.target(flow, random.nextInt(flows.targets(flow)));
      }
      int[] near = other == Flows.PORT ? problem.nearPort() : problem.near(units.get(other).site());
      return swap(unit, near[random.nextInt(near.length)]);
    }

    /** The unit farthest from a member of its run comes near that member. */
    private Relocation gather(int[] run) {
      int around = units.get(run[random.nextInt(run.length)]).site();
      int farthest = run[0];
      int most = -1;
      for (int unit : run) {
        int hops = problem.fabric().hops(around, units.get(unit).site());
        if (hops > most) {
          most = hops;
          farthest = unit;
        }
      }
      int[] near = problem.near(around);
      return swap(farthest, near[random.nextInt(near.length)]);
    }

    /** The tail of a run changes places with as many units that follow each other elsewhere. */
    private Relocation split(int[] run) {
      int length = 1 + random.nextInt(Math.max(1, run.length / 2));
      int first = random.nextInt(units.size());
      List<PlacedUnit> moved = new ArrayList<>();
      List<PlacedUnit> others = new ArrayList<>();
      for (int i = 0; i < length && first + i < units.size(); i++) {
        int unit = run[run.length - 1 - i];
        int other = first + i;
        if (other >= run[0] && other <= run[run.length - 1]) {
          break;
        }
        moved.add(units.get(unit));
        others.add(units.get(other));
      }
      return exchangeSites(moved, others);
    }

    private Relocation exchange(int[] one, int[] another) {
      List<PlacedUnit> first = new ArrayList<>();
      List<PlacedUnit> second = new ArrayList<>();
      for (int unit : one) {
        first.add(units.get(unit));
      }
      for (int unit : another) {
        if (!first.contains(units.get(unit))) {
          second.add(units.get(unit));
        }
      }
      return exchangeSites(first, second);
    }

    /** The second take the sites of both in their order, then the first. */
    private static Relocation exchangeSites(List<PlacedUnit> first, List<PlacedUnit> second) {
      if (second.isEmpty()) {
        return new Relocation(List.of(), new int[0]);
      }
      List<PlacedUnit> before = new ArrayList<>(first);
      before.addAll(second);
      List<PlacedUnit> after = new ArrayList<>(second);
      after.addAll(first);
      return new Relocation(after, before.stream().mapToInt(PlacedUnit::site).toArray());
    }

    private Relocation shift() {
      int from = units.get(random.nextInt(units.size())).site();
      int longest = Math.min(LONGEST_SHIFT, standing.length - 1);
      int by = 1 + random.nextInt(longest);
      int to = random.nextBoolean() ? from + by : from - by;
      if (to < 0 || to >= standing.length) {
        return new Relocation(List.of(), new int[0]);
      }
      int step = Integer.signum(to - from);
      List<PlacedUnit> moved = new ArrayList<>();
      int[] sites = new int[by + 1];
      moved.add(units.get(standing[from]));
      sites[0] = to;
      for (int site = from + step; site != to + step; site += step) {
        if (standing[site] >= 0) {
          sites[moved.size()] = site - step;
          moved.add(units.get(standing[site]));
        }
      }
      return new Relocation(moved, Arrays.copyOf(sites, moved.size()));
    }
  }
}
