package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Layers;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Constraints on a list of layers, each key valid by itself; every problem stands at the line of
 * its layer.
 *
 * <p>Statistics of values within −1..1 are impossible if mean |x| is above rms, or above the share
 * of values that are not zero, or below rms². A layer may read fewer channels than others write (a
 * part of them), or a multiple (whole maps in a row, copies); any other number above theirs is
 * warned of, since values that no layer writes may still come from somewhere else.
 */
final class NetworkCheck {
  /** Rounding of statistics as people write them (assumed). */
  private static final double ROUNDING = 1.01;

  private final Problems problems;
  private final String path;
  private final List<Value> items;
  private final List<Layers.Description> layers = new ArrayList<>();

  private NetworkCheck(List<Value> items, String path, Problems problems) {
    this.items = items;
    this.path = path;
    this.problems = problems;
  }

  /**
   * Checks the layers of a section.
   *
   * @param path path of the list, {@code layers}
   */
  static void check(View.Section section, String path, Problems problems) {
    Value.Items list = (Value.Items) section.raw("layers");
    if (list.items().isEmpty()) {
      problems.add(list.place(), path, "must hold at least one layer");
      return;
    }
    NetworkCheck check = new NetworkCheck(list.items(), path, problems);
    if (check.read(section) && check.join()) {
      check.channels();
    }
  }

  /** Reads each layer by itself; tells whether all can be read. */
  private boolean read(View.Section section) {
    Map<String, Integer> indices = new HashMap<>();
    boolean isGood = true;
    for (int i = 0; i < items.size(); i++) {
      View.Section layer = section.of(items.get(i));
      statistics(layer, i, "inputValues");
      statistics(layer, i, "weightValues");
      try {
        Layers.Description description = LayerReader.layer(layer, i, indices);
        layers.add(description);
        indices.put(description.name(), i);
      } catch (IllegalArgumentException e) {
        problems.add(place(i), at(i), e.getMessage());
        isGood = false;
      }
    }
    return isGood;
  }

  /** Makes a network of the layers; tells whether that can be. */
  private boolean join() {
    String problem = problem(items.size());
    if (problem.isEmpty()) {
      return true;
    }
    // A fault of the first layers remains with more of them: bisection finds the fewest layers that
    // have it.
    int good = 0;
    int bad = items.size();
    while (bad - good > 1) {
      int tried = (good + bad) / 2;
      if (problem(tried).isEmpty()) {
        good = tried;
      } else {
        bad = tried;
      }
    }
    problems.add(place(good), at(good), problem(bad));
    return false;
  }

  private String problem(int count) {
    try {
      Layers.network("list", layers.subList(0, count), "");
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private void statistics(View.Section layer, int i, String key) {
    if (!layer.has(key)) {
      return;
    }
    View.Section values = layer.section(key);
    double zero = values.number("zero");
    double meanAbs = values.number("meanAbs");
    double rms = values.number("rms");
    String problem = "";
    if (meanAbs > rms * ROUNDING) {
      problem = "meanAbs is " + brief(meanAbs) + ", must be at most rms, which is " + brief(rms);
    } else if (meanAbs > (1 - zero) * ROUNDING) {
      problem =
          "meanAbs is "
              + brief(meanAbs)
              + ", must be at most "
              + brief(1 - zero)
              + ", the share of values that are not zero";
    } else if (rms * rms > meanAbs * ROUNDING * ROUNDING) {
      problem =
          "rms is "
              + brief(rms)
              + ", must be at most "
              + brief(Math.sqrt(meanAbs))
              + ", the root of meanAbs, as no value is beyond 1";
    } else if (values.number("negative") > (1 - zero) * ROUNDING) {
      problem =
          "negative is "
              + brief(values.number("negative"))
              + ", must be at most "
              + brief(1 - zero)
              + ", the share of values that are not zero";
    }
    if (!problem.isEmpty()) {
      problems.add(values.place(), at(i) + "." + key, problem);
    }
  }

  private static String brief(double value) {
    return Units.brief(value);
  }

  private void channels() {
    for (int i = 0; i < layers.size(); i++) {
      Layers.Description layer = layers.get(i);
      List<Integer> reads = layer.links().orElse(Links.of(i - 1)).reads();
      if (layer.dynamic() || reads.contains(Links.INPUT)) {
        continue;
      }
      long inputs = (long) layer.shape().inputsPerGroup() * layer.shape().groups();
      long written = 0;
      long step = 0;
      List<String> names = new ArrayList<>();
      for (int read : reads) {
        long channels = channels(layers.get(read).shape());
        written += channels;
        step = greatestDivisor(channels, step);
        names.add(layers.get(read).name());
      }
      if (inputs > written && inputs % step != 0) {
        problems.warn(
            place(i),
            at(i),
            "reads "
                + Units.count(inputs)
                + " channels, "
                + String.join(" and ", names)
                + " write"
                + (names.size() == 1 ? "s " : " ")
                + Units.count(written)
                + "; reads says where the others come from");
      }
    }
  }

  private static long channels(MatrixShape shape) {
    return (long) shape.outputsPerGroup() * shape.groups();
  }

  private static long greatestDivisor(long a, long b) {
    return b == 0 ? a : greatestDivisor(b, a % b);
  }

  private Place place(int i) {
    return items.get(i).place();
  }

  private String at(int i) {
    return path + "[" + i + "]";
  }
}
