package dev.kirchhoff.mapper.kernel;

/**
 * Errors of an {@link ArithmeticMachine}, for the study of algorithms without a chip.
 *
 * @param programming standard deviation of a written element, relative to {@code scale}
 * @param scale magnitude that it is relative to
 * @param read standard deviation of a read, relative to full scale of the matrix times the norm of
 *     the vector: independent noise of every cell
 * @param cellBits bits of a stored element, sign included; 0 = not quantised
 * @param inputBits bits of an input, sign included, of full scale the largest of its vector; 0 =
 *     not quantised
 * @param outputBits bits of an output, likewise
 * @param stuck share of cells that hold 0 whatever is written
 * @param loopGain open-loop gain A_0 of the amplifiers of feedback circuits; infinite = ideal
 */
public record MachineErrors(
    double programming,
    Scale scale,
    double read,
    int cellBits,
    int inputBits,
    int outputBits,
    double stuck,
    double loopGain) {

  /** Exact arithmetic. */
  public static final MachineErrors NONE = new MachineErrors(0, Scale.WINDOW, 0, 0, 0, 0, 0);

  /** Magnitude that programming errors are relative to. */
  public enum Scale {
    /** The conductance window: every non-zero cell errs alike. */
    WINDOW,
    /** The element: small ones err little. */
    ELEMENT
  }

  /** Errors of cells, inputs and outputs; amplifiers of feedback circuits are ideal. */
  public MachineErrors(
      double programming,
      Scale scale,
      double read,
      int cellBits,
      int inputBits,
      int outputBits,
      double stuck) {
    this(
        programming, scale, read, cellBits, inputBits, outputBits, stuck, Double.POSITIVE_INFINITY);
  }

  /** Programming errors alone, relative to the window. */
  public static MachineErrors programming(double sigma) {
    return new MachineErrors(sigma, Scale.WINDOW, 0, 0, 0, 0, 0);
  }

  /** Read noise alone. */
  public static MachineErrors reading(double sigma) {
    return new MachineErrors(0, Scale.WINDOW, sigma, 0, 0, 0, 0);
  }

  /** One number of bits for cells, inputs and outputs. */
  public static MachineErrors bits(int bits) {
    return new MachineErrors(0, Scale.WINDOW, 0, bits, bits, bits, 0);
  }

  /** These errors with programming errors relative to each element. */
  public MachineErrors perElement() {
    return new MachineErrors(
        programming, Scale.ELEMENT, read, cellBits, inputBits, outputBits, stuck, loopGain);
  }

  /** These errors with another read noise. */
  public MachineErrors withRead(double sigma) {
    return new MachineErrors(
        programming, scale, sigma, cellBits, inputBits, outputBits, stuck, loopGain);
  }

  /** These errors with a share of cells that are stuck. */
  public MachineErrors withStuck(double share) {
    return new MachineErrors(
        programming, scale, read, cellBits, inputBits, outputBits, share, loopGain);
  }

  /** These errors with amplifiers of a finite open-loop gain. */
  public MachineErrors withLoopGain(double gain) {
    return new MachineErrors(
        programming, scale, read, cellBits, inputBits, outputBits, stuck, gain);
  }
}
