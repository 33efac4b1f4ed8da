package dev.kirchhoff.dashboards.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A headless browser for tests: the installed Chromium, never a downloaded one. */
final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  Chromium() {
    Path executable =
        Path.of(
            Optional.ofNullable(System.getenv("KIRCHHOFF_CHROMIUM")).orElse("/usr/bin/chromium"));
    if (!Files.isExecutable(executable)) {
      throw new AssertionError(
          "No browser at "
              + executable
              + ". The page is tested in Chromium: install it (Debian: apt-get install chromium), or"
              + " set KIRCHHOFF_CHROMIUM to its path.");
    }
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
