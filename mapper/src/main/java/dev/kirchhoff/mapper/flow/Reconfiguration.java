package dev.kirchhoff.mapper.flow;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.peripherals.Timing;

/**
 * Setting of the switches of a circuit-switched fabric.
 *
 * <p>Once: the configuration bits of all tiles enter at the port over the wires of one link, one
 * word a cycle, and each is carried to its tile and written: time ⌈bits / width⌉ cycles, energy
 * bits × (write + mean hops × hop). There is one configuration on the chip; others wait outside.
 *
 * <p>Frequency: {@code perNetwork} once when the chip changes to a network, whose inferences come
 * one after another, as many as its weight says: 1/weight times an inference, at most once; never
 * where there is one network. {@code perPhase} before each layer, where layers run one by one; a
 * pipeline changes with the network. Neglected: loading behind the work of the layer before,
 * configurations that differ in few bits, reading them from outside the chip.
 *
 * @param bits configuration bits of the chip; 0 of a fabric without switches
 * @param hops mean hops of a configuration bit
 * @param once_ns time of setting all switches
 * @param isPerLayer whether switches are set before each layer that runs by itself
 */
public record Reconfiguration(double bits, double hops, double once_ns, boolean isPerLayer) {
  private static final Reconfiguration NONE = new Reconfiguration(0, 0, 0, false);

  /** Setting of the switches of a mapped chip. */
  static Reconfiguration of(Interconnect interconnect, Timing timing, Mapping mapping) {
    if (interconnect.channels().isEmpty()) {
      return NONE;
    }
    double bits = mapping.tiles() * timing.configurationBits();
    double words = Math.ceil(bits / interconnect.width_bits());
    return new Reconfiguration(
        bits,
        (mapping.fabric().diameter() + 1) / 2.0,
        bits == 0 ? 0 : words * timing.pass().cycle_ns(),
        interconnect.channels().get().configure() == Configure.PER_LAYER);
  }

  /** Number of times that switches are set in an inference of a network. */
  double times(int networks, double weight, int layers, boolean pipelined) {
    if (bits == 0) {
      return 0;
    }
    if (!pipelined && isPerLayer) {
      return layers;
    }
    return networks > 1 ? Math.min(1, 1 / weight) : 0;
  }
}
