package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.dashboards.web.GlossaryJson.Explained;
import dev.kirchhoff.dashboards.web.GlossaryJson.Term;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Explanations of terms. */
class GlossaryJsonTest {

  @Test
  void rowsOfTheTablesAreTermsWithoutMarks() {
    List<Term> terms =
        GlossaryJson.terms(
            """
            # Glossary

            One word for one thing.

            | word | meaning |
            |---|---|
            | processing element, PE | crossbars that share registers |
            | `TOPS/W`, `TOPS/mm2` | operations per joule; with their `basis` |
            """);
    assertEquals(
        List.of(
            new Term(List.of("processing element", "PE"), "crossbars that share registers"),
            new Term(List.of("TOPS/W", "TOPS/mm2"), "operations per joule; with their basis")),
        terms);
  }

  @Test
  void keysOfKindsHaveTheirRangesAsTheGrammarStatesThem() {
    List<Explained> bits =
        GlossaryJson.keys(Grammar.spec()).stream()
            .filter(key -> key.path().equals("pe.readout.bits"))
            .filter(key -> key.kind().equals(Optional.of("senseAmplifier")))
            .collect(Collectors.toList());
    assertEquals(1, bits.size());
    assertEquals(Optional.of(1L), bits.get(0).least());
    assertEquals(Optional.of(4L), bits.get(0).most());
  }

  @Test
  void theGlossaryOfTheProjectIsPartOfTheProgram() throws IOException {
    JsonNode glossary = GlossaryJson.read();
    List<String> words =
        StreamSupport.stream(glossary.path("terms").spliterator(), false)
            .flatMap(term -> StreamSupport.stream(term.path("words").spliterator(), false))
            .map(JsonNode::asText)
            .collect(Collectors.toList());
    assertTrue(words.containsAll(List.of("knee", "snr", "interconnect", "PE", "slack")));
    assertTrue(glossary.path("keys").size() > 100);
  }
}
