package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs grouped by the name of their spec, with the settings in which those of a group differ. */
final class RunGroups {
  /** Settings of a group that are shown; limits and settings of the search come first. */
  private static final int MOST_COLUMNS = 8;

  private static final int LONGEST_TEXT = 80;

  /** Keys of a spec that are shown elsewhere, or concern its text alone. */
  private static final Set<String> LEFT_OUT =
      Set.of("name", "note", "source", "constraints", "objectives", "search", "kirchhoff");

  private RunGroups() {}

  /**
   * Runs of one spec.
   *
   * @param name name of the spec
   * @param runs ids, as given
   * @param columns settings that are not the same in all of them
   */
  record Group(String name, List<String> runs, List<Differing> columns) {}

  /** A setting with its text in each run, in the order of the group; empty where it has none. */
  record Differing(String title, List<String> values) {}

  /** The groups of runs by id, in the order of their first run. */
  static List<Group> of(Map<String, RunEvent.Run> headers) {
    Map<String, Map<String, RunEvent.Run>> byName = new LinkedHashMap<>();
    headers.forEach(
        (id, header) ->
            byName
                .computeIfAbsent(
                    Optional.ofNullable(header.name()).orElse(""), n -> new LinkedHashMap<>())
                .put(id, header));
    List<Group> groups = new ArrayList<>();
    byName.forEach(
        (name, runs) -> groups.add(new Group(name, List.copyOf(runs.keySet()), differing(runs))));
    return groups;
  }

  private static List<Differing> differing(Map<String, RunEvent.Run> runs) {
    List<Map<String, String>> settings = new ArrayList<>();
    Set<String> common = commonLimits(runs.values());
    runs.values().forEach(header -> settings.add(settings(header, common)));
    Set<String> titles = new LinkedHashSet<>();
    settings.forEach(of -> titles.addAll(of.keySet()));
    List<Differing> columns = new ArrayList<>();
    for (String title : titles) {
      List<String> values = settings.stream().map(of -> of.getOrDefault(title, "")).toList();
      if (columns.size() < MOST_COLUMNS && new HashSet<>(values).size() > 1) {
        columns.add(new Differing(title, values));
      }
    }
    return columns;
  }

  private static Set<String> commonLimits(Iterable<RunEvent.Run> runs) {
    Set<String> common = null;
    for (RunEvent.Run run : runs) {
      if (common == null) {
        common = new HashSet<>(list(run.constraints()));
      } else {
        common.retainAll(list(run.constraints()));
      }
    }
    return common == null ? Set.of() : common;
  }

  /**
   * Settings by title.
   *
   * @param common limits that all runs have, which are left out
   */
  private static Map<String, String> settings(RunEvent.Run header, Set<String> common) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("objectives", String.join(", ", list(header.objectives())));
    List<String> limits = new ArrayList<>(list(header.constraints()));
    limits.removeAll(common);
    settings.put("limits", cut(String.join(", ", limits)));
    settings.put("seed", Long.toString(header.seed()));
    settings.put("budget", Long.toString(header.budget()));
    settings.put("engine", String.valueOf(header.engine()));
    settings.put("islands", Integer.toString(header.islands()));
    if (header.spec() != null) {
      header
          .spec()
          .properties()
          .forEach(
              field -> {
                if (!LEFT_OUT.contains(field.getKey())) {
                  leaves(field.getKey(), field.getValue(), settings);
                }
              });
    }
    settings.put("model", String.valueOf(header.version()));
    return settings;
  }

  /** Values by path; a choice, a list and a scalar are one value each. */
  private static void leaves(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject() && !node.has("any")) {
      node.properties().forEach(f -> leaves(path + "." + f.getKey(), f.getValue(), into));
    } else {
      into.put(path.replaceFirst("^chip[.]", ""), cut(words(node)));
    }
  }

  private static String words(JsonNode node) {
    if (node.has("any")) {
      List<String> choices = new ArrayList<>();
      node.get("any").forEach(choice -> choices.add(words(choice)));
      return String.join(" | ", choices);
    }
    return node.isValueNode() ? node.asText() : node.toString().replace("\"", "");
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }

  private static List<String> list(List<String> list) {
    return list == null ? List.of() : list;
  }
}
