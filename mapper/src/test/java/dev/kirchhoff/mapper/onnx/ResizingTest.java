package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.mapper.onnx.Models.text;
import static dev.kirchhoff.mapper.onnx.Models.wholes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of interpolated maps, seen in the 1 x 1 convolution behind. */
class ResizingTest {
  private static final AttributeProto CROP =
      text("coordinate_transformation_mode", "tf_crop_and_resize");
  private static final AttributeProto MAP = wholes("axes", 2, 3);

  /** The map behind a node, rows x columns. */
  private static String map(Models m, String resized) throws Exception {
    byte[] model = m.bytes(m.node("Conv", List.of(resized, m.weights(2, 3, 1, 1))));
    Layer layer =
        new OnnxFormat()
            .read("m.onnx", Settings.NONE, new MapFiles().with("m.onnx", model))
            .network()
            .layers()
            .get(0);
    return layer.shape().outputHeight() + "x" + layer.shape().outputWidth();
  }

  private static void assertProblem(String expected, Models m, String resized) {
    FormatException e = assertThrows(FormatException.class, () -> map(m, resized));
    assertEquals(List.of(expected), e.problems());
  }

  private static Models image(int rows, int columns) {
    return new Models().opset(18).input("x", 1, 3, rows, columns);
  }

  private static String reals(Models m, double... values) {
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.allocate(4 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return m.bytes(Tensor.FLOAT, bytes.array(), values.length);
  }

  /**
   * 200 x 400 to 100 x 100: scales 1/2 and 1/4. 3 x 4 to 2 x 2: 2/3 and 1/2, and 3 / 2 rounds up to
   * 2, 8 / 3 to 3. 5 x 10 to 3 x 3: 5 x 3/10 is 1.5.
   */
  @ParameterizedTest(name = "{0} x {1} to {2} x {3}, {4}: {5}")
  @CsvSource({
    "200, 400, 100, 100, not_larger, 50x100",
    "200, 400, 100, 100, not_smaller, 100x200",
    "200, 400, 100, 100, stretch, 100x100",
    "3, 4, 2, 2, not_larger, 2x2",
    "3, 4, 2, 2, not_smaller, 2x3",
    "5, 10, 3, 3, not_larger, 2x3",
    "9, 6, 1, 1, not_smaller, 2x1",
    "7, 7, 7, 7, not_larger, 7x7"
  })
  void aPolicyTakesOneScaleForAllSizes(
      int rows, int columns, int height, int width, String policy, String expected)
      throws Exception {
    Models m = image(rows, columns);
    String sizes = m.wholes(height, width);
    AttributeProto keeps = text("keep_aspect_ratio_policy", policy);
    assertEquals(expected, map(m, m.node("Resize", List.of("x", "", "", sizes), MAP, keeps)));
  }

  /** The batch and the channels count too where no axes are named. */
  @Test
  void aPolicyIsOfAllDimensionsThatAreResized() throws Exception {
    Models m = image(200, 400);
    String sizes = m.wholes(1, 3, 400, 800);
    AttributeProto keeps = text("keep_aspect_ratio_policy", "not_larger");
    assertEquals("200x400", map(m, m.node("Resize", List.of("x", "", "", sizes), keeps)));
  }

  @Test
  void anUnknownPolicyIsRefused() {
    Models m = image(8, 8);
    String sizes = m.wholes(4, 4);
    AttributeProto keeps = text("keep_aspect_ratio_policy", "not-larger");
    assertProblem(
        "node 'Resize_0' (Resize): has keep_aspect_ratio_policy 'not-larger', must be stretch,"
            + " not_larger or not_smaller; did you mean not_larger?",
        m,
        m.node("Resize", List.of("x", "", "", sizes), MAP, keeps));
  }

  /** Rows 0.25 to 1 of 10, columns 0 to 0.5 of 20, twice and three times as large. */
  @Test
  void aRegionIsCutOutBeforeItIsScaled() throws Exception {
    Models m = image(10, 20);
    String region = reals(m, 0.25, 0, 1, 0.5);
    String scales = reals(m, 2, 3);
    String y = m.node("Resize", List.of("x", region, scales), MAP, CROP);
    assertEquals("15x30", map(m, y));
    Models all = image(10, 10);
    region = reals(all, 0, 0, 0, 0, 1, 1, 0.5, 0.5);
    y = all.node("Resize", List.of("x", region, reals(all, 1, 1, 1, 1)), CROP);
    assertEquals("5x5", map(all, y));
  }

  @Test
  void aRegionHasNoPartInSizesThatAreStatedOrInOtherModes() throws Exception {
    Models sizes = image(10, 10);
    String region = reals(sizes, 0, 0, 0.5, 0.5);
    String y = sizes.node("Resize", List.of("x", region, "", sizes.wholes(7, 8)), MAP, CROP);
    assertEquals("7x8", map(sizes, y));
    Models other = image(10, 10);
    region = reals(other, 0, 0, 0.5, 0.5);
    y = other.node("Resize", List.of("x", region, reals(other, 2, 2)), MAP);
    assertEquals("20x20", map(other, y));
  }

  @Test
  void aRegionThatIsNotConstantIsNamed() {
    Models m = image(10, 10).input("region", 4);
    assertProblem(
        "node 'Resize_0' (Resize): has a shape that depends on data (input 1, 'region'), so that"
            + " the layers behind it cannot be sized",
        m,
        m.node("Resize", List.of("x", "region", reals(m, 2, 2)), MAP, CROP));
    Models few = image(10, 10);
    assertProblem(
        "node 'Resize_0' (Resize): has a region of 2 values, must have 4",
        few,
        few.node("Resize", List.of("x", reals(few, 0, 1), reals(few, 2, 2)), MAP, CROP));
    Models none = image(10, 10);
    assertProblem(
        "node 'Resize_0' (Resize): misses input 1",
        none,
        none.node("Resize", List.of("x", "", reals(none, 2, 2)), MAP, CROP));
  }

  @Test
  void anUnknownCoordinateModeIsRefused() {
    Models m = image(10, 10);
    assertProblem(
        "node 'Resize_0' (Resize): has coordinate_transformation_mode 'tf_crop', must be"
            + " half_pixel, half_pixel_symmetric, pytorch_half_pixel, align_corners, asymmetric,"
            + " tf_half_pixel_for_nn or tf_crop_and_resize; did you mean tf_crop_and_resize?",
        m,
        m.node(
            "Resize",
            List.of("x", reals(m, 0, 0, 1, 1), reals(m, 2, 2)),
            MAP,
            text("coordinate_transformation_mode", "tf_crop")));
  }

  /** In single precision 10 x 0.7 is 7; in double precision, of the stored 0.7, it is less. */
  @Test
  void scalesMultiplyInSinglePrecisionAsTheStandardInfersSizes() throws Exception {
    Models m = image(10, 20);
    assertEquals("7x14", map(m, m.node("Resize", List.of("x", "", reals(m, 0.7, 0.7)), MAP)));
  }
}
