package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** Amplifier that holds a bitline at virtual ground and converts its current to a voltage. */
public sealed interface ColumnAmplifier extends Circuit permits FrontEnd, Integrator {

  /**
   * Energy of reading one column.
   *
   * @param biased_ns time that the amplifier's bias flows
   * @param on_ns time that the column's current flows
   */
  double amplify_fJ(double biased_ns, double on_ns, Account account);

  /** Energy of reading one column, with the amplifier on while the column's current flows. */
  default double amplify_fJ(double on_ns, Account account) {
    return amplify_fJ(on_ns, on_ns, account);
  }

  /** Resistance that the bitline sees. */
  double input_ohm();

  /** Shortest time in which it settles, whatever it draws. */
  double least_ns();

  /** Errors that it adds to the current. */
  FrontEndErrors errors();
}
