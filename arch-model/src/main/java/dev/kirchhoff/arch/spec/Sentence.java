package dev.kirchhoff.arch.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sentences of a pattern with its arguments in the order of {@code {}}, which may hold a format
 * ({@code {%.1f}}). A choice {@code {one|many}} takes the number of the last count before it, so
 * that no caller puts a sentence together from halves.
 *
 * <pre>{@code
 * Sentence.of("{} layer{|s} of {} {takes|take} {} %", 1200, "vgg8", 0.25);
 * // 1,200 layers of vgg8 take 0.250 %
 * }</pre>
 */
public final class Sentence {
  private static final Pattern PLACE = Pattern.compile("\\{(?:([^{}|]*)\\|([^{}|]*)|(%[^{}|]+))?}");

  private Sentence() {}

  /** The sentence. */
  public static String of(String pattern, Object... arguments) {
    Matcher places = PLACE.matcher(pattern);
    StringBuilder sentence = new StringBuilder();
    boolean isOne = false;
    int next = 0;
    while (places.find()) {
      String word;
      if (places.group(1) == null) {
        Object argument = arguments[next++];
        isOne = isCount(argument) ? ((Number) argument).longValue() == 1 : isOne;
        word =
            places.group(3) == null
                ? word(argument)
                : String.format(Locale.ROOT, places.group(3), argument);
      } else {
        word = places.group(isOne ? 1 : 2);
      }
      places.appendReplacement(sentence, Matcher.quoteReplacement(word));
    }
    if (next != arguments.length) {
      throw new IllegalArgumentException(
          "The pattern (" + pattern + ") must have a place for each of its arguments.");
    }
    return places.appendTail(sentence).toString();
  }

  /**
   * An argument as it is printed: counts with separated thousands, other numbers with three
   * significant digits, lists with commas, a dash for none.
   */
  public static String word(Object argument) {
    if (argument instanceof Optional<?> optional) {
      return optional.map(Sentence::word).orElse("-");
    }
    if (argument instanceof OptionalDouble optional) {
      return optional.isPresent() ? Units.significant(optional.getAsDouble()) : "-";
    }
    if (argument instanceof Collection<?> list) {
      return list.stream().map(Sentence::word).collect(Collectors.joining(", "));
    }
    if (argument instanceof Double number) {
      return Units.significant(number);
    }
    return isCount(argument)
        ? Units.count(((Number) argument).longValue())
        : String.valueOf(argument);
  }

  private static boolean isCount(Object argument) {
    return argument instanceof Integer || argument instanceof Long;
  }
}
