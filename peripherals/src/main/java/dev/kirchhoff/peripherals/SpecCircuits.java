package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.design.CircuitCatalogue;
import dev.kirchhoff.arch.design.CircuitFiles;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.CircuitSource;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Line;
import dev.kirchhoff.peripherals.sheet.Sheet;
import dev.kirchhoff.peripherals.sheet.SheetLinker;
import dev.kirchhoff.peripherals.sheet.SheetRow;
import dev.kirchhoff.peripherals.sheet.Term;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Circuits of the catalogue, and those beside a spec, as the reader of a spec asks for them. */
public final class SpecCircuits implements CircuitCatalogue {
  /** Times of a readout that others read. */
  private static final List<String> TIMES = List.of("conversion", "least", "integrate");

  /** Actions of a readout beside a conversion. */
  private static final List<String> ACTIONS = List.of("product", "read");

  @Override
  public List<String> models(String part) {
    return Arrays.stream(Part.values())
        .filter(candidate -> candidate.word().equals(part))
        .flatMap(candidate -> CircuitLibrary.names(candidate).stream())
        .distinct()
        .toList();
  }

  @Override
  public List<String> circuits() {
    Set<String> names = new LinkedHashSet<>();
    CircuitLibrary.entries().forEach(model -> names.add(model.name()));
    names.addAll(Circuits.CATALOGUE.names());
    return List.copyOf(names);
  }

  @Override
  public List<Constant> constants(String circuit, CircuitFiles files) {
    Optional<String> own = files.areMeant() ? files.peek(circuit) : Optional.empty();
    Optional<CircuitFile> file =
        own.isPresent() && !circuit.equals(CircuitFile.SHARED)
            ? read(circuit, files.path(circuit), own.get(), new Problems())
            : Circuits.CATALOGUE.circuit(circuit);
    return file.stream()
        .flatMap(found -> found.constants().stream())
        .map(SpecCircuits::constant)
        .toList();
  }

  private static Optional<CircuitFile> read(
      String name, String path, String text, Problems problems) {
    return CircuitFile.read(name, path, text.getBytes(StandardCharsets.UTF_8), problems);
  }

  /**
   * A constant is written with its unit where that has a name, else as a number in it; its range is
   * that of a file.
   */
  private static Constant constant(CircuitFile.Constant constant) {
    Optional<Dimension> written = constant.written();
    String unit = written.isPresent() ? "" : " (" + constant.unit() + ")";
    Dimension dimension = written.orElse(Dimension.NUMBER);
    double most = CircuitFile.MOST * (written.isPresent() ? constant.factor() : 1);
    return new Constant(
        constant.name(),
        constant.table().isPresent()
            ? Type.aboveZero(dimension, most)
            : Type.quantity(dimension, 0, most),
        written.isPresent() ? 1 : constant.factor(),
        constant.source() + unit);
  }

  @Override
  public void check(String part, String circuit, CircuitFiles files, Problems problems) {
    Source source = new Source(files, problems);
    Optional<CircuitFile> file = source.circuit(circuit);
    if (file.isEmpty()) {
      return;
    }
    Place whole = Place.ofFile(file.get().file());
    if (!part.equals(Part.READOUT.word())) {
      problems.add(
          whole, "", "prices a readout; " + part + " takes figures or a model of the catalogue");
      return;
    }
    boolean isReadable =
        CircuitFile.hasReadableLines(file.get().file(), files.text(circuit).orElse(""));
    if (!file.get().hasEquations()) {
      if (isReadable) {
        problems.add(whole, "equations", "is missing: a circuit needs equations");
      }
      return;
    }
    Optional<Sheet<ReadoutColumn>> sheet =
        SheetLinker.link(file.get(), source, ReadoutNames.VOCABULARY, problems);
    List<SheetRow> rows =
        sheet
            .map(Sheet::rows)
            .orElseGet(() -> SheetLinker.rows(file.get(), source, ReadoutNames.VOCABULARY));
    rows.forEach(row -> known(row, circuit, problems));
    if (sheet.isPresent() || (isReadable && !usesOthers(file.get(), files))) {
      terms(file.get(), rows, problems);
    }
  }

  /** True if a circuit uses one whose terms are unknown where it has a problem. */
  private static boolean usesOthers(CircuitFile file, CircuitFiles files) {
    return file.lines().stream()
        .filter(Line.Use.class::isInstance)
        .map(line -> ((Line.Use) line).circuit())
        .anyMatch(
            used -> files.peek(used).isPresent() || Circuits.CATALOGUE.circuit(used).isEmpty());
  }

  /** Terms that a converter must state, in lines with and without a mistake. */
  private static void terms(CircuitFile file, List<SheetRow> rows, Problems problems) {
    Place equations = file.lines().get(0).place();
    Set<Term> stated = new HashSet<>();
    rows.forEach(row -> row.term().ifPresent(stated::add));
    boolean hasTime = false;
    for (Line line : file.lines()) {
      if (line instanceof Line.Equation equation && equation.term().isPresent()) {
        stated.add(equation.term().get());
        hasTime |= equation.term().get() == Term.TIME && equation.name().equals("conversion");
      }
    }
    if (!stated.contains(Term.ENERGY) && !stated.contains(Term.BIAS)) {
      problems.add(equations, "equations", "lack a line energy NAME = ..., of one conversion");
    }
    if (!stated.contains(Term.AREA)) {
      problems.add(equations, "equations", "lack a line area NAME = ..., of one converter");
    }
    if (!hasTime) {
      problems.add(equations, "equations", "lack the line time conversion = ...");
    }
    if (!stated.contains(Term.NOISE)) {
      problems.add(
          equations,
          "equations",
          "lack a line noise NAME = ..., variance of a conversion in squares of a step");
    }
  }

  /** A term that nobody reads is a mistake. */
  private static void known(SheetRow row, String circuit, Problems problems) {
    if (row.term().isEmpty() || !row.circuit().equals(circuit)) {
      return;
    }
    Term term = row.term().get();
    if (!Term.OF_READOUT.contains(term)) {
      problems.add(
          row.place(), row.name(), "no readout has a " + term.word() + "; it has " + Term.words());
    } else if (term == Term.TIME && !TIMES.contains(row.name())) {
      problems.add(
          row.place(), row.name(), "is no time of a readout" + NearNames.hint(row.name(), TIMES));
    } else if (!row.action().isEmpty() && !ACTIONS.contains(row.action())) {
      problems.add(
          row.place(),
          row.name(),
          "'"
              + row.action()
              + "' is no action of a readout"
              + NearNames.hint(row.action(), ACTIONS));
    }
  }

  /** Files beside a spec before those of the catalogue. */
  private record Source(CircuitFiles files, Problems problems) implements CircuitSource {
    @Override
    public Optional<CircuitFile> circuit(String name) {
      Optional<String> text = files.text(name);
      if (text.isPresent()) {
        return read(name, files.path(name), text.get(), problems);
      }
      Optional<String> trouble = files.trouble(name);
      trouble.ifPresent(why -> problems.add(Place.ofFile(files.path(name)), "", why));
      return trouble.isPresent() ? Optional.empty() : Circuits.CATALOGUE.circuit(name);
    }

    @Override
    public Optional<CircuitFile> shared() {
      return Circuits.CATALOGUE.shared();
    }

    @Override
    public Collection<String> names() {
      Set<String> names = new HashSet<>(files.all().keySet());
      names.addAll(new SpecCircuits().circuits());
      return names;
    }
  }
}
