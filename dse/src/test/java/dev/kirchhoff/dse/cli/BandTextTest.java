package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bands as the command line prints them. */
class BandTextTest {
  private static final String SURVEY = "pe.readout={kind: sar, bits: 8, model: survey-2025}";

  @Test
  void bandsArePrintedInTheUnitOfTheirFigure() {
    Spread spread = new Spread(0.5, 20, "test");
    // 127 mm2 in um2, 0.9 mW in uW.
    assertEquals("(63.5 .. 2540)", BandText.around(127e6, spread, Dimension.AREA));
    assertEquals("(450 .. 18000)", BandText.around(0.9, spread, Dimension.POWER));
    assertEquals("", BandText.around(127e6, Spread.NONE, Dimension.AREA));
    assertEquals("(4.10 .. 9.00)", BandText.of(new Band(4.1, 6.84, 9)));
    assertEquals("", BandText.of(new Band(429.9, 430.0, 430.1)));
    assertEquals("", BandText.of(new Band(6.84, 6.84, 6.84)));
  }

  @Test
  void evaluateShowsTheSameBandsAsItsJson() {
    String spec = CommandRun.example("bench/resnet18-12db");
    String text = CommandRun.of("evaluate", spec).out();
    JsonNode json = CommandRun.of("evaluate", spec, "--json").json();
    JsonNode band = json.at("/bands/energyEfficiency_TOPSperW");
    assertEquals(
        json.at("/totals/energyEfficiency_TOPSperW").asDouble(), band.get("nominal").asDouble());
    assertTrue(band.get("low").asDouble() < band.get("nominal").asDouble());
    assertTrue(band.get("nominal").asDouble() < band.get("high").asDouble());
    String printed =
        BandText.of(
            new Band(
                band.get("low").asDouble(),
                band.get("nominal").asDouble(),
                band.get("high").asDouble()));
    assertTrue(text.contains(printed), printed + " in\n" + text);
    assertTrue(text.contains("where sources disagree"), text);
    // Times do not move with prices.
    assertTrue(json.at("/bands/latency_ms").isMissingNode());
    assertTrue(json.at("/levels/chip/bands/area_mm2/high").isNumber());
  }

  @Test
  void aChipOfGivenFiguresHasNoBand() {
    String spec = CommandRun.example("isaac");
    assertFalse(CommandRun.of("evaluate", spec).out().contains("( .. )"));
    JsonNode json = CommandRun.of("evaluate", spec, "--json").json();
    assertTrue(json.get("bands").isEmpty());
    assertTrue(json.at("/levels/chip/bands").isEmpty());
    assertFalse(CommandRun.of("explain", spec, "power").out().contains("band"));
  }

  @Test
  void explainAndEvaluateAgreeOnBandsAtAllLevels() {
    String spec = CommandRun.example("bench/resnet18-12db");
    JsonNode evaluated = CommandRun.of("evaluate", spec, "--json").json();
    JsonNode trees = CommandRun.of("explain", spec, "--json").json();
    Map.of("area", "area_mm2", "power", "powerPeak_W")
        .forEach(
            (tree, metric) -> {
              JsonNode root = trees.get(tree);
              same(evaluated.at("/bands/" + metric), root, 1e-6, 1);
              JsonNode levels = evaluated.get("levels");
              String figure = tree.equals("area") ? "area_mm2" : "power_W";
              double tiles = levels.at("/tile/count").asDouble();
              double pes = tiles * levels.at("/PE/count").asDouble();
              same(levels.at("/chip/bands/" + figure), root, 1e-6, 1);
              same(levels.at("/tile/bands/" + figure), child(root, "tile"), 1e-6, tiles);
              same(levels.at("/PE/bands/" + figure), child(child(root, "tile"), "PE"), 1e-6, pes);
            });
    same(evaluated.at("/bands/energy_uJ"), trees.get("energy"), 1e-9, 1);
    same(evaluated.at("/bands/energy_uJ"), trees.get("layers"), 1e-9, 1);
  }

  private static void same(JsonNode band, JsonNode tree, double unit, double instances) {
    double value = tree.get("value").asDouble() * unit / instances;
    double low = value * tree.at("/spread/low").asDouble();
    double high = value * tree.at("/spread/high").asDouble();
    assertEquals(band.get("nominal").asDouble(), value, 1e-9 * value);
    assertEquals(band.get("low").asDouble(), low, 1e-9 * low);
    assertEquals(band.get("high").asDouble(), high, 1e-9 * high);
  }

  private static JsonNode child(JsonNode tree, String name) {
    for (JsonNode part : tree.get("parts")) {
      if (part.get("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no " + name + " in " + tree.get("name"));
  }

  @Test
  void explainStatesTheReasonOfABandAndTheSurveyWidensIt() {
    String spec = CommandRun.example("bench/resnet18-12db");
    String text = CommandRun.of("explain", spec, "--set", SURVEY, "--all").exits(0).out();
    assertTrue(text.contains("band 0.34x .. 22x: 208 surveyed ADCs"), text);
    JsonNode plain =
        CommandRun.of("evaluate", spec, "--json", "--set", "pe.readout={kind: sar, bits: 8}")
            .json();
    JsonNode survey = CommandRun.of("evaluate", spec, "--json", "--set", SURVEY).json();
    assertTrue(width(survey) > width(plain), width(plain) + " " + width(survey));
  }

  @Test
  void theBandEndOfASpecIsPrintedAndChecked() {
    String spec = CommandRun.example("bench/resnet18-12db");
    String low = "objectives.band=low";
    String told = CommandRun.of("check", spec, "--set", low).exits(0).out();
    assertTrue(told.contains("judged by the low end of the band"), told);
    CommandRun.of("check", spec, "--set", "objectives.band=worst")
        .refuses("objectives.band", "nominal, low, high");
    CommandRun.of("check", spec, "--set", "objectives.band={any: [low, high]}")
        .refuses("objectives.band: is a choice, must be one of nominal, low, high");

    JsonNode json = CommandRun.of("evaluate", spec, "--json").json();
    JsonNode area = json.at("/bands/area_mm2");
    double between = (area.get("nominal").asDouble() + area.get("high").asDouble()) / 2;
    String limit = "area <= " + between + " mm2";
    String nominal = CommandRun.of("evaluate", spec, "--limit", limit).out();
    assertFalse(nominal.contains(limit + ": missed"), nominal);
    String judged = CommandRun.of("evaluate", spec, "--limit", limit, "--set", low).exits(1).out();
    assertTrue(judged.contains("at the low end of the band"), judged);
  }

  private static double width(JsonNode evaluated) {
    JsonNode band = evaluated.at("/bands/energy_uJ");
    return band.get("high").asDouble() / band.get("low").asDouble();
  }
}
