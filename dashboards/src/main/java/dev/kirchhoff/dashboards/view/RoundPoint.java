package dev.kirchhoff.dashboards.view;

/**
 * State of a run at the end of a round.
 *
 * @param seq number of its event
 * @param evaluated unique designs so far
 * @param front members of the front
 * @param hypervolume hypervolume of the front, 0..1
 */
public record RoundPoint(long seq, long evaluated, int front, double hypervolume) {}
