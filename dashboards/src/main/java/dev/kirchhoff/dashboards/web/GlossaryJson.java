package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.Grammar;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.spec.Paths;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explanations of terms for the page's hints: the rows of {@code GLOSSARY.md}, and the keys of the
 * spec's grammar, which knobs are named by.
 */
final class GlossaryJson {
  private static final String RESOURCE = "/dev/kirchhoff/dashboards/GLOSSARY.md";
  private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (.+) \\|");
  private static final String HEAD = "word";

  private GlossaryJson() {}

  /**
   * A row of the glossary.
   *
   * @param words the words that it explains
   */
  record Term(List<String> words, String meaning) {}

  /**
   * A key of the grammar.
   *
   * @param path path as knobs have it
   * @param kind kind of the mapping that it belongs to; absent outside kinds
   * @param meaning its explanation
   * @param least smallest whole number allowed; absent where it is none
   * @param most largest whole number allowed
   */
  record Explained(
      String path,
      Optional<String> kind,
      String meaning,
      Optional<Long> least,
      Optional<Long> most) {}

  /** Terms and keys. */
  record Glossary(List<Term> terms, List<Explained> keys) {}

  /**
   * The explanations as JSON.
   *
   * @throws IOException if the glossary cannot be read
   */
  static JsonNode read() throws IOException {
    try (InputStream in = GlossaryJson.class.getResourceAsStream(RESOURCE)) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ReportJson.mapper().valueToTree(new Glossary(terms(text), keys(Grammar.spec())));
    }
  }

  /** Rows of the tables of a glossary. */
  static List<Term> terms(String markdown) {
    List<Term> terms = new ArrayList<>();
    for (String line : markdown.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals(HEAD)) {
        List<String> words =
            List.of(row.group(1).replaceAll("[`()]", "").split("\\s*,\\s*")).stream()
                .filter(word -> !word.isBlank())
                .toList();
        terms.add(new Term(words, row.group(2).replace("`", "")));
      }
    }
    return terms;
  }

  /** Keys of a grammar with an explanation, by path. */
  static List<Explained> keys(Shape grammar) {
    List<Explained> keys = new ArrayList<>();
    add(grammar, "", Optional.empty(), keys);
    return keys;
  }

  private static void add(Shape shape, String path, Optional<String> kind, List<Explained> keys) {
    for (Key key : shape.keys()) {
      String inner = Paths.join(path, key.name());
      Optional<Long> least = Optional.empty();
      Optional<Long> most = Optional.empty();
      if (key.type() instanceof Type.WholeNumber whole) {
        least = Optional.of(whole.min());
        most = Optional.of(whole.max());
      }
      keys.add(new Explained(Paths.shown(inner), kind, key.doc(), least, most));
      if (key.type() instanceof Type.Section section) {
        add(section.shape(), inner, kind, keys);
      } else if (key.type() instanceof Type.Kinds kinds) {
        for (Shape one : kinds.shapes()) {
          add(one, inner, Optional.of(one.name()), keys);
        }
      }
    }
  }
}
