package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * Rule between keys of a spec: two facts that a design must not have together, and why. Choices are
 * knobs of their own, so that all pairs must hold: a fact is found where any alternative has it.
 *
 * <pre>{@code
 * when("chip.io", is("none")).forbids("mapping.overflow", is("chips"))
 *     .because("; several chips need links to each other");
 * // mapping.overflow: is chips, but chip.io is none; several chips need links to each other
 * }</pre>
 *
 * @param given the obstacle
 * @param key key that the message is about
 * @param subject fact about that key, by which the message begins
 * @param reason end of the message
 * @param isForbidden false for a key without effect, which is a warning
 */
record KeyRule(Fact given, String key, Fact subject, String reason, boolean isForbidden) {

  /** Fact about a spec, in words. */
  interface Fact {
    /** Its words; empty where no alternative of the spec has it. */
    Optional<String> in(Subject spec);

    /** The fact in other words. */
    default Fact as(String words) {
      return spec -> in(spec).map(found -> words);
    }

    /** This fact, where another holds too. */
    default Fact and(Fact other) {
      return spec -> in(spec).filter(found -> other.in(spec).isPresent());
    }

    /** This fact, or else another. */
    default Fact or(Fact other) {
      return spec -> in(spec).or(() -> other.in(spec));
    }
  }

  /**
   * Spec with its choices.
   *
   * @param root the spec
   * @param start the design that it starts at
   */
  record Subject(Value.Section root, View.Section start) {
    /** The value at a path, {@code chip.} left out or not. */
    Value value(String path) {
      String[] keys = path.split("\\.");
      Value value = root.shape().has(keys[0]) ? root : root.get("chip");
      for (String key : keys) {
        value =
            value instanceof Value.Section section
                ? section.get(key)
                : new Value.Absent(root.place());
      }
      return value;
    }

    /** Words of all alternatives at a path; of a part its kind. */
    List<String> words(String path) {
      List<String> words = new ArrayList<>();
      for (Value value : alternatives(value(path), new ArrayList<>())) {
        if (value instanceof Value.Word word) {
          words.add(word.text());
        } else if (value instanceof Value.Section section) {
          words.add(section.shape().name());
        }
      }
      return words;
    }

    /** Numbers of all alternatives at a path. */
    List<Value.Number> numbers(String path) {
      return alternatives(value(path), new ArrayList<>()).stream()
          .filter(Value.Number.class::isInstance)
          .map(Value.Number.class::cast)
          .toList();
    }

    private static List<Value> alternatives(Value value, List<Value> into) {
      if (value instanceof Value.Choice choice) {
        choice.items().forEach(item -> alternatives(item, into));
      } else {
        into.add(value);
      }
      return into;
    }
  }

  /** A word at a path. */
  static Fact word(String path, Predicate<String> words) {
    return spec -> spec.words(path).stream().filter(words).findFirst();
  }

  /** A number at a path. */
  static Fact number(String path, DoublePredicate numbers) {
    return spec ->
        spec.numbers(path).stream()
            .filter(number -> numbers.test(number.number()))
            .map(Value.Number::text)
            .findFirst();
  }

  /** A fact about the design that the spec starts at. */
  static Fact start(Predicate<View.Section> fact) {
    return spec -> fact.test(spec.start()) ? Optional.of("") : Optional.empty();
  }

  /** No alternative has a fact. */
  static Fact no(Fact fact) {
    return spec -> fact.in(spec).isPresent() ? Optional.empty() : Optional.of("");
  }

  /** The first part of a rule: {@code PATH is WORD}. */
  static Obstacle when(String path, Predicate<String> words) {
    return when(spec -> word(path, words).in(spec).map(word -> path + " is " + word));
  }

  /** The first part of a rule. */
  static Obstacle when(Fact given) {
    return new Obstacle(given);
  }

  /** Obstacle of a rule. */
  record Obstacle(Fact given) {
    /** The key must not have a word. */
    Ruling forbids(String key, Predicate<String> words) {
      Fact subject = spec -> word(key, words).in(spec).map("is "::concat);
      return refuses(key, subject);
    }

    /** A fact about the key must not hold, which begins the message. */
    Ruling refuses(String key, Fact subject) {
      return new Ruling(given, key, subject, true);
    }

    /** The key has no effect with a fact about it. */
    Ruling idles(String key, Fact subject) {
      return new Ruling(given.as(""), key, subject.as("has no effect: "), false);
    }
  }

  /** Rule without its reason. */
  record Ruling(Fact given, String key, Fact subject, boolean isForbidden) {
    KeyRule because(String reason) {
      return new KeyRule(given, key, subject, reason, isForbidden);
    }
  }

  /** Reports a spec that breaks the rule. */
  void check(Subject spec, Problems problems) {
    Optional<String> obstacle = given.in(spec);
    Optional<String> begin = obstacle.flatMap(found -> subject.in(spec));
    if (begin.isPresent()) {
      String but = obstacle.get().isEmpty() ? "" : ", but " + obstacle.get();
      Place place = spec.value(key).place();
      if (isForbidden) {
        problems.add(place, key, begin.get() + but + reason);
      } else {
        problems.warn(place, key, begin.get() + but + reason);
      }
    }
  }
}
