package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.WeightDigits;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Number representation of a chip: codes of weights and inputs, and the bits of their digits.
 *
 * @param encoding encoding of signed weights as conductances
 * @param input encoding of input values as pulses
 * @param cellBits bits of a cell
 * @param combine cells of a weight whose columns are added before one conversion; empty = all
 * @param oneBitCells most significant bits of a weight in cells of one bit
 */
public record DigitFormat(
    Encoding encoding, Input input, int cellBits, OptionalInt combine, int oneBitCells) {

  /** Hash of the components that designs differ in: keys of layers hold a format each. */
  @Override
  public int hashCode() {
    int hash = 31 * encoding.ordinal() + cellBits;
    hash = 31 * hash + combine.orElse(0);
    hash = 31 * hash + oneBitCells;
    hash = 31 * hash + input.encoding().ordinal();
    return 31 * (31 * hash + input.bitsPerPulse().orElse(0)) + input.combine().orElse(0);
  }

  /** The representation of a chip, without what decides its prices alone. */
  public static DigitFormat of(Chip chip) {
    return of(chip.crossbar().weights(), chip.pe().input(), chip.cell().bits());
  }

  /** The representation of crossbars, without what decides their prices alone. */
  public static DigitFormat of(WeightEncoding weights, Input input, int cellBits) {
    return new DigitFormat(
        weights.encoding(), pulses(input), cellBits, weights.combine(), weights.oneBitCells());
  }

  /** Inputs without what decides their prices alone. */
  public static Input pulses(Input input) {
    return new Input(
        input.encoding(),
        input.bitsPerPulse(),
        input.combine(),
        input.sign(),
        OptionalDouble.empty(),
        Input.Swing.SUPPLY,
        ComponentModel.standard());
  }

  /** Digits of the inputs of a layer, sign included where lines carry it. */
  public DigitKey inputs(ValueDistribution values, int bits) {
    if (encoding == Encoding.XNOR) {
      return planes(values, bits);
    }
    int width = Math.min(input.bitsOfDigit(bits), DigitStatistics.WIDEST);
    DigitKey.Encoding codes =
        input.sign() == Input.Sign.SECOND_PASS
            ? DigitKey.Encoding.INPUTS
            : DigitKey.Encoding.BIPOLAR_INPUTS;
    int pulse = Math.min(input.bitsOfPulse(bits), width);
    return new DigitKey(values, codes, input.magnitudeBits(bits), width, pulse);
  }

  /** Pulses of the inputs of a layer, of which digits combine several. */
  DigitKey pulses(ValueDistribution values, int bits) {
    return new DigitFormat(encoding, input.uncombined(), cellBits, combine, oneBitCells)
        .inputs(values, bits);
  }

  /** Digits of a layer's weights, each in a cell or a pair of cells. */
  public DigitKey cells(ValueDistribution values, int bits) {
    return weights(values, bits, cellBits);
  }

  /** Digits of a layer's weights as they are converted: those of the cells that are combined. */
  public DigitKey weights(ValueDistribution values, int bits) {
    WeightDigits digits = encoding.digits(bits, cellBits, oneBitCells);
    int count = digits.count();
    int cells = combine.isPresent() ? Math.min(combine.getAsInt(), count) : count;
    if (digits.areMixed()) {
      return weights(values, bits, cells > 1 ? DigitStatistics.WIDEST : cellBits);
    }
    return weights(values, bits, cellBits * Math.min(cells, DigitStatistics.WIDEST / cellBits));
  }

  private DigitKey weights(ValueDistribution values, int bits, int width) {
    int oneBit = encoding.digits(bits, cellBits, oneBitCells).oneBit();
    return switch (encoding) {
      case XNOR -> planes(values, bits);
      case OFFSET ->
          new DigitKey(
              values, DigitKey.Encoding.OFFSET_WEIGHTS, Math.max(2, bits), width, cellBits, oneBit);
      case DIFFERENTIAL ->
          new DigitKey(
              values, DigitKey.Encoding.DIFFERENTIAL_WEIGHTS, bits, width, cellBits, oneBit);
    };
  }

  private static DigitKey planes(ValueDistribution values, int bits) {
    return new DigitKey(values, DigitKey.Encoding.SIGN_PLANES, bits, 1, 1);
  }
}
