package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.peripherals.Action;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of one layer, by hand: of what a tile shares, of iterations, of what precedes them. */
class LayerTimesTest {
  /** Nanoseconds of a bit at buffer, bus and link, of the work of five units. */
  private static final TileRates RATES = new TileRates(1, 2, 3, 5, 7, 11, 13, 17);

  /** Counts of a layer: 100 bits read and 100 written, else one of each action. */
  private static ActionCounts.Builder counts() {
    ActionCounts.Builder counts = new ActionCounts.Builder(1);
    for (Action action : Action.values()) {
      counts.add(0, action, 1);
    }
    return counts.add(0, Action.TILE_BUFFER_READ_BIT, 99).add(0, Action.TILE_BUFFER_WRITE_BIT, 99);
  }

  /** Each part of a tile binds once it takes longer than the 200 ns of the buffer. */
  @ParameterizedTest
  @CsvSource({
    "TILE_BUFFER_READ_BIT, 1, 300",
    "TILE_BUFFER_WRITE_BIT, 1, 300",
    "BUS_BIT, 2, 202",
    "ADD, 5, 500",
    "RELU, 7, 707",
    "LOOKUP, 11, 1111",
    "MAX_COMPARE, 13, 1313",
    "MULTIPLY_ACCUMULATE, 17, 1717"
  })
  void theSlowestPartOfATileSetsItsTime(Action action, int rate, double expected_ns) {
    assertEquals(200, RATES.time_ns(counts().build(), 0, 1, 66));
    // Of 101 additions one is made inside PEs.
    assertEquals(expected_ns, RATES.time_ns(counts().add(0, action, 100).build(), 0, 1, 66));
    assertEquals(201, RATES.time_ns(counts().build(), 0, 1, 67));
  }

  /** Units one after another, no faster than the buffer, which is written as well as read. */
  @Test
  void workOneAfterAnotherPaysReadsAndWritesOfTheBuffer() {
    ActionCounts few = counts().build();
    assertEquals(200, RATES.oneAfterAnother_ns(few, 0));
    assertEquals(
        250,
        RATES.oneAfterAnother_ns(counts().add(0, Action.TILE_BUFFER_WRITE_BIT, 50).build(), 0));
    assertEquals(
        250, RATES.oneAfterAnother_ns(counts().add(0, Action.TILE_BUFFER_READ_BIT, 50).build(), 0));
    // 5 + 11 + 13 + 17 = 46 of each; ten of each more are 506.
    ActionCounts.Builder busy = counts();
    for (Action action :
        List.of(Action.ADD, Action.LOOKUP, Action.MAX_COMPARE, Action.MULTIPLY_ACCUMULATE)) {
      busy.add(0, action, 10);
    }
    assertEquals(506, RATES.oneAfterAnother_ns(busy.build(), 0));
  }

  private static Dataflow flow(int positions, int steps) {
    MatrixShape shape = new MatrixShape(4, 4, 1, 1, positions, 1, 1, 1);
    ValueStatistics values = new ValueStatistics(0.5, 0.2, 0.3, 0);
    Window window = steps > 1 ? Window.padded(shape).inSteps(steps) : Window.padded(shape);
    return Dataflow.of(
        List.of(new Layer("l", shape, window, false, values, values, List.of(), Links.of(-1))));
  }

  /** Vectors in groups of as many as there are copies, the last of which may be smaller. */
  @ParameterizedTest
  @CsvSource({"8, 4, 2", "9, 4, 3", "12, 4, 3", "3, 4, 1", "4, 4, 1", "5, 4, 2", "5, 1, 5"})
  void aRestOfVectorsTakesAnIteration(int vectors, int copies, int iterations) {
    LayerTime time = LayerTime.of(flow(vectors, 1), 0, copies, 10, 3, 1);
    assertEquals(iterations, time.iterations());
    assertEquals(10.0 * iterations, time.time_ns());
    assertEquals(time.time_ns(), time.own_ns());
  }

  /** Each step waits for the one before: its vectors in groups, and a fill. */
  @ParameterizedTest
  @CsvSource({"10, 5, 4, 13", "40, 5, 4, 23", "45, 5, 4, 33", "5, 5, 1, 13"})
  void eachStepOfARecurrentLayerFillsAnew(int vectors, int steps, int copies, double step_ns) {
    LayerTime time = LayerTime.of(flow(vectors, steps), 0, copies, 10, 3, 1);
    assertEquals(steps, time.iterations());
    assertEquals(step_ns, time.iteration_ns());
    assertEquals(steps * step_ns, time.time_ns());
  }

  /** One iteration needs all of its input; the first of several that of as many copies. */
  @Test
  void anIterationNeedsTheInputsOfItsCopies() {
    assertEquals(1, LayerTime.of(flow(4, 1), 0, 4, 10, 3, 1).firstShare());
    assertEquals(0.25, LayerTime.of(flow(4, 1), 0, 1, 10, 3, 1).firstShare());
    // 2 of 4: a quarter, and a third of the other three quarters.
    assertEquals(0.5, LayerTime.of(flow(4, 1), 0, 2, 10, 3, 1).firstShare(), 1e-15);
  }

  @Test
  void aSharedPartSlowsALayerOnlyWhereItTakesLonger() {
    LayerTime time =
        LayerTime.of(flow(8, 1), 0, 2, 10, 3, 1).withLead(new LeadTime(1, 2, 4, 8, 16, 32));
    assertSame(time, time.atLeast(39));
    assertSame(time, time.atLeast(40));
    LayerTime slowed = time.atLeast(44);
    assertEquals(11, slowed.iteration_ns());
    assertEquals(44, slowed.time_ns());
    assertEquals(40, slowed.own_ns());
    assertEquals(63, slowed.lead_ns());
    assertEquals(107, slowed.busy_ns());
    assertEquals(31 + 64, time.lead().withFetching(64).sum_ns());
  }
}
