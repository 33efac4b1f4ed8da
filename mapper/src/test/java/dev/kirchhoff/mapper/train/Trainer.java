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
  private final DataSet data;
  private final Settings settings;
  private final Random order;
  private final Random moves;
  private final Random noise;
  private final Adam adam;
  private final float[] x;
  private final float[] image;
  private final int[] labels;

  Trainer(Classifier classifier, DataSet data, Settings settings) {
    this.classifier = classifier;
    this.data = data;
    this.settings = settings;
    this.order = new Random(settings.seed() + 1);
    this.moves = new Random(settings.seed() + 2);
    this.noise = new Random(settings.seed() + 3);
    this.adam = new Adam(classifier.parameters(), settings.decay());
    this.x = new float[settings.batch() * data.valuesPerSample()];
    this.image = new float[data.valuesPerSample()];
    this.labels = new int[settings.batch()];
  }

  /** One line an epoch goes to {@code talk}. */
  void train(Consumer<String> talk) {
    int batches = data.size() / settings.batch();
    int[] samples = new int[data.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    int total = settings.epochs() * batches;
    int step = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      shuffle(samples);
      double loss = 0;
      for (int b = 0; b < batches; b++, step++) {
        double rate = settings.rate() * 0.5 * (1 + StrictMath.cos(Math.PI * step / total));
        loss += batch(samples, b * settings.batch(), rate);
      }
      talk.accept("epoch " + (epoch + 1) + ": loss " + (float) (loss / batches));
    }
    classifier.parameters().forEach(Parameter::settle);
  }

  private void shuffle(int[] samples) {
    for (int i = samples.length - 1; i > 0; i--) {
      int j = order.nextInt(i + 1);
      int kept = samples[i];
      samples[i] = samples[j];
      samples[j] = kept;
    }
  }

  private double batch(int[] samples, int from, double rate) {
    int each = data.valuesPerSample();
    for (int i = 0; i < settings.batch(); i++) {
      int sample = samples[from + i];
      labels[i] = data.label(sample);
      if (settings.shift() > 0) {
        data.copy(sample, image, 0);
        move(image, data.shape(), x, i * each);
      } else {
        data.copy(sample, x, i * each);
      }
    }
    List<Parameter> parameters = classifier.parameters();
    if (settings.noise() > 0) {
      parameters.forEach(parameter -> parameter.disturb(settings.noise(), noise));
    }
    double loss = classifier.learn(x, labels, settings.batch());
    limit(parameters);
    adam.step(rate);
    if (settings.clip() > 0) {
      parameters.forEach(parameter -> parameter.clip(settings.clip()));
    }
    return loss;
  }

  /** Moves an image of one channel and mirrors it half of the time; zeros come in. */
  private void move(float[] from, List<Integer> shape, float[] to, int offset) {
    int height = shape.get(1);
    int width = shape.get(2);
    int range = 2 * settings.shift() + 1;
    int down = moves.nextInt(range) - settings.shift();
    int right = moves.nextInt(range) - settings.shift();
    boolean isMirrored = moves.nextBoolean();
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int r = row - down;
        int c = (isMirrored ? width - 1 - column : column) - right;
        boolean isInside = r >= 0 && r < height && c >= 0 && c < width;
        to[offset + row * width + column] = isInside ? from[r * width + c] : 0;
      }
    }
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
