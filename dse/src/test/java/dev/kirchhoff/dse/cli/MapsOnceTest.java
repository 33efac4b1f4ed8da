package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.dse.report.EvaluationReport;
import dev.kirchhoff.dse.report.PricedDesign;
import dev.kirchhoff.dse.report.StatisticsReport;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluate --json} prices and maps its design once. */
class MapsOnceTest {
  @ParameterizedTest
  @CsvSource({
    "examples/bench/resnet18-12db.yaml, 0",
    "examples/resnet18-reram.yaml, 0",
    "examples/vgg8-pcm.yaml, 0",
    "designs/hermes-vlsi-2021/spec.yaml, 1"
  })
  void allOfTheJsonComesFromOneEvaluatedDesign(String file, int expectations) throws Exception {
    DesignArguments arguments = new DesignArguments();
    arguments.spec.file = Path.of("..", file).toString();
    List<Design> mapped = new ArrayList<>();
    Prices.Pricer pricer = new Prices.Pricer();
    PricedDesign priced =
        PricedDesign.of(
            arguments.choose(),
            new Evaluator(
                design -> {
                  mapped.add(design);
                  return pricer.price(design);
                }));
    Comparisons comparisons =
        Comparisons.of(
            priced.chosen().spec(), priced::evaluated, SpecEnvironment.of(new FileSources()));
    EvaluationReport report = EvaluationReport.of(priced, comparisons);
    JsonNode json = ReportJson.mapper().valueToTree(report);
    String text = EvaluationText.of(report, false, true).toString();
    assertEquals(List.of(priced.design()), mapped);
    assertTrue(text.length() > 100, text);
    assertTrue(json.get("trees").size() >= 2);
    assertTrue(comparisons.values().size() >= expectations);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        EvaluateCommand.class,
        EvaluationReport.class,
        EvaluationText.class,
        NetworksText.class,
        StatisticsReport.class
      })
  void whatPrintsAnEvaluationMakesNone(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertFalse(constants.contains("dev/kirchhoff/mapper/evaluate/Evaluator"));
    }
  }
}
