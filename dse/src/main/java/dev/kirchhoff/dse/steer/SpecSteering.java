package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.SearchTerms;
import dev.kirchhoff.dse.explore.Steering;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.steer.KnobValues.KnobValue;
import dev.kirchhoff.dse.steer.KnobValues.NoSuchValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steering of the search of a spec: constraints, pinned knobs and budget after the commands so far.
 * Constraints of physics cannot be removed.
 */
public final class SpecSteering implements Steering {
  private static final Set<CommandKind> ALWAYS =
      Set.of(CommandKind.PAUSE, CommandKind.RESUME, CommandKind.STOP);

  private static final String REMOVED = "removed: ";

  private final DesignSpec spec;
  private final SpecProblemSpace problem;
  private final DesignSpace whole;
  private final SearchTerms terms;
  private final List<Integer> pins;

  /** Columns of the spec's constraints, in their order. */
  private final List<Integer> columns;

  private final int limitsFrom;
  private final int limits;
  private final boolean searches;

  private SpecSteering(
      DesignSpec spec,
      SpecProblemSpace problem,
      DesignSpace whole,
      SearchTerms terms,
      List<Integer> pins,
      List<Integer> columns,
      int limitsFrom,
      int limits,
      boolean searches) {
    this.spec = spec;
    this.problem = problem;
    this.whole = whole;
    this.terms = terms;
    this.pins = List.copyOf(pins);
    this.columns = List.copyOf(columns);
    this.limitsFrom = limitsFrom;
    this.limits = limits;
    this.searches = searches;
  }

  /**
   * Steering of a search to which no command has come yet.
   *
   * @param spec its spec
   * @param budget unique designs to evaluate at most
   */
  public static SpecSteering begin(DesignSpec spec, long budget) {
    return begin(spec, new SpecProblemSpace(spec), budget, true);
  }

  /**
   * Steering of a search or of a sweep.
   *
   * @param spec its spec
   * @param problem the spec as its problem
   * @param budget unique designs to evaluate at most
   * @param searches false for a sweep, whose designs are given, so that it takes pauses and stops
   *     alone
   */
  public static SpecSteering begin(
      DesignSpec spec, SpecProblemSpace problem, long budget, boolean searches) {
    SearchTerms terms = SearchTerms.of(problem, budget);
    int stated = spec.conditions().size();
    List<Integer> pins = new ArrayList<>();
    spec.knobs().forEach(knob -> pins.add(Knob.ABSENT));
    return new SpecSteering(
        spec,
        problem,
        problem.space(),
        terms,
        pins,
        terms.columnOf().subList(0, stated),
        stated,
        problem.constraints().size() - stated,
        searches);
  }

  @Override
  public SearchTerms terms() {
    return terms;
  }

  /** The spec with the constraints of now. */
  public DesignSpec spec() {
    return spec;
  }

