package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.mapper.onnx.proto.AttributeProto;
import dev.kirchhoff.mapper.onnx.proto.GraphProto;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged models end in a network or in sentences, in time, and never in an exception. */
class MutatedModelsTest {
  private static final Path LIGHT = Path.of("/usr/share/libonnx-testdata/data");
  private static final long SEED = 20260301;
  private static final Settings SIZES =
      new Settings(Map.of("sequence", 12L), Optional.empty(), Optional.empty());
  private static final long[] WILD = {
    0, 1, -1, 2, -2, 3, 7, 1L << 20, 1L << 31, 1L << 40, 1L << 62, Long.MIN_VALUE, Long.MAX_VALUE
  };

  private static List<byte[]> models() throws IOException {
    List<byte[]> models = new ArrayList<>();
    SampleModels.all().values().forEach(model -> models.add(model.toByteArray()));
    if (Files.isDirectory(LIGHT)) {
      try (var walk = Files.walk(LIGHT)) {
        for (Path file : walk.filter(f -> f.toString().endsWith(".onnx")).sorted().toList()) {
          models.add(Files.readAllBytes(file));
        }
      }
    }
    return models;
  }

  @Test
  @Tag("slow")
  void tenThousandMutationsOfBytesAndOfFieldsAreReadOrRefused() throws Exception {
    mutate(10_000, SEED);
  }

  @Test
  void someMutationsAreReadOrRefused() throws Exception {
    mutate(600, SEED + 1);
  }

  private static void mutate(int count, long seed) throws Exception {
    List<byte[]> models = models();
    int own = SampleModels.all().size();
    int open = List.copyOf(SampleModels.all().keySet()).indexOf("transformer");
    int read = 0;
    long slowest_ms = 0;
    for (int i = 0; i < count; i++) {
      Random random = new Random(seed + i);
      int pick = random.nextInt(3) > 0 ? random.nextInt(own) : random.nextInt(models.size());
      byte[] mutated =
          random.nextBoolean()
              ? bytes(models.get(pick), random)
              : fields(ModelProto.parseFrom(models.get(pick)), random);
      long start = System.nanoTime();
      Settings settings = pick == open ? SIZES : Settings.NONE;
      read += survives(mutated, settings, "seed " + (seed + i)) ? 1 : 0;
      slowest_ms = Math.max(slowest_ms, (System.nanoTime() - start) / 1_000_000);
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(count + " mutations, " + read + " read, slowest " + slowest_ms + " ms");
    }
    assertTrue(read > count / 50 && read < count, read + " read");
  }

  private static boolean survives(byte[] bytes, Settings settings, String what) {
    try {
      NetworkFormat.Reading reading =
          new OnnxFormat().read("m.onnx", settings, new MapFiles().with("m.onnx", bytes));
      assertTrue(reading.network().macs() > 0, what);
      return true;
    } catch (NetworkFormat.FormatException e) {
      assertFalse(e.problems().isEmpty(), what);
      for (String problem : e.problems()) {
        assertTrue(problem.length() < 600 && !problem.contains("Exception"), what + problem);
      }
      return false;
    } catch (Sources.SourceException | RuntimeException | StackOverflowError e) {
      throw new AssertionError(what, e);
    }
  }

  private static byte[] bytes(byte[] model, Random random) {
    byte[] changed = model.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(changed, random.nextInt(changed.length));
      }
      case 1 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        for (int i = 0; i < 8; i++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
      }
      default -> {
        int a = random.nextInt(changed.length);
        int b = random.nextInt(changed.length);
        int length = Math.min(random.nextInt(64), changed.length - Math.max(a, b));
        System.arraycopy(model, a, changed, b, length);
      }
    }
    return changed;
  }

  private static long wild(Random random) {
    return WILD[random.nextInt(WILD.length)];
  }

  private static byte[] fields(ModelProto model, Random random) {
    ModelProto.Builder changed = model.toBuilder();
    int mutations = 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      GraphProto.Builder graph = changed.getGraphBuilder();
      if (graph.getNodeCount() == 0) {
        break;
      }
      mutate(graph, graph.getNodeBuilder(random.nextInt(graph.getNodeCount())), random);
    }
    if (random.nextInt(20) == 0) {
      changed.clearOpsetImport();
    }
    return changed.build().toByteArray();
  }

  private static void mutate(GraphProto.Builder graph, NodeProto.Builder node, Random random) {
    NodeProto other = graph.getNode(random.nextInt(graph.getNodeCount()));
    switch (random.nextInt(9)) {
      case 0 -> attribute(node, random);
      case 1 -> {
        if (node.getInputCount() > 0 && other.getOutputCount() > 0) {
          node.setInput(random.nextInt(node.getInputCount()), other.getOutput(0));
        }
      }
      case 2 -> node.setOpType(other.getOpType());
      case 3 -> {
        if (node.getInputCount() > 0) {
          node.setInput(random.nextInt(node.getInputCount()), random.nextBoolean() ? "" : "?");
        }
      }
      case 4 -> {
        if (graph.getInitializerCount() > 0) {
          tensor(graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount())), random);
        }
      }
      case 5 -> {
        if (graph.getInputCount() > 0) {
          var shape =
              graph
                  .getInputBuilder(random.nextInt(graph.getInputCount()))
                  .getTypeBuilder()
                  .getTensorTypeBuilder()
                  .getShapeBuilder();
          if (shape.getDimCount() > 0) {
            shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(wild(random));
          }
        }
      }
      case 6 -> graph.removeNode(random.nextInt(graph.getNodeCount()));
      case 7 -> node.clearAttribute();
      default -> {
        if (node.getInputCount() > 1) {
          String first = node.getInput(0);
          node.setInput(0, node.getInput(1)).setInput(1, first);
        }
      }
    }
  }

  private static void attribute(NodeProto.Builder node, Random random) {
    if (node.getAttributeCount() == 0) {
      node.addAttribute(AttributeProto.newBuilder().setName("axis").setType(2).setI(wild(random)));
      return;
    }
    AttributeProto.Builder attribute =
        node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
    if (attribute.getIntsCount() > 0) {
      if (random.nextInt(4) == 0) {
        attribute.addInts(wild(random));
      } else {
        attribute.setInts(random.nextInt(attribute.getIntsCount()), wild(random));
      }
    } else if (attribute.hasT()) {
      tensor(attribute.getTBuilder(), random);
    } else {
      attribute.setI(wild(random));
    }
  }

  private static void tensor(TensorProto.Builder tensor, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> tensor.addDims(wild(random));
      case 1 -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(random.nextInt(tensor.getDimsCount()), wild(random));
        }
      }
      case 2 -> {
        if (tensor.getInt64DataCount() > 0) {
          tensor.setInt64Data(random.nextInt(tensor.getInt64DataCount()), wild(random));
        } else {
          tensor.setDataType(random.nextInt(24));
        }
      }
      default -> tensor.setDataLocation(1);
    }
  }
}
