package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;

/**
 * Noise-to-signal ratios of a matrix layer, by cause.
 *
 * @param quantisation of converter steps
 * @param clipping of sums beyond the converter's range
 * @param byReadout of thermal noise, virtual ground, lost bits, mismatch of converters
 * @param cells of programming error, drift spread, read noise, stuck cells
 * @param byInput of the levels that rows present
 * @param irDrop of position-dependent wire loss
 * @param rounding of values rounded to their bits
 * @param total sum of the seven, bounded
 * @param wireLoss share of the current that is lost in wires
 * @param retainedSignal fraction of the output's signal amplitude that survives quantisation, 0..1
 * @param sensitivity to the variances of the cells
 */
public record LayerNoise(
    double quantisation,
    double clipping,
    ReadoutNoise byReadout,
    double cells,
    InputNoise byInput,
    double irDrop,
    double rounding,
    double total,
    double wireLoss,
    double retainedSignal,
    CellSensitivity sensitivity) {

  /** Of a layer on digital units, which add none: the largest ratio reported. */
  public static final Noise EXACT = new Noise(NoiseRatio.decibel(0), 0, 0, 0, 0, 0, 1, 0, 0);

  /** Of the causes of a readout's noise together. */
  public double readout() {
    return byReadout.total();
  }

  /** Of the causes of the inputs' noise together. */
  public double input() {
    return byInput.total();
  }

  /** The ratios as the record of a layer; rounding counts as quantisation. */
  public Noise result() {
    return new Noise(
        NoiseRatio.decibel(total),
        quantisation + rounding,
        clipping,
        readout(),
        cells,
        irDrop,
        retainedSignal,
        rounding,
        input());
  }

  /**
   * Part of the ratios that reaches the output of the network: Σ κ NSR over the causes, as {@link
   * AccuracyModel} has it.
   */
  public double reaching(Weight kappa) {
    double sum = 0;
    sum += kappa.ofQuantisation() * quantisation;
    sum += kappa.ofClipping() * clipping;
    sum += kappa.ofReadout() * (readout() + input());
    sum += kappa.ofCells() * cells;
    sum += kappa.ofWires() * irDrop;
    sum += kappa.ofCells() * rounding;
    if (retainedSignal < 1) {
      sum -=
          kappa.ofQuantisation()
              * (quantisation - AccuracyModel.ofNoise(quantisation, retainedSignal));
      sum *= AccuracyModel.noiseFactor(retainedSignal);
    }
    return sum;
  }

  /** Share of the errors of the cells that reaches the output of the network. */
  public double cellWeight(Weight kappa) {
    return retainedSignal < 1
        ? kappa.ofCells() * AccuracyModel.noiseFactor(retainedSignal)
        : kappa.ofCells();
  }
}
