package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.dashboards.view.DesignColumns;
import dev.kirchhoff.dashboards.view.FrontMember;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The page of one run in one file that needs no server and no network: its modules and data in the
 * page, compressed. It holds a sample of the designs and every member of the front, but the
 * accounts of its representatives alone, the knee first; of the others it says where to ask.
 */
final class ReportPage {
  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src"
          + " data:";

  private static final Pattern SHEET = Pattern.compile("\"/assets/([A-Za-z0-9./-]+[.]css)\"");

  /** Designs in a report, beside the members of the front (chosen: 0.6 MB). */
  private static final int DESIGNS = 4_000;

  private static final List<String> COLUMNS =
      List.of("objectives", "missed", "knobs", "metrics", "slacks", "parts");

  /** Accounts in a report, at 18 kB each as compressed text (chosen: 0.7 MB). */
  private static final int ACCOUNTS = 40;

  private final StaticFiles files = new StaticFiles();

  ReportPage() throws IOException {}

  /** The page of a run; empty if it is not known. */
  Optional<String> of(Runs runs, String runId, Optional<Explainer> explainer) throws IOException {
    Optional<ObjectNode> data = data(runs, runId, explainer);
    Optional<RunCosts.State> costs =
        runs.sample(runId, DESIGNS, List.of())
            .flatMap(sample -> new RunCosts(runs, explainer).compute(runId, sample));
    data.ifPresent(of -> of.set("costs", ReportJson.mapper().valueToTree(costs)));
    Optional<DesignColumns> columns = runs.sample(runId, DESIGNS, COLUMNS);
    return data.isPresent() && columns.isPresent()
        ? Optional.of(html(runId, data.get(), columns.get()))
        : Optional.empty();
  }

  private static Optional<ObjectNode> data(Runs runs, String runId, Optional<Explainer> explainer)
      throws IOException {
    ObjectNode node = EventJson.mapper().createObjectNode();
    Optional<List<FrontMember>> members =
        runs.read(
            runId,
            entry -> {
              node.set("run", RunJson.detail(runs, entry));
              node.set("header", RunJson.header(entry.view()));
              node.set("front", RunJson.front(entry.view()));
              node.set("knees", RunJson.knees(entry.view()));
              return entry.view().representatives(ACCOUNTS);
            });
    if (members.isEmpty()) {
      return Optional.empty();
    }
    node.set("metrics", PageServer.METRICS);
    node.set("glossary", GlossaryJson.read());
    ObjectNode designs = node.putObject("designs");
    DesignJson json = new DesignJson(runs, explainer);
    for (FrontMember member : members.get()) {
      json.design(runId, member.index())
          .ifPresent(design -> designs.set(Long.toString(member.index()), design));
    }
    return Optional.of(node);
  }

  private String html(String runId, ObjectNode data, DesignColumns columns) throws IOException {
    Map<String, String> modules = new TreeMap<>();
    // Under names of their own: the import map of the report binds them to texts.
    files
        .modules()
        .forEach((name, text) -> modules.put(name, text.replace("\"/assets/", "\"kirchhoff/")));
    String icon = "data:image/svg+xml;base64," + base64(files.text("favicon.svg"));
    StringBuilder style = new StringBuilder();
    Matcher sheets = SHEET.matcher(files.text("index.html"));
    while (sheets.find()) {
      style.append(files.text(sheets.group(1)).replace("</", "<\\/")).append('\n');
    }
    return files
        .text("index.html")
        .replaceAll("(?m)^<link rel=\"(icon|stylesheet)\".*\\R", "")
        .replace("/assets/favicon.svg", icon)
        .replace("<title>Kirchhoff</title>", "<title>" + runId + " · Kirchhoff</title>")
        .replace(
            "<script src=\"/assets/theme.js\"></script>",
            "<script>\n" + files.text("theme.js") + "</script>")
        .replace(
            "<script type=\"module\" src=\"/assets/main.js\"></script>",
            "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + POLICY
                + "\">\n<style>\n"
                + style
                + "</style>")
        .replace(
            "</body>",
            // In base 64 nothing of the data can end its script.
            packed("kirchhoff-report", compressed(data))
                + packed("kirchhoff-columns", ColumnsBytes.compressed(columns, Optional.empty()))
                + packed("kirchhoff-modules", compressed(EventJson.mapper().valueToTree(modules)))
                + "<script>\n"
                + files.text("report.js")
                + "</script>\n</body>");
  }

  private static String packed(String id, byte[] bytes) {
    return "<script type=\"application/gzip\" id=\"" + id + "\">" + base64(bytes) + "</script>\n";
  }

  private static byte[] compressed(JsonNode data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      EventJson.mapper().writeValue(out, data);
    }
    return bytes.toByteArray();
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
