package dev.kirchhoff.arch.spec;

import java.util.List;

/**
 * Figures hold for exactly the settings beside them: a choice of such a setting, or its change in
 * another file, is an error that names the models that scale.
 */
final class GivenFigures {
  private final Problems problems;
  private final Catalogues catalogues;

  GivenFigures(Problems problems, Catalogues catalogues) {
    this.problems = problems;
    this.catalogues = catalogues;
  }

  void check(Value.Section section, String path) {
    int model = section.shape().indexOf("model");
    if (model < 0 || !(section.fields().get(model) instanceof Value.Section figures)) {
      return;
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
                + choice.place().line()
                + ":"
                + choice.place().column()
                + ")"
                + scaling(section));
      } else if (!value.place().isDefault()
          && !figures.place().isDefault()
          && !value.place().file().equals(figures.place().file())) {
        problems.add(
            value.place(),
            Paths.shown(Paths.join(path, key.name())),
            "is changed, but the figures of "
                + figures.place().fileAndLine()
                + " hold for the "
                + key.name()
                + " of that file only"
                + scaling(section));
      }
    }
  }

  private String scaling(Value.Section section) {
    Key model = section.shape().keys().get(section.shape().indexOf("model"));
    List<String> names =
        model.type() instanceof Type.Model m ? catalogues.names("model of " + m.part()) : List.of();
    return names.isEmpty()
        ? "; without model, ours scales"
        : "; models of the library: " + String.join(", ", names);
  }
}
