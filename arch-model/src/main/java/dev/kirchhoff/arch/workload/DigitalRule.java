package dev.kirchhoff.arch.workload;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The digital work that a layer is followed by, counted from a short description such as {@code
 * "bias add relu max3@56x56"}.
 *
 * <p>Each word is an operation on E elements. E is the layer's outputs, or {@code rows × columns ×
 * channels} where the word says {@code @rowsxcolumns} or {@code @rowsxcolumnsxchannels}; channels
 * are the layer's unless given. For {@code norm} a vector is one position, so that there are {@code
 * rows × columns} of them; for {@code softmax} it is one position of one group (head).
 *
 * <table>
 *   <caption>Counts per element, and what is added per vector</caption>
 *   <tr><td>{@code bias}</td><td>1 BIAS: a bias, or a normalisation folded into the weights</td></tr>
 *   <tr><td>{@code relu}</td><td>1 RELU, clipped or not</td></tr>
 *   <tr><td>{@code lookup}</td><td>1 LOOKUP: tanh, hard swish, hard sigmoid, GELU</td></tr>
 *   <tr><td>{@code add}</td><td>1 ADD: residual addition, sum of embeddings</td></tr>
 *   <tr><td>{@code mac}, {@code scale}</td><td>1 MULTIPLY_ACCUMULATE: product with a gate, affine
 *       map</td></tr>
 *   <tr><td>{@code max}k</td><td>k² − 1 MAX_COMPARE per pooled element, padding not subtracted</td>
 *   </tr>
 *   <tr><td>{@code avg}k</td><td>k² − 1 ADD and 1 MULTIPLY_ACCUMULATE (division) per pooled element
 *       </td></tr>
 *   <tr><td>{@code renorm}</td><td>1 MULTIPLY_ACCUMULATE and 1 RELU: normalisation that no layer can
 *       absorb</td></tr>
 *   <tr><td>{@code norm}</td><td>1 ADD (mean), 3 MULTIPLY_ACCUMULATE (squares, centring and scaling,
 *       gain and offset); 1 LOOKUP (inverse root) per vector</td></tr>
 *   <tr><td>{@code softmax}</td><td>2 MULTIPLY_ACCUMULATE (scale before, after), 1 MAX_COMPARE, 1
 *       LOOKUP (exponent), 1 ADD; 1 LOOKUP (reciprocal) per vector</td></tr>
 *   <tr><td>{@code upsample}</td><td>4 MULTIPLY_ACCUMULATE, bilinear</td></tr>
 *   <tr><td>{@code rotary}</td><td>2 MULTIPLY_ACCUMULATE, rotation of a pair of channels</td></tr>
 * </table>
 *
 * <p>A word with a number counts itself, whatever the shape: {@code mac=1024}. The words are {@code
 * bias}, {@code relu}, {@code lookup}, {@code compare}, {@code add} and {@code mac}, one for each
 * {@link DigitalOperation}; any digital work can be said with them ({@link #text}).
 *
 * <p>Neglected: address arithmetic, the final softmax or arg max of a classifier, savings of a
 * sliding window. The counts are those of the plain definitions; a unit that does better needs
 * another rule.
 */
public final class DigitalRule {
  private static final Pattern WORD =
      Pattern.compile("([a-z]+)([0-9]*)(?:@([0-9]+)x([0-9]+)(?:x([0-9]+))?)?");

  private static final Pattern COUNTED = Pattern.compile("([a-z]+)=([0-9]{1,18})");

  /** The words of counted work, in the order of {@link DigitalOperation}. */
  private static final List<String> COUNTED_WORDS =
      List.of("bias", "relu", "lookup", "compare", "add", "mac");

  private final Map<DigitalOperation, Long> counts = new EnumMap<>(DigitalOperation.class);

  private DigitalRule() {}

  /**
   * The work that {@code description} stands for.
   *
   * @param description words as above, separated by spaces; empty for none
   * @param shape the layer's shape
   * @return at most one entry per operation, in the order of {@link DigitalOperation}
   * @throws IllegalArgumentException if a word is unknown or its size is missing or out of place
   */
  public static List<DigitalWork> work(String description, MatrixShape shape) {
    DigitalRule rule = new DigitalRule();
    for (String word : description.strip().split(" +")) {
      if (!word.isEmpty()) {
        rule.count(word, shape);
      }
    }
    List<DigitalWork> work = new ArrayList<>();
    rule.counts.forEach((operation, elements) -> work.add(new DigitalWork(operation, elements)));
    return List.copyOf(work);
  }

  /** The description that stands for {@code work}, whatever the shape: {@code bias=10 relu=10}. */
  public static String text(List<DigitalWork> work) {
    StringBuilder text = new StringBuilder();
    for (DigitalWork each : work) {
      text.append(text.isEmpty() ? "" : " ")
          .append(COUNTED_WORDS.get(each.operation().ordinal()))
          .append('=')
          .append(each.elements());
    }
    return text.toString();
  }

  private void count(String word, MatrixShape shape) {
    Matcher counted = COUNTED.matcher(word);
    if (counted.matches()) {
      int operation = COUNTED_WORDS.indexOf(counted.group(1));
      if (operation < 0) {
        throw new IllegalArgumentException(
            "The digital work ("
                + word
                + ") can count "
                + String.join(", ", COUNTED_WORDS)
                + ", as in mac=1024.");
      }
      add(DigitalOperation.values()[operation], Long.parseLong(counted.group(2)));
      return;
    }
    Matcher matcher = WORD.matcher(word);
    if (!matcher.matches()) {
      throw unknown(word);
    }
    String name = matcher.group(1);
    boolean pool = name.equals("max") || name.equals("avg");
    boolean sized = matcher.group(3) != null;
    if (pool != !matcher.group(2).isEmpty() || pool && !sized) {
      throw unknown(word);
    }
    int channels = shape.outputsPerGroup() * shape.groups();
    long positions = shape.vectors();
    if (sized) {
      positions = number(matcher.group(3), word) * number(matcher.group(4), word);
      channels =
          Optional.ofNullable(matcher.group(5))
              .map(text -> (int) number(text, word))
              .orElse(channels);
    }
    long elements = positions * channels;
    if (pool) {
      long side = number(matcher.group(2), word);
      pool(name, side * side - 1, elements);
    } else {
      elementwise(word, name, elements, positions, shape.groups());
    }
  }

  private void pool(String name, long perElement, long elements) {
    if (name.equals("max")) {
      add(DigitalOperation.MAX_COMPARE, perElement * elements);
    } else {
      add(DigitalOperation.ADD, perElement * elements);
      add(DigitalOperation.MULTIPLY_ACCUMULATE, elements);
    }
  }

  private void elementwise(String word, String name, long elements, long positions, int groups) {
    switch (name) {
      case "bias" -> add(DigitalOperation.BIAS, elements);
      case "relu" -> add(DigitalOperation.RELU, elements);
      case "lookup" -> add(DigitalOperation.LOOKUP, elements);
      case "add" -> add(DigitalOperation.ADD, elements);
      case "mac", "scale" -> add(DigitalOperation.MULTIPLY_ACCUMULATE, elements);
      case "upsample" -> add(DigitalOperation.MULTIPLY_ACCUMULATE, 4 * elements);
      case "rotary" -> add(DigitalOperation.MULTIPLY_ACCUMULATE, 2 * elements);
      case "renorm" -> {
        add(DigitalOperation.MULTIPLY_ACCUMULATE, elements);
        add(DigitalOperation.RELU, elements);
      }
      case "norm" -> {
        add(DigitalOperation.ADD, elements);
        add(DigitalOperation.MULTIPLY_ACCUMULATE, 3 * elements);
        add(DigitalOperation.LOOKUP, positions);
      }
      case "softmax" -> {
        add(DigitalOperation.MULTIPLY_ACCUMULATE, 2 * elements);
        add(DigitalOperation.MAX_COMPARE, elements);
        add(DigitalOperation.LOOKUP, elements + positions * groups);
        add(DigitalOperation.ADD, elements);
      }
      default -> throw unknown(word);
    }
  }

  private void add(DigitalOperation operation, long elements) {
    counts.merge(operation, elements, Math::addExact);
  }

  private static long number(String digits, String word) {
    try {
      int value = Integer.parseInt(digits);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException tooLarge) {
      // Falls through to the one message for every number that is out of range.
    }
    throw new IllegalArgumentException(
        "The digital work (" + word + ") must have sizes between 1 and 2147483647.");
  }

  private static IllegalArgumentException unknown(String word) {
    return new IllegalArgumentException(
        "The digital work ("
            + word
            + ") must be one of bias, relu, lookup, add, mac, scale, maxK,"
            + " avgK, renorm, norm, softmax, upsample, rotary.\n"
            + "Maybe a pool misses its kernel or its output map, as in max3@56x56.");
  }
}
