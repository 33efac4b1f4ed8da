package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No dead knobs: every key that the grammar has for a chip, its precision, its mapping and its
 * operation changes some figure of some chip. Made from the grammar, so that a new key is held to
 * it too.
 */
class KnobsMatterTest {
  private static final String SPEC =
      """
      kirchhoff: 1
      name: test
      workload: vgg8_cifar10
      chip:
        cell: {device: pcm-gst-joshi2020, readVoltage: 0.2 V}
      """;

  /** Chips under which keys are tried; a key matters if it does on one of them. */
  private static final List<List<String>> CHIPS =
      List.of(
          List.of(),
          List.of("crossbar.weights.encoding=offset", "pe.readout.range=full"),
          List.of("pe.sampleHold=none", "tile.count=400", "cell.access=passive"),
          List.of("mapping.extraCrossbars=200 %", "mapping.schedule=layerByLayer"),
          List.of(
              "tile.count=4",
              "mapping.overflow=reload",
              "globalBuffer=sram",
              "tile.buffer.size=1 KB",
              "workload=mobilenet_v2"),
          List.of("workload=bert_base_seq128", "clock=10 MHz", "pe.readout=flash"),
          List.of("precision.weights=1", "precision.inputs=1", "crossbar.weights.encoding=xnor"),
          List.of("technology.flavour=highPerformance", "operation.age=1 month", "cell.bits=4"),
          List.of("crossbar.compute=charge", "cell.bits=1", "cell.device=sram-6t"),
          List.of("cell.readVoltage=device"),
          List.of("cell.device=sram-8t", "cell.bits=1", "cell.readVoltage=0.1 V"),
          List.of("crossbar.rowsActive=16"),
          List.of("pe.input.bitsPerPulse=2"),
          List.of("tile.count=4", "mapping.overflow=chips"),
          List.of("workload=sequence-lstm"),
          // Of random words only a kernel makes use.
          List.of("workload={kernel: randomBits}", "pe.random=counter"),
          // Circuits turn so often that it matters on which tracks they are.
          List.of("pe.perTile=1"));

  private static final Pattern TRACKS = Pattern.compile("need ([0-9]+) tracks");

  /** Keys that say what something is and price nothing. */
  private static final Set<String> LABELS =
      Set.of(
          "cell.device.family",
          "cell.device.mechanism",
          "cell.device.maturity",
          "cell.device.read.time");

  private final Evaluator evaluator = new Evaluator();
  private final Set<String> walked = new TreeSet<>();

  private static DesignSpec load(List<String> settings) throws SpecException {
    return DesignSpec.load(
        "a.yaml",
        settings.stream().map(Setting::parse).toList(),
        List.of(),
        SpecEnvironment.of(new InMemorySource("a.yaml", SPEC)));
  }

  /** Everything that is told of a design. */
  private double[] figures(DesignSpec spec) {
    Design design = spec.newBinder().bind(spec.tree().start());
    Evaluation evaluation = evaluator.evaluate(design);
    Totals totals = evaluation.totals();
    double[] figures = new double[Metric.values().length + Limit.values().length + 2];
    figures[figures.length - 2] = evaluation.warnings().size();
    for (String note : evaluation.warnings()) {
      Matcher tracks = TRACKS.matcher(note);
      figures[figures.length - 1] += tracks.find() ? Integer.parseInt(tracks.group(1)) : 0;
    }
    for (Metric metric : Metric.values()) {
      figures[metric.ordinal()] = totals.value(metric);
    }
    for (Limit limit : Limit.values()) {
      figures[Metric.values().length + limit.ordinal()] = totals.shortage(limit);
    }
    return figures;
  }

  @Test
  @Tag("slow")
  void everyKeyChangesSomeFigure() throws SpecException {
    Map<String, Boolean> matters = new LinkedHashMap<>();
    for (List<String> chip : CHIPS) {
      DesignSpec spec = load(chip);
      double[] before = figures(spec);
      for (Key top : Grammar.spec().keys()) {
        if (Set.of("chip", "precision", "mapping", "operation").contains(top.name())) {
          String path = top.name().equals("chip") ? "" : top.name();
          walk(((Type.Section) top.type()).shape(), path, chip, spec, before, matters);
        }
      }
    }
    Set<String> dead = new TreeSet<>();
    matters.forEach(
        (path, does) -> {
          if (!does && !LABELS.contains(path)) {
            dead.add(path);
          }
        });
    assertTrue(matters.size() > 100, "keys tried: " + matters.size());
    assertEquals(Set.of(), dead);
  }

