package dev.kirchhoff.dashboards.view;

/**
 * State of a run as a person should see it.
 *
 * @param word {@code loading}, {@code running}, {@code paused}, {@code silent}, {@code
 *     interrupted}, {@code finished}, {@code stopped}, {@code failed}, {@code damaged} or {@code
 *     unknown}
 * @param reason reason that the run states, or the damaged line with its mismatch, or empty
 * @param silent_s seconds since its last event, of runs that are known from the broker alone
 */
public record RunState(String word, String reason, long silent_s) {}
