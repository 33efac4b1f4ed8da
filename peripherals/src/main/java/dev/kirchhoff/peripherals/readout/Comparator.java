package dev.kirchhoff.peripherals.readout;

/**
 * One clocked comparator at 28 nm and 0.9 V: a latch of 1.63 fJ a decision (read: MNSIM 2.0, ADC
 * option 8, a 28 nm sense amplifier at 1 GHz) on 16 um2 (assumed, sized for offset; between MNSIM's
 * 1 um2 and the 17 to 23 um2 measured on DNN+NeuroSim at 28 to 32 nm), before it a preamplifier
 * whose bias each kind of converter states.
 */
final class Comparator {
  static final double LATCH_FJ = 1.63;
  static final double AREA_UM2 = 16;

  private Comparator() {}
}
