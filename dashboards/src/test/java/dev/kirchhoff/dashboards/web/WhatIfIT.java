package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Analyses of designs and runs, over HTTP and on their pages, against the terminal: two searches of
 * an example with two seeds.
 */
@Timeout(600)
@Tag("browser")
class WhatIfIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Page.GetByTextOptions EXACT = new Page.GetByTextOptions().setExact(true);
  private static final double PATIENCE_MILLIS = 30_000;
  private static final Path SCREENS = Path.of("target", "screens");
  private static final String SPEC = "../examples/bench/resnet18-12db.yaml";
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir static Path temporary;
  private static final List<Program> STARTED = new ArrayList<>();
  private static String address;
  private static List<Integer> members;
  private static JsonNode binding; // of the front of the first run, as the terminal says
  private static Chromium chromium;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

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
        binding = front.get("binding");
      }
    }
    Program dashboard =
        start("dashboard", "--port", "0", "--companion", "--data", data().toString());
    address = dashboard.address();
    chromium = new Chromium();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  /** A window of the page that was let in. */
  @BeforeEach
  void open() {
    context =
        chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1440, 900));
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(Program.visit(address + "/"));
  }

  @AfterEach
  void close() {
    context.close();
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")).setFullPage(true));
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private void show(String path) {
    page.navigate(address + path);
  }

  @AfterAll
  static void end() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
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
  void aFactorThatIsTypedAndTheLimitsOfThePageGoIntoTheCommandThatSearchesOn() {
    show("/runs/seed1?l.slack.0=150");
    assertThat(page.locator(".limit-row.moved")).hasCount(1);
    page.locator(".tabs-line a", new Page.LocatorOptions().setHasText("Prices")).click();
    Locator factor = page.getByLabel("factor on energy, sar");
    factor.fill("0.5");
    factor.press("Enter");
    assertThat(page.locator(".calibration"))
        .containsText("family: sar, quantity: energy, factor: 0.5");
    assertThat(page.locator(".set-here")).containsText("sar energy × 0.5");
    page.locator(".tabs-line a", new Page.LocatorOptions().setHasText("Explore")).click();
    assertThat(page.locator(".set-here")).containsText("sar energy × 0.5");
    assertThat(page.locator(".knee-line")).containsText("Knee as set here");
    assertThat(page.locator(".set-chip")).hasCount(2);
    Object command =
        page.evaluate(
            "async () => { const { store } = await import('/assets/store.js'); const { pricesOf } ="
                + " await import('/assets/priced.js'); const { view } = store; return"
                + " pricesOf(store.header).command(view.prices, store.run, [1], view.limits); }");
    assertTrue(command.toString().contains("\"area <= 150 mm2\""), command.toString());
    assertTrue(command.toString().contains("\"latency <= 5 ms\""), command.toString());
  }

  @Test
  void aReportHasThePricesOfItsRun() throws Exception {
    Path file = temporary.resolve("front.html");
    printed("report", "seed1", "--output", file.toString());
    page.navigate(file.toUri().toString());
    page.locator(".tabs-line a", new Page.LocatorOptions().setHasText("Prices")).click();
    Locator factor = page.getByLabel("factor on energy, sar");
    factor.fill("0.5");
    factor.press("Enter");
    assertThat(page.locator(".calibration"))
        .containsText("family: sar, quantity: energy, factor: 0.5");
    assertThat(page.locator(".priced-front .panel-head")).containsText("as evaluated stay");
  }

  @Test
  void knobsAtABoundAreThoseOfTheTerminal() throws Exception {
    show("/runs/seed1");
    assertThat(page.locator(".story-panel .chapter").first()).isVisible();
    String found =
        (String)
            page.evaluate(
                "async () => { const { store } = await import('/assets/store.js'); const { cloudOf"
                    + " } = await import('/assets/cloud.js'); const { bounds, bestEnds } = await"
                    + " import('/assets/analysis.js'); const cloud = cloudOf(store); const same ="
                    + " (b) => ({ path: cloud.knobs[b.knob].path.replace(/\\[.*/, ''), knob:"
                    + " b.knob, value: b.value, end: b.isLowest ? 'lowest' : 'highest', members:"
                    + " b.members }); return JSON.stringify({ bounds: bounds(cloud).map((b) => ({"
                    + " ...same(b), holders: b.holders, layers: b.layers, allLayers: b.allLayers"
                    + " })), ends: bestEnds(cloud).map((b) => { const { members, ...rest } ="
                    + " same(b); return { ...rest, objective: b.objective.key, members }; }) });"
                    + " }");
    JsonNode ours = MAPPER.readTree(found);
    for (JsonNode bound : binding.get("bounds")) {
      ((ObjectNode) bound).remove("leaning");
    }
    for (JsonNode end : binding.get("ends")) {
      ((ObjectNode) end).remove("worst");
    }
    assertTrue(binding.get("bounds").size() > 0, binding.toString());
    assertEquals(binding.get("bounds").toString(), ours.get("bounds").toString());
    assertEquals(binding.get("ends").toString(), ours.get("ends").toString());
  }

  @Test
  void refusalsAreWords() throws Exception {
    String at = "/api/runs/seed1/designs/" + members.get(0);
    assertTrue(get(at + "/what-if?knob=x").get("error").asText().contains("knob=12:3"));
    assertTrue(get(at + "/what-if?knob=0:99").get("refusal").asText().contains("has no value"));
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

  @Test
  void constantsThatADesignLeansOnAreSteps() throws Exception {
    int one = members.get(0);
    JsonNode told = get("/api/runs/seed1/designs/" + one + "/constants");
    JsonNode first = told.at("/0/constants/0");
    String name = first.path("circuit").asText() + "." + first.path("name").asText();
    assertEquals("TOPS/W", told.at("/0/figure").asText());
    String text = printed("explain", "--design", "seed1#" + one, "constants");
    assertTrue(text.lines().anyMatch(line -> line.strip().startsWith(name + " ")), text);
    show("/runs/seed1/whatif?design=" + one);
    page.getByText("Constants of circuits", EXACT).click();
    page.getByLabel(name + " for TOPS/W", new Page.GetByLabelOptions().setExact(true))
        .fill("" + 2 * first.path("value").asDouble());
    page.keyboard().press("Enter");
    assertThat(page.locator(".steps li").nth(1)).containsText("circuits." + name);
    assertThat(page.locator(".whatif-page")).hasAttribute("aria-busy", "false");
    assertThat(page.locator(".notice")).hasCount(0);
    double before = told.at("/0/value").asDouble();
    JsonNode band = first.path("band");
    if (!band.isMissingNode()) {
      page.getByLabel("Constants of TOPS/W")
          .locator("tbody tr")
          .first()
          .locator("button")
          .last()
          .click();
      assertThat(page.locator(".steps li")).hasCount(3);
      assertThat(page.locator(".whatif-page")).hasAttribute("aria-busy", "false");
      String there = DashboardIT.three(band.path("atHigh").asDouble());
      assertThat(page.locator(".whatif-sum")).containsText(there);
      assertNotEquals(there, DashboardIT.three(before));
    }
    shoot(page, "what-if-constants");
  }

  @Test
  void figuresAndPartsOfADesignAreThoseOfTheTerminal() throws Exception {
    int one = members.get(0);
    JsonNode terminal = MAPPER.readTree(printed("evaluate", "--design", "seed1#" + one, "--json"));
    show("/runs/seed1/designs/" + one);
    double energy = terminal.at("/totals/energy_uJ").asDouble();
    assertThat(page.locator("[data-metric=energy_uJ] dd").first())
        .containsText(DashboardIT.three(energy >= 1000 ? energy / 1000 : energy));
    Object sum =
        page.evaluate(
            "async ([at]) => { const d = await (await fetch(at)).json();"
                + " const { partsOf } = await import('/assets/parts.js');"
                + " return partsOf(d.details.trees.energy).reduce((s, p) => s + p.value, 0); }",
            List.of("/api/runs/seed1/designs/" + one));
    assertEquals(energy, ((Number) sum).doubleValue() * 1e-9, 1e-9 * energy);
    String text = printed("explain", "--design", "seed1#" + one);
    page.locator("#tab-cost").click();
    page.waitForURL(url -> url.contains("tab=cost"));
    for (String part : List.of("readout", "crossbar", "buffer")) {
      String line =
          text.lines().filter(l -> l.strip().startsWith(part + " ")).findFirst().orElseThrow();
      String value = line.strip().split(" +")[1];
      String row = ".cost-row:has(.cost-name:text-matches('^" + part + "'))";
      assertThat(page.locator(row).first()).containsText(value);
    }
    page.locator(".cost-row").nth(3).click();
    assertThat(page.locator(".formula-pane h3")).not().hasText("chip");
    page.keyboard().press("ArrowDown");
    assertThat(page.locator(".cost-row[aria-selected=true]")).hasCount(1);
    page.reload();
    assertThat(page.locator("#tab-cost")).hasAttribute("aria-selected", "true");
  }

  @Test
  void aDesignTellsItsLimitsItsNeighboursAndWhatItErrsBy() {
    show("/runs/seed1/designs/" + members.get(0));
    assertThat(page.locator(".slack").first()).containsText("of the limit");
    assertThat(page.locator(".neighbours tbody tr")).hasCount(12);
    assertThat(page.locator(".tornado").first()).containsText("measure or calibrate");
    shoot(page, "design");
    page.locator("#tab-layers").click();
    assertThat(page.locator(".layer-table tbody tr")).hasCount(21);
    shoot(page, "design-layers");
    page.locator("#tab-overview").click();
    page.locator(".neighbours tbody a").first().click();
    assertThat(page.locator(".whatif-page")).isVisible();
    assertThat(page.locator(".steps li")).hasCount(2);
  }

  @Test
  void aWhatIfFollowsEveryStepAndEveryStepIsUndone() throws Exception {
    int one = members.get(0);
    show("/runs/seed1/whatif?design=" + one);
    Locator side = page.getByRole(AriaRole.RADIOGROUP, named("side"));
    String chosen = side.locator("[aria-checked=true]").textContent().replaceAll("[^0-9]", "");
    String other = chosen.equals("256") ? "128" : "256";
    side.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(other)).click();
    int ordinal = List.of("32", "64", "128", "256", "512", "1024").indexOf(other);
    JsonNode expected = get("/api/runs/seed1/designs/" + one + "/what-if?knob=0:" + ordinal);
    double area = expected.at("/details/totals/area_mm2").asDouble();
    assertThat(page.locator(".figure-grid [data-metric=area_mm2] dd").first())
        .containsText(DashboardIT.three(area));
    assertThat(page.locator(".figure-grid [data-metric=area_mm2] .change")).not().isEmpty();
    page.waitForURL(url -> url.contains("tab=0%3A" + ordinal) || url.contains("tab=0:" + ordinal));
    page.reload();
    assertThat(page.locator(".figure-grid [data-metric=area_mm2] dd").first())
        .containsText(DashboardIT.three(area));
    page.getByText("Keep", EXACT).click();
    assertThat(page.locator("[aria-label='Kept variants'] thead th")).hasCount(4);
    page.keyboard().press("Control+z");
    assertThat(page.locator(".steps [data-undone=true]")).hasCount(1);
    assertThat(side.locator("[aria-checked=true]")).containsText(chosen);
    page.keyboard().press("Control+y");
    assertThat(side.locator("[aria-checked=true]")).containsText(other);
    page.locator("#whatif-setting").fill("foo.bar = 3");
    page.locator("#whatif-setting").press("Enter");
    assertThat(page.locator(".notice")).containsText("unknown key");
    page.getByText("Undo", EXACT).click();
    page.getByLabel("Device", new Page.GetByLabelOptions().setExact(true))
        .selectOption("pcm-hermes2022");
    assertThat(page.locator(".steps")).containsText("cell.device → pcm-hermes2022");
    shoot(page, "whatif");
  }

  @Test
  void aComparisonOfDesignsTellsWhatTheTerminalTells() throws Exception {
    int a = members.get(0);
    int b = members.get(members.size() - 1);
    JsonNode terminal = MAPPER.readTree(printed("compare", "seed1#" + a, "seed1#" + b, "--json"));
    show("/compare?d=seed1~" + a + "&d=seed1~" + b);
    for (int m = 0; m < 2; m++) {
      JsonNode ratio = terminal.at("/objectives/" + m + "/ratio");
      assertThat(page.locator(".pair-words li").nth(m))
          .containsText("A / B = " + DashboardIT.three(ratio.get("nominal").asDouble()));
      assertThat(page.locator(".pair-words li").nth(m))
          .containsText(DashboardIT.three(ratio.get("low").asDouble()) + " to ");
    }
    assertThat(page.locator(".why").first()).containsText("Energy of one inference");
    assertThat(page.locator("[aria-label='Knobs that differ'] tbody tr").first()).isVisible();
    shoot(page, "compare-designs");
  }

  @Test
  void anyOfSeveralDesignsIsTheOneThatTheOthersAreJudgedAgainst() throws Exception {
    int a = members.get(0);
    int b = members.get(members.size() - 1);
    show("/compare?d=seed1~" + a + "&d=seed1~" + b + "&d=seed1~0");
    assertThat(page.locator(".pair-words")).hasCount(2);
    assertThat(page.locator(".pair-words").nth(1)).containsText("A / C = ");
    page.locator("[aria-label=Reference] button", withText("C")).click();
    assertThat(page.locator("h2").first()).hasText("Is C really better?");
    JsonNode terminal = MAPPER.readTree(printed("compare", "seed1#0", "seed1#" + b, "--json"));
    assertThat(page.locator(".pair-words").nth(1))
        .containsText(
            "C / B = " + DashboardIT.three(terminal.at("/objectives/0/ratio/nominal").asDouble()));
  }

  @Test
  void runsThatDifferInTheirSeedAloneAreABand() throws Exception {
    JsonNode terminal = MAPPER.readTree(printed("compare", "seed1", "seed2", "--json"));
    show("/compare?d=seed1&d=seed2");
    assertThat(page.locator("ul.pair-words")).containsText("the seeds are 1 and 2");
    assertThat(page.locator("ul.pair-words"))
        .containsText(DashboardIT.three(terminal.at("/a/hypervolume").asDouble()));
    assertThat(page.locator(".fronts .ribbon")).hasCount(1);
    assertThat(page.locator(".fronts .series-0 circle").first()).isVisible();
    shoot(page, "compare-runs");
  }

  @Test
  void runsOfOtherLimitsAreJudgedByThoseOfBoth() throws Exception {
    printed(
        "explore",
        SPEC,
        "--budget",
        "500",
        "--seed",
        "1",
        "--run-id",
        "limited",
        "--no-kafka",
        "--limit",
        "area <= 200 mm2",
        "--json");
    JsonNode terminal = MAPPER.readTree(printed("compare", "seed1", "limited", "--json"));
    assertEquals(terminal, get("/api/compare/runs?a=seed1&b=limited"));
    show("/compare?d=seed1&d=limited");
    assertThat(page.locator("ul.pair-words")).containsText("By the limits of both");
    assertThat(page.locator("ul.pair-words"))
        .containsText(terminal.at("/underBoth/a/meeting").asText() + " evaluated designs of A");
    assertThat(page.locator("[aria-label='Choices of the fronts'] tbody tr").first()).isVisible();
  }

  @Test
  void pagesFitAPhone() {
    page.setViewportSize(390, 844);
    int one = members.get(0);
    for (String path :
        List.of(
            "/runs/seed1/designs/" + one,
            "/runs/seed1/designs/" + one + "?tab=cost",
            "/runs/seed1/designs/" + one + "?tab=layers",
            "/runs/seed1/whatif?design=" + one,
            "/compare?d=seed1~" + one + "&d=seed2~0",
            "/compare?d=seed1&d=seed2")) {
      show(path);
      assertThat(page.locator(".panel, .cost-tree").first()).isVisible();
      Object beyond =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertEquals(0, ((Number) beyond).intValue(), "pixels beyond the width: " + path);
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  /** Tiles, blocks and links of {@code map --json}; the way down to a crossbar by the keyboard. */
  @Test
  void theChipIsTheOneOfTheMapping() throws Exception {
    int member = members.get(0);
    JsonNode map = MAPPER.readTree(printed("map", "--design", "seed1#" + member, "--json"));
    String path = "/api/runs/seed1/designs/" + member + "/chip";
    JsonNode chip = get(path);
    assertEquals(map.at("/chip/crossbars/taken").asLong(), chip.at("/size/crossbars").asLong());
    assertEquals(map.at("/traffic/links").size(), chip.get("linkCount").asInt());
    long bits = 0;
    for (JsonNode link : map.at("/traffic/links")) {
      bits += link.get("bits").asLong();
    }
    for (JsonNode link : chip.at("/links/bits")) {
      bits -= link.asLong();
    }
    assertEquals(0, bits, "bits of all links");
    int blocks = 0;
    for (JsonNode layer : map.at("/networks/0/layers")) {
      for (JsonNode copy : layer.path("copies")) {
        for (JsonNode block : copy) {
          blocks += block.get("tile").asInt() == 1 ? 1 : 0;
        }
      }
    }
    assertEquals(blocks, get(path + "?tile=1").get("blocks").size());
    show("/runs/seed1/designs/" + member + "?tab=chip");
    Locator canvas = page.locator(".chip-canvas");
    assertThat(canvas).isVisible();
    assertThat(page.locator(".chip-status")).containsText("tiles hold weights");
    shoot(page, "chip");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Energy")).click();
    assertThat(page.locator(".chip-legend")).containsText("mean inference");
    canvas.focus();
    for (String place : List.of("Tile ", "PE ", "Crossbar ")) {
      page.keyboard().press("Enter");
      assertThat(page.locator(".chip-path [aria-current]")).containsText(place);
      assertThat(page.locator(".chip-status")).containsText("used");
    }
    assertThat(page.locator(".chip-table tbody tr").first()).containsText("Block of");
    page.keyboard().press("Backspace");
    assertThat(page.locator(".chip-path [aria-current]")).containsText("PE ");
    page.setViewportSize(390, 844);
    shoot(page, "chip-phone");
    page.getByText("The same as a table", EXACT).click();
    page.locator(".chip-table button").first().click();
    assertThat(page.locator(".chip-path [aria-current]")).containsText("Crossbar ");
  }
}
