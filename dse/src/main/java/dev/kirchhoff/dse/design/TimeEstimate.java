package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Estimated time of all designs of a space on this machine's processors, from random designs that
 * are priced for a moment. A young program is slow: what was measured at the end of that moment is
 * divided by {@link #SETTLES}. Good to about a factor of two.
 */
public final class TimeEstimate {
  private static final double SAMPLE_S = 0.9;
  private static final double COUNTED_S = 0.3;

  /** Elapsed time after which a busy machine ends the measurement. */
  private static final double PATIENCE_S = 3;

  /**
   * Speed of a whole search against the speed after {@link #SAMPLE_S}. Pricing alone becomes 2.6 to
   * 3.7 times faster with the short commands' compiler, and 1.6 to 2.3 times with the search's
   * (resnet18-reram, quickstart, vgg8-pcm); a table or a log costs about half of that again
   * (442,368 designs: 2.9 s of pricing, 5.5 s as a table, 7 s with a log). Measured on JDK 17 with
   * two processors; the value between is assumed.
   */
  private static final double SETTLES = 1.6;

  private static final int BATCH = 16;

  private TimeEstimate() {}

  /** Seconds for the whole space; empty if there is nothing to be priced. */
  public static OptionalDouble seconds(DesignSpec spec, DesignSpace space) {
    if (!spec.hasWorkload() || spec.objectives().isEmpty()) {
      return OptionalDouble.empty();
    }
    SpecProblemSpace problem = new SpecProblemSpace(spec);
    Session session = problem.newSession();
    SplittableRandom random = new SplittableRandom(1);
    double[] values = new double[problem.objectives().size()];
    double[] violations = new double[problem.constraints().size()];
    double[] relative = new double[violations.length];
    int[] design = new int[space.dimension()];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    long beginOfWork = threads.getCurrentThreadCpuTime();
    double worked_s = 0;
    double last_s = 0;
    OptionalDouble countedFrom_s = OptionalDouble.empty();
    long priced = 0;
    long counted = 0;
    while (worked_s < SAMPLE_S
        && (System.nanoTime() - begin) * 1e-9 < PATIENCE_S
        && BigInteger.valueOf(priced).compareTo(space.size()) < 0) {
      for (int i = 0; i < BATCH; i++) {
        space.random(random, design);
        if (!session.prune(design, violations, relative)) {
          session.evaluate(design, values, violations, relative);
        }
      }
      priced += BATCH;
      double before_s = worked_s;
      worked_s = (threads.getCurrentThreadCpuTime() - beginOfWork) * 1e-9;
      last_s = worked_s - before_s;
      if (countedFrom_s.isPresent()) {
        counted += BATCH;
      } else if (worked_s >= SAMPLE_S - COUNTED_S) {
        countedFrom_s = OptionalDouble.of(worked_s);
      }
    }
    double all = space.size().doubleValue();
    if (BigInteger.valueOf(priced).compareTo(space.size()) >= 0) {
      return OptionalDouble.of(worked_s * all / priced);
    }
    double each_s =
        counted > 0 ? (worked_s - countedFrom_s.getAsDouble()) / counted : last_s / BATCH;
    return OptionalDouble.of(all * each_s / SETTLES / Runtime.getRuntime().availableProcessors());
  }

  /** A duration in a sentence: {@code about 66 min}, {@code less than a second}. */
  public static String about(double seconds) {
    String words = words(seconds);
    return Character.isDigit(words.charAt(0)) ? "about " + words : words;
  }

  /** A duration of which only the size is known: two digits at most. */
  public static String words(double seconds) {
    if (seconds < 1) {
      return "less than a second";
    }
    double[] sizes = {31557600, 86400, 3600, 60, 1};
    String[] names = {"year", "day", "hour", "min", "s"};
    int unit = 0;
    while (unit < sizes.length - 1 && seconds < 1.5 * sizes[unit]) {
      unit++;
    }
    double amount = seconds / sizes[unit];
    boolean isWord = unit < 3;
    if (amount >= 1000) {
      return "more than 1,000 " + names[unit] + "s";
    }
    double step = amount < 10 ? 1 : Math.pow(10, Math.floor(Math.log10(amount)) - 1);
    long rounded = Math.round(Math.round(amount / step) * step);
    return Units.count(rounded) + " " + names[unit] + (isWord && rounded != 1 ? "s" : "");
  }
}
