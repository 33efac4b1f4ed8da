package dev.kirchhoff.mapper.schedule;

/**
 * Adjacent crossbars of a layer, numbered through all tiles of a chip.
 *
 * @param first the first of them
 * @param count number of them; 0 for a layer on digital units, which lies on all tiles
 */
public record CrossbarSpan(double first, double count) {}
