package dev.kirchhoff.dse.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;

class YamlTextTest {
  private static final String DOCUMENT =
      """
      name: short                                          # default
      note: "Two words # and \\"more\\" of them - one after the other, for many columns."  # from a.yaml:2
      pe:
        readout: {any: [{kind: sar, bits: {any: [4, 5, 6, 7, 8, 9]}}, {kind: flash, bits: 3}]}  # from b.yaml:19
        given:
          - source: a long text of several words that is not quoted - a plain one
            area: 250 mm2
      constraints: [area <= 250 mm2, snr >= 12 dB, latency <= 5 ms]  # from a.yaml:45
      """;

  @Test
  void aDocumentThatIsFoldedIsTheSameDocument() throws Exception {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (int columns = 40; columns < 120; columns++) {
      int most = columns;
      String folded = new YamlText(DOCUMENT).at(columns);
      assertTrue(folded.lines().allMatch(line -> line.length() <= most), folded);
      assertEquals(yaml.readTree(DOCUMENT), yaml.readTree(folded), folded);
    }
  }

  @Test
  void theCommentOfALongLineGoesAboveIt() {
    assertEquals(
        """
        name: short
        # from a.yaml:45
        limits: [area <= 250 mm2,
            latency <= 5 ms]
        """,
        new YamlText(
                """
                name: short
                limits: [area <= 250 mm2, latency <= 5 ms]  # from a.yaml:45
                """)
            .at(28));
  }

  @Test
  void aPipeGetsItAsItIs() {
    assertEquals(DOCUMENT, new YamlText(DOCUMENT).at(Terminal.UNLIMITED));
  }
}
