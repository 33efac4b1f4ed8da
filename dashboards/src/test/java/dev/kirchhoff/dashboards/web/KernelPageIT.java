package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Run of a kernel on its pages: objectives, a design's figures and costs, one that diverged. */
@Timeout(600)
@Tag("browser")
class KernelPageIT {
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Wait for the models, which draw the chips of a kernel. */
  private static final double PATIENCE_MS = 60_000;

  private static final Path SCREENS = Path.of("target", "screens");
  private static final String SPEC =
      """
      kirchhoff: 1
      name: solver
      workload: {kernel: conjugateGradient, matrix: {kind: covariance, size: 16}, outer: {stepsAtMost: 20}}
      precision: {weights: {any: [2, 6, 8], start: 8}, inputs: 8, outputs: 8}
      chip:
        technology: {node: 28 nm}
        tile: {count: fit}
        pe: {perTile: 1, readout: {kind: sar, bits: {any: [5, 8], start: 8}, columnsPerAdc: 8}}
        crossbar: {perPe: 1, rows: 64, columns: 64, weights: {encoding: differential}}
        cell: {access: 1T1R, bits: 2}
      objectives: {minimise: [energyToSolution, residual]}
      record: [energy, latency, iterations, digitalShare]
      search: {engine: exhaustive, budget: 6}
      """;

  private static final String TRANSFORM =
      """
      kirchhoff: 1
      name: transform
      workload: {kernel: dct, rows: 32, columns: 32}
      precision: {weights: {any: [4, 8], start: 8}, inputs: 8, outputs: 8}
      chip:
        technology: {node: 28 nm}
        tile: {count: fit}
        pe: {perTile: 1, readout: {kind: sar, bits: {any: [6, 8], start: 8}, columnsPerAdc: 8}}
        crossbar: {perPe: 1, rows: 64, columns: 64, weights: {encoding: differential}}
        cell: {access: 1T1R, bits: 2}
      objectives: {maximise: [quality], minimise: [energy]}
      constraints: [qualityLoss <= 20]
      search: {engine: exhaustive, budget: 4}
      """;

  @TempDir Path temporary;
  private final List<Program> started = new ArrayList<>();

