package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import java.util.Optional;

/**
 * Circuits that drive one row: the wordline's driver and, where lines carry the sign of inputs
 * beside a wordline of gates, the driver of the input line. With an input line, the wordline opens
 * the row's cells once for each bit plane, whatever the data are, and pulses go over the input
 * line; without one, the wordline carries the pulses. Pulses of several amplitudes have a {@link
 * LevelDriver}.
 */
public final class RowInput implements Circuit {
  private final RowDriver wordline;
  private final InputLineDriver line;
  private final Optional<LevelDriver> levels;
  private final Train train;

  /** A row whose wordline carries the pulses. */
  public RowInput(RowDriver wordline, Train train) {
    this(wordline, null, Optional.empty(), train);
  }

  /** A row whose wordline carries pulses of several amplitudes. */
  public RowInput(RowDriver wordline, LevelDriver levels, Train train) {
    this(wordline, null, Optional.of(levels), train);
  }

  /** A row with an input line beside its wordline. */
  public RowInput(RowDriver wordline, InputLineDriver line, Train train) {
    this(wordline, line, Optional.empty(), train);
  }

  private RowInput(
      RowDriver wordline, InputLineDriver line, Optional<LevelDriver> levels, Train train) {
    this.wordline = wordline;
    this.line = line;
    this.levels = levels;
    this.train = train;
  }

  /**
   * Pulses of one digit.
   *
   * @param pulses pulses of a digit that is not zero, mean over uniform digits
   * @param planes number of times that the row is opened
   */
  public record Train(double pulses, double planes) {}

  /** True if lines carry the pulses beside the wordline. */
  public boolean hasLine() {
    return line != null;
  }

  /** Energy of the pulses of one digit that is not zero. */
  public double pulses_fJ(Account account) {
    double each_fJ = line == null ? wordline.pulse_fJ(account) : line.pulse_fJ(account);
    account.times(train.pulses(), "");
    return each_fJ * train.pulses();
  }

  /**
   * Energy of the bias of a buffer that holds the row at a level; none where pulses have one level.
   *
   * @param on_ns time that the bias flows
   */
  public double bias_fJ(double on_ns, Account account) {
    if (levels.isEmpty()) {
      account.formula("0").source("no buffer holds the row at a level");
      return 0;
    }
    double each_fJ = levels.get().hold_fJ(on_ns, account);
    account.times(train.pulses(), "");
    return each_fJ * train.pulses();
  }

  /** Energy of opening a row for one digit, zero or not. */
  public double wordline_fJ(Account account) {
    if (line == null) {
      account.formula("0").source("the wordline carries the pulses itself");
      return 0;
    }
    double each_fJ = wordline.pulse_fJ(account);
    account.times(train.planes(), "");
    return each_fJ * train.planes();
  }

  /** Energy of presenting one digit, zero or not. */
  public double convert_fJ(Account account) {
    return wordline.convert_fJ(account);
  }

  @Override
  public double area_um2(Account account) {
    double own_um2 = wordline.area_um2(account);
    if (line == null && levels.isEmpty()) {
      return own_um2;
    }
    String formula = account.formula();
    String source = account.source();
    double more_um2 = levels.isPresent() ? levels.get().area_um2(account) : line.area_um2(account);
    join(formula, source, account);
    return own_um2 + more_um2;
  }

  private static void join(String formula, String source, Account account) {
    if (account.isOpen()) {
      account.formula(formula + " + " + account.formula()).source(source + "; " + account.source());
    }
  }

  /** Least time in which a row settles beside the delay of its line. */
  public double least_ns() {
    return levels.isPresent() ? levels.get().least_ns() : 0;
  }

  @Override
  public double static_uW(Account account) {
    double own_uW = wordline.static_uW(account);
    if (line == null) {
      return own_uW;
    }
    String formula = account.formula();
    double line_uW = line.static_uW(account);
    if (account.isOpen()) {
      account.formula(formula + " + " + account.formula());
    }
    return own_uW + line_uW;
  }

  /** Output resistance of the wordline's stage. */
  public double stage_ohm() {
    return wordline.stage_ohm();
  }

  /** Output resistance that the cells' current sees; 0 where it comes from no driver of a row. */
  public double driver_ohm() {
    return line == null ? wordline.driver_ohm() : line.stage_ohm();
  }
}
