package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Independence of evaluations of a spec's designs: walks in which one knob changes at a time, be it
 * of the chip or of a layer, evaluated in their order by one evaluator and in a shuffled order by
 * four threads that share another and its binder, give the same bits.
 */
class OrderOfDesignsTest {
  private static final long SEED = 20261125L;
  private static final int STEPS = 2_000;
  private static final int THREADS = 4;

  static List<Path> specs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Path> specsOfNetworks() throws IOException {
    List<Path> specs = new ArrayList<>(specs());
    for (Path file : specs()) {
      if (Files.readString(file).contains("kernel: ")) {
        specs.remove(file);
      }
    }
    return specs;
  }

  private static DesignSpec spec(Path file) throws Exception {
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  /** Changes one knob; in a fourth of all steps the walk begins again at the step before. */
  private static void step(DesignSpace space, int[] base, int[] ordinals, Random random) {
    if (random.nextInt(4) != 0) {
      System.arraycopy(ordinals, 0, base, 0, base.length);
    } else {
      System.arraycopy(base, 0, ordinals, 0, base.length);
    }
    if (space.dimension() > 0) {
      int knob = random.nextInt(space.dimension());
      ordinals[knob] = random.nextInt(space.cardinality(knob));
      space.normalise(ordinals);
    }
  }

  private static void walk(Path file, BandEnd end) throws Exception {
    walk(file, end, STEPS);
  }

  private static void walk(Path file, BandEnd end, int steps) throws Exception {
    DesignSpec spec = spec(file);
    DesignSpace space = SpecProblemSpace.space(spec);
    DesignBinder binder = spec.newBinder();
    Evaluator inOrder = Evaluator.at(end);
    Random random = new Random(SEED);
    int[] ordinals = space.start();
    int[] base = ordinals.clone();
    List<int[]> designs = new ArrayList<>();
    List<Totals> expected = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      step(space, base, ordinals, random);
      designs.add(ordinals.clone());
      expected.add(totals(inOrder, binder.bind(ordinals)));
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, steps).boxed().toList());
    Collections.shuffle(order, random);
    Evaluator shuffled = Evaluator.at(end);
    DesignBinder shared = spec(file).newBinder();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Totals>> found = new ArrayList<>();
      for (int i : order) {
        found.add(threads.submit(() -> totals(shuffled, shared.bind(designs.get(i)))));
      }
      for (int at = 0; at < steps; at++) {
        int i = order.get(at);
        Totals figures = found.get(at).get();
        String where = file + ", seed " + SEED + ", step " + i + ", ";
        for (Metric metric : Metric.values()) {
          assertEquals(expected.get(i).value(metric), figures.value(metric), where + metric);
        }
        for (Limit limit : Limit.values()) {
          assertEquals(expected.get(i).shortage(limit), figures.shortage(limit), where + limit);
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Totals totals(Evaluator evaluator, Design design) {
    return evaluator.totals(design);
  }

  @ParameterizedTest
  @MethodSource("specsOfNetworks")
  void totalsDoNotDependOnTheOrderOfDesigns(Path file) throws Exception {
    walk(file, BandEnd.NOMINAL);
  }

  /**
   * A kernel is simulated on each kind of crossbar: a small one, with knobs of all that it sees.
   */
  @Test
  @Tag("slow")
  void totalsOfAKernelDoNotEither(@TempDir Path folder) throws Exception {
    String text = Files.readString(Path.of("..", "examples", "image-transform.yaml"));
    String small =
        text.replaceFirst("(?m)^workload:.*$", "workload: {kernel: dct, rows: 8, columns: 8}")
            .replace("age: 1 hour", "age: {any: [1 s, 1 hour, 1 year], start: 1 hour}");
    assertNotEquals(text, small);
    walk(Files.writeString(folder.resolve("small.yaml"), small), BandEnd.NOMINAL, STEPS / 10);
  }

  @Test
  void totalsAtTheEndsOfTheBandDoNotEither() throws Exception {
    walk(Path.of("..", "examples", "bench/resnet18-12db.yaml"), BandEnd.PESSIMISTIC);
  }

  @Test
  void theChipIsTheSameObjectUnlessAKnobOfItChanges() throws Exception {
    DesignSpec spec = spec(Path.of("..", "examples", "bench/resnet18-12db.yaml"));
    DesignSpace space = SpecProblemSpace.space(spec);
    DesignBinder binder = spec.newBinder();
    Chip chip = binder.bind(space.start()).chip();
    for (int knob = 0; knob < space.dimension(); knob++) {
      int[] ordinals = space.start();
      ordinals[knob] = (ordinals[knob] + 1) % space.cardinality(knob);
      space.normalise(ordinals);
      Chip other = binder.bind(ordinals).chip();
      String path = space.knobs().get(knob).path();
      if (path.startsWith("precision.") || path.startsWith("mapping.")) {
        assertSame(chip, other, path);
      } else if (ordinals[knob] >= 0) {
        assertNotEquals(chip, other, path);
      }
      chip = binder.bind(space.start()).chip();
    }
  }

  /** A binder that has bound other designs before, against one that has not. */
  @ParameterizedTest
  @MethodSource("specs")
  void whatABinderKeepsChangesNoDesign(Path file) throws Exception {
    DesignSpec spec = spec(file);
    DesignSpace space = SpecProblemSpace.space(spec);
    DesignBinder binder = spec.newBinder();
    Random random = new Random(SEED);
    int[] ordinals = space.start();
    int[] base = ordinals.clone();
    for (int i = 0; i < STEPS / 10; i++) {
      step(space, base, ordinals, random);
      String where = file + ", seed " + SEED + ", step " + i;
      assertEquals(spec.newBinder().bind(ordinals), binder.bind(ordinals), where);
    }
  }
}
