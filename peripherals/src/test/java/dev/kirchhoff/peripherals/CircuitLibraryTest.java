package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The library names its models once, with source and range, and every name prices. */
class CircuitLibraryTest {

  /** Converters that are priced as published, in the order of the catalogue. */
  static List<CircuitFile> published() {
    return CircuitLibrary.entries().stream()
        .map(CircuitModel::data)
        .filter(data -> data.constants().stream().anyMatch(c -> c.name().equals("own_node")))
        .toList();
  }

  @Test
  void namesAreUniqueAndEveryEntryHasSourceAndSentence() {
    Set<String> names = new HashSet<>();
    for (CircuitModel entry : CircuitLibrary.entries()) {
      assertTrue(names.add(entry.name()), entry.name());
      assertFalse(entry.data().source().isEmpty(), entry.name());
      assertTrue(entry.data().sentence().endsWith("."), entry.name());
      assertTrue(
          entry.data().range().smallest_nm() < entry.data().range().largest_nm(), entry.name());
    }
  }

  @Test
  void everyPartThatWePriceHasAnEntry() {
    Set<Part> priced = new HashSet<>();
    for (CircuitModel entry : CircuitLibrary.entries()) {
      priced.add(entry.part());
    }
    for (Part part : Part.values()) {
      // Buffers, registers and adders of other levels share the entries of one; control is a share.
      Part stands =
          switch (part) {
            case OUTPUT_REGISTER, TILE_OUTPUT_REGISTER -> Part.INPUT_REGISTER;
            case GLOBAL_BUFFER -> Part.TILE_BUFFER;
            case TILE_SHIFT_ADD -> Part.SHIFT_ADD;
            case LINKS -> Part.INTERCONNECT;
            default -> part;
          };
      assertTrue(part == Part.CONTROL || part.isOthers() || priced.contains(stands), part.word());
    }
  }

  @Test
  void everyReadoutKindHasOneDefault() {
    for (ReadoutKind kind : ReadoutKind.values()) {
      long defaults =
          CircuitLibrary.entries().stream()
              .filter(e -> e.part() == Part.READOUT && e.standard() && e.kind().equals(kind.word()))
              .count();
      assertEquals(1, defaults, kind.word());
    }
  }

  @Test
  void everyNamedReadoutPricesAConversion() {
    for (String name : CircuitLibrary.names(Part.READOUT)) {
      Designs.Knobs knobs = new Designs.Knobs();
      knobs.bits = 4;
      knobs.readout = new ComponentModel.Named(name);
      assertTrue(knobs.prices().energy_fJ(Action.CONVERSION) > 0, name);
    }
  }

  @Test
  void theDefaultOfAKindIsTheEntryThatNamesIt() {
    Designs.Knobs knobs = new Designs.Knobs();
    double default_fJ = knobs.prices().energy_fJ(Action.CONVERSION);
    knobs.readout = new ComponentModel.Named("sar-28nm");

    assertEquals(default_fJ, knobs.prices().energy_fJ(Action.CONVERSION));
  }

  @Test
  void anUnknownNameIsRefusedForAnyPart() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> CircuitLibrary.requireName(Part.GLOBAL_BUFFER, "sram-of-tomorrow"));
    assertTrue(refused.getMessage().contains("edram-puma"), refused.getMessage());
    CircuitLibrary.requireName(Part.OUTPUT_REGISTER, "flip-flops");
  }
}
