package dev.kirchhoff.arch.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of a grammar, so that editors complete and check specs. It admits
 * everything that the reader admits; ranges of quantities, names and formulas are the reader's own.
 */
public final class JsonSchema {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
  private static final String UNIT_NUMBER = "[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

  private final List<String> devices;
  private final Map<String, String> names = new HashMap<>();
  private final ObjectNode definitions = MAKE.objectNode();

  private JsonSchema(List<String> devices) {
    this.devices = devices;
  }

  /**
   * The schema of a spec.
   *
   * @param shape keys of the top level
   * @param devices catalogue names of devices, offered as completions
   */
  public static ObjectNode of(Shape shape, List<String> devices) {
    JsonSchema schema = new JsonSchema(devices);
    ObjectNode root = schema.properties(shape, false);
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Kirchhoff spec");
    ObjectNode properties = (ObjectNode) root.get("properties");
    ObjectNode let = MAKE.objectNode();
    let.put("type", "object");
    let.put("description", "names for values that are used twice, or for linked knobs");
    properties.set("let", let);
    ObjectNode extended = MAKE.objectNode();
    extended.put("description", "a spec, or a list of specs, that this one changes");
    properties.set("extends", extended);
    root.set("$defs", schema.definitions);
    return root;
  }

  /** A reference to the definition of a shape; equal definitions are written once. */
  private ObjectNode section(Shape shape, boolean hasKind) {
    return define(shape.name(), properties(shape, hasKind));
  }

  private ObjectNode define(String wanted, ObjectNode definition) {
    String name = names.get(definition.toString());
    if (name == null) {
      name = wanted;
      for (int i = 2; definitions.has(name); i++) {
        name = wanted + i;
      }
      names.put(definition.toString(), name);
      definitions.set(name, definition);
    }
    return MAKE.objectNode().put("$ref", "#/$defs/" + name);
  }

  private ObjectNode properties(Shape shape, boolean hasKind) {
    ObjectNode object = MAKE.objectNode();
    object.put("type", "object");
    ObjectNode properties = object.putObject("properties");
    if (hasKind) {
      ObjectNode kind = properties.putObject("kind");
      kind.put("const", shape.name());
      properties.putObject("name").put("type", "string");
    }
    for (Key key : shape.keys()) {
      ObjectNode value = value(key.type());
      value.put("description", key.doc());
      if (!key.defaultText().isEmpty() && !key.isRequired()) {
        value.put("default", key.defaultText());
      }
      properties.set(key.name(), value);
    }
    object.put("additionalProperties", false);
    return object;
  }

  /** A value, a choice of such values, a formula, or {@code none}. */
  private ObjectNode value(Type type) {
    ObjectNode value = MAKE.objectNode();
    ArrayNode any = value.putArray("anyOf");
    plain(type, any);
    if (!(type instanceof Type.ListOf) && !(type instanceof Type.AnyValue)) {
      any.add(define("choice", choice(type)));
    }
    any.add(MAKE.objectNode().put("type", "string").put("pattern", "^="));
    any.add(MAKE.objectNode().put("const", "none"));
    return value;
  }

  private ObjectNode choice(Type type) {
    ObjectNode choice = MAKE.objectNode();
    choice.put("type", "object");
    ObjectNode properties = choice.putObject("properties");
    ObjectNode any = properties.putObject("any");
    any.put("type", "array");
    any.put("minItems", 1);
    ObjectNode item = any.putObject("items");
    ArrayNode alternatives = item.putArray("anyOf");
    plain(type, alternatives);
    alternatives.add(MAKE.objectNode().put("type", "string").put("pattern", "^="));
    for (String key : List.of("start", "from", "to", "step", "times")) {
      properties.set(key, MAKE.objectNode());
    }
    properties.putObject("per").put("const", "layer");
    choice.put("additionalProperties", false);
    ArrayNode either = choice.putArray("anyOf");
    either.addObject().putArray("required").add("any");
    either.addObject().putArray("required").add("from").add("to");
    return choice;
  }

  private void plain(Type type, ArrayNode into) {
    if (type instanceof Type.Quantity quantity) {
      quantity(quantity.dimension(), into);
      words(quantity.words(), into);
    } else if (type instanceof Type.WholeNumber whole) {
      ObjectNode number = into.addObject().put("type", "integer").put("minimum", whole.min());
      if (whole.max() < Long.MAX_VALUE) {
        number.put("maximum", whole.max());
      }
      words(whole.words(), into);
    } else if (type instanceof Type.Word word) {
      words(word.words(), into);
      if (word.words().contains("true")) {
        into.addObject().put("type", "boolean");
      }
    } else if (type instanceof Type.Section section) {
      into.add(section(section.shape(), false));
    } else if (type instanceof Type.Kinds kinds) {
      words(kinds.shapes().stream().map(Shape::name).toList(), into);
      kinds.shapes().forEach(shape -> into.add(section(shape, true)));
    } else if (type instanceof Type.Catalogued catalogued) {
      catalogued(catalogued, into);
    } else if (type instanceof Type.Model model) {
      if (model.isNamed()) {
        into.addObject().put("type", "string");
      }
      into.add(section(model.figures(), false));
    } else if (type instanceof Type.Named named) {
      into.addObject().put("type", "string");
      into.add(section(named.settings(), false));
      named.others().forEach(other -> into.add(section(other, false)));
      into.addObject().put("type", "array");
    } else if (type instanceof Type.ListOf list) {
      ObjectNode array = into.addObject().put("type", "array");
      array.set("items", value(list.item()));
    } else if (type instanceof Type.PerAction perAction) {
      quantity(perAction.dimension(), into);
      into.addObject().put("type", "object");
    } else if (type instanceof Type.Text) {
      into.addObject().put("type", "string");
      into.addObject().put("type", "number");
    } else {
      into.add(MAKE.objectNode());
    }
  }

  private void catalogued(Type.Catalogued type, ArrayNode into) {
    ObjectNode name = into.addObject().put("type", "string");
    ArrayNode examples = name.putArray("examples");
    devices.forEach(examples::add);
    ObjectNode section = properties(type.shape(), false);
    ((ObjectNode) section.get("properties")).putObject("extends").put("type", "string");
    into.add(define(type.shape().name(), section));
  }

  private static void quantity(Dimension dimension, ArrayNode into) {
    if (dimension == Dimension.NUMBER || dimension == Dimension.RATIO) {
      into.addObject().put("type", "number");
    }
    if (dimension != Dimension.NUMBER) {
      String units =
          String.join(
              "|", dimension.units().stream().map(u -> u.text().replace("/", "\\/")).toList());
      into.addObject()
          .put("type", "string")
          .put("pattern", "^" + UNIT_NUMBER + "\\s*(" + units + "|[µμ][A-Za-z0-9]+|[kMG]?Ω)$");
    }
  }

  private static void words(List<String> words, ArrayNode into) {
    if (!words.isEmpty()) {
      ArrayNode list = into.addObject().putArray("enum");
      words.forEach(list::add);
    }
  }
}
