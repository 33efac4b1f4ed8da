package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A place in which two resolved specs differ.
 *
 * @param path dotted path of the value
 * @param a value in A; absent where A has no such key
 * @param b value in B; absent where B has no such key
 */
public record SpecDifference(String path, Optional<JsonNode> a, Optional<JsonNode> b) {
  private static final Set<String> NAMES = Set.of("name", "note");

  /** The differences of two specs in all but names and notes, in the order of their keys. */
  public static List<SpecDifference> between(JsonNode a, JsonNode b) {
    Map<String, JsonNode> ours = new LinkedHashMap<>();
    Map<String, JsonNode> theirs = new LinkedHashMap<>();
    flatten("", a, ours);
    flatten("", b, theirs);
    ours.keySet().removeAll(NAMES);
    theirs.keySet().removeAll(NAMES);
    Set<String> paths = new LinkedHashSet<>(ours.keySet());
    paths.addAll(theirs.keySet());
    List<SpecDifference> differences = new ArrayList<>();
    for (String path : paths) {
      if (!Objects.equals(ours.get(path), theirs.get(path))) {
        differences.add(
            new SpecDifference(
                path, Optional.ofNullable(ours.get(path)), Optional.ofNullable(theirs.get(path))));
      }
    }
    return differences;
  }

  /** Values by path; a list without objects is one value. */
  private static void flatten(String path, JsonNode node, Map<String, JsonNode> values) {
    if (node.isObject() && !node.isEmpty()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties()
          .forEach(field -> flatten(prefix + field.getKey(), field.getValue(), values));
    } else if (node.isArray() && hasObjects(node)) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), values);
      }
    } else {
      values.put(path, node);
    }
  }

  private static boolean hasObjects(JsonNode array) {
    for (JsonNode item : array) {
      if (item.isContainerNode()) {
        return true;
      }
    }
    return false;
  }
}
