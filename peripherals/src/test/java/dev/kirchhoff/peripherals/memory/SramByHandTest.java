package dev.kirchhoff.peripherals.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import org.junit.jupiter.api.Test;

/**
 * A static memory at the borders of its regimes: words that do not fill the last row, one word, a
 * bank more, a level of the decoder more, the most columns behind a sense amplifier, two ports.
 */
class SramByHandTest {
  private static final Process NM28 = Process.of(new Technology(28, 0.9, Flavour.LOW_POWER, 300));

  /**
   * Compares energy and area with the sums of sram-6t (9) to (16).
   *
   * @param size_B size
   * @param width bits of a word as asked for
   * @param ports ports
   * @param words words that are stored
   * @param bits bits of a word as stored
   * @param columns columns behind a sense amplifier
   * @param levels levels of the row decoder
   */
  private static void holds(
      double size_B, int width, int ports, int words, int bits, double columns, int levels) {
    SheetCircuit sram = Memories.sram(NM28, size_B, width, ports, 1);
    String what = size_B + " B of " + width + " bits, " + ports + " ports";
    double growth = (ports + 1) / 2.0;
    double pitch_um = Math.sqrt(NM28.sramCell_um2()) * growth;
    double area_um2 =
        8 * size_B * NM28.sramCell_um2() * growth * growth / 0.6
            + bits * ports * 8 * NM28.gate_um2();
    assertEquals(area_um2, sram.area_um2(Account.CLOSED), 1e-9 * area_um2, what);
    double bitline_fF = Math.min(128, words) * (0.2 * pitch_um + 0.15 * 28 / 32);
    double wordline_fF = 0.2 * pitch_um + 2 * 0.028;
    double shared_fJ =
        columns * wordline_fF * 0.81
            + 4.0 * levels / bits * NM28.gate_fJ()
            + 4 * Math.sqrt(area_um2) * NM28.repeatedWire_fJPerUm();
    double read_fJ = shared_fJ + 0.2 * columns * bitline_fF * 0.81 + 8 * NM28.gate_fJ();
    double write_fJ =
        shared_fJ + (1 + 0.2 * (columns - 1)) * bitline_fF * 0.81 + 3 * NM28.gate_fJ();
    assertEquals(read_fJ, sram.energy_fJ(MemorySize.READ, Account.CLOSED), 1e-9 * read_fJ, what);
    assertEquals(write_fJ, sram.energy_fJ(MemorySize.WRITE, Account.CLOSED), 1e-9 * write_fJ, what);
    assertEquals(
        8 * size_B * NM28.sramCellLeakage_uW(), sram.static_uW(Account.CLOSED), 1e-12, what);
  }

  @Test
  void energyAndAreaAtTheBordersOfItsRegimes() {
    // 800 bits of 128: six words and a quarter are seven, addressed by three bits.
    holds(100, 128, 1, 7, 128, 1, 3);
    // 64 bits of 128 are one word of 64, without an address.
    holds(8, 128, 1, 1, 64, 1, 0);
    // Sixty-four words take six levels, one more seven.
    holds(1024, 128, 1, 64, 128, 1, 6);
    holds(1040, 128, 1, 65, 128, 1, 7);
    // One bank of 128 rows, one word more, twice as many.
    holds(2048, 128, 1, 128, 128, 1, 7);
    holds(2064, 128, 1, 129, 128, 129 / 128.0, 8);
    holds(4096, 128, 1, 256, 128, 2, 8);
    // Four banks or more: four columns behind a sense amplifier.
    holds(8192, 128, 1, 512, 128, 4, 9);
    holds(65_536, 128, 1, 4096, 128, 4, 12);
    holds(4096, 128, 2, 256, 128, 2, 8);
    holds(4096, 128, 3, 256, 128, 2, 8);
  }
}
