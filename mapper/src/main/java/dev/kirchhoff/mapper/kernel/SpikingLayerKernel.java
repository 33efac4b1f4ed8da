package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;
import java.util.stream.Stream;

/**
 * Spiking layer that learns {@link HandwrittenDigits} without labels: 64 inputs in rate code,
 * {@link LeakyNeurons} that add up the currents of their synapses, plasticity by {@link
 * SpikeTiming}.
 *
 * <p>Every step is a read of the inputs that fire; every spike of a neuron is one blind pulse on
 * each synapse of its column. Numbers of both depend on the data. Weights are −1 to 1.
 *
 * <p>After training, plasticity and thresholds are frozen; test images have membranes of their own,
 * so that all take a time step in one batch of reads. {@link SpikeVotes} of the last epoch turn
 * spikes into digits; votes are the host's and not counted.
 */
record SpikingLayerKernel(
    int neurons,
    LeakyNeurons.Law law,
    SpikeTiming timing,
    int epochs,
    int steps,
    HandwrittenDigits digits)
    implements Kernel {
  private static final Outcome.Measure ACCURACY =
      new Outcome.Measure("accuracy", "accuracy", "%", true);
  static final Kind KIND =
      new Kind(
          "spikingLayer",
          "Learns digits without labels by spike-timing-dependent plasticity in the array.",
          "Y. Shi et al., Nature Communications 9, 5312 (2018), doi 10.1038/s41467-018-07682-0;"
              + " D. Querlioz et al., IEEE Trans. Nanotechnol. 12, 288 (2013), doi"
              + " 10.1109/TNANO.2013.2250995",
          Stream.of(
                  List.of(
                      Key.of("neurons", whole(1, 4096), "30", "neurons, a column each"),
                      Key.of("epochs", whole(1, 100), "1", "presentations of each image"),
                      Key.of("steps", whole(1, 1000), "20", "time steps of an image")),
                  HandwrittenDigits.keys("300", "100"),
                  SpikeTiming.keys(),
                  LeakyNeurons.Law.keys())
              .flatMap(List::stream)
              .toList(),
          List.of(ACCURACY),
          s ->
              new SpikingLayerKernel(
                  s.whole("neurons"),
                  LeakyNeurons.Law.of(s),
                  SpikeTiming.of(s),
                  s.whole("epochs"),
                  s.whole("steps"),
                  HandwrittenDigits.of(s)));

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public Outcome run(Machine machine) {
    double[][] initial = SpikeTiming.initial(HandwrittenDigits.PIXELS, neurons, digits.key());
    Stored synapses = machine.store("synapses", initial, 1);
    LeakyNeurons layer = new LeakyNeurons(law, neurons);
    layer.keep(machine);
    machine.keep(
        (digits.train() + digits.test()) * (double) HandwrittenDigits.PIXELS, SpikeTiming.BITS);
    SpikeVotes votes = new SpikeVotes(neurons, HandwrittenDigits.CLASSES);
    for (int n = 0; n < epochs * digits.train(); n++) {
      int image = n % digits.train();
      double[] before = new double[HandwrittenDigits.PIXELS];
      layer.rest();
      for (int t = 0; t < steps; t++) {
        double[] spikes = timing.spikes(machine, digits.pixels(image));
        int winner = layer.step(machine, machine.read(synapses, spikes));
        if (winner >= 0) {
          machine.pulse(synapses, timing.change(winner, neurons, spikes, before));
          if (n >= (epochs - 1) * digits.train()) {
            votes.count(winner, digits.label(image));
          }
        }
        before = spikes;
      }
      machine.endOfIteration();
    }
    double accuracy =
        votes.accuracy(timing, digits, steps, new SpikeVotes.Trained(machine, synapses, layer));
    return Outcome.of(ACCURACY, 100 * accuracy, (long) epochs * digits.train());
  }
}
