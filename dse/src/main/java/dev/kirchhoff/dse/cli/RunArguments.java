package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a run that begins or continues: its length, its outputs and its report. */
final class RunArguments {
  @Mixin StreamArguments stream = new StreamArguments();
  @Mixin SimulateArguments simulation = new SimulateArguments();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "After this time no further design is computed: 30s, 10min.")
  private String time;

  @Option(names = "--all", description = "Print every design of the front.")
  boolean all;

  @Option(names = "--json", description = "Print the front as JSON.")
  boolean json;

  /** Time after which no further design is computed, where one is set. */
  Optional<Duration> limit() {
    return Optional.ofNullable(time).map(text -> duration("--time", text));
  }

  /** A time that an option gives, more than 0. */
  static Duration duration(String option, String text) {
    if (Units.isNumber(text)) {
      throw new UsageException(
          option + " is " + text + " without a unit; write " + text + " s or " + text + " min");
    }
    try {
      double time_ns = Units.quantity(text, Dimension.TIME);
      if (time_ns <= 0) {
        throw new UsageException(option + " is " + text + ", must be more than 0");
      }
      return Duration.ofNanos((long) time_ns);
    } catch (Units.UnitException e) {
      throw new UsageException(option + " " + e.getMessage());
    }
  }
}
