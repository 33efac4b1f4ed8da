package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class EventSchemaTest {
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @Test
  void everyTypeOfEventThatIsWrittenFitsItsSchema() throws Exception {
    Set<Class<?>> seen = new HashSet<>();
    for (RunEvent event : SampleEvents.all()) {
      String line = EventJson.line(SampleEvents.envelope(event, 7));
      JsonNode node = EventJson.mapper().readTree(line);
      assertEquals(List.of(), problems("event", line), line);
      assertEquals(List.of(), problems(schemaOf(event), node.get("data").toString()), line);
      seen.add(event.getClass());
    }
    assertEquals(Set.of(RunEvent.class.getPermittedSubclasses()), seen);
  }

  @Test
  void aLineOfALogFitsTheSchemaWithItsDigests() throws Exception {
    EventEnvelope event = SampleEvents.envelope(SampleEvents.run(), 0);
    String line = new String(LogPosition.start().line(event), StandardCharsets.UTF_8);
    assertEquals(List.of(), problems("event", line), line);
    assertFieldsDescribed(
        EventJson.mapper().readTree(line), EventJson.mapper().readTree(text("event")));
  }

  @Test
  void everyFieldThatIsWrittenIsDescribedByItsSchema() throws Exception {
    for (RunEvent event : SampleEvents.all()) {
      JsonNode node = EventJson.mapper().readTree(EventJson.line(SampleEvents.envelope(event, 7)));
      assertFieldsDescribed(node, EventJson.mapper().readTree(text("event")));
      JsonNode schema = EventJson.mapper().readTree(text(schemaOf(event)));
      assertFieldsDescribed(node.get("data"), schema);
      if (event instanceof RunEvent.DesignDetails) {
        JsonNode accuracy = node.get("data").get("accuracy");
        JsonNode described = schema.get("properties").get("accuracy");
        assertFieldsDescribed(accuracy, described);
        for (String share : List.of("accuracy", "loss")) {
          assertFieldsDescribed(accuracy.get(share), described.get("properties").get(share));
        }
      }
      for (String list : List.of("metrics", "slacks")) {
        if (event instanceof RunEvent.Run) {
          assertFieldsDescribed(
              node.get("data").get("recorded").get(list).get(0),
              schema.at("/properties/recorded/properties/" + list + "/items"));
        }
      }
      for (String list : List.of("knobs", "files", "axes")) {
        if (event instanceof RunEvent.Run) {
          assertFieldsDescribed(
              node.get("data").get(list).get(0), schema.get("properties").get(list).get("items"));
        }
      }
    }
  }

  @Test
  void randomColumnsFitTheirSchema() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int trial = 0; trial < 20; trial++) {
      RunEvent event = SampleEvents.evaluations(random, 1 + random.nextInt(40), 12);
      byte[] data = EventJson.dataBytes(event);
      assertEquals(List.of(), problems("evaluations", new String(data, StandardCharsets.UTF_8)));
    }
  }

  @Test
  void eachRequiredFieldIsMissedWhenItIsAbsent() throws Exception {
    for (RunEvent event : SampleEvents.all()) {
      String name = schemaOf(event);
      JsonNode data = EventJson.mapper().valueToTree(event);
      for (JsonNode required : EventJson.mapper().readTree(text(name)).get("required")) {
        ObjectNode cut = data.deepCopy();
        cut.remove(required.asText());
        assertFalse(
            problems(name, cut.toString()).isEmpty(), name + " without " + required.asText());
      }
    }
  }

  @Test
  void aNegativeAmountAnUnknownStateAndAnUnknownChangeAreRefused() {
    assertFalse(
        problems(
                "evaluations",
                "{\"first\":0,\"count\":1,\"round\":0,\"island\":0,\"knobs\":[[0]],"
                    + "\"values\":[[1]],\"violations\":[[-1]]}")
            .isEmpty());
    assertFalse(
        problems("front", "{\"design\":\"a\",\"index\":0,\"change\":\"stayed\",\"values\":[1]}")
            .isEmpty());
    ObjectNode run = EventJson.mapper().valueToTree(SampleEvents.run());
    run.put("state", "asleep");
    assertFalse(problems("run", run.toString()).isEmpty());
  }

  private static void assertFieldsDescribed(JsonNode object, JsonNode schema) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      assertTrue(
          schema.get("properties").has(name), name + " is not in schema " + schema.get("title"));
    }
  }

  private List<String> problems(String schemaName, String json) {
    Schema schema = registry.getSchema(text(schemaName), InputFormat.JSON);
    return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  private static String schemaOf(RunEvent event) {
    return EventJson.typeOf(event).replace("dev.kirchhoff.", "").replaceAll("\\.v[0-9]+$", "");
  }

  private static String text(String schemaName) {
    try (InputStream in = RunEvent.class.getResourceAsStream("schema/" + schemaName + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
