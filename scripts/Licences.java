import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Licences of the jars of a release. Takes the texts that the jars hold and those that libraries.txt names for the
 * others; writes README.md of the folder of texts (each jar with its licence, as the bill of materials names it, and its
 * texts) and the paths of the texts into the bill. Fails where bill and jars differ, a jar is without a text, or
 * libraries.txt does not agree with the jars. Arguments: bill of materials (CycloneDX JSON), folder of jars, folder of
 * libraries.txt and its texts, folder that receives the texts.
 */
final class Licences {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:META-INF/(?:licen[cs]es?/|resources/webjars/[^/]+/[^/]+/)?)?(?:\\w+-)*(?:LICEN[CS]E|COPYING|NOTICE)[^/]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED = Pattern.compile("\"(?:id|name|expression)\" : \"([^\"]*)\"");
  private static final Pattern CLASS = Pattern.compile(".*\\.class");
  private static final String REFERENCES = "\n      \"externalReferences\" : [";

  private Licences() {}

  /** A line of libraries.txt. */
  private record Entry(String library, String licence, List<String> texts) {
    boolean isOf(String name) {
      return library.endsWith("*") ? name.startsWith(library.substring(0, library.length() - 1)) : name.equals(library);
    }
  }

  /** A library as the bill of materials describes it, and its texts. */
  private record Library(String name, List<String> licences, List<String> texts) {}

  public static void main(String[] arguments) throws IOException {
    Path bill = Path.of(arguments[0]);
    Path stored = Path.of(arguments[2]);
    Path texts = Path.of(arguments[3]);
    Map<String, Library> libraries = libraries(Files.readString(bill));
    List<Entry> entries = entries(stored);
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }

    Set<String> problems = new TreeSet<>();
    Set<Entry> unused = new HashSet<>(entries);
    Set<String> missing = new TreeSet<>(libraries.keySet());
    StringBuilder index = new StringBuilder("# Licences of the libraries\n\n| jar | licence | texts |\n|---|---|---|\n");
    for (Path jar : jars) {
      String file = jar.getFileName().toString();
      Library library = libraries.get(file);
      missing.remove(file);
      if (library == null) {
        problems.add(file + " is not in the bill of materials");
        continue;
      }
      String licence = String.join(", ", library.licences);
      library.texts.addAll(texts(jar, texts));
      for (Entry entry : entries) {
        if (entry.isOf(library.name)) {
          unused.remove(entry);
          library.texts.addAll(entry.texts);
          if (!entry.licence.equals(licence)) {
            problems.add(
                "%s is under %s, but libraries.txt has the texts of %s".formatted(file, licence, entry.licence));
          }
        }
      }
      if (library.texts.isEmpty()) {
        problems.add(file + " (" + licence + ") holds no text of its licence, and libraries.txt names none");
      }
      index.append("| %s | %s | %s |\n".formatted(file, licence, String.join(", ", library.texts)));
    }
    missing.forEach(file -> problems.add(file + " is in the bill of materials, but not carried"));
    unused.forEach(entry -> problems.add(entry.library + " is in libraries.txt, but not carried"));
    copy(entries, stored, texts, problems);
    problems.forEach(p -> System.err.println("licences: " + p));
    if (!problems.isEmpty()) {
      System.exit(1);
    }
    Files.writeString(texts.resolve("README.md"), index);
    Files.writeString(bill, withTexts(Files.readString(bill), libraries, texts.getFileName().toString()));
  }

  private static List<Entry> entries(Path stored) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(stored.resolve("libraries.txt"))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(": ");
        entries.add(new Entry(parts[0], parts[1], List.of(parts[2].split(" "))));
      }
    }
    return entries;
  }

  /** Copies the stored texts that entries name; a text without an entry is a problem, and an entry without its text. */
  private static void copy(List<Entry> entries, Path stored, Path texts, Set<String> problems) throws IOException {
    Set<String> named = entries.stream().flatMap(e -> e.texts.stream()).collect(Collectors.toCollection(TreeSet::new));
    Set<String> present = new TreeSet<>();
    try (Stream<Path> files = Files.list(stored)) {
      files.map(f -> f.getFileName().toString()).filter(f -> !f.equals("libraries.txt")).forEach(present::add);
    }
    for (String text : named) {
      if (present.remove(text)) {
        Files.copy(stored.resolve(text), texts.resolve(text), StandardCopyOption.REPLACE_EXISTING);
      } else {
        problems.add(text + " is named by libraries.txt, but not there");
      }
    }
    present.forEach(text -> problems.add(text + " is a text of no library"));
  }

  /** Components of the first level, by the name of their jars. */
  private static Map<String, Library> libraries(String bill) {
    Map<String, Library> libraries = new LinkedHashMap<>();
    for (String component : components(bill).split("\n    \\{\n")) {
      String file = file(component);
      if (file != null) {
        Matcher list = Pattern.compile("(?s)\n      \"licenses\" : \\[(.*?)\n      \\]").matcher(component);
        List<String> licences =
            list.find()
                ? NAMED.matcher(list.group(1)).results().map(m -> m.group(1)).distinct().collect(Collectors.toList())
                : List.of();
        libraries.put(file, new Library(value(component, "name"), licences, new ArrayList<>()));
      }
    }
    return libraries;
  }

  // The plugin's own layout, two spaces a level: components of the first level, without a parser of JSON.
  private static String components(String bill) {
    return bill.substring(bill.indexOf("\n  \"components\" : ["), bill.indexOf("\n  \"dependencies\" : ["));
  }

  private static String file(String component) {
    String name = value(component, "name");
    String version = value(component, "version");
    return name == null || version == null ? null : name + "-" + version + ".jar";
  }

  private static String value(String component, String key) {
    Matcher matcher = Pattern.compile("(?m)^      \"" + key + "\" : \"([^\"]*)\"").matcher(component);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** The bill with a reference to each text, by its path in the release. */
  private static String withTexts(String bill, Map<String, Library> libraries, String folder) {
    String components = components(bill);
    List<String> parts = new ArrayList<>();
    for (String component : components.split("\n    \\{\n")) {
      Library library = libraries.get(String.valueOf(file(component)));
      if (library == null) {
        parts.add(component);
        continue;
      }
      String references =
          library.texts.stream()
              .map(t -> "\n        {\n          \"type\" : \"license\",\n          \"url\" : \"%s/%s\"\n        }".formatted(folder, t))
              .collect(Collectors.joining(","));
      int list = component.indexOf(REFERENCES);
      if (list >= 0) {
        int at = list + REFERENCES.length();
        parts.add(component.substring(0, at) + references + "," + component.substring(at));
      } else {
        int end = component.lastIndexOf("\n    }");
        parts.add(component.substring(0, end) + "," + REFERENCES + references + "\n      ]" + component.substring(end));
      }
    }
    return bill.replace(components, String.join("\n    {\n", parts));
  }

  /** Copies the texts of a jar, and gives the names of the copies. */
  private static List<String> texts(Path jar, Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    String base = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().sorted((a, b) -> a.getName().compareTo(b.getName())).toList()) {
        String name = entry.getName();
        if (!entry.isDirectory() && TEXT.matcher(name).matches() && !CLASS.matcher(name).matches()) {
          String file = base + "." + name.substring(name.lastIndexOf('/') + 1);
          try (InputStream in = zip.getInputStream(entry)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!files.contains(file)) {
              Files.writeString(folder.resolve(file), text);
              files.add(file);
            }
          }
        }
      }
    }
    return files;
  }
}
