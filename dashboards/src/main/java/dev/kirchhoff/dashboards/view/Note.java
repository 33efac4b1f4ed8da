package dev.kirchhoff.dashboards.view;

import java.util.List;

/**
 * Entry of the list of last events of a run.
 *
 * @param seq its number in the run
 * @param time instant in UTC, as written
 * @param kind {@code entered}, {@code left}, {@code state}, {@code command}
 * @param index design that it is about, −1 = none
 * @param text what there is to say in words, or empty
 * @param values objective values, if it is about a design that has some
 */
public record Note(
    long seq, String time, String kind, long index, String text, List<Double> values) {}
