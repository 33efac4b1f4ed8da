package dev.kirchhoff.mapper.onnx;

import static dev.kirchhoff.mapper.onnx.Models.real;
import static dev.kirchhoff.mapper.onnx.Models.text;
import static dev.kirchhoff.mapper.onnx.Models.whole;
import static dev.kirchhoff.mapper.onnx.Models.wholes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of another type or with words that there are not are refused, not left out. */
class AttributesTest {
  private static final String PADDINGS = "NOTSET, SAME_UPPER, SAME_LOWER or VALID";

  private static long macs(byte[] model) throws Exception {
    return new OnnxFormat()
        .read("m.onnx", Settings.NONE, new MapFiles().with("m.onnx", model))
        .network()
        .macs();
  }

  private static void assertProblem(String expected, byte[] model) {
    FormatException e = assertThrows(FormatException.class, () -> macs(model));
    assertEquals(List.of(expected), e.problems());
  }

  /** A convolution of 3 x 3 on 3 x 8 x 8. */
  private static byte[] convolution(AttributeProto attribute) {
    Models m = new Models().input("x", 1, 3, 8, 8);
    return m.bytes(m.node("Conv", List.of("x", m.weights(2, 3, 3, 3)), attribute));
  }

  @Test
  void aPaddingThatThereIsNotIsNamedWithTheNearest() {
    assertProblem(
        "node 'Conv_0' (Conv): has auto_pad 'SAMEUPPER', must be "
            + PADDINGS
            + "; did you mean SAME_UPPER?",
        convolution(text("auto_pad", "SAMEUPPER")));
    assertProblem(
        "node 'Conv_0' (Conv): has auto_pad 'SAME', must be "
            + PADDINGS
            + "; did you mean SAME_UPPER?",
        convolution(text("auto_pad", "SAME")));
    assertProblem(
        "node 'Conv_0' (Conv): has auto_pad 'reflect', must be " + PADDINGS,
        convolution(text("auto_pad", "reflect")));
  }

  @Test
  void poolsAndTransposedConvolutionsRefuseItToo() {
    for (String pool : List.of("MaxPool", "AveragePool", "LpPool")) {
      Models m = new Models().input("x", 1, 3, 8, 8);
      String y =
          m.node(pool, List.of("x"), wholes("kernel_shape", 2, 2), text("auto_pad", "VALLID"));
      assertProblem(
          "node '%s_0' (%s): has auto_pad 'VALLID', must be %s; did you mean VALID?"
              .formatted(pool, pool, PADDINGS),
          m.bytes(m.node("Conv", List.of(y, m.weights(2, 3, 1, 1)))));
    }
    Models m = new Models().input("x", 1, 3, 8, 8);
    assertProblem(
        "node 'ConvTranspose_0' (ConvTranspose): has auto_pad 'SAME_UPER', must be "
            + PADDINGS
            + "; did you mean SAME_UPPER?",
        m.bytes(
            m.node(
                "ConvTranspose",
                List.of("x", m.weights(3, 2, 3, 3)),
                text("auto_pad", "SAME_UPER"))));
  }

  @Test
  void aPaddingThatIsLeftEmptyIsNotSet() throws Exception {
    assertEquals(36 * 27 * 2, macs(convolution(text("auto_pad", ""))));
    assertEquals(64 * 27 * 2, macs(convolution(text("auto_pad", "SAME_LOWER"))));
  }

  @Test
  void directionsAndModesThatThereAreNotAreRefused() {
    Models m = new Models().input("x", 10, 2, 5);
    assertProblem(
        "node 'LSTM_0' (LSTM): has direction 'backward', must be forward, reverse or bidirectional",
        m.bytes(
            m.node(
                "LSTM",
                List.of("x", m.weights(1, 24, 5), m.weights(1, 24, 6)),
                text("direction", "backward"))));
    Models resize = new Models().input("x", 1, 3, 8, 8);
    String y =
        resize.node(
            "Resize", List.of("x", "", "", resize.wholes(1, 3, 9, 9)), text("mode", "bilinear"));
    assertProblem(
        "node 'Resize_0' (Resize): has mode 'bilinear', must be nearest, linear or cubic; did you"
            + " mean linear?",
        resize.bytes(resize.node("Conv", List.of(y, resize.weights(2, 3, 1, 1)))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAttributeOfAnotherTypeIsReported(boolean isStated) {
    assertProblem(
        "node 'Conv_0' (Conv): strides is a string, must be whole numbers",
        convolution(typed(text("strides", "two"), isStated)));
    assertProblem(
        "node 'Conv_0' (Conv): dilations is a whole number, must be whole numbers",
        convolution(typed(whole("dilations", 2), isStated)));
    assertProblem(
        "node 'Conv_0' (Conv): group is a real number, must be a whole number",
        convolution(typed(real("group", 1), isStated)));
    assertProblem(
        "node 'Conv_0' (Conv): auto_pad is whole numbers, must be a string",
        convolution(typed(wholes("auto_pad", 1), isStated)));
  }

  /** Old files do not state the types of attributes. */
  private static AttributeProto typed(AttributeProto attribute, boolean isStated) {
    return isStated ? attribute : attribute.toBuilder().clearType().build();
  }

  @Test
  void attributesWithoutATypeAreReadByTheirContent() throws Exception {
    assertEquals(9 * 27 * 2, macs(convolution(typed(wholes("strides", 2, 2), false))));
  }
}
