package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Unit tests of the page's modules, {@code src/test/js/*.test.js}, in the browser. */
@Tag("browser")
class ScriptIT {
  private static final String RUN =
      "async (address) => (await import('/test/check.js')).runModule(address)";

  @TestFactory
  List<DynamicContainer> modules() throws IOException {
    List<DynamicContainer> modules = new ArrayList<>();
    try (ScriptPage page = new ScriptPage()) {
      for (Path file : ScriptPage.files(ScriptPage.TESTS, "test.js")) {
        String name = file.getFileName().toString();
        modules.add(
            DynamicContainer.dynamicContainer(name, tests(page.evaluate(RUN, "/test/" + name))));
      }
    }
    assertFalse(modules.isEmpty(), "no module of tests was found");
    return modules;
  }

  private static List<DynamicTest> tests(Object outcomes) {
    List<DynamicTest> tests =
        ((List<?>) outcomes)
            .stream()
                .map(outcome -> (Map<?, ?>) outcome)
                .map(
                    outcome ->
                        DynamicTest.dynamicTest(
                            (String) outcome.get("name"), () -> assertNull(outcome.get("failure"))))
                .collect(Collectors.toList());
    assertFalse(tests.isEmpty(), "a module has no test");
    return tests;
  }
}
