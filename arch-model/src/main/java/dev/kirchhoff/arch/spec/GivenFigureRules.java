package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;
import java.util.Optional;

/**
 * Rules of given figures. They are those of power, everything included, or of energy and leakage.
 * They hold for exactly the settings beside them: a choice of such a setting, or its change in a
 * file or option that overrides them, is an error that names the models that scale.
 */
final class GivenFigureRules {
  /** Keys that state a figure; the others of a model say what its figures belong to. */
  private static final List<String> FIGURES =
      List.of("area", "power", "energy", "leakage", "time", "rate");

  private final Problems problems;
  private final Catalogues catalogues;
  private final String mainFile;

  /**
   * Rules of one spec.
   *
   * @param mainFile the spec's own file, which overrides all that it extends
   */
  GivenFigureRules(Problems problems, Catalogues catalogues, String mainFile) {
    this.problems = problems;
    this.catalogues = catalogues;
    this.mainFile = mainFile;
  }

  void check(Value.Section section, String path) {
    if (!(section.get("model") instanceof Value.Section figures)) {
      return;
    }
    if (!section.shape().has("name")) {
      checkPower(figures, Paths.join(path, "model"));
    }
    for (int i = 0; i < section.fields().size(); i++) {
      Key key = section.shape().keys().get(i);
      if (!key.isSetting()) {
        continue;
      }
      Value value = section.fields().get(i);
      if (value instanceof Value.Choice choice) {
        problems.add(
            figures.place(),
            Paths.shown(Paths.join(path, "model")),
            "figures hold for one "
                + key.name()
                + " only, but "
                + key.name()
                + " is a choice ("
                + choice.place().lineAndColumn()
                + ")"
                + scaling(section));
        continue;
      }
      Optional<Place> stated = statedBelow(value.place(), figures);
      if (stated.isPresent()) {
        problems.add(
            value.place(),
            Paths.shown(Paths.join(path, key.name())),
            "is changed, but the figures of "
                + stated.get().fileAndLine()
                + " hold for the "
                + key.name()
                + " of that file only"
                + scaling(section));
      }
    }
  }

  /** Parts without a key of their own report this together with their names. */
  private void checkPower(Value.Section figures, String path) {
    boolean both =
        isGiven(figures, "power") && (isGiven(figures, "energy") || isGiven(figures, "leakage"));
    if (both) {
      problems.add(
          figures.get("power").place(),
          Paths.shown(Paths.join(path, "power")),
          "includes everything; give power, or energy and leakage, not both");
    }
  }

  private static boolean isGiven(Value.Section figures, String key) {
    return !(figures.get(key) instanceof Value.Absent);
  }

  /** Place of a figure that a setting elsewhere overrides. */
  private Optional<Place> statedBelow(Place setting, Value.Section figures) {
    if (setting.isDefault()) {
      return Optional.empty();
    }
    for (String key : FIGURES) {
      Place figure = figures.get(key).place();
      if (isGiven(figures, key) && !figure.isDefault() && isOver(setting, figure)) {
        boolean sameFile = figure.file().equals(figures.place().file());
        return Optional.of(sameFile ? figures.place() : figure);
      }
    }
    return Optional.empty();
  }

  /**
   * True if a setting overrides a figure. The command line overrides all files, the spec's own file
   * those that it extends; of two of these either may override the other.
   */
  private boolean isOver(Place setting, Place figure) {
    if (setting.file().equals(figure.file()) || isOption(figure)) {
      return false;
    }
    return isOption(setting) || !figure.file().equals(mainFile);
  }

  private static boolean isOption(Place place) {
    return place.isWholeFile();
  }

  private String scaling(Value.Section section) {
    Key model = section.shape().key("model").orElseThrow();
    List<String> names =
        model.type() instanceof Type.Model m ? catalogues.names("model of " + m.part()) : List.of();
    return names.isEmpty()
        ? "; without model, ours scales"
        : "; models of the library: " + String.join(", ", names);
  }
}
