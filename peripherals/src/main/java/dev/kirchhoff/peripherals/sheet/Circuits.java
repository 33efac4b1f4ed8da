package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.spec.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Circuits of a design: files of the catalogue and those beside its spec, which win, with the
 * constants that the design changes. Sheets are read, checked and compiled when they are first
 * needed, those of the catalogue once for all designs. Safe for use by several threads.
 */
public final class Circuits implements CircuitSource {
  /** The catalogue as it is. */
  public static final Circuits CATALOGUE = new Circuits(Map.of(), ConstantChanges.NONE);

  private final Map<String, CircuitFile> own;
  private final ConstantChanges changes;
  private final Map<Key, Sheet<?>> sheets;
  private final Map<String, Double> shared = new ConcurrentHashMap<>();
  private final Consumer<Solution> solved;

  private record Key(String circuit, Vocabulary<?> vocabulary) {}

  private Circuits(Map<String, CircuitFile> own, ConstantChanges changes) {
    this(own, changes, new ConcurrentHashMap<>(), solution -> {});
  }

  private Circuits(
      Map<String, CircuitFile> own,
      ConstantChanges changes,
      Map<Key, Sheet<?>> sheets,
      Consumer<Solution> solved) {
    this.own = Map.copyOf(own);
    this.changes = changes;
    this.sheets = sheets;
    this.solved = solved;
  }

  /** Circuits that a design brings along or changes, beside those of the catalogue. */
  public static Circuits of(CircuitSettings settings) {
    if (settings.files().isEmpty() && settings.constants().isEmpty()) {
      return CATALOGUE;
    }
    Map<String, CircuitFile> files = new HashMap<>();
    settings
        .files()
        .forEach(
            (name, text) ->
                files.put(
                    name,
                    CircuitFile.parse(
                        name, name + CircuitFile.ENDING, text.getBytes(StandardCharsets.UTF_8))));
    ConstantChanges changes = new ConstantChanges(settings.constants());
    return files.isEmpty()
        ? new Circuits(Map.of(), changes, CATALOGUE.sheets, solution -> {})
        : new Circuits(files, changes);
  }

  /** These circuits with files beside a spec, by name. */
  public Circuits with(Map<String, CircuitFile> files) {
    return files.isEmpty() ? this : new Circuits(files, changes);
  }

  /** These circuits, which tell of every one that is solved. */
  public Circuits telling(Consumer<Solution> listener) {
    return new Circuits(own, changes, sheets, listener);
  }

  /** True of a circuit beside a spec. */
  public boolean isOwn(String name) {
    return own.containsKey(name);
  }

  @Override
  public Optional<CircuitFile> circuit(String name) {
    return own.containsKey(name) ? Optional.of(own.get(name)) : CircuitFile.find(name);
  }

  @Override
  public Optional<CircuitFile> shared() {
    return circuit(CircuitFile.SHARED);
  }

  /** Value of a constant that all circuits share, as the design has it. */
  public double shared(String constant) {
    Double known = shared.get(constant);
    return known == null ? shared.computeIfAbsent(constant, this::ofShared) : known;
  }

  private double ofShared(String constant) {
    CircuitFile file = shared().orElseThrow();
    return changes.value(file.name(), constant, file.constant(constant));
  }

  @Override
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>(own.keySet());
    names.addAll(CircuitFile.NAMES);
    return names;
  }

  /**
   * Sheet of a circuit.
   *
   * @throws IllegalStateException if its file is missing or wrong; that of a user was checked when
   *     the spec was read
   */
  @SuppressWarnings("unchecked")
  public <T> Sheet<T> sheet(String name, Vocabulary<T> vocabulary) {
    Key key = new Key(name, vocabulary);
    // A table that many threads read takes no lock where the sheet is known.
    Sheet<?> known = sheets.get(key);
    return (Sheet<T>)
        (known == null ? sheets.computeIfAbsent(key, k -> linked(name, vocabulary)) : known);
  }

  private <T> Sheet<T> linked(String name, Vocabulary<T> vocabulary) {
    CircuitFile file =
        circuit(name)
            .orElseThrow(
                () -> new IllegalStateException("The circuit (" + name + ") has no file."));
    Problems problems = new Problems();
    return SheetLinker.link(file, this, vocabulary, problems)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The circuit (" + name + ") is wrong: " + problems.sorted()));
  }

  /** Values of a circuit for what it is sized for. */
  public <T> Solution solve(String name, Vocabulary<T> vocabulary, T subject, double node_nm) {
    Solution solution = Solution.of(sheet(name, vocabulary), subject, node_nm, changes);
    solved.accept(solution);
    return solution;
  }
}
