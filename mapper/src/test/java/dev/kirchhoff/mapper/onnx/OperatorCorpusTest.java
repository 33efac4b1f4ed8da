package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The conformance models of the ONNX project, as Debian's libonnx-testdata has them. The same
 * operators are generated in {@link GeneratedModelsTest}, so that nothing rests on the package.
 */
@Tag("testdata")
class OperatorCorpusTest {
  private static List<Path> models() throws IOException {
    try (var walk = Files.walk(TestData.require(TestData.DATA))) {
      return walk.filter(f -> f.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  @Test
  void everyConformanceModelIsReadOrRefusedInASentence() throws IOException {
    int read = 0;
    TreeMap<String, Integer> refused = new TreeMap<>();
    List<Path> models = models();
    for (Path file : models) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        NetworkFormat.Reading reading =
            new OnnxFormat()
                .read("m.onnx", NetworkFormat.Settings.NONE, new MapFiles().with("m.onnx", bytes));
        assertTrue(reading.network().macs() > 0, file.toString());
        read++;
      } catch (NetworkFormat.FormatException e) {
        assertFalse(e.problems().isEmpty(), file.toString());
        e.problems().forEach(problem -> refused.merge(plain(problem), 1, Integer::sum));
      } catch (Sources.SourceException | RuntimeException e) {
        throw new AssertionError(file.toString(), e);
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(models.size() + " files, read " + read);
      refused.forEach((problem, count) -> System.out.println(count + "  " + problem));
    }
    assertTrue(read >= 100, read + " of " + models.size());
  }

  private static String plain(String problem) {
    return problem.replaceAll("'[^']*'", "'_'").replaceAll("[0-9]+", "9");
  }

  /** Each model states the shapes of its outputs, computed by the reference implementation. */
  @Test
  void inferredShapesAreThoseThatTheModelsState() throws IOException {
    List<String> wrong = new ArrayList<>();
    int clean = 0;
    for (Path file : models()) {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      OpenDimensions dimensions = new OpenDimensions(Map.of());
      LayerCollector book = new LayerCollector(new Measurements("m.onnx", new MapFiles(), 0, 0));
      GraphReader reader = new GraphReader(model, dimensions, book, Map.of());
      reader.read(model.getGraph(), Optional.empty());
      clean += reader.problems().isEmpty() && dimensions.problems("").isEmpty() ? 1 : 0;
      if (dimensions.problems("").isEmpty() && !isEmpty(model)) {
        reader.disagreements().forEach(d -> wrong.add(file.getParent().getFileName() + ": " + d));
      }
    }
    if (System.getProperty("corpus.print") != null) {
      System.out.println(clean + " without a problem");
    }
    assertEquals(List.of(), wrong);
  }

  /** True if an input has no elements: a size of zero is refused, later nodes are not examined. */
  private static boolean isEmpty(ModelProto model) {
    return model.getGraph().getInputList().stream()
        .flatMap(input -> input.getType().getTensorType().getShape().getDimList().stream())
        .anyMatch(dim -> dim.hasDimValue() && dim.getDimValue() == 0);
  }
}
