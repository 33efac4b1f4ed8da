package dev.kirchhoff.arch.spec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reader of YAML or JSON text as {@link Node}s with the place of every token. UTF-8, at most 3 MB,
 * nested at most 100 deep, one document; duplicate keys, tags, anchors, aliases and merge keys are
 * problems.
 */
public final class SpecReader {
  /** Largest spec. */
  public static final int SIZE_LIMIT_B = 3 * 1024 * 1024;

  private static final int DEPTH_LIMIT = 100;

  private final String file;
  private final String body;
  private final Kind kind;
  private final Problems problems;
  private YAMLParser parser;
  private boolean broken;
  private Place brokenAt;

  private SpecReader(String file, String body, Kind kind, Problems problems) {
    this.file = file;
    this.body = body;
    this.kind = kind;
    this.problems = problems;
  }

  /**
   * Kind of a file, as messages name it.
   *
   * @param name with its article
   * @param beginning what to write in an empty one
   */
  public record Kind(String name, String beginning) {
    /** A spec. */
    public static final Kind SPEC = new Kind("a spec", "a spec begins with kirchhoff: 1");
  }

  /**
   * Result of reading a file.
   *
   * @param root the tree, if there is one
   * @param brokenAt where a syntax error ended the reading, if one did
   */
  public record Reading(Optional<Node> root, Optional<Place> brokenAt) {}

  /**
   * Reads bytes. Problems are recorded; after a syntax error the tree holds what was read before
   * it.
   */
  public static Reading read(String file, byte[] bytes, Problems problems) {
    return read(file, bytes, Kind.SPEC, problems);
  }

  /** Tree of a file of another kind. */
  public static Reading read(String file, byte[] bytes, Kind kind, Problems problems) {
    Place whole = Place.ofFile(file);
    if (bytes.length > SIZE_LIMIT_B) {
      problems.add(
          whole,
          "",
          "is " + Units.printBytes(bytes.length) + ", " + kind.name() + " has at most 3 MB");
      return new Reading(Optional.empty(), Optional.of(whole));
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
    } catch (CharacterCodingException e) {
      problems.add(whole, "", "is not UTF-8 text; " + kind.name() + " is a YAML or JSON file");
      return new Reading(Optional.empty(), Optional.of(whole));
    }
    return readText(file, text, kind, problems);
  }

  /** Reads text; see {@link #read}. */
  public static Reading readText(String file, String text, Problems problems) {
    return readText(file, text, Kind.SPEC, problems);
  }

  private static Reading readText(String file, String text, Kind kind, Problems problems) {
    Place whole = Place.ofFile(file);
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    OptionalInt control = controlCharacter(body);
    if (control.isPresent()) {
      problems.add(
          placeAt(file, body, control.getAsInt()),
          "",
          String.format(
              "holds the control character U+%04X; %s is text",
              (int) body.charAt(control.getAsInt()), kind.name()));
      return new Reading(Optional.empty(), Optional.of(whole));
    }
    SpecReader reader = new SpecReader(file, body, kind, problems);
    return reader.parse();
  }

