package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.ServiceLoader;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
  private static final String ID = "20261124T231235Z-resnet18-reram-k3f9";

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();
  private final SyntheticRun run = new SyntheticRun(ID, 1, 3000);

  @BeforeEach
  void log() throws IOException {
    try (DataDirectory writer = new DataDirectory(folder.resolve("data"), ID)) {
      writer.write(run.header("running", "", "</script><script>alert(1)</script>"));
      writer.write(run.step(400, true));
      writer.write(run.front().stream().map(run::simulated).toList());
      writer.write(run.header("finished", "", "</script><script>alert(1)</script>"));
    }
    Files.writeString(folder.resolve("data/format"), LogPosition.FORMAT + "\n");
  }

  private int report(String... arguments) {
    CommandLine line = new CommandLine(new ReportCommand()).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    all[0] = "--data";
    all[1] = folder.resolve("data").toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line.execute(all);
  }

  @Test
  void theCommandLineFindsIt() {
    assertTrue(
        ServiceLoader.load(Subcommand.class).stream()
            .anyMatch(provider -> provider.type() == ReportCommand.class));
  }

  /** A script of the file that holds bytes. */
  private static byte[] unpacked(String page, String id) throws IOException {
    String mark = "id=\"" + id + "\">";
    int from = page.indexOf(mark) + mark.length();
    byte[] packed =
        Base64.getDecoder().decode(page.substring(from, page.indexOf("</script>", from)));
    return new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  @Test
  void theFileHoldsTheRunAndNothingOfItIsReadAsMarkup() throws IOException {
    Path file = folder.resolve("front.html");
    assertEquals(0, report("k3f9", "-o", file.toString()), err::toString);
    String page = Files.readString(file);
    assertFalse(page.contains("alert(1)</script>"), "markup of a name");
    assertFalse(page.contains("\"/assets/"), "something that a server must give");
    JsonNode data = EventJson.mapper().readTree(unpacked(page, "kirchhoff-report"));
    ReadColumns designs = ReadColumns.of(unpacked(page, "kirchhoff-columns"));
    assertEquals(400, designs.rows());
    assertEquals((float) run.values(7)[1], (float) designs.column("objective.1")[7]);
    assertEquals(run.front().size(), data.get("front").size());
    assertEquals("finished", data.at("/run/state").asText());
    for (JsonNode member : data.get("front")) {
      assertTrue(member.has("accuracy"));
      assertTrue(data.get("designs").has(member.get("index").asText()), member.toString());
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "a temporary file stayed");
    }
  }

  @Test
  void aRunThatIsNotThereAndAFileThatCannotBeAreSentences() throws IOException {
    assertEquals(2, report("nope"));
    assertTrue(
        err.toString().contains("no run ends in 'nope'; newest runs: " + ID), err.toString());
    try (DataDirectory other = new DataDirectory(folder.resolve("data"), "other-k3f9")) {
      other.write(run.header("running", ""));
    }
    assertEquals(2, report("k3f9"));
    assertTrue(err.toString().contains("'k3f9' fits 2 runs: "), err.toString());
    Path nowhere = folder.resolve("no/such");
    assertEquals(2, report("reram-k3f9", "-o", nowhere.resolve("front.html").toString()));
    assertTrue(
        err.toString().contains("front.html cannot be written: there is no directory " + nowhere),
        err.toString());
    assertEquals(2, report("reram-k3f9", "-o", "/proc/front.html"));
    assertTrue(err.toString().contains("front.html cannot be written: /proc "), err.toString());
    assertFalse(err.toString().contains(".part"), err.toString());
    assertEquals(2, report());
  }
}
