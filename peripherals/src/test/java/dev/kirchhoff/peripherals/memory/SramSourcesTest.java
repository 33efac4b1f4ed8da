package dev.kirchhoff.peripherals.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Static memories against published figures of their size: table of docs/circuits.md.
 *
 * <p>Read: data memories of PUMA's simulator (ASPLOS 2019, doi 10.1145/3297858.3304049; CACTI, 32
 * nm); table of MNSIM 2.0 (doi 10.1145/3386263.3407647; CACTI, 45 nm), whose largest size is taken
 * as 512 KB; Horowitz, ISSCC 2014 (doi 10.1109/ISSCC.2014.6757323; caches of 64 bits, 45 nm, with
 * their tags); the memory of ZigZag's examples (arXiv 2305.18335, 28 nm). Areas of 0 are not
 * published.
 */
class SramSourcesTest {

  private record Row(
      String source,
      double node_nm,
      double supply_V,
      int size_B,
      int bits,
      double read_pJ,
      double area_mm2) {

    private SheetCircuit ours() {
      Technology technology = new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300);
      return Memories.sram(Process.of(technology), size_B, bits, 1, 1);
    }

    double energy() {
      return ours().energy_fJ(MemorySize.READ, Account.CLOSED) * bits / 1000 / read_pJ;
    }

    double area() {
      return area_mm2 > 0 ? ours().area_um2(Account.CLOSED) / 1e6 / area_mm2 : 1;
    }
  }

  /** Factors that a size allows, either way. */
  private record Allowed(double energy, double area) {}

  private static final int KB = 1024;

  private static final List<Row> ROWS =
      List.of(
          new Row("PUMA", 32, 0.9, 256, 16, 0.16, 0.00056),
          new Row("PUMA", 32, 0.9, 512, 16, 0.24, 0.00108),
          new Row("PUMA", 32, 0.9, KB, 16, 0.33, 0.00192),
          new Row("PUMA", 32, 0.9, 2 * KB, 16, 0.57, 0.00392),
          new Row("MNSIM 2.0", 45, 1, 2 * KB, 64, 3.666, 0.02639),
          new Row("MNSIM 2.0", 45, 1, 8 * KB, 64, 7.172, 0.06910),
          new Row("Horowitz", 45, 0.9, 8 * KB, 64, 10, 0),
          new Row("MNSIM 2.0", 45, 1, 32 * KB, 64, 16.09, 0.2093),
          new Row("Horowitz", 45, 0.9, 32 * KB, 64, 20, 0),
          new Row("ZigZag", 28, 0.9, 32 * KB, 512, 22.9, 0),
          new Row("MNSIM 2.0", 45, 1, 512 * KB, 64, 93.38, 2.972),
          new Row("Horowitz", 45, 0.9, 1024 * KB, 64, 100, 0));

  /** By the size up to which they hold. */
  private static final NavigableMap<Integer, Allowed> ALLOWED =
      new TreeMap<>(
          Map.of(
              KB,
              new Allowed(1.9, 1.3),
              2 * KB,
              new Allowed(1.2, 3),
              8 * KB,
              new Allowed(2.1, 2.1),
              32 * KB,
              new Allowed(2.8, 1.7),
              1024 * KB,
              new Allowed(3.3, 1.5)));

  @Test
  void memoriesOfEachSizeAreWithinTheFactorOfTheTable() {
    for (Row row : ROWS) {
      Allowed allowed = ALLOWED.ceilingEntry(row.size_B).getValue();
      assertWithin(allowed.energy, row.energy(), row + " energy");
      assertWithin(allowed.area, row.area(), row + " area");
    }
  }

  private static void assertWithin(double factor, double ratio, String where) {
    assertTrue(Math.abs(Math.log(ratio)) <= Math.log(factor), () -> where + ": " + ratio);
  }

  /** The areas of the narrow memories, by the factor of two that they were always held to. */
  @Test
  void areasOfPumasMemoriesAreWithinAFactorOfTwo() {
    ROWS.stream()
        .filter(row -> row.source.equals("PUMA"))
        .forEach(row -> assertWithin(2, row.area(), row + " area"));
  }

  @Test
  void aWordCostsMoreToWriteThanToReadBesideNarrowBitlines() {
    // One column a bit, 64 words of 16 bits: a full swing against a fifth.
    Row small = ROWS.get(0);
    assertTrue(
        small.ours().energy_fJ(MemorySize.WRITE, Account.CLOSED)
            > small.ours().energy_fJ(MemorySize.READ, Account.CLOSED));
  }

  @Test
  void sizesFromTwoKilobytesOnHaveTwoSources() {
    for (int size_B : new int[] {2 * KB, 8 * KB, 32 * KB}) {
      assertTrue(ROWS.stream().filter(row -> row.size_B == size_B).count() >= 2);
    }
    assertEquals(2, ROWS.stream().filter(row -> row.size_B >= 512 * KB).count());
  }
}
