package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
        sensitivity: equal
        layers:
          - {name: a, inputs: 3, outputs: 32, kernel: 3, output: 8}
          - {name: b, inputs: 32, outputs: 48, kernel: 3, output: 8}
          - {name: c, inputs: 48, outputs: 40, output: 8}
      chip:
        tile: {count: fit}
        cell: {device: redox-generic, readVoltage: 0.2 V}
      """;

  private static final double CHANGED = 0.25;

  /**
   * Keys of a PE that are drawn after all others, so that they leave the rest of a chip as it is.
   */
  private static final Set<String> LAST = Set.of("transpose", "feedback", "random");

  /** Changes by seed: the tests of a process share their chips. */
  private static final Map<Long, List<String>> DRAWN = new ConcurrentHashMap<>();

  private RandomSpecs() {}

  /** A spec with changes; empty if they do not go together. */
  static Optional<DesignSpec> load(String text, List<String> settings) {
    try {
      return Optional.of(
          DesignSpec.load(
              "a.yaml",
              settings.stream().map(Setting::parse).toList(),
              List.of(),
              SpecEnvironment.of(new InMemorySource("a.yaml", text))));
    } catch (SpecException e) {
      return Optional.empty();
    }
  }

  /**
   * Changes that turn {@link #SPEC} into a valid random chip, the same for the same seed. Changes
   * are tried together and one by one only where they do not go together.
   */
  static List<String> settings(long seed) {
    return DRAWN.computeIfAbsent(seed, of -> List.copyOf(new Drawing(new Random(of)).settings()));
  }

  /** One drawing: the changes accepted so far, those on trial, and the spec with all of them. */
  private static final class Drawing {
    private static final int TOGETHER = 6;

    private final Random random;
    private final List<String> accepted = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private final List<Key> last = new ArrayList<>();
    private View view = view(load(SPEC, List.of()).orElseThrow());

    Drawing(Random random) {
      this.random = random;
    }

    List<String> settings() {
      for (Key top : Grammar.spec().keys()) {
        if (Set.of("chip", "precision", "mapping", "operation").contains(top.name())) {
          String path = top.name().equals("chip") ? "" : top.name();
          walk(((Type.Section) top.type()).shape(), path);
        }
      }
      decide();
      walk(new Shape("pe", "a PE", List.copyOf(last)), "pe");
      decide();
      return accepted;
    }

    private void walk(Shape shape, String path) {
      for (Key key : shape.keys()) {
        String at = path.isEmpty() ? key.name() : path + "." + key.name();
        if (!last.contains(key) && at.equals("pe." + key.name()) && LAST.contains(key.name())) {
          last.add(key);
        } else if (key.type() instanceof Type.Section section) {
          walk(section.shape(), at);
        } else if (key.type() instanceof Type.Kinds kinds) {
          Shape kind = kinds.shapes().get(random.nextInt(kinds.shapes().size()));
          decide();
          tried.add(at + "=" + kind.name());
          if (decide()) {
            walk(kind, at);
          }
        } else if (random.nextDouble() < CHANGED) {
          value(key, at).ifPresent(v -> tried.add(at + "=" + v));
          if (tried.size() == TOGETHER) {
            decide();
          }
        }
      }
    }

    /** Accepts what goes together; whether all of it did. */
    private boolean decide() {
      if (tried.isEmpty() || accept(tried)) {
        tried.clear();
        return true;
      }
      for (String setting : tried) {
        accept(List.of(setting));
      }
      tried.clear();
      return false;
    }

    private boolean accept(List<String> settings) {
      List<String> with = new ArrayList<>(accepted);
      with.addAll(settings);
      Optional<DesignSpec> spec = load(SPEC, with);
      if (spec.isEmpty()) {
        return false;
      }
      accepted.addAll(settings);
      view = view(spec.get());
      return true;
    }

    private static View view(DesignSpec spec) {
      return spec.tree().view(spec.tree().start());
    }

    private Optional<String> value(Key key, String at) {
      if (key.type() instanceof Type.Word word) {
        return Optional.of(word.words().get(random.nextInt(word.words().size())));
      }
      double factor = new double[] {0.25, 0.5, 0.8, 1.25, 2, 4}[random.nextInt(6)];
      double now = view.numberAt(at).orElse(Double.NaN);
      if (Double.isNaN(now)) {
        return Optional.empty();
      }
      if (key.type() instanceof Type.WholeNumber whole) {
        double value = Math.max(whole.min(), Math.min(whole.max(), Math.rint(now * factor)));
        return Optional.of(Long.toString((long) value));
      }
      if (key.type() instanceof Type.Quantity quantity) {
        double value =
            Math.max(quantity.range().min(), Math.min(quantity.range().max(), now * factor));
        return Optional.of(Units.print(value, quantity.dimension()));
      }
      return Optional.empty();
    }
  }
}
