package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.LimitSampleEngine;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Designs of a sweep: all of a space in its fixed order, a spread sample, or the neighbours of one
 * design. A run's header holds what its plan is made from, so that a resumed sweep has the same.
 *
 * @param engine engine that takes the designs in their order
 * @param designs their number
 */
public record SweepPlan(Engine engine, long designs) {
  private static final String ALL = "sweep";
  private static final String SAMPLE = "sweep-sample";
  private static final String LIMIT_SAMPLE = "sweep-sample-limits";
  private static final String LARGE = "sweep-large";
  private static final String LARGE_SAMPLE = "sweep-large-sample";
  private static final String AROUND = "sweep-around";

  private static SweepPlan of(Sweep sweep) {
    return new SweepPlan(sweep, sweep.designs().count());
  }

  /** True if a run with this engine is a sweep. */
  public static boolean isSweep(String engine) {
    return engine.equals(ALL) || isSample(engine) || engine.equals(AROUND) || isLarge(engine);
  }

  /** True if a run with this engine is a sweep of a sample, whose size is the run's budget. */
  public static boolean isSample(String engine) {
    return engine.equals(SAMPLE) || isLimitSample(engine);
  }

  /**
   * True if a run with this engine is a sweep of a sample whose second half its first designs
   * decide.
   */
  public static boolean isLimitSample(String engine) {
    return engine.equals(LIMIT_SAMPLE);
  }

  /** True if a run with this engine is a sweep whose log keeps a sample of its rows. */
  public static boolean isLarge(String engine) {
    return engine.equals(LARGE) || engine.equals(LARGE_SAMPLE);
  }

  /** True if the designs of a run with this engine are drawn by its seed, as many as its budget. */
  public static boolean isDrawn(String engine) {
    return isSample(engine) || engine.equals(LARGE_SAMPLE);
  }

  /** True if a run with this engine is a sweep of the neighbours of a design. */
  public static boolean isAround(String engine) {
    return engine.equals(AROUND);
  }

  /**
   * All designs of a space.
   *
   * @throws IllegalArgumentException if it has more than 2⁶³ − 1
   */
  public static SweepPlan all(DesignSpace space) {
    return of(Sweep.logged(ALL, SweptDesigns.all(space)));
  }

  /**
   * A sample without repeats ({@link SweptDesigns#sample}).
   *
   * @param count designs wanted
   * @param seed seed of the sample
   */
  public static SweepPlan sample(DesignSpace space, int count, long seed) {
    return SweptDesigns.isWhole(space, count)
        ? all(space)
        : of(Sweep.logged(SAMPLE, SweptDesigns.sample(space, count, seed)));
  }

  /**
   * A sample without repeats, half of which is spread over the space and the other half drawn near
   * its limits ({@link LimitSampleEngine}). A space that is not at least four times as large is
   * taken whole.
   *
   * @param count designs wanted
   * @param seed seed of the sample
   */
  public static SweepPlan limitSample(DesignSpace space, int count, long seed) {
    return SweptDesigns.isWhole(space, count)
        ? all(space)
        : new SweepPlan(
            new LimitSampleEngine(
                LIMIT_SAMPLE,
                SweptDesigns.sampled(space, LimitSampleEngine.spread(count), seed).orElseThrow(),
                count,
                seed),
            count);
  }

  /**
   * Designs of a sweep of which the log keeps a sample.
   *
   * @param sample rows wanted, spread over the space; empty for all of the space
   * @param seed seed of both samples
   * @param size size of its parts
   */
  public static SweepPlan large(DesignSpace space, OptionalInt sample, long seed, Sweep.Size size) {
    SweptDesigns designs =
        sample.isPresent()
            ? SweptDesigns.sample(space, sample.getAsInt(), seed)
            : SweptDesigns.all(space);
    String name =
        sample.isPresent() && !SweptDesigns.isWhole(space, sample.getAsInt())
            ? LARGE_SAMPLE
            : LARGE;
    return of(Sweep.thinned(name, designs, seed, size));
  }

  /** A design, then those that differ from it in one knob, in the order of knobs and values. */
  public static SweepPlan around(DesignSpace space, int[] design) {
    List<int[]> designs = new ArrayList<>();
    Set<DesignPoint> seen = new HashSet<>();
    seen.add(new DesignPoint(design));
    designs.add(design.clone());
    for (int knob = 0; knob < space.dimension(); knob++) {
      for (int value = 0; value < space.cardinality(knob) && design[knob] >= 0; value++) {
        int[] neighbour = design.clone();
        neighbour[knob] = value;
        space.normalise(neighbour);
        if (seen.add(new DesignPoint(neighbour))) {
          designs.add(neighbour);
        }
      }
    }
    return of(Sweep.logged(AROUND, SweptDesigns.listed(space, designs)));
  }

  /**
   * The plan that a run's header tells: a sample by its budget and seed, neighbours by the start of
   * the knobs.
   */
  public static SweepPlan of(RunEvent.Run header, DesignSpace space) {
    return switch (header.engine()) {
      case LIMIT_SAMPLE -> limitSample(space, Math.toIntExact(header.budget()), header.seed());
      case LARGE -> large(space, OptionalInt.empty(), header.seed(), Sweep.Size.USUAL);
      case LARGE_SAMPLE ->
          large(
              space,
              OptionalInt.of(Math.toIntExact(header.budget())),
              header.seed(),
              Sweep.Size.USUAL);
      case SAMPLE -> sample(space, Math.toIntExact(header.budget()), header.seed());
      case AROUND ->
          around(space, header.knobs().stream().mapToInt(RunEvent.KnobHeader::start).toArray());
      default -> all(space);
    };
  }

  /** True if the start of the knobs in a header is the design that this plan goes around. */
  public boolean startsAtDesign() {
    return engine.name().equals(AROUND);
  }
}
