package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts of licences in a release: each jar has one, of its own or of the repository's folder, and
 * the bill of materials names it.
 */
class ReleaseLicencesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @BeforeEach
  void makeARelease() throws IOException {
    for (String name : List.of("lib", "stored", "texts")) {
      Files.createDirectory(folder.resolve(name));
    }
    bill(Map.of("own", "Apache-2.0", "bare", "MIT"));
    jar("own-1.0", "META-INF/LICENSE", "META-INF/Number-Parser-LICENSE", "Own.class");
    jar("bare-1.0", "Bare.class");
    stored("# comment\nbare: MIT: bare.txt\n", "bare.txt");
  }

  @Test
  void eachJarHasItsTextsInTheFolderAndInTheBill() throws Exception {
    assertEquals("", problems());
    assertEquals(
        List.of("README.md", "bare.txt", "own-1.0.LICENSE", "own-1.0.Number-Parser-LICENSE"),
        names(folder.resolve("texts")));
    assertTrue(
        Files.readString(folder.resolve("texts/README.md"))
            .contains("| bare-1.0.jar | MIT | bare.txt |"));
    JsonNode bill = new ObjectMapper().readTree(folder.resolve("bill.json").toFile());
    List<String> urls = new ArrayList<>();
    for (JsonNode component : bill.get("components")) {
      for (JsonNode reference : component.get("externalReferences")) {
        urls.add(component.get("name").asText() + " " + reference.get("url").asText());
      }
    }
    assertEquals(
        List.of(
            "bare texts/bare.txt",
            "bare https://example.org/bare",
            "own texts/own-1.0.LICENSE",
            "own texts/own-1.0.Number-Parser-LICENSE"),
        urls.stream().sorted((a, b) -> a.split(" ")[0].compareTo(b.split(" ")[0])).toList());
  }

  @Test
  void aJarWithoutATextEndsTheRelease() throws Exception {
    stored("# none\n");
    assertEquals(
        "licences: bare-1.0.jar (MIT) holds no text of its licence, and libraries.txt names none\n",
        problems());
  }

  @Test
  void everyDisagreementOfTextsAndJarsIsNamed() throws Exception {
    bill(Map.of("own", "Apache-2.0", "bare", "EPL-2.0", "gone", "MIT"));
    jar("new-2.0", "New.class");
    stored("bare: MIT: bare.txt lost.txt\nold-*: MIT: bare.txt\n", "bare.txt", "spare.txt");
    assertEquals(
        """
        licences: bare-1.0.jar is under EPL-2.0, but libraries.txt has the texts of MIT
        licences: gone-1.0.jar is in the bill of materials, but not carried
        licences: lost.txt is named by libraries.txt, but not there
        licences: new-2.0.jar is not in the bill of materials
        licences: old-* is in libraries.txt, but not carried
        licences: spare.txt is a text of no library
        """,
        problems());
  }

  @Test
  void textsOfTheRepositoryAreOfLibrariesThatItPins() throws IOException {
    List<String> pinned =
        Files.readAllLines(ROOT.resolve("scripts/release.sha256")).stream()
            .map(line -> line.replaceFirst(".* ", "").replaceFirst("-[0-9].*\\.jar$", ""))
            .toList();
    for (String line : Files.readAllLines(ROOT.resolve("licences/libraries.txt"))) {
      String name = line.split(": ")[0];
      String start = name.replaceFirst("\\*$", "");
      assertTrue(
          line.startsWith("#")
              || start.equals("kirchhoff-")
              || pinned.stream()
                  .anyMatch(p -> name.endsWith("*") ? p.startsWith(start) : p.equals(name)),
          line);
    }
  }

  private String problems() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                ROOT.resolve("scripts/Licences.java").toString(),
                "bill.json",
                "lib",
                "stored",
                "texts")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(said.isEmpty() ? 0 : 1, process.waitFor(), said);
    return said;
  }

  /** A bill in the layout of the plugin that writes it. */
  private void bill(Map<String, String> licences) throws IOException {
    String components =
        licences.entrySet().stream()
            .map(
                entry ->
                    """
                        {
                          "type" : "library",
                          "name" : "%s",
                          "version" : "1.0",
                          "licenses" : [
                            {
                              "license" : {
                                "id" : "%s"
                              }
                            }
                          ],
                          "purl" : "pkg:maven/x/%1$s@1.0"%s
                        }"""
                        .formatted(
                            entry.getKey(),
                            entry.getValue(),
                            entry.getKey().equals("bare") ? REFERENCE : "")
                        .indent(4)
                        .stripTrailing())
            .collect(Collectors.joining(",\n"));
    Files.writeString(
        folder.resolve("bill.json"),
        "{\n  \"bomFormat\" : \"CycloneDX\",\n  \"components\" : [\n"
            + components
            + "\n  ],\n  \"dependencies\" : [ ]\n}\n");
  }

  private static final String REFERENCE =
      """
      ,
        "externalReferences" : [
          {
            "type" : "website",
            "url" : "https://example.org/bare"
          }
        ]""";

  private void jar(String name, String... entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve("lib/" + name + ".jar"));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }

  private void stored(String libraries, String... texts) throws IOException {
    for (String name : names(folder.resolve("stored"))) {
      Files.delete(folder.resolve("stored").resolve(name));
    }
    Files.writeString(folder.resolve("stored/libraries.txt"), libraries);
    for (String text : texts) {
      Files.writeString(folder.resolve("stored").resolve(text), text);
    }
  }

  private static List<String> names(Path of) throws IOException {
    try (var files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
