package dev.kirchhoff.dashboards.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** Handler of the page and the chart library, from the class path. */
final class StaticFiles {
  private static final String PAGE = "/dev/kirchhoff/dashboards/page/";
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/";
  private static final String CHARTS_POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final String chartsVersion;

  StaticFiles() throws IOException {
    Properties pom = new Properties();
    try (InputStream in = StaticFiles.class.getResourceAsStream(CHARTS_POM)) {
      if (in != null) {
        pom.load(in);
      }
    }
    chartsVersion = pom.getProperty("version", "");
  }

  /** Answers with the page itself. */
  void page(Context context) throws IOException {
    send(context, PAGE + "index.html");
  }

  /** Answers with a file of the page. */
  void file(Context context, String name) throws IOException {
    if (NAME.matcher(name).matches()) {
      send(context, PAGE + name);
    } else {
      context.status(404).result("There is no such file.");
    }
  }

  /** Answers with a file of the chart library. */
  void charts(Context context, String name) throws IOException {
    if (NAME.matcher(name).matches()) {
      send(context, CHARTS + chartsVersion + "/dist/" + name);
    } else {
      context.status(404).result("There is no such file.");
    }
  }

  /** A file of the page as text; {@code uplot/NAME} is one of the chart library. */
  String text(String name) throws IOException {
    String resource =
        name.startsWith("uplot/")
            ? CHARTS + chartsVersion + "/dist/" + name.substring("uplot/".length())
            : PAGE + name;
    byte[] bytes =
        read(resource)
            .orElseThrow(
                () -> new IllegalStateException("The resource (" + resource + ") must exist."));
    return new String(bytes, StandardCharsets.UTF_8);
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
