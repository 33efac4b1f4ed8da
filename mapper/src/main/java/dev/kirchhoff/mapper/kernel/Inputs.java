package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.FeatureTable;
import dev.kirchhoff.mapper.data.GreyImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Inputs of kernels: a user's file or the program's, and orders of samples. */
final class Inputs {
  private static final int MOST_SIDE = 4096;

  private Inputs() {}

  /** A plain number between two bounds. */
  static Type number(double least, double most) {
    return Type.quantity(Dimension.NUMBER, least, most);
  }

  /**
   * A whole number that the data bounds.
   *
   * @param unit what bounds it, {@code features}
   * @throws Unfit if it is larger
   */
  static int whole(Settings settings, String key, int most, String unit) throws Unfit {
    int value = settings.whole(key);
    if (value > most) {
      throw new Unfit(key, "is " + value + ", must be at most " + most + " " + unit);
    }
    return value;
  }

  /** Keys of an image and its part, before those of a kernel. */
  static List<Key> withImage(Key... others) {
    List<Key> keys = new ArrayList<>();
    keys.add(
        Key.optional(
            "image",
            new Type.Text(),
            "PNG of 8 bits or .npy of two dimensions; without it a photograph of 384 x 640"));
    keys.add(Key.of("rows", Type.whole(2, MOST_SIDE), "4096", "rows of it at most, from the top"));
    keys.add(Key.of("columns", Type.whole(2, MOST_SIDE), "4096", "columns at most, from the left"));
    keys.addAll(List.of(others));
    return keys;
  }

  /** Key of a table. */
  static Key tableKey(String shipped) {
    return Key.optional(
        "data",
        new Type.Text(),
        "table with a line of names; a last column class holds labels; without it " + shipped);
  }

  /**
   * The image at key {@code image}, or the program's photograph, cropped.
   *
   * @param side least number of rows and of columns
   * @throws Unfit if it cannot be read, or is smaller
   */
  static GreyImage image(Settings settings, int side) throws Unfit {
    try {
      GreyImage image =
          settings.has("image") ? GreyImage.read(settings.file("image")) : GreyImage.photo();
      image = image.cropped(settings.whole("rows"), settings.whole("columns"));
      if (image.rows() < side || image.columns() < side) {
        String size = image.rows() + " x " + image.columns();
        throw new Unfit("image", "is " + size + ", must be " + side + " x " + side + " at least");
      }
      return image;
    } catch (DataException e) {
      throw new Unfit("image", e.getMessage());
    }
  }

  /**
   * The table at key {@code data}, or the program's.
   *
   * @throws Unfit if it cannot be read
   */
  static FeatureTable table(Settings settings, Supplier<FeatureTable> shipped) throws Unfit {
    try {
      return settings.has("data") ? FeatureTable.read(settings.file("data")) : shipped.get();
    } catch (DataException e) {
      throw new Unfit("data", e.getMessage());
    }
  }

  /**
   * Checks that a table has labels where the key {@code measure} asks for the accuracy.
   *
   * @throws Unfit if it has none
   */
  static void requireLabels(Settings settings, FeatureTable table) throws Unfit {
    boolean isAccuracy =
        settings.has(Kind.MEASURE) && settings.word(Kind.MEASURE).equals("accuracy");
    if (isAccuracy && table.labels().isEmpty()) {
      throw new Unfit(Kind.MEASURE, "is accuracy, but the data has no column class; set inertia");
    }
  }

  /** A permutation of 0 to n − 1 from the random source of a machine. */
  static int[] permutation(Machine machine, int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = (int) (machine.uniform() * (i + 1));
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }
}
