package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a run, read back by DuckDB and by hand, against its log, read without our code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportCommandTest {
  private static final int BUDGET = 3000;

  @TempDir static Path folder;
  private Log log;

  /** Content of a log. */
  private static final class Log {
    final TreeSet<Long> front = new TreeSet<>();
    JsonNode header;
    long designs;
    long feasible;
    double area_mm2;
    double readVoltage_V;
    double readoutBits;

    Log(Path file) throws IOException {
      for (String line : Files.readAllLines(file)) {
        JsonNode event = CommandRun.parse(line);
        JsonNode data = event.get("data");
        switch (event.get("type").asText()) {
          case "dev.kirchhoff.run.v1" -> header = data;
          case "dev.kirchhoff.evaluations.v2" -> add(data);
          case "dev.kirchhoff.front.v1" -> {
            front.remove(data.get("index").asLong());
            if (data.get("change").asText().equals("entered")) {
              front.add(data.get("index").asLong());
            }
          }
          default -> assertTrue(event.has("seq"));
        }
      }
    }

    private void add(JsonNode data) {
      LoggedColumns logged = new LoggedColumns(data);
      int[][] knobs = logged.knobs();
      double[][] values = logged.doubles("values");
      double[][] violations = logged.doubles("violations");
      int count = data.get("count").asInt();
      designs += count;
      for (int row = 0; row < count; row++) {
        boolean good = true;
        for (double[] column : violations) {
          good &= column[row] == 0;
        }
        for (double[] column : values) {
          good &= !Double.isNaN(column[row]);
        }
        feasible += good ? 1 : 0;
        area_mm2 += values[1][row];
        for (int k = 0; k < header.get("knobs").size(); k++) {
          JsonNode knob = header.get("knobs").get(k);
          int ordinal = knobs[k][row];
          if (ordinal < 0) {
            continue;
          }
          String value = knob.get("values").get(ordinal).asText();
          if (knob.get("path").asText().equals("cell.readVoltage")) {
            readVoltage_V += Double.parseDouble(value.replace(" V", ""));
          } else if (knob.get("path").asText().equals("pe.readout.bits")) {
            readoutBits += Double.parseDouble(value);
          }
        }
      }
    }
  }

  @BeforeAll
  void explore() throws IOException {
    CommandRun.of(
            "explore",
            CommandRun.example("bench/resnet18-12db"),
            "--no-kafka",
            "--budget",
            "" + BUDGET,
            "--seed",
            "1",
            "--run-id",
            "first",
            "--data",
            data())
        .exits(0);
    log = new Log(folder.resolve("data/runs/first/log.jsonl"));
  }

  private static String data() {
    return folder.resolve("data").toString();
  }

  private static Path table(String name) {
    Path file = folder.resolve(name);
    CommandRun run =
        CommandRun.of("export", "first", "--data", data(), "--output", file.toString()).exits(0);
    assertTrue(run.err().contains("3,000 designs"), run.err());
    return file;
  }

  /** Counts, sums and front by another engine's readers of the three formats. */
  @Test
  void everyFormatHoldsTheLog() throws SQLException {
    List<String> readers =
        List.of(
            "read_parquet('" + table("t.parquet") + "')",
            "read_csv('" + table("t.csv") + "')",
            "read_json_auto('" + table("t.jsonl") + "')");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement ask = duck.createStatement()) {
      for (String reader : readers) {
        assertEquals(log.designs, number(ask, "select count(*) from " + reader), reader);
        assertEquals(BUDGET - 1, number(ask, "select max(\"index\") from " + reader), reader);
        assertEquals(
            log.feasible, number(ask, "select count(*) from " + reader + " where feasible"));
        assertEquals(
            log.feasible, number(ask, "select count(*) from " + reader + " where missed is null"));
        double area_mm2 = number(ask, "select sum(area_mm2) from " + reader);
        assertEquals(log.area_mm2, area_mm2, 1e-9 * log.area_mm2, reader);
        assertEquals(
            log.readVoltage_V,
            number(ask, "select sum(\"cell.readVoltage_V\") from " + reader),
            1e-9 * log.readVoltage_V);
        assertEquals(
            log.readoutBits, number(ask, "select sum(\"pe.readout.bits\") from " + reader));
        List<Long> front = new ArrayList<>();
        try (ResultSet rows =
            ask.executeQuery("select \"index\" from " + reader + " where front order by 1")) {
          while (rows.next()) {
            front.add(rows.getLong(1));
          }
        }
        assertEquals(List.copyOf(log.front), front, reader);
      }
    }
  }

  private static double number(Statement ask, String query) throws SQLException {
    try (ResultSet rows = ask.executeQuery(query)) {
      assertTrue(rows.next(), query);
      return rows.getDouble(1);
    }
  }

  /** Recorded figures against those of evaluate, to the seven digits that they have. */
  @Test
  void metricsSlacksAndPartsAreThoseOfTheDesign() throws IOException {
    JsonNode row = CommandRun.parse(Files.readAllLines(table("r.jsonl")).get(0));
    JsonNode totals =
        CommandRun.of("evaluate", "--design", "first#0", "--data", data(), "--json")
            .exits(0)
            .json()
            .get("totals");
    for (String key : List.of("energy_uJ", "latency_ms", "area_mm2", "snr_dB", "power_W")) {
      double value = totals.get(key).asDouble();
      assertEquals(value, row.get(key).asDouble(), 1e-6 * Math.abs(value), key);
    }
    double slack = row.get("slack (area <= 250 mm2) in mm2").asDouble();
    assertEquals(250 - totals.get("area_mm2").asDouble(), slack, 1e-5);
    row.fieldNames().forEachRemaining(name -> assertFalse(name.startsWith("parts."), name));
    Path file = folder.resolve("parts.jsonl");
    CommandRun.of("export", "first", "--parts", "--data", data(), "--output", file.toString())
        .exits(0);
    List<String> lines = Files.readAllLines(file);
    assertEquals(BUDGET, lines.size());
    JsonNode priced = CommandRun.parse(lines.get(0));
    double energy_uJ = 0;
    for (var field : priced.properties()) {
      energy_uJ += field.getKey().startsWith("parts.energy_uJ.") ? field.getValue().asDouble() : 0;
    }
    assertEquals(totals.get("energy_uJ").asDouble(), energy_uJ, 1e-5 * energy_uJ, "parts add up");
  }

  @Test
  void unitsStandInTheHeaderAndNumbersAreNumbers() throws IOException {
    List<String> lines = Files.readAllLines(table("u.csv"), StandardCharsets.UTF_8);
    List<String> names = List.of(lines.get(0).replace("\"", "").split(","));
    assertTrue(names.contains("cell.readVoltage_V"), lines.get(0));
    assertTrue(names.contains("tile.buffer.size_KB"), lines.get(0));
    assertTrue(names.contains("energyEfficiency_TOPSperW"), lines.get(0));
    assertEquals(names.size(), names.stream().distinct().count(), "names differ");
    String first = lines.get(1).split(",")[names.indexOf("tile.buffer.size_KB")];
    assertTrue(first.matches("32|64|128"), first);
    JsonNode row = CommandRun.parse(Files.readAllLines(table("u.jsonl")).get(0));
    assertTrue(row.get("side").isInt() && row.get("cell.readVoltage_V").isNumber());
    assertTrue(row.get("feasible").isBoolean() && row.get("pe.readout").isTextual());
    String kind = row.get("pe.readout").asText();
    assertEquals(kind.equals("senseAmplifier"), !row.has("pe.readout.range"), row.toString());
  }

  @Test
  void withoutAFileTheTableGoesToTheOutput() throws IOException {
    String out = CommandRun.of("export", "first", "--data", data()).exits(0).out();
    assertEquals(Files.readString(table("o.csv")), out);
    CommandRun.of("export", "first", "--data", data(), "--format", "parquet")
        .refuses("in parquet is no text", "--output");
  }

  @Test
  void whatCannotBeExportedIsReported() {
    CommandRun.of("export", "other", "--data", data()).refuses("no run");
    CommandRun.of("export", "first", "--data", data(), "--format", "xlsx")
        .refuses("--format xlsx", "csv, jsonl, parquet");
    Path sheet = folder.resolve("t.xls");
    CommandRun.of("export", "first", "--data", data(), "-o", sheet.toString())
        .refuses("t.xls: its ending names no format of tables; there are csv, jsonl, parquet");
    assertFalse(Files.exists(sheet));
    CommandRun.of("evaluate", "first", "--data", data())
        .refuses("first is no spec but a run; a design of it is --design first#N");
    CommandRun.of("resume", "first", "--data", data())
        .refuses("run first is finished", "./kirchhoff explore --from first");
    CommandRun.of("export", "first", "--data", data(), "-o", folder.toString())
        .refuses("is a directory");
    assertFalse(Files.exists(folder.resolve("none/t.csv")));
    CommandRun.of(
            "export", "first", "--data", data(), "-o", folder.resolve("none/t.csv").toString())
        .refuses("there is no directory");
  }

  /** Each cell against a query of the exported table. */
  @Test
  void aPivotHoldsTheBestMedianAndNumberOfEachPair() throws SQLException {
    JsonNode pivot =
        CommandRun.of("pivot", "first", "pe.readout", "side", "area", "--data", data(), "--json")
            .exits(0)
            .json();
    String table = "read_parquet('" + table("p.parquet") + "')";
    long designs = 0;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement ask = duck.createStatement()) {
      for (int r = 0; r < pivot.get("rowValues").size(); r++) {
        for (int c = 0; c < pivot.get("columnValues").size(); c++) {
          JsonNode cell = pivot.get("cells").get(r).get(c);
          String of =
              " from "
                  + table
                  + " where feasible and \"pe.readout\" = '"
                  + pivot.get("rowValues").get(r).asText()
                  + "' and side = "
                  + pivot.get("columnValues").get(c).asText();
          designs += cell.get("count").asLong();
          assertEquals(number(ask, "select count(*)" + of), cell.get("count").asDouble(), of);
          if (cell.get("count").asInt() > 0) {
            assertEquals(number(ask, "select min(area_mm2)" + of), cell.get("best").asDouble(), of);
            assertEquals(
                number(ask, "select median(area_mm2)" + of), cell.get("median").asDouble(), 1e-9);
            assertEquals(
                number(ask, "select arg_min(\"index\", area_mm2)" + of),
                cell.get("design").asDouble());
          }
        }
      }
    }
    assertEquals(log.feasible, designs, "every feasible design is in one cell");
    String text =
        CommandRun.of("pivot", "first", "pe.readout", "side", "area", "--data", data())
            .exits(0)
            .out();
    assertTrue(text.startsWith("lowest area_mm2 of the feasible designs"), text);
  }

  @Test
  void whatCannotBePivotedIsReported() {
    CommandRun.of("pivot", "first", "pe.readot", "side", "area", "--data", data())
        .refuses("no knob 'pe.readot'", "did you mean 'pe.readout'?");
    CommandRun.of("pivot", "first", "pe.readout", "side", "power", "--data", data())
        .refuses("no values of 'power'", "TOPS/W, area");
    CommandRun.of("pivot", "first", "side", "side", "area", "--data", data())
        .refuses("same knob, side");
    CommandRun.of(
            "pivot", "first", "pe.readout", "side", "area", "--show", "mean", "--data", data())
        .refuses("--show mean", "best, median, count");
  }

  /** Nothing of a damaged run is handed on. */
  @Test
  void aDamagedLogIsRefusedWithItsLine() throws IOException {
    Path runs = folder.resolve("data/runs");
    Files.createDirectories(runs.resolve("damaged"));
    List<String> lines = new ArrayList<>(Files.readAllLines(runs.resolve("first/log.jsonl")));
    String line = lines.get(1).replace("/runs/first", "/runs/damaged");
    lines.set(1, line.replaceFirst("[1-9]\\.[0-9]", "0.0"));
    Files.write(runs.resolve("damaged/log.jsonl"), lines);
    Path target = folder.resolve("damaged.csv");
    CommandRun run =
        CommandRun.of("export", "damaged", "--data", data(), "-o", target.toString()).exits(3);
    assertTrue(run.err().contains("log.jsonl:"), run.err());
    assertFalse(Files.exists(target));
  }
}
