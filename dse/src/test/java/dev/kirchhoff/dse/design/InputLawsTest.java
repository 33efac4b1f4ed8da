package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drivers of rows on whole chips: finer, faster or smaller is never free. */
class InputLawsTest {
  private static final List<String> AMPLITUDES =
      List.of("pe.input.encoding=amplitude", "precision.inputs=4", "pe.readout.bits=8");

  private static Design design(String... settings) {
    return design(List.of(settings));
  }

  private static Design design(List<String> settings) {
    DesignSpec spec = RandomSpecs.load(RandomSpecs.SPEC, settings).orElseThrow();
    return spec.newBinder().bind(spec.tree().start());
  }

  private static Evaluation amplitudes(String... settings) {
    List<String> all = new ArrayList<>(AMPLITUDES);
    all.addAll(List.of(settings));
    return new Evaluator().evaluate(design(all));
  }

  private static double snr(Evaluation evaluation) {
    return evaluation.totals().value(Metric.SNR);
  }

  /** Noise of the inputs over the signal, of the first layer. */
  private static double input(Evaluation evaluation) {
    return evaluation.layers().get(0).noise().input();
  }

  @Test
  void halfTheVoltageOfAStepCostsSignalAndArea() {
    Evaluation whole = amplitudes("cell.readVoltage=100 mV");
    Evaluation half = amplitudes("cell.readVoltage=50 mV");
    assertTrue(snr(half) < snr(whole));
    assertTrue(input(half) > input(whole));
    assertTrue(half.totals().value(Metric.AREA) > whole.totals().value(Metric.AREA));
  }

  @Test
  void rowsThatMatchLessCostSignal() {
    double fine = snr(amplitudes("pe.input.mismatch.offset=0.1"));
    double coarse = snr(amplitudes("pe.input.mismatch.offset=0.5"));
    assertTrue(coarse < fine - 0.1, fine + " dB to " + coarse);
    double noisy = snr(amplitudes("pe.input.noise=0.5"));
    assertTrue(noisy < snr(amplitudes("pe.input.noise=0.1")) - 0.1);
    double steep = snr(amplitudes("pe.input.mismatch.gain=10 %"));
    assertTrue(steep < snr(amplitudes("pe.input.mismatch.gain=1 %")) - 0.1);
    double bent = snr(amplitudes("pe.input.mismatch.level=0.5"));
    assertTrue(bent < snr(amplitudes("pe.input.mismatch.level=0.1")) - 0.1);
  }

  @Test
  void aShorterPulseCostsSignalOrIsLate() {
    Evaluation calm = amplitudes("pe.input.pulse=20 ns");
    Evaluation hasty = amplitudes("pe.input.pulse=100 ps");
    assertEquals(0, calm.totals().shortage(Limit.TIMING));
    assertTrue(hasty.totals().shortage(Limit.TIMING) > 0);
    assertTrue(snr(hasty) < snr(calm));
  }

  @Test
  void pulsesOfOneBitHaveNoErrorOfTheirLevels() {
    Evaluation one = new Evaluator().evaluate(design("pe.input.encoding=bitSerial"));
    Evaluation four =
        new Evaluator().evaluate(design("pe.input.encoding=bitSerial", "pe.input.bitsPerPulse=4"));
    assertEquals(0, input(one));
    assertTrue(input(four) > 0);
    assertTrue(four.totals().value(Metric.AREA) > one.totals().value(Metric.AREA));
  }

  @Test
  void explainTellsNoiseAndMismatchOfInputs() {
    Design design = design(AMPLITUDES);
    LayerResult layer = new Evaluator().evaluate(design).layers().get(0);
    CostTree noise = Explanation.of(design).noise();
    CostTree first = noise.parts().get(0);
    CostTree input =
        first.parts().stream()
            .filter(part -> part.name().equals("input"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of("noise of pulses", "mismatch of rows and levels"),
        input.parts().stream().map(CostTree::name).toList());
    double weight = 1.0 / noise.parts().size();
    assertEquals(weight * layer.noise().input(), input.value(), 1e-9 * input.value());
  }
}
