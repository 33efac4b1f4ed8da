package dev.kirchhoff.dashboards.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An empty page in a browser that loads modules without a server: {@code /assets/NAME} from the
 * page's sources, {@code /assets/LIBRARY/NAME} from the {@code dist} folder of a web jar, {@code
 * /test/NAME} from the tests in JavaScript, {@code /prettier/NAME} from the formatter.
 */
final class ScriptPage implements AutoCloseable {
  static final Path SOURCES = Path.of("src/main/resources/dev/kirchhoff/dashboards/page");
  static final Path TESTS = Path.of("src/test/js");

  private static final String HOST = "http://page.test";
  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "mjs", "text/javascript", "css", "text/css");

  private final Chromium chromium = new Chromium();
  private final BrowserContext context;
  private final Page page;

  ScriptPage() {
    context = chromium.browser().newContext();
    page = context.newPage();
    page.route(HOST + "/**", ScriptPage::answer);
    page.navigate(HOST + "/");
  }

  /** The result of a function of JavaScript, awaited. */
  Object evaluate(String function, Object argument) {
    return page.evaluate(function, argument);
  }

  /** Files of a folder with one of some endings, in the order of their names. */
  static List<Path> files(Path folder, String... endings) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              path -> Stream.of(endings).anyMatch(end -> path.toString().endsWith("." + end)))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @Override
  public void close() {
    context.close();
    chromium.close();
  }

  private static void answer(Route route) {
    String path = URI.create(route.request().url()).getPath();
    Route.FulfillOptions found = new Route.FulfillOptions();
    try {
      byte[] bytes =
          path.equals("/")
              ? "<!doctype html><title>Tests</title>".getBytes(StandardCharsets.UTF_8)
              : read(path.substring(1).split("/"));
      String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/html");
      route.fulfill(found.setContentType(type + "; charset=utf-8").setBodyBytes(bytes));
    } catch (IOException e) {
      route.fulfill(found.setStatus(404).setBody(e.toString()));
    }
  }

  private static byte[] read(String[] path) throws IOException {
    if (path[0].equals("test")) {
      return Files.readAllBytes(TESTS.resolve(path[1]));
    }
    if (path[0].equals("prettier")) {
      return webJar("prettier", String.join("/", List.of(path).subList(1, path.length)));
    }
    return path.length == 2
        ? Files.readAllBytes(SOURCES.resolve(path[1]))
        : webJar(path[1], "dist/" + path[2]);
  }

  private static byte[] webJar(String library, String name) throws IOException {
    Properties pom = new Properties();
    String found = "/META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
    try (InputStream in = ScriptPage.class.getResourceAsStream(found)) {
      pom.load(in);
    } catch (NullPointerException e) {
      throw new IOException("There is no web jar of " + library + ".", e);
    }
    String at =
        "/META-INF/resources/webjars/" + library + "/" + pom.getProperty("version") + "/" + name;
    try (InputStream in = ScriptPage.class.getResourceAsStream(at)) {
      if (in == null) {
        throw new IOException("There is no " + at + ".");
      }
      return in.readAllBytes();
    }
  }

  /** The text of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
