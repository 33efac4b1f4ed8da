package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.kernel.ArithmeticMachine;
import dev.kirchhoff.mapper.kernel.CountingMachine;
import dev.kirchhoff.mapper.kernel.GivenSettings;
import dev.kirchhoff.mapper.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of learning on cells of 16 states, where updates are smaller than a pulse. */
class UpdatesOfFewStatesTest {
  private static final int SAMPLES = 569;
  private static final int PASSES = 5;
  private static final double UPDATES = 2.0 * SAMPLES * PASSES * 30;

  private record Run(double cosine, CountingMachine counts) {}

  private static Kernel components(String update) {
    KernelKind kind =
        Kernels.kinds().stream()
            .filter(k -> k.shape().name().equals("principalComponents"))
            .findFirst()
            .orElseThrow();
    return GivenSettings.bind(kind, Map.of("update", update));
  }

  private static Machine chip(long seed) {
    TestChips chip = new TestChips();
    chip.cellBits = 4;
    SimulationOptions options = SimulationOptions.of(seed, 1);
    return CrossbarMachine.of(chip.model(), options, new Precision(8, 8, 8));
  }

  private static Run median(String update) {
    Run[] runs = new Run[3];
    for (int seed = 0; seed < 3; seed++) {
      CountingMachine machine = new CountingMachine(chip(seed));
      runs[seed] = new Run(components(update).run(machine).quality().orElseThrow(), machine);
    }
    Arrays.sort(runs, (a, b) -> Double.compare(a.cosine(), b.cosine()));
    return runs[1];
  }

  /** Measured: 0.56, 0.93 and 0.84; 170,490, 7,010 and 5,833 writes. */
  @Test
  void updatesThatAreKeptLearnWhatDirectOnesLose() {
    Run direct = median("direct");
    Run accumulated = median("accumulated");
    Run stochastic = median("stochastic");
    assertTrue(direct.cosine() < 0.6, "direct " + direct.cosine());
    assertTrue(accumulated.cosine() > 0.85, "accumulated " + accumulated.cosine());
    assertTrue(stochastic.cosine() > 0.75, "stochastic " + stochastic.cosine());
    assertEquals(UPDATES, direct.counts().writes(), 0.02 * UPDATES, "updates of 0 are no pulses");
    assertTrue(accumulated.counts().writes() < UPDATES / 10);
  }

  /** An element's update takes a multiply-add and a comparison; by chance a random word as well. */
  @Test
  @Tag("slow")
  void whatKeepsUpdatesIsCharged() {
    CountingMachine direct = median("direct").counts();
    CountingMachine accumulated = median("accumulated").counts();
    CountingMachine stochastic = median("stochastic").counts();
    double own = direct.digital(VectorOperation.MULTIPLY_ADD);
    assertEquals(own + UPDATES, accumulated.digital(VectorOperation.MULTIPLY_ADD));
    assertEquals(UPDATES, accumulated.digital(VectorOperation.COMPARE));
    assertEquals(0, direct.digital(VectorOperation.COMPARE));
    assertEquals(direct.draws(), accumulated.draws());
    assertEquals(direct.draws() + UPDATES, stochastic.draws());
  }

  @Test
  void pulsesOfAnySizeNeedNothingKept() {
    double direct = components("direct").run(ArithmeticMachine.exact(1)).quality().orElseThrow();
    for (String update : List.of("accumulated", "stochastic")) {
      assertEquals(
          direct,
          components(update).run(ArithmeticMachine.exact(1)).quality().orElseThrow(),
          update);
    }
  }

  /** A cell of 4 bits and a sign: a pulse is a fifteenth of full scale of a device of 16 states. */
  @Test
  void aPulseIsAStateOfTheMostSignificantCell() {
    TestChips chip = new TestChips();
    chip.cellBits = 4;
    Machine machine =
        CrossbarMachine.of(chip.model(), SimulationOptions.of(1, 1), new Precision(5, 8, 8));
    assertEquals(2.0 / 15, machine.pulseSize(machine.store("a", new double[][] {{1}}, 2)), 1e-12);
  }
}
