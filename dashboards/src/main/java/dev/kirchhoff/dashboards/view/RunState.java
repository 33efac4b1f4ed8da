package dev.kirchhoff.dashboards.view;

/**
 * State of a run as a person should see it.
 *
 * @param word {@code loading}, {@code running}, {@code paused}, {@code silent}, {@code
 *     interrupted}, {@code finished}, {@code stopped}, {@code failed}, {@code damaged} or {@code
 *     unknown}
 * @param reason what the run says of it, or the line that is damaged and how it shows, or empty
 * @param silent_s seconds since it was last heard of, for those that only the broker tells of
 */
public record RunState(String word, String reason, long silent_s) {}
