package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.arch.spec.Key;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.Shape;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Random valid specs, made from the grammar itself: every kind, word and number that a chip may
 * have is drawn sooner or later, also those that are added later.
 */
final class RandomSpecs {
  static final String SPEC =
      """
      kirchhoff: 1
      name: test
      workload:
        network: toy
        layers:
          - {name: a, inputs: 3, outputs: 32, kernel: 3, output: 8}
          - {name: b, inputs: 32, outputs: 48, kernel: 3, output: 8}
          - {name: c, inputs: 48, outputs: 40, output: 8}
      chip:
        tile: {count: fit}
        cell: {device: redox-generic, readVoltage: 0.2 V}
      """;

  private static final double CHANGED = 0.25;

  private RandomSpecs() {}

  /** A spec with changes; empty if they do not go together. */
  static Optional<DesignSpec> load(String text, List<String> settings) {
    try {
      return Optional.of(
          DesignSpec.load(
              "a.yaml",
              settings.stream().map(Setting::parse).toList(),
              List.of(),
              SpecEnvironment.of(new TextSource("a.yaml", text))));
    } catch (SpecException e) {
      return Optional.empty();
    }
  }

  /** Changes that turn {@link #SPEC} into a valid random chip, the same for the same seed. */
  static List<String> settings(long seed) {
    Random random = new Random(seed);
    List<String> accepted = new ArrayList<>();
    for (Key top : Grammar.spec().keys()) {
      if (Set.of("chip", "precision", "mapping", "operation").contains(top.name())) {
        String path = top.name().equals("chip") ? "" : top.name();
        walk(((Type.Section) top.type()).shape(), path, random, accepted);
      }
    }
    return accepted;
  }

  private static void walk(Shape shape, String path, Random random, List<String> accepted) {
    for (Key key : shape.keys()) {
      String at = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.type() instanceof Type.Section section) {
        walk(section.shape(), at, random, accepted);
      } else if (key.type() instanceof Type.Kinds kinds) {
        Shape kind = kinds.shapes().get(random.nextInt(kinds.shapes().size()));
        if (accept(at + "=" + kind.name(), accepted)) {
          walk(kind, at, random, accepted);
        }
      } else if (random.nextDouble() < CHANGED) {
        value(key, at, random, accepted).ifPresent(v -> accept(at + "=" + v, accepted));
      }
    }
  }

  private static boolean accept(String setting, List<String> accepted) {
    List<String> with = new ArrayList<>(accepted);
    with.add(setting);
    if (load(SPEC, with).isEmpty()) {
      return false;
    }
    accepted.add(setting);
    return true;
  }

  private static Optional<String> value(Key key, String at, Random random, List<String> accepted) {
    if (key.type() instanceof Type.Word word) {
      return Optional.of(word.words().get(random.nextInt(word.words().size())));
    }
    double factor = new double[] {0.25, 0.5, 0.8, 1.25, 2, 4}[random.nextInt(6)];
    DesignSpec spec = load(SPEC, accepted).orElseThrow();
    View view = spec.tree().view(spec.tree().start());
    double now = view.numberAt(at).orElse(Double.NaN);
    if (Double.isNaN(now)) {
      return Optional.empty();
    }
    if (key.type() instanceof Type.Whole whole) {
      double value = Math.max(whole.min(), Math.min(whole.max(), Math.rint(now * factor)));
      return Optional.of(Long.toString((long) value));
    }
    if (key.type() instanceof Type.Quantity quantity) {
      double value = Math.max(quantity.min(), Math.min(quantity.max(), now * factor));
      return Optional.of(Units.print(value, quantity.dimension()));
    }
    return Optional.empty();
  }
}
