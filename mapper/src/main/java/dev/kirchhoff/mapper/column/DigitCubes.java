package dev.kirchhoff.mapper.column;

import java.util.ArrayList;
import java.util.List;

/**
 * Moments of the cubes h of input digits u ({@link CurvedPulses}), which the error of cells with a
 * curved current depends on.
 *
 * @param slices moments by slice, least significant first, means over the passes of an input; none
 *     where pulses have one level
 * @param value moments of the whole input x = Σ 2^(b_x t) u_t and of its cubes, with their signs
 */
public record DigitCubes(List<Moments> slices, Moments value) {
  /** Pulses of one level, which any cell passes on as they are. */
  static final DigitCubes NONE = new DigitCubes(List.of(), new Moments(0, 0, 0, 0, 0));

  public DigitCubes {
    slices = List.copyOf(slices);
  }

  /**
   * Moments of a digit, or of a whole input.
   *
   * @param mean E[u]
   * @param square E[u²]
   * @param product E[u h]
   * @param cubeMean E[h]
   * @param cubeSquare E[h²]
   */
  public record Moments(
      double mean, double square, double product, double cubeMean, double cubeSquare) {
    private static Moments of(CodeSequence codes, Part part) {
      double mean = 0;
      double square = 0;
      double product = 0;
      double cubeMean = 0;
      double cubeSquare = 0;
      for (int i = 0; i < codes.length(); i++) {
        double p = codes.probability(i);
        double sign = codes.sign(i);
        double u = part.digit(codes.magnitude(i));
        double h = part.cube(codes.magnitude(i));
        mean += p * sign * u;
        square += p * u * u;
        product += p * u * h;
        cubeMean += p * sign * h;
        cubeSquare += p * h * h;
      }
      return new Moments(mean, square, product, cubeMean, cubeSquare);
    }

    /** Gain that fits the digits best. */
    public double gain(double c) {
      return CurvedPulses.gain(
          c, square - mean * mean, product - mean * cubeMean, cubeSquare - cubeMean * cubeMean);
    }

    /** E[e], e = g (u + c h) − u. */
    public double meanError(double c, double gain) {
      return (gain - 1) * mean + gain * c * cubeMean;
    }

    /** E[e²]. */
    public double squareError(double c, double gain) {
      double bent = gain * c;
      double straight = gain - 1;
      return Math.max(
          0, straight * straight * square + bent * (2 * straight * product + bent * cubeSquare));
    }
  }

  /** A digit of a code, or all of it. */
  private record Part(CurvedPulses pulses, int width, int first, int count) {
    double digit(int code) {
      return count == 1 ? code >> width * first & (1 << width) - 1 : code;
    }

    double cube(int code) {
      double sum = 0;
      for (int t = 0; t < count; t++) {
        int digit = code >> width * (first + t) & (1 << width) - 1;
        sum += StrictMath.scalb(pulses.cube(digit), width * t);
      }
      return sum;
    }
  }

  /**
   * The cubes of inputs.
   *
   * @param digits codes whose digits are cut, of one pass
   * @param values codes with their signs
   * @param width bits of a digit
   * @param slices digits of a code
   * @param pulseBits bits of a pulse
   */
  static DigitCubes of(
      CodeSequence digits, CodeSequence values, int width, int slices, int pulseBits) {
    if (pulseBits == 1) {
      return NONE;
    }
    CurvedPulses pulses = new CurvedPulses(pulseBits);
    List<Moments> bySlice = new ArrayList<>();
    for (int t = 0; t < slices; t++) {
      bySlice.add(Moments.of(digits, new Part(pulses, width, t, 1)));
    }
    return new DigitCubes(bySlice, Moments.of(values, new Part(pulses, width, 0, slices)));
  }
}
