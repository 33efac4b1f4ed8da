package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.workload.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a PE and cells that the kernels of a workload need. A spec that leaves a choice is good:
 * designs without the part are infeasible, by the number of parts that they lack.
 */
final class KernelPartsCheck {
  private static final String NONE = "none";
  private static final String SIGNS = "xnor";
  private static final String PAIR = "differential";

  private final Value.Section pe;
  private final Place place;
  private final Problems problems;

  private KernelPartsCheck(Value.Section pe, Place place, Problems problems) {
    this.pe = pe;
    this.place = place;
    this.problems = problems;
  }

  /**
   * Checks a spec.
   *
   * @param root the spec with its choices
   * @param jobs workload of the design that it starts at
   */
  static void check(Value.Section root, List<Job> jobs, Problems problems) {
    if (!(root.get("chip") instanceof Value.Section chip)
        || !(chip.get("pe") instanceof Value.Section pe)) {
      return;
    }
    KernelPartsCheck check = new KernelPartsCheck(pe, root.get("workload").place(), problems);
    for (Job job : jobs) {
      job.kernel().ifPresent(task -> check.check(chip, task.kernel()));
    }
  }

  private void check(Value.Section chip, Kernel kernel) {
    encoding(chip, kernel);
    oneBitCells(chip, kernel);
    if (kernel.readsBack()) {
      require(kernel, "transpose", "reads its matrix in both directions", "shared or own");
    }
    if (kernel.solves()) {
      require(kernel, "feedback", "closes a loop of amplifiers around its array", "amplifiers");
    }
    if (kernel.draws()) {
      require(kernel, "random", "draws random numbers", "digital, counter or device");
    }
  }

  /**
   * Cells of a pair that hold a sign alone hold no matrix of a kernel, and those of offset elements
   * a 0 in the middle of their window, where no gate finds it.
   */
  private void encoding(Value.Section chip, Kernel kernel) {
    if (chip.get("crossbar") instanceof Value.Section crossbar
        && crossbar.get("weights") instanceof Value.Section weights) {
      Value value = weights.get("encoding");
      List<String> words = new ArrayList<>();
      words(value, words);
      boolean areSigns = words.stream().allMatch(SIGNS::equals);
      boolean isUnfit = areSigns || kernel.usesGates() && !words.contains(PAIR);
      if (!words.isEmpty() && isUnfit) {
        problems.add(
            value.place().equals(Place.DEFAULT) ? place : value.place(),
            "crossbar.weights.encoding",
            (areSigns
                    ? "is xnor, whose cells hold signs alone, but the elements of the kernel "
                        + kernel.word()
                        + " have magnitudes"
                    : "is offset, whose cells hold a 0 in the middle of their window, but the gates"
                        + " of the kernel "
                        + kernel.word()
                        + " need it at the end")
                + "; allowed here: differential"
                + (kernel.usesGates() ? "" : " or offset"));
      }
    }
  }

  /** Elements of a kernel, which change one by one, lie in equal cells. */
  private void oneBitCells(Value.Section chip, Kernel kernel) {
    if (chip.get("crossbar") instanceof Value.Section crossbar
        && crossbar.get("weights") instanceof Value.Section weights) {
      List<Value.Number> counts = new ArrayList<>();
      numbers(weights.get("oneBitCells"), counts);
      if (counts.stream().anyMatch(count -> count.number() > 0)) {
        problems.add(
            weights.get("oneBitCells").place(),
            "crossbar.weights.oneBitCells",
            "mixes cells of two sizes, but the elements of the kernel "
                + kernel.word()
                + " lie in equal ones; allowed here: 0");
      }
    }
  }

  private void require(Kernel kernel, String key, String need, String allowed) {
    Value value = pe.get(key);
    List<String> words = new ArrayList<>();
    words(value, words);
    if (words.stream().allMatch(NONE::equals)) {
      problems.add(
          value.place().equals(Place.DEFAULT) ? place : value.place(),
          "pe." + key,
          "is none, but the kernel " + kernel.word() + " " + need + "; allowed here: " + allowed);
    }
  }

  private static void numbers(Value value, List<Value.Number> into) {
    if (value instanceof Value.Number number) {
      into.add(number);
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> numbers(item, into));
    }
  }

  private static void words(Value value, List<String> into) {
    if (value instanceof Value.Word word) {
      into.add(word.text());
    } else if (value instanceof Value.Section section) {
      into.add(section.shape().name());
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> words(item, into));
    }
  }
}
