package dev.kirchhoff.dse.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.ChipValidation;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Gallery;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    } catch (SpecException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    ObjectNode report = ReportJson.mapper().valueToTree(ValidationReport.of(chips));
    for (int i = 0; i < chips.size(); i++) {
      ArrayNode families = ((ObjectNode) report.get("chips").get(i)).putArray("families");
      chips.get(i).families().stream().map(CircuitFamily::word).sorted().forEach(families::add);
    }
    return report;
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
