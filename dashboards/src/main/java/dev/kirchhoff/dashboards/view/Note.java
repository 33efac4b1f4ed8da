package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventOrder;
import java.util.List;
import java.util.Optional;

/**
 * Entry of the list of last events of a run.
 *
 * @param order place of its event
 * @param time instant in UTC, as written
 * @param kind {@code entered}, {@code left}, {@code state}, {@code command}
 * @param index design that it is about; empty if it is about none
 * @param text what there is to say in words, or empty
 * @param values objective values, if it is about a design that has some
 */
public record Note(
    EventOrder order,
    String time,
    String kind,
    Optional<Long> index,
    String text,
    List<Double> values) {}
