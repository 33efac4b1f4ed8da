package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.InputErrors;

/**
 * Electrical figures of a chip's crossbars with their inputs and readout, all that noise and the
 * electrical limits depend on. They take a third of the time of a price table, which has them too.
 */
public interface CrossbarFigures {

  /** Electrical quantities of the crossbar. */
  Electrics electrics();

  /** Times of a pass. */
  PassTiming pass();

  /** Errors of the readout. */
  ReadoutErrors readoutErrors();

  /** Errors of the levels that rows present. */
  default InputErrors inputErrors() {
    return InputErrors.NONE;
  }

  /** Headroom that a front end lacks; 0 where there is enough. */
  double missingHeadroom_V();

  /** Width of an array's lines beyond what its layer allows; 0 where they can be drawn. */
  default double excessLineWidth_um() {
    return 0;
  }
}
