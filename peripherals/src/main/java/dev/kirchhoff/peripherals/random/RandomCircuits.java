package dev.kirchhoff.peripherals.random;

import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/** Circuits of sources of random words. */
public final class RandomCircuits {
  /** Time of a word of a source that draws by itself. */
  public static final String WORD = "word";

  /** Names that the equations of every source may read. */
  public static final Vocabulary<Process> VOCABULARY =
      Vocabulary.<Process>builder()
          .including(ProcessNames.VOCABULARY, process -> process)
          .quantity("word", "bits", "w", "bits of a word", process -> RandomSource.WORD_BITS)
          .build();

  /** Names that the equations of a source which counts a delay may read. */
  public static final Vocabulary<Delay> OF_DELAYS =
      Vocabulary.<Delay>builder()
          .including(VOCABULARY, Delay::process)
          .quantity("delay", "ns", "τ", "mean delay of its device", d -> d.source.delay_ns())
          .quantity("recovery", "ns", "t_r", "time to relax", d -> d.source.recovery_ns())
          .quantity("clock", "GHz", "f", "clock of its counter", d -> d.source.clock_GHz())
          .build();

  private RandomCircuits() {}

  /** Source that counts a delay. */
  public record Delay(Process process, RandomSource.Counter source) {}

  /** Circuit of a source. */
  public static String name(RandomSource source) {
    if (source instanceof RandomSource.Counter) {
      return "delay-counter";
    }
    return source instanceof RandomSource.DeviceNoise ? "noise-read" : "xorshift";
  }

  /** A source in a process. */
  public static SheetCircuit of(Circuits circuits, RandomSource source, Process process) {
    String name = name(source);
    return source instanceof RandomSource.Counter counter
        ? SheetCircuit.of(circuits, name, OF_DELAYS, new Delay(process, counter), process)
        : SheetCircuit.of(circuits, name, VOCABULARY, process, process);
  }
}
