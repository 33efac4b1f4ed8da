package dev.kirchhoff.dse.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.arch.design.CircuitFiles;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.CircuitModel;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.SpecCircuits;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Model of a circuit in the library.
 *
 * @param part part of the chip that it prices
 * @param kind kind of the part; empty for all
 * @param isDefault whether it is used where no model is named
 * @param range bits and nodes that it was made for
 * @param energyBand factors to the ends of its energy's band
 * @param areaBand factors to the ends of its area's band
 * @param constants constants of its formulas
 */
public record CircuitEntry(
    String name,
    String part,
    String kind,
    @JsonProperty("default") boolean isDefault,
    String range,
    String source,
    String sentence,
    String energyBand,
    String energyBandReason,
    String areaBand,
    String areaBandReason,
    List<Constant> constants) {

  public CircuitEntry {
    constants = List.copyOf(constants);
  }

  /**
   * Constant of a formula.
   *
   * @param origin read, fitted or assumed
   * @param source paper, tool, or reason of an assumption
   */
  public record Constant(String name, double value, String unit, String origin, String source) {
    private static Constant of(CircuitFile.Constant constant) {
      return new Constant(
          constant.name(),
          constant.value(),
          constant.unit(),
          constant.origin().word(),
          constant.source());
    }
  }

  /** All models. */
  public static List<CircuitEntry> all() {
    return CircuitLibrary.entries().stream().map(CircuitEntry::of).toList();
  }

  /**
   * The readout of a user's file, checked as one beside a spec.
   *
   * @throws SpecException with all that is wrong with the file
   */
  public static CircuitEntry ofFile(String file, Sources sources) throws SpecException {
    Path path = Path.of(file);
    String name = FileEndings.without(path.getFileName().toString(), CircuitFiles.ENDING);
    CircuitFiles beside = CircuitFiles.beside(file, sources);
    Problems problems = new Problems();
    Optional<String> text = beside.text(name);
    if (text.isEmpty()) {
      problems.add(Place.ofFile(file), "", "cannot be read");
    }
    String part = Part.READOUT.word();
    new SpecCircuits().check(part, name, beside, problems);
    problems.throwIfAny();
    byte[] bytes = text.orElseThrow().getBytes(StandardCharsets.UTF_8);
    return of(name, part, "", false, CircuitFile.parse(name, file, bytes));
  }

  private static CircuitEntry of(CircuitModel entry) {
    return of(entry.name(), entry.part().word(), entry.kind(), entry.standard(), entry.data());
  }

  private static CircuitEntry of(
      String name, String part, String kind, boolean isDefault, CircuitFile data) {
    CircuitFile.Range range = data.range();
    String bits = range.bits().map(b -> b.fewest() + ".." + b.most() + " b, ").orElse("");
    return new CircuitEntry(
        name,
        part,
        kind,
        isDefault,
        bits + Units.brief(range.smallest_nm()) + ".." + Units.brief(range.largest_nm()) + " nm",
        data.source(),
        data.sentence(),
        factors(data.band().energy()),
        data.band().energy().reason(),
        factors(data.band().area()),
        data.band().area().reason(),
        data.constants().stream().map(Constant::of).toList());
  }

  private static String factors(Spread spread) {
    return Units.brief(spread.low()) + "x .. " + Units.brief(spread.high()) + "x";
  }
}
