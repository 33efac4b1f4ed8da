package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Session;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Costs by circuit family under other calibration factors, against evaluations with these factors.
 */
class RepricingTest {
  private static final long SEED = 20261128;
  private static final int DESIGNS = 200;
  private static final String QUICKSTART =
      Path.of("../examples/bench/resnet18-12db").toAbsolutePath().normalize().toString();

  @TempDir private Path folder;

  private static DesignSpec spec(String name) throws Exception {
    Path file = Path.of("../examples/" + name + ".yaml");
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  /** Factors relative to those of the run, by {@code sar.energy}. */
  private record Factors(Map<String, Double> byKey) {
    double of(String family, Quantity quantity) {
      return byKey.getOrDefault(family + "." + quantity.word(), 1.0);
    }

    /** As a calibration, of factors that the columns hold. */
    List<FittedFactor> calibration(List<RunEvent.Column> columns) {
      List<FittedFactor> rows = new ArrayList<>();
      byKey.forEach(
          (key, factor) -> {
            int dot = key.indexOf('.');
            CircuitFamily family = CircuitFamily.ofWord(key.substring(0, dot)).orElseThrow();
            Quantity quantity = Quantity.ofWord(key.substring(dot + 1)).orElseThrow();
            rows.add(
                new FittedFactor(
                    family,
                    quantity,
                    factor * held(columns, family, quantity),
                    List.of(),
                    List.of(),
                    ""));
          });
      return rows;
    }

    private static double held(
        List<RunEvent.Column> columns, CircuitFamily family, Quantity quantity) {
      String metric = quantity == Quantity.AREA ? "area_mm2" : "energy_uJ";
      return columns.stream()
          .filter(c -> c.key().equals("parts." + metric + "." + family.word()))
          .map(RunEvent.Column::factor)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(1.0);
    }
  }

  /** The formula of docs/events.md over the columns of a design. */
  private static double repriced(
      List<RunEvent.Column> columns, float[] figures, String metric, Factors factors) {
    Quantity quantity = metric.equals("area_mm2") ? Quantity.AREA : Quantity.ENERGY;
    double side = side(columns, figures, factors);
    double sum = 0;
    for (int k = 0; k < columns.size(); k++) {
      String prefix = "parts." + metric + ".";
      float figure = figures[k];
      if (columns.get(k).key().startsWith(prefix) && !Float.isNaN(figure)) {
        String[] words = columns.get(k).key().substring(prefix.length()).split("\\.");
        double factor = factors.of(words[0], quantity);
        if (words.length == 2) {
          factor *= words[1].equals("wires") ? side : factors.of(words[1], quantity);
        }
        sum += factor * figure;
      }
    }
    return sum;
  }

  private static double side(List<RunEvent.Column> columns, float[] figures, Factors factors) {
    double before = 0;
    double after = 0;
    for (int k = 0; k < columns.size(); k++) {
      String key = columns.get(k).key();
      float figure = figures[k];
      if (key.startsWith("parts.area_mm2.") && !Float.isNaN(figure)) {
        String word = key.substring("parts.area_mm2.".length());
        if (!word.contains(".") && !word.equals("interconnect")) {
          before += figure;
          after += factors.of(word, Quantity.AREA) * figure;
        }
      }
    }
    return before > 0 ? Math.sqrt(after / before) : 1;
  }

  private static Map<String, Boolean> families(List<RunEvent.Column> columns) {
    Map<String, Boolean> families = new TreeMap<>();
    for (RunEvent.Column column : columns) {
      String[] words = column.key().split("\\.");
      if (!words[2].equals("fixed")) {
        families.put(words[2] + (words[1].equals("area_mm2") ? ".area" : ".energy"), true);
      }
    }
    return families;
  }

  /** Largest relative errors; figures that a design lacks have none. */
  private record Worst(Map<Metric, Double> byMetric) {
    void add(Metric metric, double expected, double actual) {
      if (!Double.isNaN(expected)) {
        byMetric.merge(metric, Math.abs(actual / expected - 1), Math::max);
      }
    }
  }

  /** A metric that is proportional to a cost, or to its inverse. */
  private record Follower(Metric metric, Metric cost, boolean inverse) {}

  private static final List<Metric> COSTS = List.of(Metric.ENERGY, Metric.AREA, Metric.PEAK_POWER);

  private static final List<Follower> FOLLOWERS =
      List.of(
          new Follower(Metric.POWER, Metric.ENERGY, false),
          new Follower(Metric.TOPS_PER_W, Metric.ENERGY, true),
          new Follower(Metric.TOPS_PER_MM2, Metric.AREA, true),
          new Follower(Metric.PEAK_TOPS_PER_MM2, Metric.AREA, true),
          new Follower(Metric.PEAK_TOPS_PER_W, Metric.PEAK_POWER, true));

  private static Worst worst(String name, double energyBeyond, double areaBeyond) throws Exception {
    DesignSpec spec = spec(name);
    SpecProblemSpace problem =
        spec.objectives().isEmpty() ? SpecProblemSpace.ofSweep(spec) : new SpecProblemSpace(spec);
    RunEvent.Recorded recorded = problem.recorded();
    CostColumns costs = new CostColumns(spec, problem.band());
    List<RunEvent.Column> columns = costs.columns();
    int constraints = problem.constraints().size();
    Session session = problem.newSession();
    Evaluator evaluator = new Evaluator();
    SplittableRandom random = new SplittableRandom(SEED);
    Worst worst = new Worst(new TreeMap<>());
    List<int[]> designs = LatinHypercube.designs(problem.space(), DESIGNS, SEED);
    float[][] parts = costs.of(designs);
    for (int i = 0; i < parts.length; i++) {
      int[] ordinals = designs.get(i);
      float[] figures = new float[recorded.size()];
      session.evaluate(
          ordinals,
          new double[problem.objectives().size()],
          new double[constraints],
          new double[constraints],
          figures);
      Map<String, Double> drawn = new HashMap<>();
      for (String key : families(columns).keySet()) {
        double beyond = key.endsWith(".area") ? areaBeyond : energyBeyond;
        drawn.put(key, Math.pow(beyond, random.nextDouble(-1, 1)));
      }
      Factors factors = new Factors(drawn);
      Design design = spec.newBinder().bind(ordinals);
      EvaluatedDesign again =
          evaluator.evaluated(
              new Design(
                  design.chip(),
                  design.jobs(),
                  design.mapping(),
                  design.operation(),
                  design.peakWeightBits(),
                  design.peakInputBits(),
                  factors.calibration(columns),
                  design.circuits(),
                  design.widest()));
      Totals before = evaluator.totals(design);
      Totals after = again.totals();
      Factors none = new Factors(Map.of());
      for (Metric cost : COSTS) {
        double was = repriced(columns, parts[i], cost.key(), none);
        assertEquals(before.value(cost), was, 1e-6 * was, name + " " + cost.word() + " adds up");
        double ratio = repriced(columns, parts[i], cost.key(), factors) / was;
        worst.add(cost, after.value(cost), before.value(cost) * ratio);
        for (Follower follower : FOLLOWERS) {
          if (follower.cost == cost) {
            double moved = follower.inverse ? 1 / ratio : ratio;
            Metric metric = follower.metric;
            worst.add(metric, after.value(metric), before.value(metric) * moved);
          }
        }
      }
      int density = recorded.metrics().size() + constraints - 1;
      if (!Float.isNaN(figures[density])) {
        double was = before.value(Metric.PEAK_POWER) / before.value(Metric.AREA);
        assertEquals(1 - was, figures[density], 1e-5 * (1 + was), name + " power density");
      }
      for (Metric metric : List.of(Metric.LATENCY, Metric.THROUGHPUT)) {
        worst.add(metric, after.value(metric), before.value(metric));
      }
      assertEquals(before.value(Metric.SNR), after.value(Metric.SNR), name);
    }
    return worst;
  }

  private static final List<String> EXAMPLES =
      List.of("bench/resnet18-12db", "array-adc-sweep", "two-networks", "vgg8-pcm", "mram-binary");

  /** Measured: energy 1.1e-4, area and peak power 3e-6, latency 3.5e-3, each at worst. */
  @Test
  void columnsFollowFactorsAsAnEvaluationDoes() throws Exception {
    for (String example : EXAMPLES) {
      worst(example, 10, 2)
          .byMetric
          .forEach((metric, error) -> assertTrue(error < 0.01, example + " " + metric + error));
    }
  }

  /**
   * Measured: energy 2.7e-4, area and peak power 3e-6, latency 1.6e-2, each at worst: segments of
   * large H-trees take more cycles, which moves times.
   */
  @Test
  @Tag("slow")
  void wiresFollowTilesOfThreeTimesTheSide() throws Exception {
    Set<Metric> times = Set.of(Metric.LATENCY, Metric.THROUGHPUT);
    for (String example : EXAMPLES) {
      worst(example, 10, 10)
          .byMetric
          .forEach(
              (metric, error) ->
                  assertTrue(
                      error < (times.contains(metric) ? 0.02 : 0.01),
                      example + " " + metric + error));
    }
  }

  /** The text that the page shows for moved sliders ({@code pricing.test.js}). */
  @Test
  void aCalibrationOfThePageIsTakenByTheSpecAsItIs() throws Exception {
    String calibration =
        """
        calibration:
          - {family: flash, quantity: area, factor: 1.5, fittedOn: ["chip: a"]}
          - {family: sar, quantity: energy, factor: 0.5, fittedOn: ["what-if of ab12"]}
          - {family: senseAmplifier, quantity: energy, factor: 1.04, fittedOn: ["what-if of ab12"]}
        """;
    String text = "kirchhoff: 1\nextends: quickstart.yaml\n" + calibration;
    Path file = folder.resolve("cheap.yaml");
    Files.writeString(file, text.replace("quickstart", QUICKSTART));
    DesignSpec spec =
        DesignSpec.load(
            file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
    assertEquals(List.of(), spec.warnings());
    List<FittedFactor> rows = spec.newBinder().bind(spec.tree().start()).calibration();
    assertEquals(List.of(1.5, 0.5, 1.04), rows.stream().map(FittedFactor::factor).toList());
    assertEquals(CircuitFamily.SAR, rows.get(1).family());
  }
}
