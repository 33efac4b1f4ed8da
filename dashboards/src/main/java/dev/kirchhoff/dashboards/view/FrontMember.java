package dev.kirchhoff.dashboards.view;

import java.util.List;

/**
 * A member of a front.
 *
 * @param design design id
 * @param index index in the run
 * @param values objective values, in the order of objectives
 */
public record FrontMember(String design, long index, List<Double> values) {}
