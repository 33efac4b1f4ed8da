package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.TypicalValues;
import dev.kirchhoff.arch.workload.Window;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Models made here, their layers counted by hand. */
class GeneratedModelsTest {

  private static NetworkFormat.Reading read(ModelProto model, Settings settings) throws Exception {
    return new OnnxFormat()
        .read("m.onnx", settings, new MapFiles().with("m.onnx", model.toByteArray()));
  }

  private static Network read(ModelProto model) throws Exception {
    return read(model, Settings.NONE).network();
  }

  private static MatrixShape linear(int inputs, int outputs, int vectors, int groups) {
    return new MatrixShape(inputs, outputs, 1, 1, vectors, 1, 1, groups);
  }

  private static List<MatrixShape> shapes(Network network) {
    return network.layers().stream().map(Layer::shape).toList();
  }

  private static Map<DigitalOperation, Long> work(Layer layer) {
    Map<DigitalOperation, Long> work = new TreeMap<>();
    for (DigitalWork each : layer.after()) {
      work.put(each.operation(), each.elements());
    }
    return work;
  }

  @Test
  void residualSumsAreJoinedByTheLayerThatComesLast() throws Exception {
    NetworkFormat.Reading reading = read(SampleModels.residual(), Settings.NONE);
    List<Layer> layers = reading.network().layers();
    assertEquals(
        List.of(
            new MatrixShape(3, 16, 3, 3, 32, 32, 1, 1),
            new MatrixShape(16, 16, 3, 3, 32, 32, 1, 1),
            new MatrixShape(16, 16, 3, 3, 32, 32, 1, 1),
            new MatrixShape(16, 32, 3, 3, 16, 16, 2, 1),
            new MatrixShape(32, 32, 3, 3, 16, 16, 1, 1),
            new MatrixShape(16, 32, 1, 1, 16, 16, 2, 1),
            linear(32, 10, 1, 1)),
        shapes(reading.network()));
    assertEquals(new Links(List.of(0), List.of()), layers.get(1).links());
    assertEquals(new Links(List.of(1), List.of(0)), layers.get(2).links());
    assertEquals(new Links(List.of(2), List.of()), layers.get(3).links());
    assertEquals(new Links(List.of(2), List.of(4)), layers.get(5).links());
    assertEquals(new Links(List.of(5), List.of()), layers.get(6).links());
    long map = 16 * 32 * 32;
    assertEquals(
        Map.of(DigitalOperation.BIAS, map, DigitalOperation.RELU, map, DigitalOperation.ADD, map),
        work(layers.get(2)));
    // Sum and mean over 16 x 16: one addition each and 255 a channel; 32 divisions.
    long half = 32 * 16 * 16;
    assertEquals(
        Map.of(
            DigitalOperation.BIAS,
            half,
            DigitalOperation.RELU,
            half,
            DigitalOperation.ADD,
            half + 32 * 255L,
            DigitalOperation.MULTIPLY_ACCUMULATE,
            32L),
        work(layers.get(5)));
    assertEquals(Map.of(DigitalOperation.BIAS, 10L), work(layers.get(6)));
    assertTrue(reading.warnings().get(0).contains("the batch is 1: dimension 'N'"));
    // Kernel 3 x 3 on 32 columns, padded by one: the first output needs (1, 1), lines of two rows
    // and three positions.
    assertEquals(new Window(1024, 34, 67, 1), layers.get(1).window());
    // Stride 2 on the same map.
    assertEquals(new Window(1024, 34, 67, 1), layers.get(3).window());
    assertEquals(new Window(1024, 1, 1, 1), layers.get(5).window());
  }

  @Test
  void aBatchIsThatManyMapsOneBelowTheOther() throws Exception {
    Settings eight = new Settings(Map.of("N", 8L), Optional.empty(), Optional.empty());
    NetworkFormat.Reading reading = read(SampleModels.residual(), eight);
    assertEquals(8 * read(SampleModels.residual()).macs(), reading.network().macs());
    assertEquals(8 * 32, reading.network().layers().get(0).shape().outputHeight());
    assertEquals(8 * 1024, reading.network().layers().get(1).window().inputPositions());
    assertTrue(reading.warnings().isEmpty(), reading.warnings().toString());
  }

  @Test
  void concatenationsAreReadWhole() throws Exception {
    List<Layer> layers = read(SampleModels.dense()).layers();
    assertEquals(List.of(0), layers.get(1).links().reads());
    assertEquals(List.of(0, 1), layers.get(2).links().reads());
    assertEquals(List.of(0, 1, 2), layers.get(3).links().reads());
    assertEquals(List.of(0, 1, 2, 3), layers.get(4).links().reads());
    assertEquals(20, layers.get(4).shape().inputsPerGroup());
    // Normalisation of the concatenation of 12 channels is no matrix's: one product each.
    assertEquals(12L * 256, work(layers.get(1)).get(DigitalOperation.MULTIPLY_ACCUMULATE));
  }

