package dev.kirchhoff.dse.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.DesignAnalysis;
import dev.kirchhoff.arch.event.DesignAnalysis.Change;
import dev.kirchhoff.arch.event.DesignAnalysis.KnobMove;
import dev.kirchhoff.arch.event.DesignAnalysis.LimitSlack;
import dev.kirchhoff.arch.event.DesignAnalysis.LoggedDesign;
import dev.kirchhoff.arch.event.DesignAnalysis.Neighbour;
import dev.kirchhoff.arch.event.DesignAnalysis.Variant;
import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecExplainer;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Analyses of designs of an example against the evaluations that they stand for. */
class SpecAnalysisTest {
  private static final long SEED = 20;
  private static final String RUN = "20261128T000000Z-quickstart-aaaa";

  private static DesignSpec spec;
  private static DesignSpace space;
  private static DesignAnalysis analysis;

  @BeforeAll
  static void read() throws Exception {
    spec = load(List.of());
    space = SpecProblemSpace.space(spec);
    analysis = ServiceLoader.load(DesignAnalysis.class).findFirst().orElseThrow();
  }

  private static DesignSpec load(List<Setting> settings) throws Exception {
    return DesignSpec.load(
        "../examples/bench/resnet18-12db.yaml",
        settings,
        List.of(),
        SpecEnvironment.of(new FileSources()));
  }

  private static RunEvent.Run header(String version, List<String> constraints) {
    List<RunEvent.KnobHeader> knobs = new ArrayList<>();
    for (Knob knob : spec.knobs()) {
      knobs.add(
          new RunEvent.KnobHeader(
              knob.path(), knob.values().stream().map(SpecText::scalar).toList(), 0, ""));
    }
    return new RunEvent.Run(
        "running",
        "",
        version,
        1,
        1000,
        "random",
        1,
        SpecText.json(spec),
        List.of(),
        knobs,
        List.of("TOPS/W", "area"),
        constraints,
        "Quickstart",
        List.of());
  }

  private static LoggedDesign design(int... ordinals) {
    RunEvent.Run header = header(ModelVersion.text(), new SpecProblemSpace(spec).constraints());
    return new LoggedDesign(RUN, header, 7, Arrays.stream(ordinals).boxed().toList());
  }

  private static int knob(String path, String value) {
    for (int k = 0; k < spec.knobs().size(); k++) {
      Knob knob = spec.knobs().get(k);
      if (knob.path().equals(path) && knob.values().contains(value)) {
        return k;
      }
    }
    throw new AssertionError(path + " = " + value);
  }

  private static KnobMove move(String path, String value) {
    int knob = knob(path, value);
    return new KnobMove(knob, spec.knobs().get(knob).values().indexOf(value));
  }

