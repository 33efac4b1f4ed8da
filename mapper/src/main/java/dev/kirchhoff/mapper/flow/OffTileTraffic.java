package dev.kirchhoff.mapper.flow;

import dev.kirchhoff.mapper.mapping.NextLevel;

/**
 * Bits of an inference that leave the tiles: the network's input and output, maps between chips,
 * maps that the buffers of tiles do not hold. They pass the port of a chip or its buffer and take
 * the bandwidth of these.
 */
public final class OffTileTraffic {
  private final NextLevel level;
  private final double network_bits;
  private final double other_bits;
  private final double buffer_bits;
  private final double[] port_bits;

  private OffTileTraffic(
      NextLevel level,
      double network_bits,
      double other_bits,
      double buffer_bits,
      double[] port_bits) {
    this.level = level;
    this.network_bits = network_bits;
    this.other_bits = other_bits;
    this.buffer_bits = buffer_bits;
    this.port_bits = port_bits;
  }

  /** No bits, on so many chips. */
  static OffTileTraffic none(NextLevel level, int chips) {
    return new OffTileTraffic(level, 0, 0, 0, new double[chips]);
  }

  /** With bits of the network's input or output, through a chip's port and buffer. */
  OffTileTraffic plusNetwork(double bits, int chip) {
    return new OffTileTraffic(
        level,
        network_bits + bits,
        other_bits,
        level.hasBuffer() ? buffer_bits + 2 * bits : buffer_bits,
        plus(bits, chip));
  }

  /** With bits through a chip's port that are neither input nor output of the network. */
  OffTileTraffic plusOther(double bits, int chip) {
    return new OffTileTraffic(
        level, network_bits, other_bits + bits, buffer_bits, plus(bits, chip));
  }

  /** With bits that come from the tiles of a chip or go there, as far as they fit to its buffer. */
  OffTileTraffic plusSpilled(double bits, double buffered, int chip) {
    return new OffTileTraffic(
        level,
        network_bits,
        other_bits + bits * (1 - buffered),
        buffer_bits + bits * buffered,
        plus(bits * (1 - buffered), chip));
  }

  /** With bits written and read back between phases, for one inference of a batch. */
  OffTileTraffic plusRoundTrip(double bits, double buffered) {
    return new OffTileTraffic(
        level,
        network_bits,
        other_bits + 2 * bits * (1 - buffered),
        buffer_bits + 2 * bits * buffered,
        port_bits);
  }

  private double[] plus(double bits, int chip) {
    double[] sum = port_bits.clone();
    sum[chip] += bits;
    return sum;
  }

  /** Time of the bits at the busiest chip's port. */
  double port_ns() {
    double most = 0;
    for (double bits : port_bits) {
      most = Math.max(most, bits);
    }
    return most * level.port_nsPerBit();
  }

  /** Time of an inference at the busiest chip's port, or at the chip's buffer if longer. */
  double shared_ns() {
    return Math.max(port_ns(), buffer_bits * level.buffer_nsPerBit());
  }

  /** Time of the network's input and output at the port. */
  double network_ns() {
    return network_bits * level.port_nsPerBit();
  }

  /** Time of a bit at the port of a chip. */
  public double port_nsPerBit() {
    return level.port_nsPerBit();
  }

  /** Bits of the network's input and output. */
  public double network_bits() {
    return network_bits;
  }

  /** Bits through ports that are neither input nor output of the network. */
  public double other_bits() {
    return other_bits;
  }

  /** Bits through the chip's buffer. */
  public double buffer_bits() {
    return buffer_bits;
  }
}
