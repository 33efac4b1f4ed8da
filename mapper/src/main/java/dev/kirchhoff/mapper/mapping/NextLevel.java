package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Timing;
import java.util.Optional;

/**
 * Level behind the buffers of tiles: the chip's buffer as far as activations fit there, the links
 * off the chip for the rest.
 *
 * @param hasBuffer whether the chip has a buffer
 * @param buffer_bits capacity of that buffer
 * @param buffer_nsPerBit time of a bit at the buffer; 0 where it never binds
 * @param port_nsPerBit time of a bit at the links off a chip; 0 without any
 */
public record NextLevel(
    boolean hasBuffer, double buffer_bits, double buffer_nsPerBit, double port_nsPerBit) {
  /** The level of a chip. */
  public static NextLevel of(Chip chip, Timing timing) {
    Optional<Memory> buffer = chip.uncore().globalBuffer();
    double links =
        chip.uncore().io().map(Io::bandwidthOfAll_GBps).orElse(0.0) * Units.BITS_PER_BYTE;
    return new NextLevel(
        buffer.isPresent(),
        buffer.map(Memory::size_B).orElse(0.0) * Units.BITS_PER_BYTE,
        1 / timing.globalBuffer_bitPerNs(),
        links > 0 ? 1 / links : 0);
  }

  /** Counts bits of a layer through the port of the chip, by way of its buffer. */
  public void count(ActionCounts.Builder actions, int layer, double bits) {
    actions.add(layer, Action.IO_BIT, bits);
    if (hasBuffer) {
      actions.add(layer, Action.GLOBAL_BUFFER_WRITE_BIT, bits);
      actions.add(layer, Action.GLOBAL_BUFFER_READ_BIT, bits);
    }
  }

  /** Fraction of so many bits that the chip's buffer holds. */
  public double bufferedFraction(double bits) {
    return hasBuffer ? Math.min(1, buffer_bits / bits) : 0;
  }

  /** Time of writing bits of a batch and reading them back between two phases. */
  public double roundTrip_ns(double bits) {
    double buffered = bufferedFraction(bits);
    return Math.max(
        2 * bits * buffered * buffer_nsPerBit, 2 * bits * (1 - buffered) * port_nsPerBit);
  }
}
