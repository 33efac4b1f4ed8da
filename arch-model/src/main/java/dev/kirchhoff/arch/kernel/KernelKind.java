package dev.kirchhoff.arch.kernel;

import dev.kirchhoff.arch.spec.Type;

/**
 * Kind of kernel that a spec can name: its keys, and their binding to a {@link Kernel}.
 *
 * <pre>{@code
 * workload: {kernel: dct, block: 8, keep: 15}
 * }</pre>
 */
public interface KernelKind {

  /**
   * Keys of the kernel, beside {@code kernel} and {@code weight}; the name of the shape is its
   * word.
   */
  Type.Shape shape();

  /** Description of the computation, in one sentence. */
  String description();

  /** Source of the algorithm and of its test: a paper or a measurement. */
  String source();

  /**
   * Binds settings.
   *
   * @throws Unfit if they contradict each other or the data
   */
  Kernel bind(Settings settings) throws Unfit;

  /** Settings of one kernel; all are within the ranges of its keys. */
  interface Settings {
    /** A whole number. */
    int whole(String key);

    /** A quantity in its coherent unit, or a plain number. */
    double number(String key);

    /** A word. */
    String word(String key);

    /** True if an optional key is given. */
    boolean has(String key);

    /** Settings of a section; of a kind its word is {@code word("kind")}. */
    Settings section(String key);

    /**
     * Content of the file that a text names, relative to the spec.
     *
     * @throws Unfit if it cannot be read
     */
    byte[] file(String key) throws Unfit;
  }

  /** Settings of a kernel that contradict each other or the data. */
  final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    private final String key;

    /**
     * A problem.
     *
     * @param key dotted path of the key within the kernel; empty for the kernel as a whole
     * @param message completes "KEY ...": the value, the bound, the remedy
     */
    public Unfit(String key, String message) {
      super(message);
      this.key = key;
    }

    /** Dotted path of the key within the kernel. */
    public String key() {
      return key;
    }
  }
}
