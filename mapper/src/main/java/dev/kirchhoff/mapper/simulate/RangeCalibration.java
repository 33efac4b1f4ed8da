package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.onnx.MatrixEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Calibration of the ranges of a programmed chip's converters, layer after layer, as the chip
 * itself is calibrated: typical items run through it once, and the inputs of a layer carry the
 * errors of all layers before it. Ranges taken from the inputs of ideal hardware would clip the
 * outputs of a layer that errs to one side.
 *
 * <p>A matrix that reads its own products again, as recurrent ones do, is calibrated on the inputs
 * that it has on ideal hardware. Reads have random draws of their own, independent of those of
 * later runs. Of a chip whose vectors are sampled, those that calibrate a matrix are the sample.
 */
final class RangeCalibration {
  private static final int ITEMS = 64;

  /** Steps of the random streams that no run of items reaches. */
  private static final int OWN_STEPS = 1 << 30;

  private final QuantisedNetwork network;
  private final List<List<ProgrammedMatrix>> matrices;
  private final boolean isSampled;
  private final List<List<ChipMatrix>> calibrated = new ArrayList<>();

  /**
   * A calibration.
   *
   * @param matrices the matrices by layer and group
   * @param isSampled whether a sample of vectors is read in full, not all
   */
  RangeCalibration(
      QuantisedNetwork network, List<List<ProgrammedMatrix>> matrices, boolean isSampled) {
    this.network = network;
    this.matrices = matrices;
    this.isSampled = isSampled;
    matrices.forEach(ofLayer -> calibrated.add(new ArrayList<>(ofLayer)));
  }

  /** Calibrates; gives the matrices by layer and group as they multiply. */
  List<List<ChipMatrix>> run() {
    for (int l = 0; l < matrices.size(); l++) {
      for (int g = 0; g < matrices.get(l).size() && network.samples(l).isRecurrent(); g++) {
        calibrate(l, g, network.samples(l));
      }
    }
    List<float[]> all = network.calibration();
    float[][] items = all.subList(0, Math.min(ITEMS, all.size())).toArray(float[][]::new);
    network.network().run(items, 0, new CalibratingSession());
    return calibrated;
  }

  private void calibrate(int layer, int group, InputSamples samples) {
    ProgrammedMatrix matrix = matrices.get(layer).get(group);
    int[][] vectors = network.layers().get(layer).quantised(samples.vectors(group));
    if (isSampled) {
      calibrated.get(layer).set(group, SampledMatrix.calibrate(matrix, vectors));
    } else {
      matrix.calibrate(vectors);
    }
  }

  /** Calibrates a matrix on the vectors that reach it, then multiplies them. */
  private final class CalibratingSession implements MatrixEngine.Session {
    private final MatrixEngine.Session session =
        new QuantisedEngine(network.layers(), calibrated).newSession();
    private final List<InputSamples> samples = new ArrayList<>();

    CalibratingSession() {
      network.layers().forEach(layer -> samples.add(new InputSamples(layer.groups())));
    }

    @Override
    public boolean observesFirst(int layer, int group) {
      return !matrices.get(layer).get(group).isCalibrated();
    }

    @Override
    public void observe(MatrixEngine.Call call, float[][] vectors) {
      samples.get(call.layer()).add(call, vectors);
    }

    @Override
    public void multiply(MatrixEngine.Call call, float[][] vectors, float[][] products) {
      if (observesFirst(call.layer(), call.group())) {
        calibrate(call.layer(), call.group(), samples.get(call.layer()));
      }
      session.multiply(
          new MatrixEngine.Call(
              call.layer(), call.group(), OWN_STEPS + call.step(), call.first(), call.count()),
          vectors,
          products);
    }
  }
}
