package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.schedule.BufferOverflow;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.Arrays;
import java.util.List;

/**
 * Where activations go that tiles cannot hold, and what that costs: to the chip's buffer as far as
 * they fit there, over the links off the chip else. They are written once and read once, and take
 * bandwidth: in a pipeline every layer that does so takes as long as the buffer or the links need
 * for all of them, which work for all at once; layer by layer as long as for its own. Scratch; not
 * safe for several threads.
 */
final class Spill {
  private static final double BITS_PER_BYTE = 8;

  private double onChip;
  private double buffer_nsPerBit;
  private double port_nsPerBit;
  private double buffer_bits;
  private double network_bits;
  private double other_bits;
  private double[] port_bits = new double[1];
  private int chips;
  private boolean hasBuffer;
  private double bufferRoom_bits;

  /** Takes so many chips of a kind. */
  void set(Chip chip, PriceTable prices, int chips) {
    this.chips = chips;
    if (port_bits.length < chips) {
      port_bits = new double[chips];
    }
    Memory buffer = chip.uncore().globalBuffer();
    hasBuffer = buffer.exists();
    bufferRoom_bits = hasBuffer ? buffer.size_B() * BITS_PER_BYTE : 0;
    double rate = prices.globalBufferBandwidth_bitPerNs();
    buffer_nsPerBit = rate > 0 ? 1 / rate : 0;
    double links = chip.uncore().io().links() * chip.uncore().io().bandwidth_GBps() * BITS_PER_BYTE;
    port_nsPerBit = links > 0 ? 1 / links : 0;
    clear();
  }

  /** Forgets the bits of a network. */
  void clear() {
    onChip = 1;
    buffer_bits = 0;
    network_bits = 0;
    other_bits = 0;
    Arrays.fill(port_bits, 0, chips, 0);
  }

  /** Bits of the network's input or output through the port, by way of the chip's buffer. */
  void port(ActionCounts counts, int l, double bits, int chip) {
    counts.add(l, Action.IO_BIT, bits);
    network_bits += bits;
    port_bits[chip] += bits;
    if (hasBuffer) {
      counts.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, bits);
      counts.add(l, Action.GLOBAL_BUFFER_READ_BIT, bits);
      buffer_bits += 2 * bits;
    }
  }

  /**
   * Bits that a layer gets from another chip; chips stand in a row and pass on what is not theirs.
   */
  void link(ActionCounts counts, int l, double bits, int from, int to) {
    int low = Math.min(from, to);
    int high = Math.max(from, to);
    for (int chip = low; chip <= high; chip++) {
      double passed = chip == low || chip == high ? bits : 2 * bits;
      counts.add(l, Action.IO_BIT, passed);
      port_bits[chip] += passed;
      other_bits += passed;
    }
  }

  /** Says how many bits are away from the tiles at a time. */
  void away(double bits) {
    onChip = kept(bits);
  }

  /** Counts what a layer sends away and gets back. */
  void count(ActionCounts counts, int l, double out, double in, int chip) {
    counts.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, out * onChip);
    counts.add(l, Action.GLOBAL_BUFFER_READ_BIT, in * onChip);
    counts.add(l, Action.IO_BIT, (out + in) * (1 - onChip));
    buffer_bits += (out + in) * onChip;
    port_bits[chip] += (out + in) * (1 - onChip);
    other_bits += (out + in) * (1 - onChip);
  }

  /**
   * Makes the layers wait for the bandwidth that they need.
   *
   * @param linked bits that each layer gets from other chips
   * @return whether any layer must wait
   */
  boolean slow(List<LayerTime> times, boolean pipelined, BufferOverflow overflow, double[] linked) {
    boolean isSlower = false;
    double all_ns = busiest_bits() * port_nsPerBit;
    for (int l = 0; l < times.size(); l++) {
      double bits = overflow.out_bits(l) + overflow.in_bits(l);
      double off = bits * (1 - onChip) + linked[l];
      double least_ns = 0;
      if (bits * onChip > 0) {
        least_ns = (pipelined ? buffer_bits : bits * onChip) * buffer_nsPerBit;
      }
      if (off > 0) {
        least_ns = Math.max(least_ns, pipelined ? all_ns : off * port_nsPerBit);
      }
      isSlower |= JobFlow.slow(times, l, least_ns);
    }
    return isSlower;
  }

  private double busiest_bits() {
    double most = 0;
    for (int chip = 0; chip < chips; chip++) {
      most = Math.max(most, port_bits[chip]);
    }
    return most;
  }

  /** Time of some bits at the port. */
  double port_ns(double bits) {
    return bits * port_nsPerBit;
  }

  /**
   * Time of writing bits of a batch to the next level and reading them back, between two phases.
   */
  double putAway_ns(double bits) {
    double kept = kept(bits);
    return Math.max(2 * bits * kept * buffer_nsPerBit, 2 * bits * (1 - kept) * port_nsPerBit);
  }

  /** Counts the same for one inference of the batch. */
  void putAway(ActionCounts counts, int l, double bits, int batch) {
    double each = bits / batch;
    double kept = kept(bits);
    counts.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, each * kept);
    counts.add(l, Action.GLOBAL_BUFFER_READ_BIT, each * kept);
    counts.add(l, Action.IO_BIT, 2 * each * (1 - kept));
    buffer_bits += 2 * each * kept;
    other_bits += 2 * each * (1 - kept);
  }

  /** Share of so many bits that the chip's buffer holds. */
  private double kept(double bits) {
    return hasBuffer ? Math.min(1, bufferRoom_bits / bits) : 0;
  }

  /** Time that the network's input and output take at the port. */
  double network_ns() {
    return network_bits * port_nsPerBit;
  }

  /** Time of an inference at the busiest chip's port, or at the chip's buffer if longer. */
  double shared_ns() {
    return Math.max(busiest_bits() * port_nsPerBit, buffer_bits * buffer_nsPerBit);
  }

  /** Bits of the network's input and output. */
  double networkBits() {
    return network_bits;
  }

  /** Bits through ports that are neither input nor output of the network. */
  double otherBits() {
    return other_bits;
  }

  /** Bits through the chip's buffer. */
  double bufferBits() {
    return buffer_bits;
  }
}