  private static OptionalInt controlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f || c == '\uFFFE') {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static Place placeAt(String file, String text, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Place(file, line, column);
  }

  private Reading parse() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH_LIMIT);
    options.setCodePointLimit(SIZE_LIMIT_B + 1);
    options.setMaxAliasesForCollections(0);
    YAMLFactory factory =
        YAMLFactory.builder()
            .loaderOptions(options)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_LIMIT)
                    .maxStringLength(SIZE_LIMIT_B)
                    .build())
            .build();
    Place here = new Place(file, 1, 1);
    Node root = null;
    try (YAMLParser opened = factory.createParser(body)) {
      parser = opened;
      JsonToken first = parser.nextToken();
      if (first == null) {
        problems.add(Place.ofFile(file), "", "is empty; " + kind.beginning());
        return new Reading(Optional.empty(), Optional.empty());
      }
      root = value("", 0);
      if (!broken) {
        here = place(parser.currentTokenLocation());
        if (parser.nextToken() != null) {
          problems.add(
              place(parser.currentTokenLocation()),
              "",
              "begins a second document; " + kind.name() + " is one document");
        }
      }
      return new Reading(Optional.of(root), broken ? Optional.of(brokenAt) : Optional.empty());
    } catch (JsonProcessingException e) {
      return new Reading(Optional.ofNullable(root), Optional.of(syntax(e, here)));
    } catch (IOException | RuntimeException e) {
      problems.add(here, "", "cannot be read as YAML: " + firstLine(e.getMessage()));
      return new Reading(Optional.ofNullable(root), Optional.of(here));
    }
  }

  private Place syntax(JsonProcessingException e, Place fallback) {
    Place place = e.getLocation() == null ? fallback : place(e.getLocation());
    problems.add(place, "", "is not YAML: " + sentence(e.getOriginalMessage()));
    return place;
  }

  private static String firstLine(String message) {
    if (message == null) {
      return "no reason given";
    }
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** The parser's message without its own place and excerpt. */
  private static String sentence(String message) {
    StringBuilder kept = new StringBuilder();
    for (String line : message.split("\n")) {
      String trimmed = line.trim();
      if (trimmed.isEmpty()
          || trimmed.startsWith("in '")
          || trimmed.startsWith("at [")
          || trimmed.startsWith("^")) {
        continue;
      }
      if (kept.length() > 0 && line.startsWith(" ")) {
        continue;
      }
      kept.append(kept.length() == 0 ? "" : "; ").append(trimmed);
    }
    String text = kept.toString();
    if (text.toLowerCase(java.util.Locale.ROOT).contains("nesting depth")) {
      return "nested more than " + DEPTH_LIMIT + " deep";
    }
    return text.length() > 200 ? text.substring(0, 200) + " ..." : text;
  }

  private Place place(JsonLocation location) {
    return new Place(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** Reads the value at the current token. */
  private Node value(String path, int depth) throws IOException {
    Place place = place(parser.currentTokenLocation());
    forbidTricks(place, path);
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT:
        return mapping(place, path, depth);
      case START_ARRAY:
        return sequence(place, path, depth);
      case VALUE_NULL:
        return new Node.Scalar(place, "");
      default:
        return new Node.Scalar(place, parser.getText());
    }
  }

  private void forbidTricks(Place place, String path) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add(place, path, "is an alias; let names a value that is used twice");
    } else if (parser.getObjectId() != null || beginsWithAnchor()) {
      problems.add(place, path, "has an anchor; let names a value that is used twice");
    }
    if (parser.getTypeId() != null) {
      problems.add(place, path, "has a tag; write the value alone");
    }
  }

  /**
   * The parser does not tell the anchor of a scalar, but a plain scalar cannot begin with {@code
   * &}.
   */
  private boolean beginsWithAnchor() {
    long offset = parser.currentTokenLocation().getCharOffset();
    return offset >= 0 && offset < body.length() && body.charAt((int) offset) == '&';
  }

  private Node mapping(Place place, String path, int depth) throws IOException {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    while (next()) {
      if (parser.currentToken() == JsonToken.END_OBJECT) {
        break;
      }
      String key = parser.currentName();
      Place keyPlace = place(parser.currentTokenLocation());
      String inner = path.isEmpty() ? key : path + "." + key;
      if (key.equals("<<")) {
        problems.add(
            keyPlace, path, "has a merge key <<; extends takes over what another file says");
      }
      if (!next()) {
        break;
      }
      Node value = value(inner, depth + 1);
      Place first = seen.putIfAbsent(key, keyPlace);
      if (first != null) {
        problems.add(
            keyPlace, Paths.shown(inner), "given twice; first at " + first.lineAndColumn());
      } else if (!key.equals("<<")) {
        entries.add(new Node.Entry(key, keyPlace, value));
      }
      if (broken) {
        break;
      }
    }
    return new Node.Mapping(place, entries);
  }

  private Node sequence(Place place, String path, int depth) throws IOException {
    List<Node> items = new ArrayList<>();
    while (next()) {
      if (parser.currentToken() == JsonToken.END_ARRAY) {
        break;
      }
      items.add(value(path + "[" + items.size() + "]", depth + 1));
      if (broken) {
        break;
      }
    }
    return new Node.Sequence(place, items);
  }

  /** Moves on; a syntax error is recorded and closes everything that is open. */
  private boolean next() throws IOException {
    try {
      return parser.nextToken() != null;
    } catch (JsonProcessingException e) {
      broken = true;
      brokenAt = syntax(e, place(parser.currentTokenLocation()));
      return false;
    }
  }
}
