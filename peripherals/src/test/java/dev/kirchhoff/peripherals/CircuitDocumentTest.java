package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.analog.AmplifiedColumn;
import dev.kirchhoff.peripherals.analog.LoopRow;
import dev.kirchhoff.peripherals.analog.MuxedColumns;
import dev.kirchhoff.peripherals.analog.SampledColumn;
import dev.kirchhoff.peripherals.analog.SwitchedLines;
import dev.kirchhoff.peripherals.array.ArrayCells;
import dev.kirchhoff.peripherals.array.WrittenCells;
import dev.kirchhoff.peripherals.array.WrittenColumns;
import dev.kirchhoff.peripherals.digital.AddedCodes;
import dev.kirchhoff.peripherals.digital.Operands;
import dev.kirchhoff.peripherals.digital.SlicedCodes;
import dev.kirchhoff.peripherals.input.DigitPulse;
import dev.kirchhoff.peripherals.input.DrivenRow;
import dev.kirchhoff.peripherals.input.SelectedRows;
import dev.kirchhoff.peripherals.link.OffChipLink;
import dev.kirchhoff.peripherals.link.TileLinks;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.memory.MemorySize;
import dev.kirchhoff.peripherals.neurosim.MeasuredCells;
import dev.kirchhoff.peripherals.random.RandomCircuits;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.CircuitPage;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/circuit-equations.md is made from the circuit files and the vocabulary. */
class CircuitDocumentTest {
  private static final Path FILE = Path.of("..", "docs", "circuit-equations.md");
  private static final Path GUIDE = Path.of("..", "docs", "circuit-files.md");
  private static final String HEAD =
      """
      # Circuit equations

      Made from the circuit files by `mvn -q -pl peripherals -am test -Dtest=CircuitDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dkirchhoff.rewrite=true`.
      [circuit-files.md](circuit-files.md) says how to write one of your own, [circuits.md](circuits.md) why these are as they are.

      Equations are numbered within their circuit, in the order of its file, so that one is cited as "sar-28nm (14)". A line
      that begins with the word of a kind (`energy`, `bias`, `power`, `area`, `leakage`, `noise`, `excess`, `offset`, `gain`, `bow`, `time`,
      `capacitance`, `conductance`, `resistance`, `voltage`, `reach`) is a term. Those of one kind and action add up; each `time` is read by its name.
      `energy.write` belongs to one of several actions. `use` instantiates another circuit; its quantities carry its name, `pair.C`.
      Symbols stand for names; the tables of names come last. Shared constants are those of [common](#common).

      """;

  private static final String UNITS =
      """
      ## Units

      The `unit` of a constant is one of these or a product of them: a blank multiplies, `/` divides by the one unit behind it (`V um`, `fF/um2`,
      `gates/um`). Counts, and `1` of a bare number, are numbers with a name. In equations a number may carry such a unit too, written without blanks.

      | quantity | units |
      |---|---|
      """;

