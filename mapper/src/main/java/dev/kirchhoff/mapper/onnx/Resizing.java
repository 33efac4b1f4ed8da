package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.arch.workload.DigitalOperation.MULTIPLY_ACCUMULATE;

import java.util.Arrays;
import java.util.List;

/**
 * Interpolation to another size: by scales, floor(size · scale) in single precision as the standard
 * infers it, of the part that a region of interest cuts out; or to sizes, of which a policy may
 * take one scale for all dimensions, round(size · scale), halves up.
 *
 * <p>Nothing is computed where values are repeated, 2^d products an output of d dimensions that
 * change where they are linear, 4^d where cubic.
 */
final class Resizing {
  private Resizing() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(Operator.of("Resize", Resizing::resize), Operator.of("Upsample", Resizing::resize));

  static List<Tensor> resize(NodeView node, LayerCollector book) {
    Tensor x = node.in(0);
    boolean isUpsample = node.operator().equals("Upsample");
    String mode =
        isUpsample
            ? node.choice("mode", "nearest", "linear", "bilinear")
            : node.choice("mode", "nearest", "linear", "cubic");
    long[] dims = resized(node, x);
    if (x.isConstant()) {
      return List.of(x.made(x.type(), dims));
    }
    int changed = 0;
    for (int i = 0; i < dims.length; i++) {
      changed += dims[i] == x.dim(i) ? 0 : 1;
    }
    long taps = mode.contains("linear") ? 2 : mode.equals("cubic") ? 4 : 0;
    long products = 1;
    for (int i = 0; i < Math.min(changed, 5); i++) {
      products *= taps;
    }
    // A cubic kernel has negative taps.
    Flow flow = x.flow().as(x.flow().kind().scaled(mode.equals("cubic")));
    if (changed > 0) {
      book.charge(flow, MULTIPLY_ACCUMULATE, Math.multiplyExact(products, Dims.elements(dims)));
    }
    return List.of(Tensor.computed(x.type(), dims, flow));
  }

  private static long[] resized(NodeView node, Tensor x) {
    boolean isOld = node.operator().equals("Upsample") || node.opset() < 11;
    int[] axes = axes(node, x.rank());
    if (!isOld && node.has(3) && node.in(3).elements() > 0) {
      long[] sizes = node.constantIn(3).longs();
      requireOneEach(sizes.length, axes, x);
      return replaced(x, axes, kept(node, x, axes, sizes));
    }
    double[] scales = node.reals("scales").orElseGet(() -> reals(node.constantIn(isOld ? 1 : 2)));
    requireOneEach(scales.length, axes, x);
    double[] shares = isOld ? null : shares(node, axes);
    long[] sizes = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      float scale = (float) scales[i] * (shares == null ? 1 : (float) shares[i]);
      // A dimension that stays is exact, however large.
      double size = scale == 1 ? x.dim(axes[i]) : Math.floor((float) x.dim(axes[i]) * scale);
      if (!(size >= 0 && size <= Dims.MOST_ELEMENTS)) {
        throw new ModelException("resizes a dimension to " + size);
      }
      sizes[i] = (long) size;
    }
    return replaced(x, axes, sizes);
  }

  private static int[] axes(NodeView node, int rank) {
    long[] stated = node.wholes("axes").orElse(null);
    int[] axes = new int[stated == null ? rank : stated.length];
    Arrays.setAll(axes, i -> stated == null ? i : Dims.axis(stated[i], rank));
    return axes;
  }

  private static double[] reals(Numbers numbers) {
    double[] reals = new double[numbers.size()];
    Arrays.setAll(reals, numbers::real);
    return reals;
  }

  private static void requireOneEach(int count, int[] axes, Tensor x) {
    if (count != axes.length) {
      throw new ModelException("resizes " + count + " of " + x.rank() + " dimensions");
    }
  }

  private static long[] replaced(Tensor x, int[] axes, long[] sizes) {
    long[] dims = x.dims().clone();
    for (int i = 0; i < axes.length; i++) {
      dims[axes[i]] = sizes[i];
    }
    return Dims.checked(dims);
  }

  /** Shares of the dimensions that a region of interest cuts out; null if there is none. */
  private static double[] shares(NodeView node, int[] axes) {
    String mode =
        node.choice(
            "coordinate_transformation_mode",
            "half_pixel",
            "half_pixel_symmetric",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_half_pixel_for_nn",
            "tf_crop_and_resize");
    if (!mode.equals("tf_crop_and_resize")) {
      return null;
    }
    Numbers region = node.constantIn(1);
    if (region.size() != 2 * axes.length) {
      throw new ModelException(
          "has a region of " + region.size() + " values, must have " + 2 * axes.length);
    }
    double[] shares = new double[axes.length];
    Arrays.setAll(shares, i -> (float) region.real(axes.length + i) - (float) region.real(i));
    return shares;
  }

  /** Sizes of one scale for all dimensions, if a policy keeps the ratio of their sizes. */
  private static long[] kept(NodeView node, Tensor x, int[] axes, long[] sizes) {
    String policy = node.choice("keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller");
    if (policy.equals("stretch") || axes.length == 0) {
      return sizes;
    }
    // The scale is the fraction sizes[best] / dim(best): fractions are compared and multiplied as
    // whole numbers, so that halves are exact.
    int best = 0;
    for (int i = 0; i < axes.length; i++) {
      if (x.dim(axes[i]) == 0) {
        throw new ModelException("keeps the ratio of " + Dims.text(x.dims()));
      }
      long order =
          Math.multiplyExact(sizes[i], x.dim(axes[best]))
              - Math.multiplyExact(sizes[best], x.dim(axes[i]));
      best = (policy.equals("not_larger") ? order < 0 : order > 0) ? i : best;
    }
    long above = sizes[best];
    long below = x.dim(axes[best]);
    long[] kept = new long[axes.length];
    Arrays.setAll(
        kept,
        i ->
            Math.floorDiv(
                Math.addExact(
                    Math.multiplyExact(2, Math.multiplyExact(above, x.dim(axes[i]))), below),
                2 * below));
    return kept;
  }
}