  @BeforeAll
  static void waitForModels() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
  }

  @AfterEach
  void end() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
  }

  private Program start(String... arguments) throws Exception {
    Program program = Program.start(temporary, SHORT, arguments);
    started.add(program);
    return program;
  }

  @Test
  void aRunOfAKernelIsShownLikeAnyOther() throws Exception {
    Path spec = Files.writeString(temporary.resolve("solver.yaml"), SPEC);
    String data = Files.createDirectories(temporary.resolve("data")).toString();
    Program explore =
        start("explore", spec.toString(), "--no-kafka", "--run-id", "solver", "--data", data);
    assertEquals(0, explore.await(), explore.talk());
    String address = start("dashboard", "--port", "0", "--companion", "--data", data).address();
    List<String> complaints = new ArrayList<>();
    try (Chromium chromium = new Chromium();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.onPageError(complaints::add);
      page.navigate(Program.visit(address + "/runs/solver"));
      assertThat(page.locator("table.designs thead")).containsText("residual");
      assertThat(page.locator("table.designs thead")).containsText("energyToSolution");
      int member =
          Integer.parseInt(
              page.locator("table.designs tbody tr[data-index]")
                  .first()
                  .getAttribute("data-index"));
      JsonNode design = Program.get(address + "/api/runs/solver/designs/" + member);
      assertTrue(design.at("/details/totals/iterations").asInt() > 0, design.toString());
      page.navigate(address + "/runs/solver/designs/" + member);
      assertThat(page.locator("[data-metric=residual] dd").first()).containsText("e-1");
      assertThat(page.locator("[data-metric=iterations] dd").first()).isVisible();
      shoot(page, "kernel-design");
      page.locator("#tab-cost").click();
      assertThat(page.locator(".cost-row:has-text('vector')").first()).isVisible();
      page.locator("#tab-layers").click();
      assertThat(page.locator(".layer-table tbody tr")).hasCount(1);

      int diverged = diverged(address);
      JsonNode lost = Program.get(address + "/api/runs/solver/designs/" + diverged);
      assertFalse(lost.at("/details/totals").has("qualityLoss"), lost.toString());
      page.navigate(address + "/runs/solver/designs/" + diverged);
      assertThat(page.locator(".design-page")).containsText("kernels without a solution");
      assertThat(page.locator("[data-metric=residual] dd").first()).hasText("none ");
      assertThat(page.locator("[data-metric=energyToSolution_uJ] dd").first()).hasText("none ");
      shoot(page, "kernel-diverged");
      page.navigate(address + "/runs/solver/whatif?design=" + diverged);
      assertThat(page.locator(".whatif-page")).isVisible();
      shoot(page, "kernel-whatif");
    }
    assertEquals(List.of(), complaints, "what the browser complained about");
  }

  @Test
  void aQualityHasTheUnitOfItsMeasureAndAPassOfAKernelIsATask() throws Exception {
    Path spec = Files.writeString(temporary.resolve("transform.yaml"), TRANSFORM);
    String data = Files.createDirectories(temporary.resolve("data")).toString();
    Program explore =
        start("explore", spec.toString(), "--no-kafka", "--run-id", "transform", "--data", data);
    assertEquals(0, explore.await(), explore.talk());
    String address = start("dashboard", "--port", "0", "--companion", "--data", data).address();
    try (Chromium chromium = new Chromium();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.navigate(Program.visit(address + "/runs/transform"));
      assertThat(page.locator(".explored")).containsText("dct · 28 nm");
      assertThat(page.locator(".explored")).containsText("qualityLoss ≤ 20 dB");
      assertThat(page.locator("table.designs thead")).containsText("dB");
      assertThat(page.locator(".limit-row .limit-value").first()).containsText("dB");
      page.navigate(address + "/runs/transform/designs/0");
      assertThat(page.locator("[data-metric=quality] dd").first()).containsText("dB");
      assertThat(page.locator("[data-metric=qualityLoss] dd").first()).containsText("dB");
      assertThat(page.locator("[data-metric=throughput_perS] dd").first()).containsText("tasks/s");
      assertThat(page.locator(".split-name").first()).hasText("Energy of one task");
      assertThat(page.locator(".slack-words").first()).containsText(" dB ");
      shoot(page, "kernel-quality");
      for (String tab : List.of("overview", "layers", "chip")) {
        page.locator("#tab-" + tab).click();
        assertThat(page.locator("#tab-panel[aria-labelledby=tab-" + tab + "]")).isVisible();
        assertNoInference(page);
      }
      page.navigate(address + "/runs/transform/whatif?design=0");
      assertThat(page.locator(".whatif-page [data-metric=quality] dd").first()).containsText("dB");
      assertThat(page.locator(".split-name").first()).hasText("Energy of one task");
      assertNoInference(page);
      page.navigate(address + "/compare?d=transform~0&d=transform~1");
      assertThat(page.locator("tr[data-metric=quality] td").first()).containsText(" dB");
      assertThat(page.locator(".compare-page")).containsText("Energy of one task");
      assertNoInference(page);
      shoot(page, "kernel-compare");
    }
  }

  /** No text of a page, shown or as a tooltip, calls a pass of a kernel an inference. */
  private static void assertNoInference(Page page) {
    Object found =
        page.evaluate(
            "() => [...document.querySelectorAll('body *')].flatMap((e) =>"
                + " [e.title, ...[...e.childNodes].filter((n) => n.nodeType === 3)"
                + ".map((n) => n.data)]).filter((text) => /inference/.test(text))");
    assertEquals(List.of(), found);
  }

  /** The first design whose kernel has no result. */
  private static int diverged(String address) throws Exception {
    for (int i = 0; i < 6; i++) {
      JsonNode design = Program.get(address + "/api/runs/solver/designs/" + i);
      if (!design.at("/details/totals").has("qualityLoss")) {
        return i;
      }
    }
    throw new AssertionError("every design has a result");
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")).setFullPage(true));
  }
}
