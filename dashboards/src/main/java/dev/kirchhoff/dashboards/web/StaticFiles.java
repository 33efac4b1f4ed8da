package dev.kirchhoff.dashboards.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Handler of the page and of the libraries that it uses, from the class path. */
final class StaticFiles {
  private static final String PAGE = "/dev/kirchhoff/dashboards/page/";
  private static final String JARS = "/META-INF/resources/webjars/";

  /** Libraries by the name that the page gives them, as web jars. */
  private static final List<String> LIBRARIES = List.of("preact", "uplot");

  private static final Pattern IMPORT = Pattern.compile("\"/assets/([A-Za-z0-9./-]+[.]js)\"");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  /** Folders of the libraries' files by the names of the libraries. */
  private final Map<String, String> folders = new TreeMap<>();

  /** The page, which names all of its modules so that the browser asks for them at once. */
  private final String page;

  StaticFiles() throws IOException {
    for (String library : LIBRARIES) {
      Properties pom = new Properties();
      String name = "/META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
      try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
        if (in != null) {
          pom.load(in);
        }
      }
      folders.put(library, JARS + library + "/" + pom.getProperty("version", "") + "/dist/");
    }
    String links =
        modules().keySet().stream()
            .map(name -> "<link rel=\"modulepreload\" href=\"/assets/" + name + "\">\n")
            .collect(Collectors.joining());
    this.page = text("index.html").replace("</head>", links + "</head>");
  }

  /** Answers with the page itself. */
  void page(Context context) {
    context.header("Cache-Control", "no-cache");
    context.contentType(TYPES.get("html")).result(page);
  }

  /** Answers with a file of the page. */
  void file(Context context, String name) throws IOException {
    if (NAME.matcher(name).matches()) {
      send(context, PAGE + name);
    } else {
      context.status(404).result("There is no such file.");
    }
  }

  /** Answers with a file of a library. */
  void library(Context context, String library, String name) throws IOException {
    if (folders.containsKey(library) && NAME.matcher(name).matches()) {
      send(context, folders.get(library) + name);
    } else {
      context.status(404).result("There is no such file.");
    }
  }

  /** A file of the page as text; {@code LIBRARY/NAME} is one of a library. */
  String text(String name) throws IOException {
    int slash = name.indexOf('/');
    String resource =
        slash < 0 ? PAGE + name : folders.get(name.substring(0, slash)) + name.substring(slash + 1);
    byte[] bytes =
        read(resource)
            .orElseThrow(
                () -> new IllegalStateException("The resource (" + resource + ") must exist."));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Modules of the page by name, each with its text. */
  Map<String, String> modules() throws IOException {
    Map<String, String> found = new TreeMap<>();
    List<String> names = new ArrayList<>(List.of("main.js"));
    while (!names.isEmpty()) {
      String name = names.remove(names.size() - 1);
      if (!found.containsKey(name)) {
        found.put(name, text(name));
        Matcher imports = IMPORT.matcher(found.get(name));
        while (imports.find()) {
          names.add(imports.group(1));
        }
      }
    }
    return found;
  }

  private static Optional<byte[]> read(String resource) throws IOException {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  private static void send(Context context, String resource) throws IOException {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    Optional<byte[]> bytes = type == null ? Optional.empty() : read(resource);
    if (bytes.isEmpty()) {
      context.status(404).result("There is no such file.");
      return;
    }
    context.header("Cache-Control", "no-cache");
    context.contentType(type).result(bytes.get());
  }
}
