package dev.kirchhoff.mapper.duplicate;

/**
 * Stage of a network: a layer on crossbars, as duplication sees it.
 *
 * @param vectors input vectors of an inference
 * @param interval_ns crossbars' time for one vector
 * @param shared_ns time that one tile's buffer, bus, link and digital units would take for all of
 *     the stage's work
 * @param crossbars crossbars of one copy
 */
public record Stage(double vectors, double interval_ns, double shared_ns, double crossbars) {}
