package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.peripherals.readout.ReadoutNames;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.CircuitPage;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/circuit-equations.md is made from the circuit files and the vocabulary. */
class CircuitDocumentTest {
  private static final Path FILE = Path.of("..", "docs", "circuit-equations.md");
  private static final String HEAD =
      """
      # Circuit equations

      Made from the circuit files by `mvn -q -pl peripherals -am test -Dtest=CircuitDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dkirchhoff.rewrite=true`.
      [circuit-files.md](circuit-files.md) says how to write one of your own, [circuits.md](circuits.md) why these are as they are.

      ## Names that the equations of a readout may read

      """;

  private static String document() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(CircuitPage.of(ReadoutNames.VOCABULARY)).append('\n');
    Set<String> names = new LinkedHashSet<>(Circuits.CATALOGUE.names());
    CircuitLibrary.entries().forEach(model -> names.add(model.name()));
    for (String name : names) {
      CircuitFile circuit = CircuitFile.of(name);
      if (circuit.hasEquations() || name.equals("common")) {
        text.append(CircuitPage.of(circuit));
      }
    }
    return text.toString().stripTrailing() + "\n";
  }

  @Test
  void theDocumentIsThatOfTheFiles() throws IOException {
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(FILE, document());
    }
    assertEquals(
        document(),
        Files.readString(FILE),
        FILE + " is not what the circuit files say; -Dkirchhoff.rewrite=true");
  }
}
