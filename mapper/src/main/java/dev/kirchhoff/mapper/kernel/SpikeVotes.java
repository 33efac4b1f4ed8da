package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Classes that neurons fire for, and the digits that they elect: a spike votes for each class by
 * its share of the neuron's spikes.
 */
final class SpikeVotes {
  private final double[][] fired;

  SpikeVotes(int neurons, int classes) {
    fired = new double[neurons][classes];
  }

  /** Counts a spike of a neuron in an image of a class. */
  void count(int neuron, int label) {
    fired[neuron][label]++;
  }

  /** Adds the votes of a spike; a neuron that was never counted has none. */
  private void vote(int neuron, double[] votes) {
    double all = 0;
    for (double spikes : fired[neuron]) {
      all += spikes;
    }
    if (all > 0) {
      LinearAlgebra.add(votes, 1 / all, fired[neuron]);
    }
  }

  /** Class of most votes; −1 = there are none. */
  private static int elected(double[] votes) {
    int elected = -1;
    double most = 0;
    for (int c = 0; c < votes.length; c++) {
      elected = votes[c] > most ? c : elected;
      most = Math.max(most, votes[c]);
    }
    return elected;
  }

  /**
   * A layer that has learnt.
   *
   * @param machine machine of its synapses
   * @param synapses synapses
   * @param layer its neurons
   */
  record Trained(Machine machine, Stored synapses, LeakyNeurons layer) {
    private List<LeakyNeurons> copies(int count) {
      return Stream.generate(layer::frozen).limit(count).toList();
    }
  }

  /**
   * Share of test images whose digit is elected; all take a time step in one batch of reads.
   *
   * @param steps time steps of an image
   */
  double accuracy(SpikeTiming timing, HandwrittenDigits digits, int steps, Trained trained) {
    List<LeakyNeurons> layers = trained.copies(digits.test());
    double[][] elections = new double[layers.size()][HandwrittenDigits.CLASSES];
    for (int t = 0; t < steps; t++) {
      double[][] spikes = new double[layers.size()][];
      Arrays.setAll(
          spikes, i -> timing.spikes(trained.machine(), digits.pixels(digits.testImage(i))));
      double[][] currents = trained.machine().read(trained.synapses(), spikes);
      for (int i = 0; i < currents.length; i++) {
        int winner = layers.get(i).step(trained.machine(), currents[i]);
        if (winner >= 0) {
          vote(winner, elections[i]);
        }
      }
    }
    int correct = 0;
    for (int i = 0; i < elections.length; i++) {
      int digit = digits.label(digits.testImage(i));
      correct += elected(elections[i]) == digit ? 1 : 0;
    }
    return (double) correct / elections.length;
  }
}