  private static final Map<String, Vocabulary<?>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("a readout", ReadoutNames.VOCABULARY);
    NAMES.put("adders in place of a readout", AddedColumn.Built.VOCABULARY);
    NAMES.put("a front end", AmplifiedColumn.NAMES);
    NAMES.put("a sample", SampledColumn.NAMES);
    NAMES.put("muxes", MuxedColumns.NAMES);
    NAMES.put("the transpose path", SwitchedLines.NAMES);
    NAMES.put("an amplifier of a loop", LoopRow.NAMES);
    NAMES.put("a driver of a row", DrivenRow.NAMES);
    NAMES.put("edges of pulses", DigitPulse.NAMES);
    NAMES.put("a row selector", SelectedRows.NAMES);
    NAMES.put("an array of cells", ArrayCells.VOCABULARY);
    NAMES.put("an array of a benchmark tool", MeasuredCells.VOCABULARY);
    NAMES.put("a write driver", WrittenColumns.VOCABULARY);
    NAMES.put("programming", WrittenCells.VOCABULARY);
    NAMES.put("shift-and-add", SlicedCodes.VOCABULARY);
    NAMES.put("an adder of codes", AddedCodes.VOCABULARY);
    NAMES.put("digital units", Operands.VOCABULARY);
    NAMES.put("a memory", MemorySize.VOCABULARY);
    NAMES.put("wires", Wiring.VOCABULARY);
    NAMES.put("a fabric between tiles", TileLinks.VOCABULARY);
    NAMES.put("a link off the chip", OffChipLink.VOCABULARY);
    NAMES.put("random sources", RandomCircuits.OF_DELAYS);
  }

  private static String document() {
    CircuitFile common = CircuitFile.of("common");
    CircuitPage pages = new CircuitPage(List.copyOf(NAMES.values()), common);
    StringBuilder contents = new StringBuilder("| circuit | of | what it is |\n|---|---|---|\n");
    StringBuilder parts = new StringBuilder("## Circuits that others use\n\n");
    StringBuilder models = new StringBuilder("## Circuits of parts\n\n");
    for (CircuitModel entry : CircuitLibrary.entries()) {
      CircuitFile circuit = CircuitFile.of(entry.name());
      if (circuit.hasEquations()) {
        String of = entry.part().word() + (entry.kind().isEmpty() ? "" : ", " + entry.kind());
        contents.append(line(circuit, of));
        models.append(pages.of(circuit));
      }
    }
    for (String name : Circuits.CATALOGUE.names()) {
      CircuitFile circuit = CircuitFile.of(name);
      contents.append(line(circuit, "others"));
      parts.append(pages.of(circuit));
    }
    StringBuilder names = new StringBuilder();
    NAMES.forEach(
        (of, vocabulary) ->
            names
                .append("## Names of " + of + "\n\n")
                .append(CircuitPage.of(vocabulary, ReadoutNames.VOCABULARY))
                .append('\n'));
    String text = HEAD + contents + "\n" + models + parts + names + units();
    return text.stripTrailing() + "\n";
  }

  private static String units() {
    StringBuilder text = new StringBuilder(UNITS);
    for (Dimension dimension : Dimension.values()) {
      String units =
          dimension.units().stream()
              .map(Dimension.Unit::text)
              .filter(unit -> !unit.isEmpty())
              .map(unit -> "`" + unit + "`")
              .collect(Collectors.joining(" "));
      if (!units.isEmpty()) {
        text.append("| " + dimension.article() + " | " + units + " |\n");
      }
    }
    return text + "| a count | `" + String.join("` `", Units.counts()) + "` |\n";
  }

  private static String line(CircuitFile circuit, String of) {
    String name = circuit.name();
    return "| [" + name + "](#" + name + ") | " + of + " | " + circuit.sentence() + " |\n";
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

  /** The guide lists all names that a circuit of one's own may read, and all kinds of its terms. */
  @Test
  void theGuideHasTheVocabularyOfTheCode() throws IOException {
    String guide = Files.readString(GUIDE);
    String names = CircuitPage.of(ReadoutNames.VOCABULARY, ReadoutNames.VOCABULARY).strip();
    int start =
        guide.indexOf("| name | symbol |", guide.indexOf("## Names that equations may read"));
    int end = guide.indexOf("\n\n", start);
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      guide = guide.substring(0, start) + names + guide.substring(end);
      Files.writeString(GUIDE, guide);
    }
    assertTrue(
        guide.contains("\n\n" + names + "\n\n"),
        GUIDE + " lists other names than the code reads; -Dkirchhoff.rewrite=true");
    for (Term term : Term.OF_READOUT) {
      String unit = term.unit().equals("1") ? "" : Pattern.quote(term.unit()) + " ";
      Pattern row = Pattern.compile("\n\\| [^|]*`" + term.word() + " [^|]*\\| " + unit + "\\|");
      assertTrue(row.matcher(guide).find(), term.word());
    }
  }
}
