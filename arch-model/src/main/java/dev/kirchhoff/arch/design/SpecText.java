package dev.kirchhoff.arch.design;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.ResolvedSpec;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The resolved forms of a spec: every default written out. */
public final class SpecText {
  private SpecText() {}

  /** The whole spec as YAML with the origin of each value. */
  public static String yaml(DesignSpec spec) {
    return spec.withFiles(resolved(spec).yaml());
  }

  /**
   * The whole spec as JSON that reads back to the same knobs and constraints, networks of files
   * with their layers in it and files of kernels with their contents, so that nothing else is
   * needed to compute a design again.
   */
  public static ObjectNode json(DesignSpec spec) {
    return withLimits(withFiles(withLayers(resolved(spec).json(), spec), spec), spec);
  }

  /** Constraints of the command line stand with those of the file. */
  private static ObjectNode withLimits(ObjectNode json, DesignSpec spec) {
    int written = json.path("constraints").isArray() ? json.path("constraints").size() : 0;
    if (spec.conditions().size() > written) {
      ArrayNode all = json.putArray("constraints");
      spec.conditions().forEach(condition -> all.add(condition.text()));
    }
    return json;
  }

  private static ObjectNode withFiles(ObjectNode json, DesignSpec spec) {
    Map<String, String> files = spec.usedFiles();
    if (!files.isEmpty()) {
      ObjectNode carried =
          json.get("files") instanceof ObjectNode known ? known : json.putObject("files");
      files.forEach(carried::put);
    }
    return json;
  }

  private static ObjectNode withLayers(ObjectNode json, DesignSpec spec) {
    if (json.has("workload")) {
      Map<String, String> files = spec.kernelFiles(json.get("workload"));
      if (!files.isEmpty()) {
        ObjectNode carried = json.putObject("files");
        files.forEach(carried::put);
      }
      json.set("workload", withLayers(json.get("workload"), spec));
    }
    return json;
  }

  private static JsonNode withLayers(JsonNode workload, DesignSpec spec) {
    if (workload.isTextual()) {
      return spec.layersOfFile(workload.asText())
          .<JsonNode>map(layers -> carried(workload.asText(), layers))
          .orElse(workload);
    }
    if (workload.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      workload.forEach(item -> list.add(withLayers(item, spec)));
      return list;
    }
    ObjectNode object = (ObjectNode) workload;
    if (object.has("any")) {
      object.set("any", withLayers(object.get("any"), spec));
    } else if (object.has("network") && !object.has("layers")) {
      String name = object.get("network").asText();
      spec.layersOfFile(name)
          .ifPresent(
              layers -> {
                object.remove(List.of("dimensions", "samples", "activations"));
                object.setAll(carried(name, layers));
              });
    }
    return object;
  }

  private static ObjectNode carried(String file, Node layers) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    String prefix = DesignBinder.layerPrefix(file);
    object.put("network", prefix.substring(0, prefix.length() - 1));
    object.set("layers", ResolvedSpec.asJson(layers));
    return object;
  }

  /** One design of the spec as YAML; values that a knob decided are marked. */
  public static String yamlOfDesign(DesignSpec spec, int[] ordinals) {
    return spec.withFiles(
        ResolvedSpec.ofDesign(
                spec.tree(),
                spec.tree().view(ordinals),
                spec.file(),
                section -> figures(spec, section))
            .yaml());
  }

  /** One design of the spec as JSON. */
  public static ObjectNode jsonOfDesign(DesignSpec spec, int[] ordinals) {
    return ResolvedSpec.ofDesign(
            spec.tree(), spec.tree().view(ordinals), spec.file(), section -> figures(spec, section))
        .json();
  }

  private static ResolvedSpec resolved(DesignSpec spec) {
    return ResolvedSpec.of(
        spec.tree(), spec.source(), spec.file(), section -> figures(spec, section));
  }

  /**
   * Given figures say which node and supply they hold for, since their file is not named any more.
   */
  private static Map<String, String> figures(DesignSpec spec, Value.Section section) {
    Map<String, String> additions = new TreeMap<>();
    if (!section.label().equals("given")) {
      return additions;
    }
    ChipBinder.FileTechnology technology = spec.technologyOf(section.place());
    if (section.get("node") instanceof Value.Absent) {
      additions.put("node", Units.print(technology.node_nm() / Units.NM_PER_UM, Dimension.LENGTH));
    }
    if (section.get("supply") instanceof Value.Absent) {
      additions.put("supply", Units.print(technology.supply_V(), Dimension.VOLTAGE));
    }
    return additions;
  }

  /** Number of values of the spec that are defaults. */
  public static long defaults(DesignSpec spec) {
    return defaults(spec.tree().root());
  }

  private static long defaults(Value value) {
    if (value instanceof Value.Section section) {
      return section.fields().stream().mapToLong(SpecText::defaults).sum();
    }
    if (value instanceof Value.Choice choice) {
      return choice.items().stream().mapToLong(SpecText::defaults).max().orElse(0);
    }
    return value.place().isDefault() && !(value instanceof Value.Absent) ? 1 : 0;
  }

  /** A value's text as JSON: a number if it is a whole one. */
  public static JsonNode scalar(String text) {
    return text.matches("-?(0|[1-9][0-9]{0,15})")
        ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
        : JsonNodeFactory.instance.textNode(text);
  }
}
