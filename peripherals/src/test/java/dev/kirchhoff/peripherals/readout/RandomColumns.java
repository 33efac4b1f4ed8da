package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;
import java.util.Random;

/** Columns of all kinds, for laws over all readouts. */
public final class RandomColumns {
  private static final double[] NODES_NM = {5, 7, 10, 14, 16, 20, 22, 28, 32, 45, 65, 90, 130, 180};

  private RandomColumns() {}

  /** A column of random sizes, with and without stated times. */
  public static ReadoutColumn of(Random random) {
    Process process = process(random);
    int bits = 1 + random.nextInt(12);
    ColumnLoad load =
        new ColumnLoad(
            256,
            1 + random.nextInt(256),
            5 + 50 * random.nextDouble(),
            2 + 20 * random.nextDouble(),
            0.05 + 0.3 * random.nextDouble());
    Signal signal =
        switch (random.nextInt(3)) {
          case 0 -> Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, 300);
          case 1 ->
              Signal.ofCurrent(
                  Circuits.CATALOGUE,
                  process,
                  load,
                  bits,
                  random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(1),
                  random.nextBoolean(),
                  300);
          default ->
              Signal.ofOpenColumn(
                  Circuits.CATALOGUE,
                  process,
                  load,
                  bits,
                  random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(1),
                  random.nextBoolean(),
                  300);
        };
    int width = 1 + random.nextInt(4);
    PulseTrain train =
        random.nextBoolean()
            ? PulseTrain.ONE
            : new PulseTrain(2, width, 1 << width, width / 2.0, random.nextBoolean());
    return new ReadoutColumn(
        Circuits.CATALOGUE,
        process,
        bits,
        stated(random, 3, 3),
        load,
        signal,
        train,
        StrictMath.exp(8 * random.nextDouble() - 2),
        1 + random.nextInt(64),
        4 * width,
        0.5 + random.nextDouble(),
        stated(random, 3, 1),
        random.nextBoolean());
  }

  /** A process of random node, supply, flavour and temperature. */
  public static Process process(Random random) {
    Flavour flavour = random.nextBoolean() ? Flavour.LOW_POWER : Flavour.HIGH_PERFORMANCE;
    return Process.of(
        new Technology(
            NODES_NM[random.nextInt(NODES_NM.length)],
            0.3 + 1.5 * random.nextDouble(),
            flavour,
            250 + 150 * random.nextDouble()));
  }

  private static OptionalDouble stated(Random random, int oneOf, double below) {
    return random.nextInt(oneOf) > 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(StrictMath.exp(6 * random.nextDouble() - below));
  }
}
