package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Io.IoKind;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;
import java.util.Optional;

/**
 * One of the links off a chip, with the memory behind it where its kind is one of memory: the names
 * that its equations may read. Without any it is one of no bandwidth, so that its price is known.
 */
public record OffChipLink(Process process, IoKind kind, double bandwidth_GBps) {
  /** The vocabulary; GB/s are coherent bytes in a nanosecond. */
  public static final Vocabulary<OffChipLink> VOCABULARY =
      Vocabulary.<OffChipLink>builder()
          .including(ProcessNames.VOCABULARY, OffChipLink::process)
          .quantity("bandwidth", "B/ns", "β", "bandwidth", OffChipLink::bandwidth_GBps)
          .flag("lpddr4", "the memory is LPDDR4", link -> link.kind == IoKind.LPDDR4)
          .flag("ddr3", "the memory is DDR3", link -> link.kind == IoKind.DDR3)
          .flag("gddr5", "the memory is GDDR5", link -> link.kind == IoKind.GDDR5)
          .build();

  private static IoKind kind(Optional<Io> io) {
    return io.map(Io::kind).orElse(IoKind.PARALLEL);
  }

  /** Circuit of the links of a chip. */
  public static String name(Optional<Io> io) {
    return switch (kind(io)) {
      case HYPER_TRANSPORT -> "hyper-transport";
      case PARALLEL -> "pads";
      case LPDDR4, DDR3, GDDR5, HBM2 -> "off-chip-memory";
    };
  }

  /** One of the links of a chip. */
  public static SheetCircuit of(Circuits circuits, Optional<Io> io, Process process) {
    double bandwidth_GBps = io.map(Io::bandwidth_GBps).orElse(0.0);
    OffChipLink link = new OffChipLink(process, kind(io), bandwidth_GBps);
    return SheetCircuit.of(circuits, name(io), VOCABULARY, link, process);
  }
}
