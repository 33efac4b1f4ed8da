package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class EvaluationRowTest {
  private static final long FIRST = 1_000;

  @Test
  void aRowIsThatOfTheWholeEvent() throws Exception {
    for (int seed = 1; seed <= 40; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      int count = 1 + random.nextInt(30);
      RawEvent line = line(random, count);
      RunEvent.Evaluations whole = (RunEvent.Evaluations) EventJson.event(line);
      for (int row = 0; row < count; row++) {
        assertEquals(json(row(whole, row)), json(EvaluationRow.of(line, FIRST + row)), "" + seed);
      }
    }
  }

  @Test
  void aDesignThatTheLineDoesNotHoldIsRefused() throws Exception {
    RawEvent line = line(RandomGeneratorFactory.of("L64X128MixRandom").create(1), 7);
    assertThrows(EventFormatException.class, () -> EvaluationRow.of(line, FIRST - 1));
    assertThrows(EventFormatException.class, () -> EvaluationRow.of(line, FIRST + 7));
  }

  private static RawEvent line(RandomGenerator random, int count) throws EventFormatException {
    int[][] knobs = new int[random.nextInt(5)][count];
    Double[][] values = new Double[1 + random.nextInt(3)][count];
    double[][] violations = new double[random.nextInt(3)][count];
    for (int[] column : knobs) {
      for (int i = 0; i < count; i++) {
        column[i] = random.nextInt(-1, 2000);
      }
    }
    for (Double[] column : values) {
      for (int i = 0; i < count; i++) {
        column[i] = random.nextInt(4) == 0 ? null : random.nextDouble(-1e-9, 1e9);
      }
    }
    for (double[] column : violations) {
      for (int i = 0; i < count; i++) {
        column[i] = random.nextInt(2) * random.nextDouble();
      }
    }
    RunEvent.Figures figures =
        new RunEvent.Figures(figures(random, count), figures(random, count), new float[0][]);
    RunEvent.Evaluations event =
        new RunEvent.Evaluations(FIRST, count, 3, 1, knobs, values, violations, figures);
    byte[] bytes = EventJson.bytes(SampleEvents.envelope(event, 5));
    return RawEvent.scan(bytes, 0, bytes.length);
  }

  private static float[][] figures(RandomGenerator random, int count) {
    float[][] columns = new float[random.nextInt(4)][];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = new float[random.nextInt(4) == 0 ? 0 : count];
      for (int i = 0; i < columns[c].length; i++) {
        columns[c][i] = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat() * 1e6f;
      }
    }
    return columns;
  }

  private static RunEvent.Evaluations row(RunEvent.Evaluations whole, int row) {
    int[][] knobs = new int[whole.knobs().length][];
    for (int k = 0; k < knobs.length; k++) {
      knobs[k] = new int[] {whole.knobs()[k][row]};
    }
    Double[][] values = new Double[whole.values().length][];
    for (int v = 0; v < values.length; v++) {
      values[v] = new Double[] {whole.values()[v][row]};
    }
    float[][] metrics = whole.figures().metrics().clone();
    for (int m = 0; m < metrics.length; m++) {
      metrics[m] = metrics[m].length == 0 ? new float[0] : new float[] {metrics[m][row]};
    }
    return new RunEvent.Evaluations(
        whole.first() + row,
        1,
        whole.round(),
        whole.island(),
        knobs,
        values,
        new double[0][],
        new RunEvent.Figures(metrics, new float[0][], new float[0][]));
  }

  private static String json(RunEvent.Evaluations event) {
    return EventJson.line(SampleEvents.envelope(event, 5));
  }
}
