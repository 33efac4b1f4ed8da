package dev.kirchhoff.arch.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A spec with every default written out: as YAML for people, with the origin of each value behind
 * it, and as JSON for the run log, which reads back to the same knobs. Of one design, the choices
 * are decided.
 */
public final class ResolvedSpec {
  private static final int COMMENT_COLUMN = 56;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,15})");

  private final SpecTree tree;
  private final Map<String, Node> lets;
  private final View decided;
  private final String mainFile;
  private final Function<Value.Section, Map<String, String>> additions;

  private ResolvedSpec(
      SpecTree tree,
      Map<String, Node> lets,
      View decided,
      String mainFile,
      Function<Value.Section, Map<String, String>> additions) {
    this.tree = tree;
    this.lets = lets;
    this.decided = decided;
    this.mainFile = mainFile;
    this.additions = additions;
  }

  /**
   * The whole spec.
   *
   * @param tree the checked spec
   * @param source the tree it was read from, for its {@code let}
   * @param mainFile the spec's own file: values from it carry no comment
   * @param additions further keys of a section that its file implied, by key
   */
  public static ResolvedSpec of(
      SpecTree tree,
      Node.Mapping source,
      String mainFile,
      Function<Value.Section, Map<String, String>> additions) {
    return new ResolvedSpec(tree, letNodes(source), null, mainFile, additions);
  }

  /** One design of the spec; see {@link #of}. */
  public static ResolvedSpec ofDesign(
      SpecTree tree,
      View design,
      String mainFile,
      Function<Value.Section, Map<String, String>> additions) {
    return new ResolvedSpec(tree, Map.of(), design, mainFile, additions);
  }

  private static Map<String, Node> letNodes(Node.Mapping source) {
    Map<String, Node> nodes = new java.util.LinkedHashMap<>();
    if (source.get("let").orElse(null) instanceof Node.Mapping let) {
      let.entries().forEach(e -> nodes.put(e.key(), e.value()));
    }
    return nodes;
  }

  // ---- JSON

  /** As JSON that {@link SpecReader} reads back. */
  public ObjectNode json() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    section(tree.root(), object);
    if (!lets.isEmpty() && decided == null) {
      ObjectNode let = JsonNodeFactory.instance.objectNode();
      lets.forEach((name, node) -> let.set(name, json(node)));
      object.set("let", let);
    }
    return object;
  }

  private void section(Value.Section section, ObjectNode into) {
    for (int i = 0; i < section.fields().size(); i++) {
      String key = section.shape().keys().get(i).name();
      json(section.fields().get(i)).ifPresent(value -> into.set(key, value));
    }
    additions.apply(section).forEach((key, text) -> into.put(key, text));
  }

  private Optional<JsonNode> json(Value value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    Value v = decided == null || isPerLayer(value) ? value : decided.decide(value);
    if (v instanceof Value.Absent) {
      return Optional.empty();
    }
    if (v instanceof Value.Number number) {
      return Optional.of(scalar(number.text()));
    }
    if (v instanceof Value.Word word) {
      return Optional.of(make.textNode(word.text()));
    }
    if (v instanceof Value.Computed computed) {
      return Optional.of(
          decided == null
              ? make.textNode("= " + computed.formula().text())
              : scalar(computedText(computed)));
    }
    if (v instanceof Value.Items items) {
      ArrayNode array = make.arrayNode();
      items.items().forEach(item -> json(item).ifPresent(array::add));
      return Optional.of(array);
    }
    if (v instanceof Value.PerAction perAction) {
      ObjectNode object = make.objectNode();
      perAction.numbers().forEach((action, number) -> object.put(action, number.text()));
      return Optional.of(object);
    }
    if (v instanceof Value.Raw raw) {
      return Optional.of(json(raw.node()));
    }
    if (v instanceof Value.Choice choice) {
      return Optional.of(choice(choice));
    }
    return Optional.of(section((Value.Section) v));
  }

  private static boolean isPerLayer(Value value) {
    return value instanceof Value.Choice choice && choice.slot().isPerLayer();
  }

  private JsonNode choice(Value.Choice choice) {
    if (lets.containsKey(choice.slot().path())) {
      return JsonNodeFactory.instance.textNode("= " + choice.slot().path());
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ArrayNode any = object.putArray("any");
    choice.items().forEach(item -> json(item).ifPresent(any::add));
    if (choice.slot().isPerLayer()) {
      object.put("per", "layer");
    }
    if (choice.slot().start() > 0) {
      Value start = choice.items().get(choice.slot().start());
      object.set(
          "start",
          start instanceof Value.Section s
              ? JsonNodeFactory.instance.textNode(s.label())
              : json(start).orElseThrow());
    }
    return object;
  }

  /** A catalogue entry as it is stays its name; everything else is written out. */
  private JsonNode section(Value.Section section) {
    String label = section.label();
    if (isCatalogueEntry(section)) {
      return JsonNodeFactory.instance.textNode(label);
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (label.endsWith("*")) {
      object.put("extends", label.substring(0, label.length() - 1));
    } else if (isKind(section)) {
      if (section.shape().isNone()) {
        return JsonNodeFactory.instance.textNode("none");
      }
      object.put("kind", section.shape().name());
      if (!label.equals(section.shape().name())) {
        object.put("name", label);
      }
    }
    section(section, object);
    return object;
  }

  private static boolean isKind(Value.Section section) {
    String label = section.label();
    return !label.isEmpty()
        && !label.equals("own")
        && !label.equals("given")
        && !section.shape().has("network")
        && !section.shape().has(Type.Named.OTHER);
  }

  private static boolean isCatalogueEntry(Value.Section section) {
    return section.shape().name().equals("device")
        && !section.label().endsWith("*")
        && !section.label().equals("own");
  }

  private static JsonNode scalar(String text) {
    if (WHOLE_NUMBER.matcher(text).matches()) {
      return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
    }
    return JsonNodeFactory.instance.textNode(text);
  }

  /** A node as JSON. */
  public static JsonNode asJson(Node node) {
    return json(node);
  }

  private static JsonNode json(Node node) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (node instanceof Node.Scalar scalar) {
      return scalar(scalar.text());
    }
    if (node instanceof Node.Sequence sequence) {
      ArrayNode array = make.arrayNode();
      sequence.items().forEach(item -> array.add(json(item)));
      return array;
    }
    ObjectNode object = make.objectNode();
    ((Node.Mapping) node)
        .entries()
        .forEach(
            e -> {
              if (e.key().equals(Overlay.WAS_NONE)) {
                return;
              }
              if (!e.key().equals(Overlay.INHERITED_START)) {
                object.set(e.key(), json(e.value()));
              } else if (e.value() instanceof Node.Scalar) {
                object.set("start", json(e.value()));
              }
            });
    return object;
  }

  private String computedText(Value.Computed computed) {
    double number = decided.number(computed);
    if (computed.type() instanceof Type.Quantity quantity
        && quantity.dimension() != Dimension.NUMBER) {
      return Units.print(number, quantity.dimension());
    }
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  // ---- YAML

  /**
   * As YAML, with {@code # default} or {@code # from FILE:LINE} behind what the spec's own file
   * does not say.
   */
  public String yaml() {
    StringBuilder out = new StringBuilder();
    if (!lets.isEmpty() && decided == null) {
      line(out, 0, "let:", "");
      lets.forEach(
          (name, node) -> line(out, 2, name + ": " + flow(json(node)), origin(node.place())));
    }
    fields(tree.root(), 0, out);
    return out.toString();
  }

  private void fields(Value.Section section, int indent, StringBuilder out) {
    for (int i = 0; i < section.fields().size(); i++) {
      field(section.shape().keys().get(i).name(), section.fields().get(i), indent, out);
    }
    additions
        .apply(section)
        .forEach((key, text) -> line(out, indent, key + ": " + text, "of the figures' file"));
  }

  private void field(String key, Value value, int indent, StringBuilder out) {
    Value v = decided == null || isPerLayer(value) ? value : decided.decide(value);
    boolean wasChoice = decided != null && value instanceof Value.Choice;
    String knob = wasChoice ? "knob" : "";
    if (v instanceof Value.Section section
        && !isCatalogueEntry(section)
        && !section.shape().isNone()) {
      String head = isKind(section) || section.label().endsWith("*") ? head(section) : "";
      line(
          out,
          indent,
          key + ":",
          join(knob, section.place().isDefault() && section.fields().isEmpty() ? "default" : ""));
      if (!head.isEmpty()) {
        line(out, indent + 2, head, join(knob, origin(section.place())));
      }
      fields(section, indent + 2, out);
      return;
    }
    json(value)
        .ifPresent(
            json -> line(out, indent, key + ": " + flow(json), join(knob, origin(v.place()))));
  }

  private static String head(Value.Section section) {
    return section.label().endsWith("*")
        ? "extends: " + section.label().replace("*", "")
        : "kind: " + section.shape().name();
  }

  private static String join(String a, String b) {
    return a.isEmpty() ? b : b.isEmpty() ? a : a + ", " + b;
  }

  private String origin(Place place) {
    if (place.isDefault()) {
      return "default";
    }
    return place.file().equals(mainFile) ? "" : "from " + place.fileAndLine();
  }

  private static void line(StringBuilder out, int indent, String text, String comment) {
    int start = out.length();
    out.append(" ".repeat(indent)).append(text);
    if (!comment.isEmpty()) {
      int width = out.length() - start;
      out.append(" ".repeat(Math.max(2, COMMENT_COLUMN - width))).append("# ").append(comment);
    }
    out.append('\n');
  }

  /** JSON as flow YAML. */
  private static String flow(JsonNode node) {
    if (node.isObject()) {
      List<String> parts = new ArrayList<>();
      node.properties().forEach(e -> parts.add(e.getKey() + ": " + flow(e.getValue())));
      return "{" + String.join(", ", parts) + "}";
    }
    if (node.isArray()) {
      List<String> parts = new ArrayList<>();
      node.forEach(item -> parts.add(flow(item)));
      return "[" + String.join(", ", parts) + "]";
    }
    String text = node.asText();
    boolean plain = text.matches("[A-Za-z0-9=.+-][A-Za-z0-9 _./%*()+=<>-]*") && !text.endsWith(" ");
    return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
