package dev.kirchhoff.arch.device;

/**
 * Programming of a cell: by {@code pulses} pulses on average, half of them SET and half RESET
 * (assumed), each followed by a verify read unless the device is written blindly.
 *
 * <p>Energy of a pulse = V I t, with the mean current while it lasts.
 *
 * @param set pulse towards low resistance
 * @param reset pulse towards high resistance
 * @param pulses mean number of pulses for one value
 * @param verified whether a read follows each pulse
 */
public record WritePoint(Pulse set, Pulse reset, double pulses, boolean verified) {

  /** One pulse in both directions, verified. */
  public WritePoint(double voltage_V, double current_uA, double pulse_ns, double pulses) {
    this(
        new Pulse(voltage_V, current_uA, pulse_ns),
        new Pulse(voltage_V, current_uA, pulse_ns),
        pulses,
        true);
  }

  /**
   * A pulse.
   *
   * @param voltage_V magnitude of its voltage
   * @param current_uA mean current
   * @param width_ns width
   */
  public record Pulse(double voltage_V, double current_uA, double width_ns) {

    private Pulse atMost(double most_V) {
      return new Pulse(Math.min(voltage_V, most_V), current_uA, width_ns);
    }

    /** V I t. */
    public double energy_fJ() {
      return voltage_V * current_uA * width_ns;
    }
  }

  /**
   * Copy of this write point with voltages clamped to a maximum: a latch is written at the core
   * supply it stands in.
   */
  public WritePoint atMost(double voltage_V) {
    return new WritePoint(set.atMost(voltage_V), reset.atMost(voltage_V), pulses, verified);
  }

  /** The larger voltage, which drivers must bear. */
  public double voltage_V() {
    return Math.max(set.voltage_V, reset.voltage_V);
  }

  /** The larger current, which drivers and access transistor must carry. */
  public double current_uA() {
    return Math.max(set.current_uA, reset.current_uA);
  }

  /** The longer pulse, which cells that are written together wait for. */
  public double pulse_ns() {
    return Math.max(set.width_ns, reset.width_ns);
  }

  /** Mean energy of a pulse at the cell. */
  public double pulseEnergy_fJ() {
    return (set.energy_fJ() + reset.energy_fJ()) / 2;
  }
}
