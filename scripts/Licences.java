import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Licences of the jars of a release. Takes the texts that the jars hold and writes licences/README.md: each jar with
 * its licence, as the bill of materials names it, and its texts. Fails where bill and jars differ, or a jar has neither
 * name nor text. Arguments: bill of materials (CycloneDX JSON), folder of jars, folder of texts.
 */
final class Licences {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:META-INF/(?:licen[cs]es?/|resources/webjars/[^/]+/[^/]+/)?)?(?:LICEN[CS]E|COPYING|NOTICE)[^/]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED = Pattern.compile("\"(?:id|name|expression)\" : \"([^\"]*)\"");
  private static final Pattern CLASS = Pattern.compile(".*\\.class");

  private Licences() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, List<String>> named = bill(Files.readString(Path.of(arguments[0])));
    Path texts = Path.of(arguments[2]);
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
    List<String> problems = new ArrayList<>();
    StringBuilder index = new StringBuilder("# Licences of the libraries\n\n| jar | licence | text |\n|---|---|---|\n");
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      List<String> files = texts(jar, texts);
      List<String> licences = named.remove(name);
      if (licences == null) {
        problems.add(name + " is not in the bill of materials");
      } else if (licences.isEmpty() && files.isEmpty()) {
        problems.add(name + " has neither a licence in its POM nor a text");
      } else {
        index.append(
            "| %s | %s | %s |\n"
                .formatted(name, String.join(", ", licences), files.isEmpty() ? "none in the jar" : String.join(", ", files)));
      }
    }
    named.keySet().forEach(name -> problems.add(name + " is in the bill of materials, but not carried"));
    problems.forEach(p -> System.err.println("licences: " + p));
    Files.writeString(texts.resolve("README.md"), index);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /** Names of licences by name of the jar. */
  private static Map<String, List<String>> bill(String json) {
    // The plugin's own layout, two spaces a level: components of the first level, without a parser of JSON.
    Map<String, List<String>> named = new TreeMap<>();
    String components = json.substring(json.indexOf("\n  \"components\" : ["), json.indexOf("\n  \"dependencies\" : ["));
    for (String component : components.split("\n    \\{\n")) {
      Matcher name = Pattern.compile("(?m)^      \"name\" : \"([^\"]*)\"").matcher(component);
      Matcher version = Pattern.compile("(?m)^      \"version\" : \"([^\"]*)\"").matcher(component);
      if (name.find() && version.find()) {
        Matcher list = Pattern.compile("(?s)\n      \"licenses\" : \\[(.*?)\n      \\]").matcher(component);
        List<String> licences =
            list.find()
                ? NAMED.matcher(list.group(1)).results().map(m -> m.group(1)).distinct().collect(Collectors.toList())
                : List.of();
        named.put(name.group(1) + "-" + version.group(1) + ".jar", licences);
      }
    }
    return named;
  }

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
