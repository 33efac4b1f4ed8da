package dev.kirchhoff.arch.spec;

/**
 * A key of a mapping.
 *
 * @param name its name
 * @param type what may stand there
 * @param defaultText what stands there if it is not written, as YAML; empty = nothing, {@link
 *     #REQUIRED} = it must be written
 * @param isSetting whether given figures of the same mapping hold for one value of it only
 * @param doc what it means, in a sentence
 */
public record Key(String name, Type type, String defaultText, boolean isSetting, String doc) {
  /** Marks a key that must be written. */
  public static final String REQUIRED = "\0required";

  /** A key with a default. */
  public static Key of(String name, Type type, String defaultText, String doc) {
    return new Key(name, type, defaultText, false, doc);
  }

  /** A key that may be absent. */
  public static Key optional(String name, Type type, String doc) {
    return new Key(name, type, "", false, doc);
  }

  /** A key that must be written. */
  public static Key required(String name, Type type, String doc) {
    return new Key(name, type, REQUIRED, false, doc);
  }

  /** Copy of this key as a setting that given figures hold for. */
  public Key setting() {
    return new Key(name, type, defaultText, true, doc);
  }

  /** True if it must be written. */
  public boolean isRequired() {
    return defaultText.equals(REQUIRED);
  }
}