  @Test
  void groupsDilationsAndStridesSizeTheMaps() throws Exception {
    Network network = read(SampleModels.grouped());
    assertEquals(
        List.of(
            new MatrixShape(1, 1, 3, 3, 20, 20, 1, 16), new MatrixShape(4, 8, 3, 3, 9, 9, 2, 4)),
        shapes(network));
    // Taps two apart, padded by two: (2, 2) is the first output's last position.
    assertEquals(new Window(400, 43, 85, 1), network.layers().get(0).window());
    // Not padded: (2, 2) again, but lines of two rows.
    assertEquals(new Window(400, 43, 43, 1), network.layers().get(1).window());
  }

  @Test
  void oneAndThreeDimensionsLieInTwo() throws Exception {
    // (100 + 5 - 10) / 5 + 1 = 20, then 20 - 2 x 2 = 16.
    Network signal = read(SampleModels.signal());
    assertEquals(
        List.of(
            new MatrixShape(2, 8, 10, 1, 20, 1, 5, 1), new MatrixShape(8, 4, 3, 1, 16, 1, 1, 1)),
        shapes(signal));
    assertEquals(new Window(100, 10, 10, 1), signal.layers().get(0).window());
    assertEquals(new Window(20, 5, 5, 1), signal.layers().get(1).window());
    assertEquals(TypicalValues.GELU.statistics(), signal.layers().get(1).inputs());
    // Two volumes of 8 x 16 x 16, then of 4 x 8 x 8 with a kernel of 2 x 2 x 2.
    Network volume = read(SampleModels.volume());
    assertEquals(
        List.of(
            new MatrixShape(1, 4, 9, 3, 2 * 8 * 16, 16, 1, 1),
            new MatrixShape(4, 6, 4, 2, 2 * 3 * 7, 7, 1, 1)),
        shapes(volume));
    assertEquals(
        new Window(4096, 1 + 1 + 16 + 256, 1 + 2 + 32 + 512, 1), volume.layers().get(0).window());
    assertEquals(
        7L * 2 * 4 * 4 * 8 * 8, work(volume.layers().get(0)).get(DigitalOperation.MAX_COMPARE));
  }

  @Test
  void aTransposedConvolutionMultipliesEachInputPosition() throws Exception {
    Layer layer = read(SampleModels.transposed()).layers().get(0);
    assertEquals(new MatrixShape(8, 64, 1, 1, 7, 7, 1, 1), layer.shape());
    // 49 x 64 products of sums fall on 4 x 14 x 14 outputs.
    assertEquals(
        Map.of(DigitalOperation.ADD, 49 * 64L - 4 * 196, DigitalOperation.BIAS, 4 * 196L),
        work(layer));
  }

  @Test
  void aTransformerHasItsAttentionAsDynamicLayers() throws Exception {
    Settings twelve = new Settings(Map.of("sequence", 12L), Optional.empty(), Optional.empty());
    Network open = read(SampleModels.transformer(true), twelve).network();
    assertEquals(
        List.of(
            linear(32, 32, 12, 1),
            linear(32, 32, 12, 1),
            linear(32, 32, 12, 1),
            linear(8, 12, 12, 4),
            linear(12, 8, 12, 4),
            linear(32, 32, 12, 1),
            linear(32, 64, 12, 1),
            linear(64, 32, 12, 1)),
        shapes(open));
    List<Layer> layers = open.layers();
    assertTrue(layers.get(3).dynamic() && layers.get(4).dynamic());
    assertEquals(List.of(0, 1), layers.get(3).links().reads());
    assertEquals(List.of(3, 2), layers.get(4).links().reads());
    assertEquals(new Links(List.of(4), List.of(Links.INPUT)), layers.get(5).links());
    assertEquals(new Links(List.of(6), List.of(5)), layers.get(7).links());
    assertEquals(TypicalValues.PROBABILITY.statistics(), layers.get(4).inputs());
    assertEquals(TypicalValues.GELU.statistics(), layers.get(7).inputs());
    assertEquals(TypicalValues.SIGNED.statistics(), layers.get(6).inputs());
    assertEquals(shapes(read(SampleModels.transformer(false))), shapes(open));
    // Scale and softmax of 4 heads of 12 x 12 scores.
    assertEquals(
        Map.of(
            DigitalOperation.MULTIPLY_ACCUMULATE,
            2 * 576L,
            DigitalOperation.MAX_COMPARE,
            576L,
            DigitalOperation.LOOKUP,
            576L + 48,
            DigitalOperation.ADD,
            576L),
        work(layers.get(3)));
  }

