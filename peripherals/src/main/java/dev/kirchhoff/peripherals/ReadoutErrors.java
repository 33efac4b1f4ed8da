package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.StatedErrors;
import dev.kirchhoff.peripherals.readout.ErrorBudget;

/**
 * Errors of a readout that follow from its circuits.
 *
 * @param budget noise and mismatch of converter and front end, in steps of a code
 * @param noiseFactor noise power of a column with its front end over that of its cells alone
 * @param ground_V deviation of the virtual ground between front ends after trimming
 * @param largestGain full range over the narrowest one that the circuits are sized for: noise and
 *     offset of wider ranges are shares of their step, those of narrower ones of its step
 */
public record ReadoutErrors(
    ErrorBudget budget, double noiseFactor, double ground_V, double largestGain) {

  /** These with what a design states in their place. */
  ReadoutErrors with(StatedErrors stated) {
    ConverterMismatch mismatch =
        stated
            .mismatch()
            .orElse(
                new ConverterMismatch(budget.offset_steps(), budget.gain(), budget.bow_steps()));
    double noise_steps2 =
        stated.noise_steps().isPresent()
            ? stated.noise_steps().getAsDouble() * stated.noise_steps().getAsDouble()
            : budget.noise_steps2();
    return new ReadoutErrors(
        new ErrorBudget(
            noise_steps2, mismatch.offset_steps(), mismatch.gain(), mismatch.bow_steps()),
        noiseFactor,
        stated.ground_V().orElse(ground_V),
        largestGain);
  }
}
