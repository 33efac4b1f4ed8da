package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.Optional;

/**
 * State of a run at the end of a round.
 *
 * @param order place of its event
 * @param evaluated unique designs so far
 * @param front members of the front
 * @param hypervolume hypervolume of the front, 0..1
 * @param swept rows of a large sweep; empty for all other runs
 */
public record RoundPoint(
    EventOrder order,
    long evaluated,
    int front,
    double hypervolume,
    Optional<RunEvent.Swept> swept) {}
