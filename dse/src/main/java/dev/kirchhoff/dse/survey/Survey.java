package dev.kirchhoff.dse.survey;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.GalleryChip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Predictions of all macros of a table.
 *
 * @param predictions one a row that a rule applies to, in the order of the table
 * @param omissions rows and figures that are not compared, with the reason
 */
public record Survey(List<SurveyPrediction> predictions, List<Omission> omissions) {
  public Survey {
    predictions = List.copyOf(predictions);
    omissions = List.copyOf(omissions);
  }

  /**
   * A row or a figure of it that is not compared.
   *
   * @param row the row
   * @param quantity the figure, empty for the whole row
   * @param reason why
   */
  public record Omission(SurveyRow row, Optional<SurveyQuantity> quantity, String reason) {}

  /** Finds the chip of the gallery in a folder, or nothing. */
  @FunctionalInterface
  public interface Gallery {
    Optional<GalleryChip> chip(String design) throws SpecException;
  }

  /**
   * Generates, evaluates and compares.
   *
   * @param rows the table
   * @param gallery chips that are compared beside the generated specs
   * @param environment what specs are read with; its files are not read
   * @throws SpecException if a generated spec is refused: the mistake of a rule
   */
  public static Survey of(List<SurveyRow> rows, Gallery gallery, DesignSpec.Environment environment)
      throws SpecException {
    List<SurveyPrediction> predictions = new ArrayList<>();
    List<Omission> omissions = new ArrayList<>();
    Map<String, Optional<GalleryChip>> chips = new HashMap<>();
    for (SurveyRow row : rows) {
      Optional<String> gap = SurveySpec.gap(row);
      if (gap.isPresent()) {
        omissions.add(new Omission(row, Optional.empty(), gap.get()));
        continue;
      }
      row.published()
          .voids()
          .forEach(v -> omissions.add(new Omission(row, Optional.of(v.quantity()), v.reason())));
      SurveySpec spec = SurveySpec.of(row);
      GalleryChip generated = read(spec, environment);
      Optional<GalleryChip> published = Optional.empty();
      if (row.design().isPresent()) {
        String design = row.design().get();
        if (!chips.containsKey(design)) {
          chips.put(design, gallery.chip(design));
        }
        published = chips.get(design);
      }
      predictions.add(
          new SurveyPrediction(
              spec,
              figures(spec, generated),
              published.map(chip -> galleryEnergy(row, chip)).orElse(OptionalDouble.empty())));
    }
    return new Survey(predictions, omissions);
  }

  private static GalleryChip read(SurveySpec spec, DesignSpec.Environment environment)
      throws SpecException {
    String name = spec.name();
    return GalleryChip.read(
        name,
        new DesignSpec.Environment(
            new SpecText(name, spec.text()),
            environment.devices(),
            environment.networks(),
            environment.models(),
            environment.formats()));
  }

  private static Map<SurveyQuantity, SurveyPrediction.Figure> figures(
      SurveySpec spec, GalleryChip generated) {
    Map<SurveyQuantity, SurveyPrediction.Figure> figures = new EnumMap<>(SurveyQuantity.class);
    for (Comparison value : generated.comparisons().values()) {
      for (SurveyQuantity quantity : SurveyQuantity.values()) {
        if (SurveySpec.id(quantity).equals(value.row())) {
          figures.put(quantity, figure(quantity, spec, value));
        }
      }
    }
    if (figures.containsKey(SurveyQuantity.ENERGY_AT_OWN_TIME)) {
      figures.putIfAbsent(SurveyQuantity.ENERGY, figures.get(SurveyQuantity.ENERGY_AT_OWN_TIME));
    }
    return figures;
  }

  /** Energy of an operation of one bit by one bit is 1 / (TOPS/W), in pJ. */
  private static SurveyPrediction.Figure figure(
      SurveyQuantity quantity, SurveySpec spec, Comparison value) {
    SurveyRow row = spec.row();
    return switch (quantity) {
      case ENERGY, ENERGY_AT_OWN_TIME ->
          new SurveyPrediction.Figure(
              1 / value.published(), 1 / value.ours(), row.bits().inputs() * row.bits().weights());
      case TIME -> new SurveyPrediction.Figure(value.published(), value.ours(), spec.turns());
      case AREA ->
          new SurveyPrediction.Figure(
              value.published(),
              value.ours(),
              row.array().cells().orElseThrow() * (double) row.array().banks());
    };
  }

  /** The gallery's value of the same TOPS/W within 5 %, so at the same setting. */
  private static OptionalDouble galleryEnergy(SurveyRow row, GalleryChip chip) {
    if (row.topsPerW().isEmpty()) {
      return OptionalDouble.empty();
    }
    double topsPerW = row.topsPerW().getAsDouble();
    return chip.comparisons().values().stream()
        .filter(value -> value.name().equals("TOPS/W"))
        .filter(value -> Math.abs(StrictMath.log(value.published() / topsPerW)) < 0.05)
        .mapToDouble(value -> StrictMath.log(value.published() / value.ours()))
        .findFirst();
  }

  /** One spec that no file holds. */
  private record SpecText(String name, String text) implements Sources {
    @Override
    public String resolve(String from, String other) {
      return other;
    }

    @Override
    public byte[] read(String file) throws SourceException {
      if (!file.equals(name)) {
        throw new SourceException("is no part of " + name);
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
