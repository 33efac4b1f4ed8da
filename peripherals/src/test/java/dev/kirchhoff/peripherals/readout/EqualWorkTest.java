package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Test that equal work costs about the same by any readout: a column of a few bits, front end and
 * cells included. From 6 bits on 2^B comparisons lose against B.
 */
class EqualWorkTest {
  private static final List<Bench.Column> COLUMNS = Bench.columns();
  private static final Path DOCUMENT = Path.of("..", "docs", "figures", "equal-work.md");

  /**
   * Column of 4 bits of which a ramp takes less than half of what any other readout but the SAR
   * does: it is shared, and its latches take the 2.9 gates that SPICE says.
   */
  private static final List<Bench.Column> OF_A_RAMP =
      List.of(new Bench.Column(65, 0.85 * 1.1, 256, 5, 0.2));

  /** An oscillator that counts nearly as fast as its ring, in FO4; silicon takes 48. */
  private static final double FAST_COUNT_FO4 = 10;

  private static double work_fJ(Bench.Kind kind, Bench.Column column, int bits) {
    if (kind != Bench.Kind.OSCILLATOR) {
      return column.work_fJ(kind, bits);
    }
    double count_ns = FAST_COUNT_FO4 * column.process().fo4_ns();
    return column.work_fJ(kind, bits, kind.of(column.process(), column.signal(bits), count_ns));
  }

  /** Kinds by their price, an oscillator at its fast count: at that of silicon cells cost more. */
  private static double[] sorted_fJ(Bench.Column column, int bits) {
    return Arrays.stream(Bench.Kind.values())
        .mapToDouble(kind -> work_fJ(kind, column, bits))
        .sorted()
        .toArray();
  }

  @Test
  void atThreeAndFourBitsTheDearestTakesAtMostSixTimesTheCheapest() {
    List<Bench.Column> beyond = new ArrayList<>();
    for (int bits = 3; bits <= 4; bits++) {
      for (Bench.Column column : COLUMNS) {
        double[] sorted_fJ = sorted_fJ(column, bits);
        if (sorted_fJ[sorted_fJ.length - 1] > 6 * sorted_fJ[0]) {
          beyond.add(column);
        }
      }
    }
    assertEquals(List.of(), beyond);
  }

  @Test
  void atThreeAndFourBitsThreeKindsAreWithinAFactorOfTwo() {
    List<Bench.Column> beyond = new ArrayList<>();
    for (int bits = 3; bits <= 4; bits++) {
      for (Bench.Column column : COLUMNS) {
        double[] sorted_fJ = sorted_fJ(column, bits);
        if (sorted_fJ[2] > 2 * sorted_fJ[0]) {
          beyond.add(column);
        }
      }
    }
    assertEquals(OF_A_RAMP, beyond);
  }

  @Test
  void fromSixBitsOnFlashAndRampGrowHalfAsMuchAgainAsASarWithEachBit() {
    for (int bits = 6; bits < 8; bits++) {
      assertTrue(growth(Bench.Kind.FLASH, bits) >= 1.5, "flash of " + bits);
      assertTrue(growth(Bench.Kind.RAMP, bits) >= 1.5, "ramp of " + bits);
    }
  }

  @Test
  void theDocumentedFiguresAreThose() throws IOException {
    String text = document();
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(DOCUMENT, text);
    }
    assertEquals(text, Files.readString(DOCUMENT), DOCUMENT + " is old; -Dkirchhoff.rewrite=true");
  }

  /** Energies of a conversion and their growth with the bits, as docs/figures has them. */
  private static String document() {
    StringBuilder text = new StringBuilder("# Readouts at equal work\n\n");
    text.append("Written by `EqualWorkTest`: energy of a conversion with its front end and the ");
    text.append("cells as long\nas they conduct, for converters of equal signal-to-noise ratio. ");
    text.append("Geometric means over ").append(COLUMNS.size()).append(" columns:\n14 to 65 nm, ");
    text.append("0.85 to 1.1 of the nominal supply, 16 to 256 rows, cells of 5 to 100 uS,\n");
    text.append(
        "0.1 and 0.2 V, calibrated ranges. The last three columns are with an oscillator that counts in 10 FO4, not in the 48 of silicon.\n\n| bits |");
    for (Bench.Kind kind : Bench.Kind.values()) {
      text.append(' ').append(name(kind)).append(" |");
    }
    text.append(" dearest / cheapest: mean, most | columns above 6 | third / cheapest, most |\n");
    text.append("|---|").append("---|".repeat(Bench.Kind.values().length)).append("---|---|---|\n");
    for (int bits = 3; bits <= 8; bits++) {
      text.append("| ").append(bits).append(" |");
      for (Bench.Kind kind : Bench.Kind.values()) {
        int b = bits;
        text.append(format(" %.0f fJ |", mean(column -> column.work_fJ(kind, b))));
      }
      text.append(spread(bits));
    }
    text.append("\nGrowth with one more bit, the geometric mean over the columns, and over that ");
    text.append("of a SAR:\n\n| from bits | SAR |");
    List<Bench.Kind> others = new ArrayList<>(List.of(Bench.Kind.values()));
    others.remove(Bench.Kind.SAR);
    others.forEach(kind -> text.append(' ').append(name(kind)).append(" |"));
    text.append("\n|---|---|").append("---|".repeat(others.size())).append('\n');
    for (int bits = 3; bits < 8; bits++) {
      text.append(format("| %d | %.2f |", bits, own(Bench.Kind.SAR, bits)));
      for (Bench.Kind kind : others) {
        text.append(format(" %.2f, %.2f |", own(kind, bits), growth(kind, bits)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String spread(int bits) {
    List<double[]> sorted = COLUMNS.stream().map(column -> sorted_fJ(column, bits)).toList();
    int last = Bench.Kind.values().length - 1;
    double[] ratios = sorted.stream().mapToDouble(s -> s[last] / s[0]).toArray();
    double mean = Math.exp(Arrays.stream(ratios).map(Math::log).average().orElseThrow());
    return format(
        " %.1f, %.1f | %d | %.2f |\n",
        mean,
        Arrays.stream(ratios).max().orElseThrow(),
        Arrays.stream(ratios).filter(ratio -> ratio > 6).count(),
        sorted.stream().mapToDouble(s -> s[2] / s[0]).max().orElseThrow());
  }

  private static String name(Bench.Kind kind) {
    return kind == Bench.Kind.SAR ? "SAR" : kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private static double mean(ToDoubleFunction<Bench.Column> figure) {
    return Math.exp(
        COLUMNS.stream()
            .mapToDouble(c -> Math.log(figure.applyAsDouble(c)))
            .average()
            .orElseThrow());
  }

  private static double own(Bench.Kind kind, int bits) {
    return mean(column -> column.work_fJ(kind, bits + 1) / column.work_fJ(kind, bits));
  }

  /** Growth with one more bit over that of a SAR, geometric mean over columns. */
  private static double growth(Bench.Kind kind, int bits) {
    return own(kind, bits) / own(Bench.Kind.SAR, bits);
  }
}
