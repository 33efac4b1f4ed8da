package dev.kirchhoff.mapper.traffic;

/**
 * Inputs of the traffic model for one layer, beside what it reads and joins: its tiles, the fan-out
 * of its inputs, its partial sums, and bits that it exchanges with the port.
 *
 * @param firstTile its first tile; beyond the chip tiles begin again
 * @param tiles number of its tiles
 * @param fanOut tiles that receive the same input value
 * @param sum_bits bits of all partial sums that leave a tile
 * @param sumTiles tiles that hold rows of the same column
 * @param spillOut_bits bits of maps that buffers do not hold, written through the port
 * @param spillIn_bits bits of such maps read back
 * @param output_bits bits of the output that leave the chip
 */
public record LayerTraffic(
    int firstTile,
    int tiles,
    int fanOut,
    double sum_bits,
    int sumTiles,
    double spillOut_bits,
    double spillIn_bits,
    double output_bits) {

  /** A layer that exchanges nothing with the port but what it reads. */
  public static LayerTraffic of(
      int firstTile, int tiles, int fanOut, double sum_bits, int sumTiles) {
    return new LayerTraffic(firstTile, tiles, fanOut, sum_bits, sumTiles, 0, 0, 0);
  }

  /** The layer with maps that buffers do not hold. */
  public LayerTraffic withSpill(double out_bits, double in_bits) {
    return new LayerTraffic(
        firstTile, tiles, fanOut, sum_bits, sumTiles, out_bits, in_bits, output_bits);
  }

  /** The layer with outputs that leave the chip. */
  public LayerTraffic withOutput(double bits) {
    return new LayerTraffic(
        firstTile, tiles, fanOut, sum_bits, sumTiles, spillOut_bits, spillIn_bits, bits);
  }
}