  /**
   * A fault of a command that shows without the search, such as a metric that does not exist.
   *
   * @return the fault in words; empty if there is none
   */
  public Optional<String> fault(RunEvent.Command command) {
    Optional<CommandKind> kind = CommandKind.of(String.valueOf(command.kind()));
    if (kind.isEmpty()) {
      return Optional.of(
          "'"
              + command.kind()
              + "' is no command"
              + NearNames.hint(String.valueOf(command.kind()), CommandKind.words()));
    }
    try {
      switch (kind.get()) {
        case CONSTRAIN -> spec.constraint(text(command));
        case RELEASE -> text(command);
        case PIN -> values(command);
        case FREE -> paths(command);
        case INJECT -> {
          if (command.knobs() != null && !command.knobs().isEmpty()) {
            values(command);
          }
        }
        case EXCLUDE -> {
          if (command.index() == null || command.index() < 0) {
            return Optional.of("the design is missing, for example #12");
          }
        }
        case BUDGET -> {
          if (command.budget() == null
              || command.budget() < 1
              || command.budget() > ExploreSettings.MOST_DESIGNS) {
            return Optional.of(
                "the budget is "
                    + command.budget()
                    + ", must be 1.."
                    + ExploreSettings.MOST_DESIGNS);
          }
        }
        case PAUSE, RESUME, STOP -> {}
      }
      return Optional.empty();
    } catch (SpecException e) {
      return Optional.of(
          e.problems().stream().map(SpecProblem::message).collect(Collectors.joining("; ")));
    } catch (NoSuchValueException e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public Answer answer(RunEvent.Command command, Situation now) {
    Optional<String> fault = fault(command);
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    if (!searches && !ALWAYS.contains(CommandKind.of(command.kind()).orElseThrow())) {
      return refused("a sweep takes pause, continue and stop alone");
    }
    try {
      return switch (CommandKind.of(command.kind()).orElseThrow()) {
        case PAUSE ->
            now.paused() ? refused("the search is paused already") : done(this, Action.PAUSE);
        case RESUME ->
            now.paused() ? done(this, Action.RESUME) : refused("the search is not paused");
        case STOP -> done(this, Action.STOP);
        case CONSTRAIN -> constrained(spec.constraint(text(command)));
        case RELEASE -> released(text(command));
        case PIN -> pinned(values(command));
        case FREE -> freed(paths(command));
        case INJECT -> injected(command, now);
        case EXCLUDE -> excluded(command, now);
        case BUDGET -> budget(command.budget(), now);
      };
    } catch (SpecException | NoSuchValueException e) {
      return refused(e.getMessage());
    }
  }

  private Answer refused(String reason) {
    return new Answer(reason, this, Action.GO_ON, List.of());
  }

  private static Answer done(SpecSteering next, Action action) {
    return new Answer("", next, action, List.of());
  }

  private static String text(RunEvent.Command command) throws NoSuchValueException {
    if (command.constraint() == null || command.constraint().isBlank()) {
      throw new NoSuchValueException("the constraint is missing, for example area <= 40 mm2");
    }
    return command.constraint().strip();
  }

  private List<KnobValue> values(RunEvent.Command command) throws NoSuchValueException {
    requireKnobs(command);
    KnobValues knobs = new KnobValues(spec.knobs());
    List<KnobValue> values = new ArrayList<>();
    for (Map.Entry<String, String> entry : command.knobs().entrySet()) {
      values.addAll(knobs.of(entry.getKey(), String.valueOf(entry.getValue())));
    }
    return values;
  }

  private List<Integer> paths(RunEvent.Command command) throws NoSuchValueException {
    requireKnobs(command);
    KnobValues knobs = new KnobValues(spec.knobs());
    List<Integer> found = new ArrayList<>();
    for (String path : command.knobs().keySet()) {
      found.addAll(knobs.at(path));
    }
    return found;
  }

  private static void requireKnobs(RunEvent.Command command) throws NoSuchValueException {
    if (command.knobs() == null || command.knobs().isEmpty()) {
      throw new NoSuchValueException("the knob is missing, for example pe.readout.bits=7");
    }
  }

  /** A constraint takes the place of the one on the same figure and side, or is added. */
  private Answer constrained(Condition condition) {
    List<Condition> conditions = new ArrayList<>(spec.conditions());
    List<Integer> taken = new ArrayList<>(columns);
    List<String> texts = new ArrayList<>(terms.columns());
    for (int i = 0; i < conditions.size(); i++) {
      Condition old = conditions.get(i);
      if (isEqual(old.text(), condition.text())) {
        return refused(old.text() + " holds already");
      }
      if (isEqual(old.figure(), condition.figure()) && old.isAtMost() == condition.isAtMost()) {
        conditions.set(i, condition);
        texts.set(taken.get(i), condition.text());
        return done(with(conditions, taken, texts), Action.GO_ON);
      }
    }
    conditions.add(condition);
    taken.add(texts.size());
    texts.add(condition.text());
    return done(with(conditions, taken, texts), Action.GO_ON);
  }

  private Answer released(String what) {
    List<Condition> conditions = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    List<String> texts = new ArrayList<>(terms.columns());
    for (int i = 0; i < spec.conditions().size(); i++) {
      Condition condition = spec.conditions().get(i);
      if (isEqual(condition.text(), what) || isEqual(condition.figure(), what)) {
        texts.set(columns.get(i), REMOVED + condition.text());
      } else {
        conditions.add(condition);
        taken.add(columns.get(i));
      }
    }
    if (conditions.size() == spec.conditions().size()) {
      List<String> figures = spec.conditions().stream().map(Condition::figure).toList();
      return refused("nothing limits " + what + NearNames.hint(what, figures));
    }
    return done(with(conditions, taken, texts), Action.GO_ON);
  }

  private static boolean isEqual(String a, String b) {
    return a.replace(" ", "").equals(b.replace(" ", ""));
  }

  private SpecSteering with(List<Condition> conditions, List<Integer> taken, List<String> texts) {
    DesignSpec other = spec.withConditions(conditions);
    List<Integer> columnOf = new ArrayList<>(taken);
    for (int c = 0; c < limits; c++) {
      columnOf.add(limitsFrom + c);
    }
    SearchTerms next =
        new SearchTerms(
            problem.within(other, terms.problem().space()),
            terms.budget(),
            texts,
            columnOf,
            terms.excluded());
    return new SpecSteering(other, problem, whole, next, pins, taken, limitsFrom, limits, searches);
  }

  private Answer pinned(List<KnobValue> values) {
    List<Integer> next = new ArrayList<>(pins);
    values.forEach(value -> next.set(value.knob(), value.ordinal()));
    return next.equals(pins)
        ? refused("the knob has that value in all new designs already")
        : done(withPins(next), Action.GO_ON);
  }

  private Answer freed(List<Integer> knobs) {
    List<Integer> next = new ArrayList<>(pins);
    knobs.forEach(knob -> next.set(knob, Knob.ABSENT));
    return next.equals(pins) ? refused("the knob is free") : done(withPins(next), Action.GO_ON);
  }

  private SpecSteering withPins(List<Integer> next) {
    DesignSpace part = whole.pinned(next.stream().mapToInt(Integer::intValue).toArray());
    SearchTerms other =
        new SearchTerms(
            problem.within(spec, part),
            terms.budget(),
            terms.columns(),
            terms.columnOf(),
            terms.excluded());
    return new SpecSteering(
        spec, problem, whole, other, next, columns, limitsFrom, limits, searches);
  }

  private Answer injected(RunEvent.Command command, Situation now) throws NoSuchValueException {
    if (now.evaluated() >= terms.budget()) {
      return refused(
          "the budget of " + Units.count(terms.budget()) + " designs is used up; raise it first");
    }
    int[] design = whole.start();
    if (command.index() != null) {
      if (command.index() < 0 || command.index() >= now.evaluated()) {
        return refused("there is no design #" + command.index() + " yet");
      }
      design = now.designs().design(command.index());
    }
    List<KnobValue> values =
        command.knobs() == null || command.knobs().isEmpty() ? List.of() : values(command);
    for (KnobValue value : values) {
      design[value.knob()] = value.ordinal();
    }
    whole.normalise(design);
    for (Map.Entry<String, String> entry :
        Optional.ofNullable(command.knobs()).orElse(Map.of()).entrySet()) {
      int[] made = design;
      List<KnobValue> wanted =
          new KnobValues(spec.knobs()).of(entry.getKey(), String.valueOf(entry.getValue()));
      if (wanted.stream().noneMatch(value -> made[value.knob()] == value.ordinal())) {
        return refused(
            "this design has no " + entry.getKey() + " that could be " + entry.getValue());
      }
    }
    OptionalInt known = now.find().apply(design);
    if (known.isPresent()) {
      return refused("that is design #" + known.getAsInt() + " of this run");
    }
    return new Answer("", this, Action.GO_ON, List.of(design));
  }

  private Answer budget(long budget, Situation now) {
    if (budget < now.evaluated()) {
      return refused(
          Units.count(now.evaluated())
              + " designs are evaluated already; the budget cannot be "
              + Units.count(budget));
    }
    return done(
        with(
            new SearchTerms(
                terms.problem(), budget, terms.columns(), terms.columnOf(), terms.excluded())),
        Action.GO_ON);
  }

  private Answer excluded(RunEvent.Command command, Situation now) {
    long index = command.index();
    if (index >= now.evaluated()) {
      return refused("there is no design #" + index + " yet");
    }
    Set<Long> excluded = new HashSet<>(terms.excluded());
    if (!excluded.add(index)) {
      return refused("design #" + index + " is excluded already");
    }
    return done(
        with(
            new SearchTerms(
                terms.problem(), terms.budget(), terms.columns(), terms.columnOf(), excluded)),
        Action.GO_ON);
  }

  private SpecSteering with(SearchTerms next) {
    return new SpecSteering(
        spec, problem, whole, next, pins, columns, limitsFrom, limits, searches);
  }

  @Override
  public String toString() {
    return terms.columns()
        + ", budget "
        + terms.budget()
        + ", pins "
        + Arrays.toString(pins.toArray());
  }
}