  private void walk(
      Shape shape,
      String path,
      List<String> chip,
      DesignSpec spec,
      double[] before,
      Map<String, Boolean> matters) {
    for (Key key : shape.keys()) {
      String at = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.type() instanceof Type.Section section) {
        walk(section.shape(), at, chip, spec, before, matters);
      } else if (key.type() instanceof Type.Catalogued catalogued) {
        walk(catalogued.shape(), at, chip, spec, before, matters);
      } else if (key.type() instanceof Type.Kinds kinds) {
        for (Shape kind : kinds.shapes()) {
          if (isSettled(at, kind, matters)) {
            continue;
          }
          List<String> with = new ArrayList<>(chip);
          with.add(at + "=" + kind.name());
          try {
            DesignSpec chosen = load(with);
            double[] figures = figures(chosen);
            if (!kind.name().equals(key.defaultText())) {
              note(at + "=" + kind.name(), figures, before, matters);
            }
            walk(kind, at, with, chosen, figures, matters);
          } catch (SpecException e) {
            matters.putIfAbsent(at + "=" + kind.name(), false);
          }
        }
      } else {
        leaf(key, at, chip, spec, before, matters);
      }
    }
  }

  /** True if a kind and every key below it are known to matter. */
  private boolean isSettled(String at, Shape kind, Map<String, Boolean> matters) {
    return !walked.add(at + "=" + kind.name())
        && matters.entrySet().stream()
            .filter(e -> e.getKey().startsWith(at + ".") || e.getKey().startsWith(at + "="))
            .allMatch(Map.Entry::getValue);
  }

  private void leaf(
      Key key,
      String at,
      List<String> chip,
      DesignSpec spec,
      double[] before,
      Map<String, Boolean> matters) {
    List<String> values = values(key, at, spec);
    if (values.isEmpty() || Boolean.TRUE.equals(matters.get(at))) {
      return;
    }
    matters.putIfAbsent(at, false);
    for (String value : values) {
      List<String> with = new ArrayList<>(chip);
      with.add(at + "=" + value);
      try {
        note(at, figures(load(with)), before, matters);
      } catch (SpecException e) {
        // This value does not go with this chip; another may.
        continue;
      }
      if (matters.get(at)) {
        return;
      }
    }
  }

  private static void note(
      String at, double[] figures, double[] before, Map<String, Boolean> matters) {
    boolean differs = !Arrays.equals(figures, before);
    matters.merge(at, differs, (was, is) -> was || is);
  }

  /** Other values that a key may take. */
  private static List<String> values(Key key, String at, DesignSpec spec) {
    List<String> values = new ArrayList<>();
    if (key.type() instanceof Type.Word word) {
      values.addAll(word.words());
    } else if (key.type() instanceof Type.WholeNumber whole) {
      double now = now(at, spec, 4);
      for (double value : new double[] {2 * now, now - 1, Math.max(1, now / 2), now + 1, 1}) {
        if (value >= whole.min() && value <= whole.max()) {
          values.add(Long.toString((long) value));
        }
      }
    } else if (key.type() instanceof Type.Quantity quantity) {
      Type.Range range = quantity.range();
      double now = now(at, spec, Math.max(range.min(), Math.min(range.max(), 1)));
      for (double value : new double[] {2 * now, now / 2, 1.1 * now, 1e3 * now, 1e-3 * now, 0.1}) {
        if (range.holds(value)) {
          values.add(Units.print(value, quantity.dimension()));
        }
      }
    }
    return values;
  }

  private static double now(String at, DesignSpec spec, double otherwise) {
    View view = spec.tree().view(spec.tree().start());
    double now = view.numberAt(at).orElse(otherwise);
    return now == 0 ? otherwise : now;
  }
}