  @Test
  void anOpenDimensionIsNamedWithItsRemedy() {
    NetworkFormat.FormatException e =
        assertThrows(
            NetworkFormat.FormatException.class, () -> read(SampleModels.transformer(true)));
    assertEquals(
        List.of(
            "input 'tokens' leaves the dimension 'sequence' open; set it: {network: m.onnx,"
                + " dimensions: {sequence: 128}}"),
        e.problems());
    Settings typo = new Settings(Map.of("seqence", 8L), Optional.empty(), Optional.empty());
    e =
        assertThrows(
            NetworkFormat.FormatException.class, () -> read(SampleModels.transformer(true), typo));
    assertTrue(
        e.problems().contains("leaves no dimension 'seqence' open; did you mean sequence?"),
        e.problems().toString());
  }

  @Test
  void recurrentMatricesStepThroughTime() throws Exception {
    List<Layer> layers = read(SampleModels.recurrent("LSTM", 4, "bidirectional")).layers();
    assertEquals(
        List.of(
            "LSTM_0/forward/input",
            "LSTM_0/forward/recurrent",
            "LSTM_0/backward/input",
            "LSTM_0/backward/recurrent",
            "MatMul_3"),
        layers.stream().map(Layer::name).toList());
    assertEquals(linear(5, 24, 20, 1), layers.get(0).shape());
    assertEquals(linear(6, 24, 20, 1), layers.get(1).shape());
    assertEquals(1, layers.get(0).window().steps());
    assertEquals(10, layers.get(1).window().steps());
    assertEquals(List.of(0), layers.get(1).links().reads());
    assertEquals(List.of(1, 3), layers.get(4).links().reads());
    assertEquals(5 * 120L, work(layers.get(1)).get(DigitalOperation.LOOKUP));
    assertEquals(
        18,
        read(SampleModels.recurrent("GRU", 3, "forward"))
            .layers()
            .get(1)
            .shape()
            .outputsPerGroup());
    assertEquals(
        6,
        read(SampleModels.recurrent("RNN", 1, "reverse"))
            .layers()
            .get(1)
            .shape()
            .outputsPerGroup());
  }

  @Test
  void quantisedWeightsAreMeasuredWithoutTheirZeroPoint() throws Exception {
    List<Layer> layers = read(SampleModels.quantised()).layers();
    assertEquals(new MatrixShape(2, 4, 3, 3, 6, 6, 1, 1), layers.get(0).shape());
    assertEquals(linear(144, 5, 1, 1), layers.get(1).shape());
    // Values 0..6 less 3: of 72, 10 are zero (i mod 7 = 3), 32 negative; largest magnitude 3.
    assertEquals(10 / 72.0, layers.get(0).weights().zeroShare());
    assertEquals(32 / 72.0, layers.get(0).weights().negativeShare());
    assertEquals(719 / 720.0, layers.get(1).weights().zeroShare());
    assertEquals(1 / 720.0, layers.get(1).weights().meanAbs());
    assertEquals(144L, work(layers.get(0)).get(DigitalOperation.MULTIPLY_ACCUMULATE) - 128);
  }

  @Test
  void sumsInEinsteinsNotationAreMatrices() throws Exception {
    Network network = read(SampleModels.einsum());
    assertEquals(
        List.of(linear(4, 9, 7, 6), linear(9, 4, 7, 6), linear(14, 5, 12, 1)), shapes(network));
    assertTrue(network.layers().get(0).dynamic());
    assertFalse(network.layers().get(2).dynamic());
  }

  @Test
  void aGateJoinsTheMapThatItScales() throws Exception {
    List<Layer> layers = read(SampleModels.squeeze()).layers();
    assertEquals(new Links(List.of(1), List.of(0)), layers.get(2).links());
    assertEquals(new Links(List.of(2), List.of()), layers.get(3).links());
    assertEquals(TypicalValues.RELU.statistics(), layers.get(3).inputs());
    assertEquals(8L * 64, work(layers.get(2)).get(DigitalOperation.MULTIPLY_ACCUMULATE));
  }

  @Test
  void aBatchOfSequencesMultipliesTheHeads() throws Exception {
    Settings settings =
        new Settings(Map.of("sequence", 4L, "batch", 2L), Optional.empty(), Optional.empty());
    NetworkFormat.Reading reading = read(SampleModels.transformer(true), settings);
    assertTrue(reading.warnings().isEmpty(), reading.warnings().toString());
    assertEquals(linear(8, 4, 4, 8), reading.network().layers().get(3).shape());
  }
}
