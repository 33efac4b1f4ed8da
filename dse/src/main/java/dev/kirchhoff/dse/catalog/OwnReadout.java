package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.design.CircuitFiles;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.SpecCircuits;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Readout of a user's file, apart from a spec.
 *
 * @param entry its entry in the catalogue
 * @param circuits its file and those of circuits beside it that it uses
 */
public record OwnReadout(CircuitEntry entry, CircuitSettings circuits) {

  /**
   * The readout of a file, checked as one beside a spec.
   *
   * @throws SpecException with all that is wrong with the file
   */
  public static OwnReadout of(String file, Sources sources) throws SpecException {
    Path path = Path.of(file);
    String name = FileEndings.without(path.getFileName().toString(), CircuitFiles.ENDING);
    CircuitFiles beside = CircuitFiles.beside(file, sources);
    Problems problems = new Problems();
    Optional<String> text = beside.text(name);
    if (text.isEmpty()) {
      problems.add(Place.ofFile(file), "", "cannot be read");
    }
    new SpecCircuits().check(Part.READOUT.word(), name, beside, problems);
    problems.throwIfAny();
    byte[] bytes = text.orElseThrow().getBytes(StandardCharsets.UTF_8);
    return new OwnReadout(
        CircuitEntry.of(name, Part.READOUT.word(), "", false, CircuitFile.parse(name, file, bytes)),
        new CircuitSettings(beside.all(), Map.of()));
  }
}
