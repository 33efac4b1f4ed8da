package dev.kirchhoff.arch.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.random.RandomKey;
import org.junit.jupiter.api.Test;

class PulseResponseTest {
  private static final ConductanceWindow WINDOW = new ConductanceWindow(2, 22, 32);
  private static final PulseResponse CURVED = new PulseResponse(WINDOW, 64, 20, 12, 0);

  @Test
  void pulsesFollowTheClosedForm() {
    double b = 20 / (1 - Math.exp(-64.0 / 20));
    double up = 2;
    for (int pulse = 1; pulse <= 64; pulse++) {
      up = CURVED.after_uS(up, true, 0);
      assertEquals(2 + b * (1 - Math.exp(-pulse / 20.0)), up, 1e-12 * 22);
    }
    assertEquals(22, up, 1e-12 * 22);
  }

  @Test
  void upAndDownDifferUnlessTheyAreLinear() {
    double up = CURVED.after_uS(12, true, 0) - 12;
    double down = 12 - CURVED.after_uS(12, false, 0);
    assertTrue(Math.abs(up - down) > 0.02, up + " " + down);
    double inf = Double.POSITIVE_INFINITY;
    PulseResponse linear = new PulseResponse(WINDOW, 64, inf, inf, 0);
    assertEquals(20.0 / 64, linear.after_uS(12, true, 0) - 12, 1e-12);
    assertEquals(20.0 / 64, 12 - linear.after_uS(12, false, 0), 1e-12);
  }

  @Test
  void verifyingTradesPulsesForAccuracy() {
    PulseResponse noisy = new PulseResponse(WINDOW, 64, 20, 12, 0.02);
    double blind = 0;
    double[] verified = new double[2];
    double[] pulses = new double[2];
    double[] acceptance_uS = {1, 0.25};
    int cells = 2_000;
    for (int cell = 0; cell < cells; cell++) {
      RandomKey key = RandomKey.of(4).child(cell);
      double target = 3 + 18 * key.uniform(1_000_000);
      double miss = noisy.writeBlind(target, key).conductance_uS() - target;
      blind += miss * miss / cells;
      for (int i = 0; i < 2; i++) {
        PulseResponse.WriteOutcome written =
            noisy.writeVerify(2, target, acceptance_uS[i], 1_000, key);
        assertTrue(written.accepted());
        double error = written.conductance_uS() - target;
        verified[i] += error * error / cells;
        pulses[i] += (double) written.pulses() / cells;
      }
    }
    assertTrue(verified[1] < verified[0] && verified[0] < blind);
    assertTrue(pulses[0] < pulses[1]);
  }

  @Test
  void whatNeverComesCloseEnoughIsNotAccepted() {
    PulseResponse coarse = new PulseResponse(WINDOW, 2, 1, 1, 0);
    PulseResponse.WriteOutcome written = coarse.writeVerify(2, 10, 1e-6, 50, RandomKey.of(1));
    assertEquals(50, written.pulses());
    assertTrue(!written.accepted());
  }
}
