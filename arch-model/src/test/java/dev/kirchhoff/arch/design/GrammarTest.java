package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kirchhoff.arch.spec.JsonSchema;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the reader, the JSON Schema and docs/spec.md to the grammar. */
class GrammarTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schemaText(), InputFormat.JSON);
  }

  private static String schemaText() {
    try {
      return JSON.writeValueAsString(JsonSchema.of(Grammar.spec(), new DeviceCatalogue().names()))
          + "\n";
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Actions of every part that may have figures, by its path. */
  private static void actions(Shape shape, String path, Map<String, List<String>> into) {
    for (Key key : shape.keys()) {
      String inner = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.type() instanceof Type.Section section) {
        actions(section.shape(), inner, into);
      } else if (key.type() instanceof Type.Kinds kinds) {
        kinds.shapes().forEach(kind -> actions(kind, inner, into));
      } else if (key.type() instanceof Type.Model model) {
        Type energy = model.figures().key("energy").orElseThrow().type();
        List<String> names = ((Type.PerAction) energy).actions();
        into.merge(path, names, (a, b) -> a.size() > b.size() ? a : b);
      }
    }
  }

  @Test
  void actionsOfEveryPartAreDocumented() throws IOException {
    Map<String, List<String>> byPart = new TreeMap<>();
    actions(Grammar.spec(), "", byPart);
    assertEquals(20, byPart.size(), byPart.toString());
    List<String> lines = Files.readAllLines(DOCS.resolve("spec.md"));
    byPart.forEach(
        (path, names) -> {
          String part = "`" + path.replace("chip.", "") + "`";
          String[] cells =
              lines.stream()
                  .map(line -> line.split(" *\\| *"))
                  .filter(row -> row.length >= 3 && List.of(row[1].split(", ")).contains(part))
                  .filter(row -> row[2].startsWith("`" + names.get(0) + "`: "))
                  .findFirst()
                  .orElseThrow(() -> new AssertionError(part + " with " + names));
          for (String other : names.subList(1, names.size())) {
            assertTrue(cells[3].contains("`" + other + "`: "), part + " with " + names);
          }
        });
  }

  private static String toJson(String yaml) throws IOException {
    return new ObjectMapper().writeValueAsString(new YAMLMapper().readTree(yaml));
  }

  private record Probe(String path, String yaml) {}

  /** A spec that holds one value at one path. */
  private static String spec(String path, String value) {
    StringBuilder yaml = new StringBuilder("kirchhoff: 1\n");
    String[] keys = path.split("\\.");
    if (!keys[0].equals("chip")) {
      yaml.append("chip: {}\n");
    }
    for (int i = 0; i < keys.length; i++) {
      yaml.append("  ".repeat(i))
          .append(keys[i])
          .append(i < keys.length - 1 ? ":\n" : ": " + value + "\n");
    }
    return yaml.toString();
  }

  private static void probes(Shape shape, String path, List<Probe> good, List<Probe> bad) {
    for (Key key : shape.keys()) {
      String inner = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.type() instanceof Type.Section section) {
        probes(section.shape(), inner, good, bad);
        bad.add(new Probe(inner, spec(inner, "{nonsense: 1}")));
        if (!section.none().isEmpty()) {
          good.add(new Probe(inner, spec(inner, "none")));
          bad.add(new Probe(inner, spec(inner, "nonsense")));
        }
      } else if (key.type() instanceof Type.Kinds kinds) {
        for (Shape kind : kinds.shapes()) {
          good.add(new Probe(inner, spec(inner, kind.name())));
          good.add(new Probe(inner, spec(inner, "{kind: " + kind.name() + "}")));
          bad.add(new Probe(inner, spec(inner, "{kind: " + kind.name() + ", nonsense: 1}")));
        }
        bad.add(new Probe(inner, spec(inner, "nonsense")));
      } else if (!key.isRequired()
          && !key.defaultText().isEmpty()
          && !key.defaultText().startsWith("=")) {
        good.add(new Probe(inner, spec(inner, key.defaultText())));
        // A list holds choices and is none; the reader takes one of a single alternative for it.
        if (!(key.type() instanceof Type.ListOf)) {
          good.add(new Probe(inner, spec(inner, "{any: [" + key.defaultText() + "]}")));
        }
        if (!(key.type() instanceof Type.AnyValue)) {
          bad.add(new Probe(inner, spec(inner, "{nonsense: 1}")));
        }
      }
      if (key.type() instanceof Type.WholeNumber whole && whole.min() > Integer.MIN_VALUE) {
        bad.add(new Probe(inner, spec(inner, Long.toString(whole.min() - 1))));
        bad.add(new Probe(inner, spec(inner, "1.5")));
      }
      if (key.type() instanceof Type.Word) {
        bad.add(new Probe(inner, spec(inner, "nonsense")));
      }
      if (key.type() instanceof Type.Quantity) {
        bad.add(new Probe(inner, spec(inner, "nonsense")));
        bad.add(new Probe(inner, spec(inner, "5 furlongs")));
      }
    }
  }

  private static boolean reads(String yaml) {
    try {
      DesignSpec.load(
          "a.yaml", List.of(), List.of(), MapSources.environment(Map.of("a.yaml", yaml)));
      return true;
    } catch (SpecException e) {
      return false;
    }
  }

  @Test
  void schemaAndReaderAgreeOnEveryKey() throws IOException {
    List<Probe> good = new ArrayList<>();
    List<Probe> bad = new ArrayList<>();
    probes(Grammar.spec(), "", good, bad);
    assertTrue(good.size() > 60 && bad.size() > 100, good.size() + " and " + bad.size());
    Schema schema = schema();
    for (Probe probe : good) {
      if (probe.path().equals("chip.crossbar.weights.encoding")
          || probe.path().startsWith("sweep.")
          || probe.path().startsWith("kirchhoff")) {
        continue;
      }
      assertTrue(reads(probe.yaml()), "reader refuses " + probe);
      assertTrue(
          schema.validate(toJson(probe.yaml()), InputFormat.JSON).isEmpty(),
          "schema refuses " + probe + schema.validate(toJson(probe.yaml()), InputFormat.JSON));
    }
    for (Probe probe : bad) {
      assertFalse(reads(probe.yaml()), "reader takes " + probe);
      assertFalse(
          schema.validate(toJson(probe.yaml()), InputFormat.JSON).isEmpty(),
          "schema takes " + probe);
    }
  }
}
