package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.arch.spec.JsonSchema;
import dev.kirchhoff.arch.spec.KeyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the documents made from the grammar to it, kernels included, which a module above that of
 * the grammar brings. {@code -Dkirchhoff.rewrite=true} writes the documents again; the difference
 * is then reviewed.
 */
class GrammarDocumentTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String HEAD =
      "# Keys of a spec\n\nGenerated from the grammar of the reader; [spec.md](spec.md) explains the language."
          + " A choice of values, or a formula, may replace any value.\n\n";
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

  private static void holds(Path file, String text) throws IOException {
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(file, text);
    }
    assertEquals(
        text,
        Files.readString(file),
        file + " is not what the grammar says; -Dkirchhoff.rewrite=true");
  }

  @Test
  void documentsAreMadeFromTheGrammar() throws IOException {
    holds(DOCS.resolve("spec-keys.md"), HEAD + KeyTable.of(Grammar.spec()));
    holds(DOCS.resolve("spec.schema.json"), schemaText());
  }

  @Test
  void everyExampleHoldsTheSchema() throws IOException {
    Schema schema = schema();
    try (var files = Files.list(Path.of("..", "examples"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        String yaml = Files.readString(file);
        boolean isPart = yaml.contains("\nextends:");
        var errors = schema.validate(toJson(yaml), InputFormat.JSON);
        assertTrue(
            errors.isEmpty() || isPart && errors.toString().contains("chip"), file + ": " + errors);
      }
    }
  }

  private static String toJson(String yaml) throws IOException {
    return new ObjectMapper().writeValueAsString(new YAMLMapper().readTree(yaml));
  }
}
