package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests, equations and links that the documents name exist. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST_NAME =
      Pattern.compile("\\b([A-Z]\\w*(?:Test|[a-z]IT))\\b(?:\\.(\\w+))?");
  private static final Pattern EQUATION = Pattern.compile("(?m)^ {4}.*\\((\\d+)\\)$");
  private static final Pattern CITATION =
      Pattern.compile("docs/(models|mapping|circuits)\\.md, eq\\. (\\d+)(?: (?:to|and) (\\d+))?");
  private static final Pattern DECISION = Pattern.compile("(?ms)^## (\\d+)\\. .+?(?=^## |\\z)");
  private static final Pattern DECISION_FORM =
      Pattern.compile(
          "(?s)[^\\n]+\\n\\n\\d{4}-\\d\\d-\\d\\d, (?:accepted|superseded by \\d+)\\n\\n"
              + "- Choice: .*\\n- Rejected: .*\\n- Pinned by: `.*");
  private static final int DECISION_LINES = 15;
  private static final Pattern NOUN_CLAUSE =
      Pattern.compile(
          "/\\*\\*?\\s*(?:\\*\\s*)?((?:What|Which|How|Where|When|Whether|Why|That|Those|Who|Whose"
              + "|Whoever|The same|So many|As many|As much|One that|Says|Tells)\\b.*)");
  private static final Pattern CHANGED_FILE =
      Pattern.compile("(?ms)^\\+\\+\\+ b/(\\S+)\\R(@@ -[1-9].*?)(?=^diff |\\z)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([\\w-]+)\">");

  /** First sentences of types and members are noun phrases with the term of the field. */
  @Test
  void commentsOpenWithATermNotWithANounClause() throws IOException {
    List<String> clauses = new ArrayList<>();
    for (String folder : List.of("src/main/java", "src/test/java", "src/train/java")) {
      for (Path source : sources(folder)) {
        for (MatchResult opening : all(NOUN_CLAUSE, Files.readString(source))) {
          clauses.add(source.getFileName() + ": " + opening.group(1));
        }
      }
    }
    assertEquals(List.of(), clauses);
  }

  /** The lines that the worked additions stand between are still there. */
  @Test
  void additionsFitTheSources() throws IOException {
    List<String> astray = new ArrayList<>();
    try (Stream<Path> additions = Files.list(ROOT.resolve("docs/additions"))) {
      for (Path addition : additions.toList()) {
        for (MatchResult change : all(CHANGED_FILE, Files.readString(addition))) {
          String source = Files.readString(ROOT.resolve(change.group(1)));
          for (String hunk : change.group(2).split("(?m)^@@ .*\\R")) {
            String before =
                hunk.lines()
                    .filter(line -> !line.startsWith("+"))
                    .map(line -> line.substring(1) + "\n")
                    .collect(Collectors.joining());
            if (!source.contains(before)) {
              astray.add(addition.getFileName() + ": " + change.group(1) + "\n" + before);
            }
          }
        }
      }
    }
    assertEquals(List.of(), astray);
  }

  @Test
  void testsThatDocumentsNameExist() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (Path source : sources("src/test/java")) {
      String name = source.getFileName().toString();
      tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(source));
    }
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult named : all(TEST_NAME, prose(document))) {
        String source = tests.get(named.group(1));
        boolean exists =
            source != null
                && (named.group(2) == null || source.contains("void " + named.group(2) + "("));
        if (!exists) {
          missing.add(document.getFileName() + ": " + named.group());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void decisionsAreNumberedShortDatedAndPinnedByTests() throws IOException {
    List<MatchResult> records = all(DECISION, Files.readString(ROOT.resolve("DECISIONS.md")));
    assertTrue(records.size() > 10, records.size() + " records");
    for (int i = 0; i < records.size(); i++) {
      String record = records.get(i).group().strip();
      assertEquals(i + 1, Integer.parseInt(records.get(i).group(1)), record);
      assertTrue(record.lines().count() <= DECISION_LINES, record);
      assertTrue(DECISION_FORM.matcher(record).matches(), record);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "mapping", "circuits"})
  void equationsAreNumberedInOrder(String document) throws IOException {
    List<Integer> numbers = equations(document);
    assertTrue(numbers.size() > 10, document + " " + numbers);
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(i + 1, numbers.get(i), document);
    }
  }

  @Test
  void equationsThatSourcesCiteExist() throws IOException {
    Map<String, Integer> last = new HashMap<>();
    for (String document : List.of("models", "mapping", "circuits")) {
      last.put(document, equations(document).size());
    }
    for (Path source : sources("src/main/java")) {
      String text = Files.readString(source).replaceAll("\\n\\s*\\*\\s", " ");
      for (MatchResult citation : all(CITATION, text)) {
        String end = citation.group(3) == null ? citation.group(2) : citation.group(3);
        assertTrue(
            Integer.parseInt(end) <= last.get(citation.group(1)),
            source.getFileName() + ": " + citation.group());
      }
    }
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult link : all(LINK, prose(document))) {
        String[] target = link.group(1).split("#", 2);
        Path file = target[0].isEmpty() ? document : document.resolveSibling(target[0]);
        boolean leads =
            Files.exists(file) && (target.length == 1 || anchors(file).contains(target[1]));
        if (!leads) {
          broken.add(document.getFileName() + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static List<Integer> equations(String document) throws IOException {
    String text = prose(ROOT.resolve("docs").resolve(document + ".md"));
    return all(EQUATION, text).stream().map(match -> Integer.valueOf(match.group(1))).toList();
  }

  /** Headings as their anchors: lower case, spaces as hyphens, without other signs. */
  private static List<String> anchors(Path document) throws IOException {
    String text = Files.readString(document);
    List<String> anchors = new ArrayList<>();
    for (MatchResult heading : all(HEADING, text)) {
      String plain = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "");
      anchors.add(plain.replace(' ', '-'));
    }
    all(ANCHOR, text).forEach(anchor -> anchors.add(anchor.group(1)));
    return anchors;
  }

  /** A document without its blocks of code. */
  private static String prose(Path document) throws IOException {
    return Files.readString(document).replaceAll("(?ms)^```.*?^```$", "");
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().toList();
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  private static List<Path> sources(String folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("arch-model", "peripherals", "mapper", "dse", "dashboards")) {
      Path root = ROOT.resolve(module).resolve(folder);
      if (!Files.exists(root)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