  private static int[] ordinals(List<Integer> knobs) {
    return knobs.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double value(int[] ordinals, Metric metric) {
    Totals totals =
        Evaluator.totalsByNetwork(new Evaluator().evaluated(spec.newBinder().bind(ordinals)));
    return totals.value(metric);
  }

  @Test
  void withoutAChangeTheFiguresAreThoseOfTheExplanation() {
    int[] start = space.start();
    Variant same = analysis.variant(design(start), Change.NONE);
    var explained = new SpecExplainer.DetailedEvaluator(spec).of(start);
    assertEquals(explained.totals(), same.details().orElseThrow().totals());
    assertEquals(explained.trees(), same.details().orElseThrow().trees());
    assertEquals(explained.layers(), same.details().orElseThrow().layers());
    assertEquals(List.of(), same.refusals());
  }

  @Test
  void aMovedKnobIsTheDesignWithItsOrdinal() {
    int[] start = space.start();
    KnobMove move = move("side", "512");
    Variant moved = analysis.variant(design(start), new Change(List.of(move), List.of()));
    int[] expected = start.clone();
    expected[move.knob()] = move.ordinal();
    assertEquals(Arrays.stream(expected).boxed().toList(), moved.knobs());
    assertEquals(
        value(expected, Metric.TOPS_PER_W),
        moved.details().orElseThrow().totals().get(Metric.TOPS_PER_W.key()));
  }

  @Test
  void anotherKindOfReadoutKeepsBitsAndSharingWhereItHasThem() {
    KnobMove shared = move("pe.readout.columnsPerAdc", "32");
    Variant moved =
        analysis.variant(
            design(space.start()),
            new Change(List.of(shared, move("pe.readout", "flash")), List.of()));
    int[] now = ordinals(moved.knobs());
    assertTrue(space.isValid(now));
    int columns = -1;
    int bits = -1;
    for (int k = 0; k < now.length; k++) {
      if (now[k] != Knob.ABSENT && spec.knobs().get(k).path().equals("pe.readout.columnsPerAdc")) {
        columns = Integer.parseInt(spec.knobs().get(k).values().get(now[k]));
      }
      if (now[k] != Knob.ABSENT && spec.knobs().get(k).path().equals("pe.readout.bits")) {
        bits = Integer.parseInt(spec.knobs().get(k).values().get(now[k]));
      }
    }
    assertEquals(32, columns);
    // A SAR starts at 4 bits, which a flash has.
    assertEquals(4, bits);
  }

  @Test
  void aSettingIsTheSpecThatTheCommandLineSets() throws Exception {
    for (String setting :
        List.of("cell.device=pcm-hermes2022", "workload=vgg8_cifar10", "technology.node=22 nm")) {
      Variant changed =
          analysis.variant(design(space.start()), new Change(List.of(), List.of(setting)));
      DesignSpec set = load(List.of(Setting.parse(setting)));
      Totals totals = new Evaluator().evaluated(set.newBinder().bind(set.tree().start())).totals();
      assertEquals(List.of(), changed.refusals(), setting);
      for (Metric metric : List.of(Metric.TOPS_PER_W, Metric.AREA, Metric.SNR)) {
        double expected = totals.value(metric);
        double found = changed.details().orElseThrow().totals().get(metric.key());
        assertEquals(expected, found, 1e-12 * Math.abs(expected), setting + " " + metric);
      }
    }
  }

  @Test
  void layersKeepTheirOwnBitsUnderASetting() {
    int[] design = new int[space.dimension()];
    space.random(new Random(SEED), design);
    Variant same =
        analysis.variant(
            design(design), new Change(List.of(), List.of("operation.temperature=300 K")));
    assertEquals(
        value(design, Metric.TOPS_PER_W),
        same.details().orElseThrow().totals().get(Metric.TOPS_PER_W.key()));
  }

  /** Capacitors of no capacitance an area have no finite area. */
  @Test
  void aConstantThatLeavesACircuitWithoutFiguresIsRefusedInWords() {
    Variant refused =
        analysis.variant(
            design(space.start()), new Change(List.of(), List.of("circuits.common.metal_C=0")));
    assertTrue(refused.details().isEmpty());
    assertEquals(1, refused.refusals().size());
    String sentence = refused.refusals().get(0);
    assertTrue(sentence.contains("sar-28nm.circuit:"), sentence);
    assertTrue(sentence.contains("is Infinity as area, must be a number of"), sentence);
    assertTrue(sentence.contains("metal_C = 0"), sentence);
  }

  @Test
  void aSettingThatMakesNoSpecIsRefusedInWords() {
    Variant refused =
        analysis.variant(design(space.start()), new Change(List.of(), List.of("foo.bar=3")));
    assertTrue(refused.details().isEmpty());
    assertEquals(1, refused.refusals().size());
    assertTrue(refused.refusals().get(0).contains("unknown key"), refused.refusals().get(0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            analysis.variant(
                design(space.start()), new Change(List.of(new KnobMove(0, 99)), List.of())));
  }

  @Test
  void limitsHaveTheSlackOfTheirFigures() {
    int[] start = space.start();
    List<LimitSlack> limits = analysis.variant(design(start), Change.NONE).limits();
    LimitSlack area = limits.get(0);
    assertEquals("area <= 250 mm2", area.limit());
    double slack = 250 - value(start, Metric.AREA);
    assertEquals(slack, area.slack().orElseThrow(), 1e-9);
    assertEquals(slack / 250, area.share().orElseThrow(), 1e-9);
    assertEquals("mm2", area.unit());
    assertTrue(area.isMet());
  }

  @Test
  void constraintsOfTheLastHeaderAreTheOnesJudged() {
    RunEvent.Run steered = header(ModelVersion.text(), List.of("area <= 10 mm2"));
    Variant tight =
        analysis.variant(
            new LoggedDesign(RUN, steered, 7, Arrays.stream(space.start()).boxed().toList()),
            Change.NONE);
    assertEquals("area <= 10 mm2", tight.limits().get(0).limit());
    assertFalse(tight.limits().get(0).isMet());
  }

  @Test
  void neighboursDifferInOneKnobAndHaveTheFiguresOfTheirDesigns() {
    int[] design = new int[space.dimension()];
    space.random(new Random(SEED), design);
    List<Neighbour> found = analysis.neighbours(design(design));
    assertFalse(found.isEmpty());
    for (Neighbour each : found) {
      Knob knob = spec.knobs().get(each.knob());
      int[] now = ordinals(each.knobs());
      assertTrue(space.isValid(now));
      assertEquals(each.ordinal(), now[each.knob()]);
      if (knob.ordered()) {
        assertEquals(1, Math.abs(each.ordinal() - design[each.knob()]), knob.path());
      }
      assertEquals(value(now, Metric.TOPS_PER_W), each.values().get(0));
      assertEquals(value(now, Metric.AREA), each.values().get(1));
      assertEquals(value(now, Metric.SNR), each.totals().get(Metric.SNR.key()));
    }
    long ends =
        found.stream().filter(each -> spec.knobs().get(each.knob()).path().equals("side")).count();
    int side = design[knob("side", "512")];
    assertEquals(side == 0 || side == 5 ? 1 : 2, ends);
  }

  @Test
  void sharesOfTheSourcesOfAnErrorAddUpToOne() {
    for (DesignAnalysis.ObjectiveErrors each : analysis.errors(design(space.start()))) {
      double sum = 0;
      double last = 1;
      for (DesignAnalysis.SourceEffect source : each.sources()) {
        sum += source.share();
        assertTrue(source.share() <= last);
        last = source.share();
        // More energy is less efficiency, and more area is more area.
        assertEquals(each.name().equals("area"), source.high() >= 1);
      }
      assertEquals(1, sum, 1e-9);
    }
  }

  @Test
  void theEffectOfTheOnlyKnobThatDiffersIsTheWholeRatio() {
    int[] start = space.start();
    int[] other = start.clone();
    KnobMove move = move("side", "512");
    other[move.knob()] = move.ordinal();
    List<DesignAnalysis.KnobEffect> effects = analysis.effects(design(start), design(other));
    DesignComparison pair = analysis.compare(design(start), design(other));
    assertEquals(1, effects.size());
    assertEquals("side", effects.get(0).path());
    for (int m = 0; m < 2; m++) {
      double ratio = pair.objectives().get(m).ratio().orElseThrow().nominal();
      assertEquals(Math.log(ratio), effects.get(0).effects().get(m).orElseThrow(), 1e-12);
    }
  }

  @Test
  void knobsOfAnotherKindMoveWithIt() {
    int[] start = space.start();
    int[] other =
        ordinals(
            analysis
                .variant(design(start), new Change(List.of(move("pe.readout", "flash")), List.of()))
                .knobs());
    List<DesignAnalysis.KnobEffect> effects = analysis.effects(design(start), design(other));
    assertEquals(List.of("pe.readout"), effects.stream().map(e -> e.path()).toList());
    double ratio =
        analysis
            .compare(design(start), design(other))
            .objectives()
            .get(0)
            .ratio()
            .orElseThrow()
            .nominal();
    assertEquals(Math.log(ratio), effects.get(0).effects().get(0).orElseThrow(), 1e-12);
  }

  @Test
  void designsOfAnotherModelVersionAreRefused() {
    LoggedDesign foreign =
        new LoggedDesign(
            "20261128T000000Z-quickstart-bbbb",
            header("0.1.0+000000000000", List.of()),
            7,
            Arrays.stream(space.start()).boxed().toList());
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> analysis.variant(foreign, Change.NONE));
    assertTrue(refusal.getMessage().contains("model version"), refusal.getMessage());
  }

  @Test
  void everyDeviceAndNetworkOfTheCatalogueIsAnAlternative() {
    DesignAnalysis.Alternatives all = analysis.alternatives();
    assertTrue(all.devices().stream().anyMatch(d -> d.name().equals("pcm-hermes2022")));
    assertTrue(all.networks().stream().anyMatch(n -> n.name().equals("resnet18")));
    assertTrue(all.networks().stream().anyMatch(n -> n.name().equals("fashion-mlp")));
  }
}
