package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.InverseNormal;

/**
 * Confidence interval of a share that was counted: Wilson's score interval, (p + z²/2n ± z sqrt(p(1
 * − p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212, doi
 * 10.1080/01621459.1927.10502953. Valid for independent items; draws of a chip share it.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
public record Confidence(double low, double high) {

  /**
   * The interval of a count.
   *
   * @param right items counted, the mean of counts of the same items where there are several
   * @param items all items, at least 1
   * @param level probability that the interval holds the share, such as 0.95
   */
  public static Confidence of(double right, long items, double level) {
    if (items < 1 || !(right >= 0 && right <= items)) {
      throw new IllegalArgumentException(
          "The count (" + right + ") must be between 0 and the items (" + items + ").");
    }
    double z = InverseNormal.of(0.5 + level / 2);
    double p = right / items;
    double middle = p + z * z / (2 * items);
    double half = z * Math.sqrt(p * (1 - p) / items + z * z / (4.0 * items * items));
    double scale = 1 + z * z / items;
    return new Confidence(
        Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale));
  }

  /**
   * Difference of two shares that chance explains at 95 %, z √(2 p (1 − p)/n), for independent
   * items; less for the same items, as those of one study are.
   *
   * @param share approximate value of both, 0 to 1
   * @param items items of each, at least 1
   */
  public static double chance(double share, long items) {
    return InverseNormal.of(0.975) * Math.sqrt(2 * share * (1 - share) / items);
  }
}
