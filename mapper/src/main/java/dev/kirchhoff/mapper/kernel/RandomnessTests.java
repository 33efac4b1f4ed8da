package dev.kirchhoff.mapper.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statistical tests of random bits: the p-value, probability that ideal bits look less random than
 * the given ones. Under the hypothesis of ideal bits p-values are uniform.
 *
 * <p>Source: A. Rukhin et al., NIST Special Publication 800-22 rev. 1a (2010), sections 2.1 to 2.4
 * and 2.11 to 2.13; seven of its fifteen tests. Serial has two p-values. Long patterns (templates,
 * matrix ranks, spectrum) are not tested.
 */
final class RandomnessTests {
  private static final int BLOCK = 128;
  private static final int SERIAL = 5;
  private static final int ENTROPY = 4;
  private static final int SHORT = 6272;

  /** Probabilities of the longest run of ones: at most 1, 2, 3, more, in blocks of 8 bits. */
  private static final double[] LONGEST_OF_8 = {0.2148, 0.3672, 0.2305, 0.1875};

  /** Likewise at most 4, 5, 6, 7, 8, more, in blocks of 128 bits. */
  private static final double[] LONGEST_OF_128 = {0.1174, 0.2430, 0.2493, 0.1752, 0.1027, 0.1124};

  private RandomnessTests() {}

  /** P-values by name of the test. */
  static Map<String, Double> pValues(boolean[] bits) {
    Map<String, Double> p = new LinkedHashMap<>();
    p.put("monobit", monobit(bits));
    p.put("block frequency", blockFrequency(bits, BLOCK));
    p.put("runs", runs(bits));
    p.put("longest run", longestRun(bits));
    p.put("cumulative sums", cumulativeSums(bits));
    p.put("serial, first", serial(bits, SERIAL, false));
    p.put("serial, second", serial(bits, SERIAL, true));
    p.put("approximate entropy", approximateEntropy(bits, ENTROPY));
    return p;
  }

  /** Share of ones. */
  static double share(boolean[] bits) {
    return share(bits, 0, bits.length);
  }

  private static double share(boolean[] bits, int from, int to) {
    int ones = 0;
    for (int i = from; i < to; i++) {
      ones += bits[i] ? 1 : 0;
    }
    return (double) ones / (to - from);
  }

  static double monobit(boolean[] bits) {
    return SpecialFunctions.erfc(
        Math.abs(2 * share(bits) - 1) * Math.sqrt(bits.length) / Math.sqrt(2));
  }

  static double blockFrequency(boolean[] bits, int block) {
    int blocks = bits.length / block;
    double chiSquared = 0;
    for (int b = 0; b < blocks; b++) {
      double excess = share(bits, b * block, (b + 1) * block) - 0.5;
      chiSquared += 4 * block * excess * excess;
    }
    return SpecialFunctions.upperGamma(blocks / 2.0, chiSquared / 2);
  }

  static double runs(boolean[] bits) {
    double share = share(bits);
    int n = bits.length;
    if (Math.abs(share - 0.5) >= 2 / Math.sqrt(n)) {
      return 0;
    }
    int runs = 1;
    for (int i = 1; i < n; i++) {
      runs += bits[i] == bits[i - 1] ? 0 : 1;
    }
    double mixed = share * (1 - share);
    return SpecialFunctions.erfc(Math.abs(runs - 2 * n * mixed) / (2 * Math.sqrt(2.0 * n) * mixed));
  }

  static double longestRun(boolean[] bits) {
    boolean isShort = bits.length < SHORT;
    int block = isShort ? 8 : BLOCK;
    int first = isShort ? 1 : 4;
    double[] expected = isShort ? LONGEST_OF_8 : LONGEST_OF_128;
    int blocks = bits.length / block;
    int[] found = new int[expected.length];
    for (int b = 0; b < blocks; b++) {
      int longest = 0;
      int run = 0;
      for (int i = b * block; i < (b + 1) * block; i++) {
        run = bits[i] ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      found[Math.max(0, Math.min(expected.length - 1, longest - first))]++;
    }
    double chiSquared = 0;
    for (int c = 0; c < expected.length; c++) {
      double difference = found[c] - blocks * expected[c];
      chiSquared += difference * difference / (blocks * expected[c]);
    }
    return SpecialFunctions.upperGamma((expected.length - 1) / 2.0, chiSquared / 2);
  }

  static double cumulativeSums(boolean[] bits) {
    int n = bits.length;
    int sum = 0;
    int z = 0;
    for (boolean bit : bits) {
      sum += bit ? 1 : -1;
      z = Math.max(z, Math.abs(sum));
    }
    double unit = z / Math.sqrt(n);
    double p = 1;
    int last = (int) Math.floor(((double) n / z - 1) / 4);
    for (int k = (int) Math.ceil((-(double) n / z + 1) / 4); k <= last; k++) {
      p -=
          SpecialFunctions.normal((4 * k + 1) * unit) - SpecialFunctions.normal((4 * k - 1) * unit);
    }
    for (int k = (int) Math.ceil((-(double) n / z - 3) / 4); k <= last; k++) {
      p +=
          SpecialFunctions.normal((4 * k + 3) * unit) - SpecialFunctions.normal((4 * k + 1) * unit);
    }
    return Math.max(0, Math.min(1, p));
  }

  /** Counts of overlapping patterns of a length, the sequence taken as a ring. */
  private static int[] patterns(boolean[] bits, int length) {
    int[] counts = new int[1 << length];
    for (int i = 0; i < bits.length; i++) {
      int pattern = 0;
      for (int k = 0; k < length; k++) {
        pattern = 2 * pattern + (bits[(i + k) % bits.length] ? 1 : 0);
      }
      counts[pattern]++;
    }
    return counts;
  }

  private static double psiSquared(boolean[] bits, int length) {
    if (length == 0) {
      return 0;
    }
    double squares = 0;
    for (int count : patterns(bits, length)) {
      squares += (double) count * count;
    }
    return squares * (1 << length) / bits.length - bits.length;
  }

  static double serial(boolean[] bits, int length, boolean isSecond) {
    double whole = psiSquared(bits, length);
    double less = psiSquared(bits, length - 1);
    if (!isSecond) {
      return SpecialFunctions.upperGamma(1 << (length - 2), (whole - less) / 2);
    }
    double least = psiSquared(bits, length - 2);
    return SpecialFunctions.upperGamma(Math.scalb(1.0, length - 3), (whole - 2 * less + least) / 2);
  }

  private static double phi(boolean[] bits, int length) {
    double sum = 0;
    for (int count : patterns(bits, length)) {
      double share = (double) count / bits.length;
      sum += count == 0 ? 0 : share * StrictMath.log(share);
    }
    return sum;
  }

  static double approximateEntropy(boolean[] bits, int length) {
    double entropy = phi(bits, length) - phi(bits, length + 1);
    double chiSquared = 2 * bits.length * (StrictMath.log(2) - entropy);
    return SpecialFunctions.upperGamma(1 << (length - 1), chiSquared / 2);
  }
}
