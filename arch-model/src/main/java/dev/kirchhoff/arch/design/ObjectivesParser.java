package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reader of the objectives of a spec. */
final class ObjectivesParser {
  private static final int MOST = 4;

  private final SpecTree tree;
  private final Problems problems;
  private final MetricNames names;

  ObjectivesParser(SpecTree tree, Problems problems, MetricNames names) {
    this.tree = tree;
    this.problems = problems;
    this.names = names;
  }

  /** The objectives; empty if the spec states none. */
  List<Objective> objectives() {
    List<Objective> objectives = new ArrayList<>();
    if (tree.root().get("objectives") instanceof Value.Section section) {
      Aggregation over = over();
      add(section, "maximise", over, objectives);
      add(section, "minimise", over, objectives);
    }
    return objectives;
  }

  /** The end of the band that designs are judged by. */
  BandEnd band() {
    if (tree.root().get("objectives") instanceof Value.Section section) {
      Value value = section.get("band");
      if (value instanceof Value.Word word) {
        return BandEnd.ofWord(word.text()).orElse(BandEnd.NOMINAL);
      }
      if (value instanceof Value.Choice choice) {
        problems.add(
            choice.place(),
            "objectives.band",
            "is a choice, must be one of nominal, low, high: designs that are judged differently"
                + " have no common front");
      }
    }
    return BandEnd.NOMINAL;
  }

  /** Aggregation of a metric over several networks. */
  private Aggregation over() {
    if (tree.root().get("objectives") instanceof Value.Section section) {
      Value value = section.get("over");
      if (value instanceof Value.Word word) {
        return Aggregation.ofWord(word.text()).orElse(Aggregation.WEIGHTED);
      }
      if (value instanceof Value.Choice choice) {
        problems.add(
            choice.place(),
            "objectives.over",
            "is a choice, must be one of weighted, worst, mean: designs that are judged differently"
                + " have no common front");
      }
    }
    return Aggregation.WEIGHTED;
  }

  private void add(
      Value.Section section, String key, Aggregation over, List<Objective> objectives) {
    if (!(section.get(key) instanceof Value.Items items)) {
      return;
    }
    for (Value item : items.items()) {
      if (!(item instanceof Value.Word word)) {
        continue;
      }
      Optional<Metric> metric = names.metric(word, "objectives." + key, problems);
      if (metric.isPresent()) {
        String other = key.equals("maximise") ? "minimise" : "maximise";
        names
            .qualities()
            .problem(metric.get(), "", key.equals("maximise"), other + ": [" + word.text() + "]")
            .ifPresent(message -> problems.add(word.place(), "objectives." + key, message));
        if (objectives.stream().anyMatch(o -> o.metric() == metric.get())) {
          problems.add(word.place(), "objectives." + key, word.text() + " is given twice");
        } else {
          objectives.add(new Objective(metric.get(), key.equals("maximise"), over));
        }
      }
    }
    if (objectives.size() > MOST) {
      problems.add(section.place(), "objectives", "are " + objectives.size() + ", at most " + MOST);
    }
  }
}
