package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Kind of kernel by its parts.
 *
 * @param shape its keys; the name of the shape is its word
 * @param description a sentence on what it computes
 * @param source paper or measurement that algorithm and test come from
 * @param binding makes a kernel of settings
 */
record Kind(Type.Shape shape, String description, String source, Binding binding)
    implements KernelKind {

  /** Binding of settings to a kernel. */
  @FunctionalInterface
  interface Binding {
    /**
     * A kernel with these settings.
     *
     * @throws Unfit if they contradict each other or the data
     */
    Kernel bind(Settings settings) throws Unfit;
  }

  /** Key that chooses the figure that is the quality. */
  static final String MEASURE = "measure";

  /**
   * A kind.
   *
   * @param word its word in the spec language
   * @param keys its keys, in the order in which they are printed; {@link #MEASURE} follows where it
   *     has several figures
   * @param measures measures of its figures; those of a task are some of them, in this order
   */
  Kind(
      String word,
      String description,
      String source,
      List<Type.Key> keys,
      List<Outcome.Measure> measures,
      Binding binding) {
    this(
        new Type.Shape(word, article(word) + word + " kernel", withMeasure(keys, measures)),
        description,
        source,
        binding);
  }

  private static List<Type.Key> withMeasure(List<Type.Key> keys, List<Outcome.Measure> measures) {
    if (measures.size() == 1) {
      return keys;
    }
    List<Type.Key> all = new ArrayList<>(keys);
    String[] words = measures.stream().map(Outcome.Measure::word).toArray(String[]::new);
    String figures =
        measures.stream()
            .map(m -> m.heading() + (m.isHigherBetter() ? ", more" : ", less") + " is better")
            .collect(Collectors.joining("; "));
    all.add(
        Type.Key.optional(
            MEASURE,
            Type.word(words),
            "figure that is the quality; without it the first that the task has: " + figures));
    return List.copyOf(all);
  }

  private static String article(String word) {
    return "aeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ";
  }

  @Override
  public Kernel bind(Settings settings) throws Unfit {
    Kernel kernel = binding.bind(settings);
    return shape.has(MEASURE) && settings.has(MEASURE)
        ? new JudgedKernel(kernel, settings.word(MEASURE))
        : kernel;
  }
}
