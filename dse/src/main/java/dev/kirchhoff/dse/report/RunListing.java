package dev.kirchhoff.dse.report;

import java.util.List;

/**
 * The runs of a data directory as {@code runs --json} prints them.
 *
 * @param data the directory
 * @param runs the runs, the oldest first
 */
public record RunListing(String data, List<RunSummary> runs) {}
