package dev.kirchhoff.dashboards.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page that reads topics alone, while its broker is killed and started again. */
@Tag("slow")
@Timeout(600)
class BrokerKillIT {
  private static final Path SPEC = Path.of("..", "examples", "bench/resnet18-12db.yaml");
  private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private static final double PATIENCE_MS = 150_000;

  @TempDir Path temporary;
  private final List<Program> started = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
  }

  private Program start(String... arguments) throws IOException {
    Program program = Program.start(temporary, SHORT, arguments);
    started.add(program);
    return program;
  }

  private Path data() {
    return temporary.resolve("data");
  }

  private Program broker() throws Exception {
    Path endpoint = data().resolve("broker/endpoint.json");
    Files.deleteIfExists(endpoint);
    Program broker = start("broker", "--data", data().toString());
    Program.until(() -> Files.exists(endpoint), broker::talk);
    return broker;
  }

  private void explore(String run) throws Exception {
    Program explorer =
        start(
            "explore",
            SPEC.toString(),
            "--budget",
            "500",
            "--seed",
            "1",
            "--data",
            data().toString(),
            "--run-id",
            run);
    assertEquals(0, explorer.await(), explorer.talk());
  }

  @Test
  void thePageSaysThatItsBrokerIsLostAndGoesOnWhenItIsBack() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Files.createDirectories(data());
    Program broker = broker();
    explore("before");
    String address =
        start("dashboard", "--port", "0", "--companion", "--no-files", "--data", data().toString())
            .address();
    List<String> complaints = new ArrayList<>();
    try (Chromium chromium = new Chromium();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      page.onPageError(complaints::add);
      page.navigate(Program.visit(address + "/runs/before"));
      assertThat(page.locator(".plot")).hasAttribute("data-points", "500");
      assertThat(page.locator("#connection summary")).hasText("Live");
      broker.kill();
      assertThat(page.locator("#connection summary")).hasText("Live, broker lost");
      page.locator("#connection summary").click();
      assertThat(page.locator(".connection-menu")).containsText("1 run is known from it alone");
      assertThat(page.locator(".plot")).hasAttribute("data-points", "500");
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "broker-lost.png")));
      broker();
      assertThat(page.locator("#connection summary")).hasText("Live");
      assertThat(page.locator(".connection-menu")).containsText("connected");
      explore("after");
      page.navigate(address + "/");
      assertThat(page.locator("table.runs tbody tr")).hasCount(2);
      page.navigate(address + "/runs/after");
      assertThat(page.locator(".plot")).hasAttribute("data-points", "500");
    }
    assertEquals(List.of(), complaints, "what the browser complained about");
  }
}
