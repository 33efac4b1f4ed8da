package dev.kirchhoff.dse.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.ChipValidation;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Gallery;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.report.ComparisonReport;
import dev.kirchhoff.dse.report.ComparisonWords;
import dev.kirchhoff.dse.report.ValidationReport;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Validation against the shipped gallery of published chips. */
public final class GalleryValidation implements ChipValidation {
  private Optional<JsonNode> known = Optional.empty();

  /** Made by the service loader. */
  public GalleryValidation() {}

  @Override
  public synchronized JsonNode report() {
    if (known.isEmpty()) {
      known = Optional.of(computed());
    }
    return known.get();
  }

  private static JsonNode computed() {
    DesignSpec.Environment environment = SpecEnvironment.of(new FileSources());
    List<GalleryChip> chips = new ArrayList<>();
    Path designs = designs();
    if (!Files.isDirectory(designs)) {
      throw new IllegalArgumentException("There is no folder designs beside the program.");
    }
    try {
      for (String file : Gallery.specs(designs)) {
        chips.add(GalleryChip.read(file, environment));
      }
      return report(designs, chips, environment);
    } catch (SpecException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static JsonNode report(
      Path designs, List<GalleryChip> chips, DesignSpec.Environment environment)
      throws SpecException {
    ValidationReport validation = ValidationReport.of(chips);
    ObjectNode report = ReportJson.mapper().valueToTree(validation);
    for (int i = 0; i < chips.size(); i++) {
      Map<String, Band> bands = bands(designs, chips.get(i).id(), environment);
      List<ComparisonReport> values = validation.chips().get(i).values();
      for (int v = 0; v < values.size(); v++) {
        addWords(
            (ObjectNode) report.get("chips").get(i).get("values").get(v), values.get(v), bands);
      }
    }
    return report;
  }

  private static void addWords(ObjectNode row, ComparisonReport value, Map<String, Band> bands) {
    row.put("figure", ComparisonWords.figure(value));
    row.put("publishedText", ComparisonWords.print(value.published(), value));
    row.put("oursText", ComparisonWords.print(value.ours(), value));
    row.put("errorText", ComparisonWords.error(value));
    row.put("roleText", ComparisonWords.role(value));
    Band band = bands.get(value.name());
    boolean isWhole = value.of().equals("chip") && value.when().isEmpty();
    if (band != null && isWhole && value.ours() > 0) {
      row.put("low", band.low() / band.nominal());
      row.put("high", band.high() / band.nominal());
      row.put("lowText", ComparisonWords.print(value.ours() * band.low() / band.nominal(), value));
      row.put(
          "highText", ComparisonWords.print(value.ours() * band.high() / band.nominal(), value));
    }
  }

  /** Bands of a chip's metrics that sources disagree about, by the metric's name. */
  private static Map<String, Band> bands(
      Path designs, String chip, DesignSpec.Environment environment) throws SpecException {
    DesignSpec spec =
        DesignSpec.load(
            designs.resolve(chip).resolve(Gallery.SPEC).toString(),
            List.of(),
            List.of(),
            environment);
    Map<String, Band> bands = new TreeMap<>();
    new Evaluator()
        .evaluate(spec.newBinder().bind(spec.tree().start()))
        .disputed()
        .forEach((metric, band) -> bands.put(metric.word(), band));
    return bands;
  }

  @Override
  public Optional<String> spec(String chip) {
    Path spec = designs().resolve(chip).resolve(Gallery.SPEC);
    if (!chip.matches("[A-Za-z0-9._-]+") || chip.startsWith(".") || !Files.isRegularFile(spec)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(spec, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(chip + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path designs() {
    return ProjectFiles.home().resolve("designs");
  }
}
