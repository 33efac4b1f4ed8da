package dev.kirchhoff.mapper.train;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.tracker.Tracker;
import dev.kirchhoff.mapper.data.DataSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Training of a network by PyTorch, through the Deep Java Library: Adam with decoupled decay on the
 * cross entropy of the softmax. On one thread of one machine it repeats bit for bit; processors
 * with other vector instructions sum in another order.
 */
final class TorchTrainer implements AutoCloseable {
  private final Model model;
  private final TorchNetwork network;
  private final DataSet data;
  private final Settings settings;

  TorchTrainer(TorchNetwork network, DataSet data, Settings settings) {
    Engine.getInstance().setRandomSeed((int) settings.seed());
    this.network = network;
    this.data = data;
    this.settings = settings;
    model = Model.newInstance("trained");
    model.setBlock(network);
  }

  /** One line an epoch goes to {@code talk}. */
  void train(Consumer<String> talk) {
    Batches batches = new Batches(data, settings);
    int total = settings.epochs() * batches.count();
    Tracker rate =
        step ->
            (float) (settings.rate() * 0.5 * (1 + StrictMath.cos(Math.PI * (step - 1) / total)));
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                AdamW.builder()
                    .optLearningRateTracker(rate)
                    .optWeightDecays((float) settings.decay())
                    .build());
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(shape(settings.batch()));
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        batches.shuffle();
        double loss = 0;
        for (int b = 0; b < batches.count(); b++) {
          batches.read(b);
          loss += step(trainer, batches);
        }
        talk.accept("epoch " + epoch + ": loss " + (float) (loss / batches.count()));
      }
    }
  }

  private double step(Trainer trainer, Batches batches) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray x = manager.create(batches.x(), shape(settings.batch()));
      NDArray labels = manager.create(batches.labels());
      float loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray mean =
            trainer.getLoss().evaluate(new NDList(labels), trainer.forward(new NDList(x)));
        loss = mean.getFloat();
        gradients.backward(mean);
      }
      trainer.step();
      return loss;
    }
  }

  /** Scores of each class for some samples. */
  List<float[]> scores(DataSet samples) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] x = new float[samples.size() * samples.valuesPerSample()];
      for (int i = 0; i < samples.size(); i++) {
        samples.copy(i, x, i * samples.valuesPerSample());
      }
      NDArray all =
          TorchNetwork.apply(
              network,
              new ParameterStore(manager, true),
              manager.create(x, shape(samples.size())),
              false);
      List<float[]> scores = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        scores.add(all.get(i).toFloatArray());
      }
      return scores;
    }
  }

  private Shape shape(int batch) {
    long[] dims = new long[data.shape().size() + 1];
    Arrays.setAll(dims, i -> i == 0 ? batch : data.shape().get(i - 1));
    return new Shape(dims);
  }

  @Override
  public void close() {
    model.close();
  }
}
