package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;

/**
 * A converter that gets another time than it needs: half of its energy is charge and stays, half is
 * bias and settling current and goes with the speed: E = E_own (1 + t_own / t) / 2.
 *
 * <p>Assumed: half and half; the ADC survey's slope over rate is steeper at the speed limit and
 * flat far below it (Murmann's survey, envelope of arXiv 2404.06553). Valid for t between a tenth
 * and ten times t_own; without a stated time t = t_own.
 */
public final class PacedConverter extends AdaptedConverter {
  private final double own_ns;
  private final double available_ns;

  /**
   * A converter with a time of its own that gets another.
   *
   * @param own_ns time that it needs
   * @param available_ns time that it gets
   */
  public PacedConverter(Converter converter, double own_ns, double available_ns) {
    super(converter);
    this.own_ns = own_ns;
    this.available_ns = available_ns;
  }

  @Override
  public double energy_fJ(Account account) {
    double own_fJ = converter.energy_fJ(account);
    double pace = (1 + own_ns / available_ns) / 2;
    account.times(pace, "for the time it gets");
    return own_fJ * pace;
  }
}
