package dev.kirchhoff.peripherals.circuit;

/**
 * A circuit on a process: area and static power of one instance. Energies and times are its kind's
 * own.
 */
public interface Circuit {

  /** Area of one instance. */
  double area_um2(Account account);

  /** Power of one instance that is drawn whether it works or not. */
  double static_uW(Account account);
}
