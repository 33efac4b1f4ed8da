package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.GreyImage;

/** Input data of kernels: a user's file, or the program's. */
final class Inputs {
  private Inputs() {}

  /**
   * The image at key {@code image}, or the program's photograph.
   *
   * @param side least number of rows and of columns
   * @throws Unfit if it cannot be read, or is smaller
   */
  static GreyImage image(Settings settings, int side) throws Unfit {
    try {
      GreyImage image =
          settings.has("image") ? GreyImage.read(settings.file("image")) : GreyImage.photo();
      if (image.rows() < side || image.columns() < side) {
        String size = image.rows() + " x " + image.columns();
        throw new Unfit("image", "is " + size + ", must be " + side + " x " + side + " at least");
      }
      return image;
    } catch (DataException e) {
      throw new Unfit("image", e.getMessage());
    }
  }
}
