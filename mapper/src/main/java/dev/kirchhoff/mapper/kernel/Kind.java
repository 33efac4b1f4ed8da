package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.spec.Type;
import java.util.List;

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

  /**
   * A kind.
   *
   * @param word its word in the spec language
   * @param keys its keys, in the order in which they are printed
   */
  Kind(String word, String description, String source, List<Type.Key> keys, Binding binding) {
    this(
        new Type.Shape(word, article(word) + word + " kernel", keys), description, source, binding);
  }

  private static String article(String word) {
    return "aeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ";
  }

  @Override
  public Kernel bind(Settings settings) throws Unfit {
    return binding.bind(settings);
  }
}
