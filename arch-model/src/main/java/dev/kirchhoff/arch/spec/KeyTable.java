package dev.kirchhoff.arch.spec;

import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The keys of a grammar as Markdown tables, one a mapping: name, allowed values, default, meaning.
 */
public final class KeyTable {
  private final Map<String, String> tables = new LinkedHashMap<>();

  private KeyTable() {}

  /** All mappings below a shape, each once, titled by its path. */
  public static String of(Shape shape) {
    KeyTable table = new KeyTable();
    table.add("top level", "", shape);
    return table.tables.entrySet().stream()
        .map(e -> "### " + e.getKey() + "\n\n" + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * A key of a shape, or of a section below it.
   *
   * @param key dotted path
   * @param allowed values that may stand there
   * @param standard default; empty where the key is optional, {@code required} where it is not
   * @param doc meaning
   */
  public record Row(String key, String allowed, String standard, String doc) {}

  /** Keys of a shape and of the sections and kinds below it, by path. */
  public static List<Row> rows(Shape shape) {
    List<Row> rows = new ArrayList<>();
    rows("", shape, rows);
    return rows;
  }

  private static void rows(String path, Shape shape, List<Row> into) {
    for (Key key : shape.keys()) {
      String keyPath = Paths.join(path, key.name());
      if (key.type() instanceof Type.Section section) {
        rows(keyPath, section.shape(), into);
      } else if (key.type() instanceof Type.Kinds kinds) {
        List<String> words = kinds.shapes().stream().map(Shape::name).toList();
        into.add(new Row(keyPath, String.join(", ", words), key.defaultText(), key.doc()));
        for (Shape kind : kinds.shapes()) {
          rows(keyPath + " (" + kind.name() + ")", kind, into);
        }
      } else {
        String allowed = key.type() instanceof Type.Text ? "text" : Scalars.expected(key.type());
        into.add(
            new Row(
                keyPath, allowed, key.isRequired() ? "required" : key.defaultText(), key.doc()));
      }
    }
  }

  private void add(String title, String path, Shape shape) {
    StringBuilder rows =
        new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
    tables.put(title, "");
    for (Key key : shape.keys()) {
      String inner = Paths.join(path, key.name());
      rows.append("| `").append(key.name()).append("` | ").append(allowed(key.type(), inner));
      rows.append(" | ").append(standard(key)).append(" | ").append(key.doc()).append(" |\n");
    }
    tables.put(title, rows.toString());
  }

  private static String standard(Key key) {
    if (key.isRequired()) {
      return "**required**";
    }
    return key.defaultText().isEmpty() ? "–" : "`" + key.defaultText() + "`";
  }

  private String allowed(Type type, String path) {
    String shown = Paths.shown(path);
    if (type instanceof Type.Section section) {
      addOnce(shown, path, section.shape());
      return section.none().isEmpty()
          ? "a mapping, below"
          : "a mapping, below; `none` = `" + section.none() + "`";
    }
    if (type instanceof Type.Kinds kinds) {
      for (Shape shape : kinds.shapes()) {
        if (!shape.keys().isEmpty()) {
          addOnce(shown + ", kind " + shape.name(), path, shape);
        }
      }
      return "a kind: "
          + kinds.shapes().stream()
              .map(s -> "`" + s.name() + "`")
              .collect(Collectors.joining(", "));
    }
    if (type instanceof Type.Catalogued catalogued) {
      addOnce(shown, path, catalogued.shape());
      return "a catalogue name, or a mapping that extends one";
    }
    if (type instanceof Type.Model model) {
      addOnce("model", path, model.figures());
      return (model.isNamed() ? "a model's name, or figures (model)" : "figures (model)")
          + actions(model.figures());
    }
    if (type instanceof Type.Named named) {
      addOnce(shown, path, named.settings());
      for (Shape other : named.others()) {
        addOnce(shown + ", " + Type.Named.OTHER + " " + other.name(), path, other);
      }
      return "a name, a file, a mapping, or a list of them";
    }
    if (type instanceof Type.ListOf list) {
      return list.item() instanceof Type.AnyValue
          ? "a list, see docs/spec.md"
          : "a list of " + plural(allowed(list.item(), path));
    }
    if (type instanceof Type.PerAction perAction) {
      return perAction.dimension().article() + ", or one for each action by name";
    }
    if (type instanceof Type.AnyValue) {
      return "see docs/spec.md";
    }
    return Scalars.expected(type).replace("|", "\\|");
  }

  private static String plural(String item) {
    return item.equals("text")
        ? "texts"
        : item.replaceFirst("^a (mapping|number)", "$1s").replaceFirst("^one of ", "words: ");
  }

  /** The actions that figures of a part may state, the natural one first. */
  private static String actions(Shape figures) {
    for (Key key : figures.keys()) {
      if (key.type() instanceof Type.PerAction perAction) {
        return "; "
            + key.name()
            + " of: "
            + perAction.actions().stream()
                .map(action -> "`" + action + "`")
                .collect(Collectors.joining(", "));
      }
    }
    return "";
  }

  private void addOnce(String title, String path, Shape shape) {
    if (!tables.containsKey(title)) {
      add(title, path, shape);
    }
  }
}
