package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.noise.CellSensitivity;
import dev.kirchhoff.mapper.noise.InputNoise;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.noise.NoiseRatio;
import dev.kirchhoff.mapper.noise.ReadoutNoise;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccuracyLossTest {
  private static final long SEED = 17L;
  private static final Network CNN = new OnnxFormat().shipped("fashion-cnn").orElseThrow();
  private static final AccuracyModel MODEL = CNN.accuracy().orElseThrow();

  @Test
  void theRatioOfTheOutputIsTheWeightedSumOfItsLayersAndTheLossThatOfTheCurve() {
    Random random = new Random(SEED);
    Evaluator evaluator = new Evaluator();
    for (int i = 0; i < 200; i++) {
      Design design = RandomDesigns.random(random, CNN);
      Evaluation evaluation = evaluator.evaluate(design);
      double noise = 0;
      for (var layer : evaluation.layers()) {
        LayerResult.Noise of = layer.noise();
        AccuracyModel.Weight weight = MODEL.weight(layer.layer());
        double unsaid = 1 - of.retainedSignal();
        double steps = Math.max(0, of.quantisation() - of.rounding() - unsaid * unsaid);
        double ofLayer = weight.ofQuantisation() * steps + weight.ofClipping() * of.clipping();
        ofLayer += weight.ofReadout() * (of.readout() + of.input());
        ofLayer += weight.ofCells() * (of.cells() + of.rounding());
        ofLayer += weight.ofWires() * of.irDrop();
        noise += ofLayer / Math.pow(Math.max(0.05, of.retainedSignal()), 2);
      }
      String message = "seed " + SEED + " case " + i;
      double snr_dB = evaluation.totals().value(Metric.SNR);
      assertEquals(NoiseRatio.decibel(noise), snr_dB, 1e-9, message);
      double loss = evaluation.totals().value(Metric.ACCURACY_LOSS);
      assertEquals(MODEL.accuracy().loss(snr_dB), loss, 1e-12, message);
      Band band = evaluation.band(Metric.ACCURACY_LOSS);
      assertTrue(band.low() <= loss && loss <= band.high(), message);
    }
  }

  @Test
  void aReusedEvaluatorShowsTheSameLossAsAFreshOne() {
    Random random = new Random(SEED);
    Evaluator reused = new Evaluator();
    Totals a = new Totals();
    Totals b = new Totals();
    for (int i = 0; i < 20; i++) {
      Design design = RandomDesigns.random(random, CNN);
      a = reused.totals(design);
      b = new Evaluator().totals(design);
      String message = "seed " + SEED + " case " + i;
      assertEquals(b.value(Metric.ACCURACY_LOSS), a.value(Metric.ACCURACY_LOSS), message);
      assertEquals(b.value(Metric.REFRESH_INTERVAL), a.value(Metric.REFRESH_INTERVAL), message);
    }
  }

  @Test
  void errorsOfCellsReachTheOutputByTheirWeightAtAnyRetainedSignal() {
    NetworkValues values = NetworkValues.of(CNN);
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      AccuracyModel.Weight kappa = values.errorWeight(random.nextInt(CNN.layers().size()));
      double[] r = random.doubles(6).toArray();
      double retained = random.nextBoolean() ? 1 : random.nextDouble();
      LayerNoise noise = noise(r, retained);
      double before = noise.reaching(kappa);
      r[3] += 0.5;
      double after = noise(r, retained).reaching(kappa);
      double weight = noise.cellWeight(kappa);
      assertEquals(0.5 * weight, after - before, 1e-9 * after, "seed " + SEED + " case " + i);
    }
  }

  private static LayerNoise noise(double[] r, double retained) {
    double total = Arrays.stream(r).sum();
    CellSensitivity none = CellSensitivity.of(0, level -> 0);
    ReadoutNoise readout = new ReadoutNoise(r[2], 0, 0, 0, 0, 0);
    return new LayerNoise(
        r[0], r[1], readout, r[3], InputNoise.NONE, r[4], r[5], total, 0, retained, none);
  }
}
