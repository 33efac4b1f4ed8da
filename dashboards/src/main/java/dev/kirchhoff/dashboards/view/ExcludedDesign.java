package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventOrder;
import java.util.Optional;

/**
 * A design that a command took off the front for good.
 *
 * @param order place of the answer that took it off
 * @param index index of the design in the run
 * @param missed limit that its simulated chips miss; empty where that is not why
 */
public record ExcludedDesign(EventOrder order, long index, Optional<String> missed) {}
