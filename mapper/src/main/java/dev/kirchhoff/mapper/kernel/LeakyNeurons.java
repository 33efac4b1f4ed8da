package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;

/**
 * Leaky integrate-and-fire neurons of which the strongest fires alone (winner takes all), with
 * adaptive thresholds:
 *
 * <pre>
 * u_j ← λ u_j + I_j;   the neuron of the largest u_j − θ_j fires if that is positive:
 * all u ← 0 (lateral inhibition), its θ_j ← θ_j + Δθ
 * </pre>
 *
 * <p>Thresholds decay to their rest by {@value #FORGOTTEN} a step. Digital units hold and update
 * membranes and thresholds.
 */
final class LeakyNeurons {
  private static final int BITS = 16;

  /** Share of its adaptation that a threshold loses in a step; assumed, a time of 500 images. */
  private static final double FORGOTTEN = 1e-4;

  private final Law law;
  private final double[] adaptation;
  private final double[] membranes;

  /**
   * Law of a neuron.
   *
   * @param kept share λ of its potential that a membrane keeps in a step
   * @param threshold threshold θ at rest, in currents of a full weight
   * @param adaptation step Δθ
   */
  record Law(double kept, double threshold, double adaptation) {
    /** Its keys. */
    static List<Key> keys() {
      return List.of(
          key("kept", 1, "0.9", "share of its potential that a membrane keeps in a step"),
          key("threshold", 1e6, "1", "threshold at rest over the current of a full weight"),
          key("adaptation", 1e6, "0.3", "rise of a threshold by a spike"));
    }

    private static Key key(String name, double most, String value, String doc) {
      return Key.of(name, Type.quantity(Dimension.NUMBER, 0, most), value, doc);
    }

    /** A law by the settings of its keys. */
    static Law of(Settings settings) {
      return new Law(
          settings.number("kept"), settings.number("threshold"), settings.number("adaptation"));
    }
  }

  private LeakyNeurons(Law law, double[] adaptation) {
    this.law = law;
    this.adaptation = adaptation;
    membranes = new double[adaptation.length];
  }

  /** Neurons at rest. */
  LeakyNeurons(Law law, int neurons) {
    this(law, new double[neurons]);
  }

  /** Keeps membranes and thresholds in the memory of a machine. */
  void keep(Machine machine) {
    machine.keep(2.0 * membranes.length, BITS);
  }

  /** Neurons at rest whose thresholds are those of these now and stay. */
  LeakyNeurons frozen() {
    return new LeakyNeurons(new Law(law.kept, law.threshold, 0), adaptation.clone());
  }

  /** Returns membranes to rest. */
  void rest() {
    Arrays.fill(membranes, 0);
  }

  /**
   * One time step.
   *
   * @param currents I, a neuron each
   * @return the neuron that fires; −1 = none does
   */
  int step(Machine machine, double[] currents) {
    boolean isAdaptive = law.adaptation > 0;
    machine.digital(VectorOperation.MULTIPLY_ADD, membranes.length * (isAdaptive ? 2 : 1), BITS);
    machine.digital(VectorOperation.COMPARE, membranes.length, BITS);
    int winner = -1;
    double most = 0;
    for (int j = 0; j < membranes.length; j++) {
      membranes[j] = law.kept * membranes[j] + currents[j];
      adaptation[j] *= isAdaptive ? 1 - FORGOTTEN : 1;
      double excess = membranes[j] - law.threshold - adaptation[j];
      winner = excess > most ? j : winner;
      most = Math.max(most, excess);
    }
    if (winner >= 0) {
      adaptation[winner] += law.adaptation;
      rest();
    }
    return winner;
  }
}
