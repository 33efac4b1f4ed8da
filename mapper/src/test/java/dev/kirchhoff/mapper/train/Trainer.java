package dev.kirchhoff.mapper.train;

import dev.kirchhoff.mapper.data.DataSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Trains a classifier on one thread. Whatever is drawn comes from one generator per purpose, so
 * that the same settings and data give the same weights bit for bit.
 *
 * <p>Noise-aware training draws noise on all matrices for each batch, as Joshi et al., Nature
 * Communications 11, 2473 (2020) do, with the deviation relative to the layer's largest weight,
 * which is what a crossbar's largest conductance stands for.
 */
final class Trainer {
  private static final double LARGEST_GRADIENT = 5;

  private final Classifier classifier;
  private final Settings settings;
  private final Batches batches;
  private final Random noise;
  private final Adam adam;

  Trainer(Classifier classifier, DataSet data, Settings settings) {
    this.classifier = classifier;
    this.settings = settings;
    this.batches = new Batches(data, settings);
    this.noise = new Random(settings.seed() + 3);
    this.adam = new Adam(classifier.parameters(), settings.decay());
  }

  /** One line an epoch goes to {@code talk}. */
  void train(Consumer<String> talk) {
    int total = settings.epochs() * batches.count();
    int step = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      batches.shuffle();
      double loss = 0;
      for (int b = 0; b < batches.count(); b++, step++) {
        double rate = settings.rate() * 0.5 * (1 + StrictMath.cos(Math.PI * step / total));
        loss += batch(b, rate);
      }
      talk.accept("epoch " + (epoch + 1) + ": loss " + (float) (loss / batches.count()));
    }
    classifier.parameters().forEach(Parameter::settle);
  }

  private double batch(int number, double rate) {
    batches.read(number);
    List<Parameter> parameters = classifier.parameters();
    if (settings.noise() > 0) {
      parameters.forEach(parameter -> parameter.disturb(settings.noise(), noise));
    }
    double loss = classifier.learn(batches.x(), batches.labels(), settings.batch());
    limit(parameters);
    adam.step(rate);
    if (settings.clip() > 0) {
      parameters.forEach(parameter -> parameter.clip(settings.clip()));
    }
    return loss;
  }

  /** Shortens a gradient that is longer than {@value #LARGEST_GRADIENT}: recurrent ones burst. */
  private static void limit(List<Parameter> parameters) {
    double sum = 0;
    for (Parameter parameter : parameters) {
      for (float value : parameter.gradient()) {
        sum += (double) value * value;
      }
    }
    double length = Math.sqrt(sum);
    if (length > LARGEST_GRADIENT) {
      float factor = (float) (LARGEST_GRADIENT / length);
      for (Parameter parameter : parameters) {
        float[] gradient = parameter.gradient();
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] *= factor;
        }
      }
    }
  }
}
