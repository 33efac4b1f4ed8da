package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.proof.FrontProof;
import dev.kirchhoff.dse.proof.Proof;
import dev.kirchhoff.dse.proof.Unprovable;
import dev.kirchhoff.dse.steer.CommandKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;

/** Options of a search that ends with the proof of its front. */
final class GapArguments {
  private static final double MOST_PERCENT = 100;

  @Option(
      names = "--gap",
      paramLabel = "PERCENT",
      description =
          "After the search, bound all designs of the space until none can be ahead of the front by"
              + " more; designs that this finds join the run.")
  private Double gap_percent;

  @Option(
      names = "--gap-time",
      paramLabel = "TIME",
      description = "Time after which that ends (default: ${DEFAULT-VALUE}).")
  private String time = "60s";

  /** True if a proof is wanted. */
  boolean isWanted() {
    return gap_percent != null;
  }

  /** Share at which a proof is done. */
  double gap() {
    return share(gap_percent);
  }

  Duration limit() {
    return RunArguments.duration("--gap-time", time);
  }

  /** A gap in percent as a share. */
  static double share(double percent) {
    if (!(percent > 0 && percent <= MOST_PERCENT)) {
      throw new UsageException("--gap is " + percent + ", must be above 0 and at most 100");
    }
    return percent / 100;
  }

  /**
   * Checks the options, and whether a space has bounds.
   *
   * @throws UsageException if not
   */
  void check(DesignSpec spec) {
    if (isWanted()) {
      gap();
      limit();
      try {
        FrontProof.requireBounds(spec);
      } catch (Unprovable unprovable) {
        throw refusal(unprovable);
      }
    }
  }

  static UsageException refusal(Unprovable unprovable) {
    return new UsageException("a space without bounds: " + unprovable.getMessage());
  }

  /** Proves a front, and tells how far it is. */
  static Proof prove(
      DesignSpec spec, ExploreResult result, double gap, BooleanSupplier stop, Console console)
      throws Unprovable {
    List<double[]> front =
        result.front().stream()
            .map(member -> member.values().stream().mapToDouble(value -> value).toArray())
            .toList();
    try (WorkLine line = WorkLine.begin(console, "blocks of designs", 1)) {
      return FrontProof.of(spec, front, gap, stop, line::reach);
    }
  }

  /** Commands that bring designs which a proof found into their run, with a budget for them. */
  static List<RunEvent.Command> commands(
      DesignSpec spec, Proof proof, long evaluated, long budget) {
    List<RunEvent.Command> commands = new ArrayList<>();
    long all = evaluated + proof.found().size();
    if (all > budget) {
      commands.add(
          new RunEvent.Command("proof-budget", CommandKind.BUDGET.word(), null, null, null, all));
    }
    for (Proof.Found found : proof.found()) {
      Map<String, String> knobs = new LinkedHashMap<>();
      for (int k = 0; k < found.ordinals().size(); k++) {
        int ordinal = found.ordinals().get(k);
        if (ordinal != Knob.ABSENT) {
          Knob knob = spec.knobs().get(k);
          knobs.put(knob.path(), knob.values().get(ordinal));
        }
      }
      String id = "proof-" + (commands.size() + 1);
      commands.add(new RunEvent.Command(id, CommandKind.INJECT.word(), null, knobs, null, null));
    }
    return commands;
  }
}
