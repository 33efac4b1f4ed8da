package dev.kirchhoff.arch.chip;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Constants of an enum by their words in the spec language.
 *
 * @param <E> the enum
 */
final class WordIndex<E> {
  private final Map<String, E> byWord = new HashMap<>();
  private final String[] words;

  /**
   * An index of constants.
   *
   * @param constants in the order in which the language lists their words, the default first
   */
  WordIndex(E[] constants, Function<E, String> word) {
    words = new String[constants.length];
    for (int i = 0; i < constants.length; i++) {
      words[i] = word.apply(constants[i]);
      byWord.put(words[i], constants[i]);
    }
  }

  /** All words, in order. */
  String[] words() {
    return words.clone();
  }

  /**
   * The constant of a word.
   *
   * @throws IllegalArgumentException if none has the word
   */
  E get(String word) {
    E constant = byWord.get(word);
    if (constant == null) {
      throw new IllegalArgumentException(
          "The word (" + word + ") is none of " + byWord.keySet() + ".");
    }
    return constant;
  }
}
