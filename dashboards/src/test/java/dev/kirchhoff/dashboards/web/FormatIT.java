package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Format of the page's scripts and styles and of their tests: that of prettier with lines of 120
 * characters. {@code -Dkirchhoff.rewrite=true} formats them.
 */
@Tag("browser")
class FormatIT {
  private static final String FORMAT =
      "async ([name, text]) => {"
          + "  const plugin = (of) => import('/prettier/plugins/' + of + '.mjs').then((m) => m.default);"
          + "  const prettier = await import('/prettier/standalone.mjs');"
          + "  return prettier.format(text, {"
          + "    parser: name.endsWith('.css') ? 'css' : 'babel',"
          + "    plugins: await Promise.all(['babel', 'estree', 'postcss'].map(plugin)),"
          + "    printWidth: 120 }); }";

  @Test
  void scriptsAndStylesAreFormatted() throws IOException {
    List<Path> files = new ArrayList<>(ScriptPage.files(ScriptPage.SOURCES, "js", "css"));
    files.addAll(ScriptPage.files(ScriptPage.TESTS, "js"));
    List<String> wrong = new ArrayList<>();
    try (ScriptPage page = new ScriptPage()) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        String formatted = (String) page.evaluate(FORMAT, List.of(name, text));
        if (!formatted.equals(text) && Boolean.getBoolean("kirchhoff.rewrite")) {
          Files.writeString(file, formatted);
        } else if (!formatted.equals(text)) {
          wrong.add(name);
        }
      }
    }
    assertEquals(List.of(), wrong, "files to format; -Dkirchhoff.rewrite=true");
  }
}
