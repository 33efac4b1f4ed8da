package dev.kirchhoff.mapper.train;

import dev.kirchhoff.mapper.data.DataSet;
import java.util.List;
import java.util.Random;

/**
 * Batches of a data set in an order drawn for each epoch, with images moved and mirrored. Order and
 * moves have a generator each, so that the same settings give the same batches.
 */
final class Batches {
  private final DataSet data;
  private final Settings settings;
  private final Random order;
  private final Random moves;
  private final int[] samples;
  private final float[] x;
  private final float[] image;
  private final int[] labels;

  Batches(DataSet data, Settings settings) {
    this.data = data;
    this.settings = settings;
    this.order = new Random(settings.seed() + 1);
    this.moves = new Random(settings.seed() + 2);
    this.samples = new int[data.size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    this.x = new float[settings.batch() * data.valuesPerSample()];
    this.image = new float[data.valuesPerSample()];
    this.labels = new int[settings.batch()];
  }

  /** Whole batches of an epoch. */
  int count() {
    return samples.length / settings.batch();
  }

  /** Draws the order of the next epoch. */
  void shuffle() {
    for (int i = samples.length - 1; i > 0; i--) {
      int j = order.nextInt(i + 1);
      int kept = samples[i];
      samples[i] = samples[j];
      samples[j] = kept;
    }
  }

  /** Puts a batch of the epoch into {@link #x} and {@link #labels}. */
  void read(int batch) {
    int each = data.valuesPerSample();
    for (int i = 0; i < settings.batch(); i++) {
      int sample = samples[batch * settings.batch() + i];
      labels[i] = data.label(sample);
      if (settings.shift() > 0) {
        data.copy(sample, image, 0);
        move(image, data.shape(), x, i * each);
      } else {
        data.copy(sample, x, i * each);
      }
    }
  }

  /** Values of the batch, sample by sample. */
  float[] x() {
    return x;
  }

  /** Class of each sample of the batch. */
  int[] labels() {
    return labels;
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
}
