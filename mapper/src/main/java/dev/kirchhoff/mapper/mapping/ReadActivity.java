package dev.kirchhoff.mapper.mapping;

/**
 * Mean activity of a read of a layer's cells.
 *
 * @param amplitude E[u] of the input amplitude
 * @param conductance mean conductance of a used cell / largest
 */
public record ReadActivity(double amplitude, double conductance) {
  static final ReadActivity NONE = new ReadActivity(0, 0);
}
