package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.Topology;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;

/**
 * What setting the switches of a circuit-switched fabric costs.
 *
 * <p>Once: the configuration bits of all tiles enter at the port over the wires of one link, one
 * word a cycle, and each is carried to its tile and written: time ⌈bits / width⌉ cycles, energy
 * bits × (write + mean hops × hop). There is one configuration on the chip; others wait outside.
 *
 * <p>How often: {@code perNetwork} once when the chip changes to a network, whose inferences come
 * one after another, as many as its weight says: 1/weight times an inference, at most once; never
 * where there is one network. {@code perPhase} before each layer, where layers run one by one; a
 * pipeline is one phase and changes with the network. Neglected: loading behind the work of the
 * layer before, configurations that differ in few bits, reading them from outside the chip.
 */
final class Reconfiguration {
  private Interconnect interconnect;
  private double bits;
  private double hops;
  private double bit_fJ;
  private double hop_fJ;
  private double cycle_ns;

  /** Takes a fabric of so many tiles. */
  void set(Interconnect interconnect, Fabric fabric, PriceTable prices, double tiles) {
    this.interconnect = interconnect;
    bits = 0;
    if (interconnect.kind() == Topology.RECONFIGURABLE) {
      bits = tiles * prices.configurationBits();
      hops = (fabric.diameter() + 1) / 2.0;
      bit_fJ = prices.configuration_fJ();
      hop_fJ = prices.energy_fJ(Action.HOP_BIT);
      cycle_ns = prices.timing().cycle_ns();
    }
  }

  /** How often switches are set in an inference of a network. */
  double times(int networks, double weight, int layers, boolean pipelined) {
    if (bits == 0) {
      return 0;
    }
    if (!pipelined && interconnect.circuits().configure() == Configure.PER_PHASE) {
      return layers;
    }
    return networks > 1 ? Math.min(1, 1 / weight) : 0;
  }

  /** Configuration bits of the chip. */
  double bits() {
    return bits;
  }

  /** Mean way of a configuration bit. */
  double hops() {
    return hops;
  }

  /** Time of setting all switches. */
  double once_ns() {
    return bits == 0 ? 0 : Math.ceil(bits / interconnect.width_bits()) * cycle_ns;
  }

  /** Energy of setting all switches. */
  double once_fJ() {
    return bits == 0 ? 0 : bits * (bit_fJ + hops * hop_fJ);
  }
}
