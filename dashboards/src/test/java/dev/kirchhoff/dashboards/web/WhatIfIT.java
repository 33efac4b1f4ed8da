package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Analyses over HTTP against the terminal, on two searches of the quickstart. */
@Timeout(600)
class WhatIfIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SPEC = "../examples/quickstart.yaml";
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir static Path temporary;
  private static final List<Program> STARTED = new ArrayList<>();
  private static String address;
  private static List<Integer> members;

  @BeforeAll
  static void search() throws Exception {
    for (int seed = 1; seed <= 2; seed++) {
      String[] arguments = {
        "explore",
        SPEC,
        "--budget",
        "500",
        "--seed",
        Integer.toString(seed),
        "--run-id",
        "seed" + seed,
        "--no-kafka",
        "--json"
      };
      JsonNode front = MAPPER.readTree(printed(arguments));
      if (seed == 1) {
        members = new ArrayList<>();
        front.get("front").forEach(member -> members.add(member.get("index").asInt()));
      }
    }
    Program dashboard =
        start("dashboard", "--port", "0", "--companion", "--data", data().toString());
    address = dashboard.address();
  }

  @AfterAll
  static void end() throws Exception {
    for (Program program : STARTED) {
      program.close();
    }
  }

  private static Path data() {
    return temporary.resolve("data");
  }

  private static Program start(String... arguments) throws Exception {
    Program program = Program.start(temporary, SHORT, arguments);
    STARTED.add(program);
    return program;
  }

  /** Output of a command on the data of this test. */
  private static String printed(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString()));
    Program program = start(all.toArray(String[]::new));
    assertEquals(0, program.await(), program.talk());
    return program.out();
  }

  private static JsonNode get(String path) throws Exception {
    return Program.get(address + path);
  }

  @Test
  void aPairIsWhatTheTerminalCompares() throws Exception {
    int a = members.get(0);
    int b = members.get(members.size() - 1);
    JsonNode terminal = MAPPER.readTree(printed("compare", "seed1#" + a, "seed1#" + b, "--json"));
    JsonNode page = get("/api/compare/designs?a=seed1~" + a + "&b=seed1~" + b);
    assertEquals(terminal, page.get("pair"));
    assertTrue(page.get("effects").size() > 0, page.toString());
  }

  @Test
  void twoRunsAreWhatTheTerminalCompares() throws Exception {
    JsonNode terminal = MAPPER.readTree(printed("compare", "seed1", "seed2", "--json"));
    assertEquals(terminal, get("/api/compare/runs?a=seed1&b=seed2"));
  }

  @Test
  void aWhatIfWithoutAChangeIsTheDesignAndASettingChangesWhatHangsOnIt() throws Exception {
    int one = members.get(0);
    String at = "/api/runs/seed1/designs/" + one;
    JsonNode same = get(at + "/what-if");
    JsonNode design = get(at);
    assertEquals(design.at("/details/trees"), same.at("/details/trees"));
    JsonNode terminal = MAPPER.readTree(printed("evaluate", "--design", "seed1#" + one, "--json"));
    assertEquals(terminal.at("/totals/energy_uJ"), same.at("/details/totals/energy_uJ"));
    JsonNode hot = get(at + "/what-if?set=operation.temperature%3D350%20K");
    assertNotEquals(same.at("/details/totals/leakage_W"), hot.at("/details/totals/leakage_W"));
    assertEquals(same.at("/details/totals/crossbars"), hot.at("/details/totals/crossbars"));
  }

  @Test
  void refusalsAreWords() throws Exception {
    String at = "/api/runs/seed1/designs/" + members.get(0);
    assertTrue(get(at + "/what-if?knob=x").get("error").asText().contains("knob=12:3"));
    assertTrue(get(at + "/what-if?knob=0:99").get("error").asText().contains("has no value"));
    assertTrue(get("/api/runs/nothing/designs/0/errors").get("error").asText().contains("no run"));
    JsonNode unknown = get(at + "/what-if?set=foo.bar%3D3");
    assertTrue(unknown.at("/refusals/0").asText().contains("unknown key"), unknown.toString());
  }

  @Test
  void neighboursAndErrorsAreThere() throws Exception {
    String at = "/api/runs/seed1/designs/" + members.get(0);
    JsonNode neighbours = get(at + "/neighbours");
    assertTrue(neighbours.size() > 20, neighbours.size() + " neighbours");
    JsonNode errors = get(at + "/errors");
    assertEquals("TOPS/W", errors.at("/0/name").asText());
    assertTrue(errors.at("/0/sources/0/share").asDouble() > 0);
  }
}
