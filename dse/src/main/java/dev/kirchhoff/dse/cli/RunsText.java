package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.report.RunDescription;
import dev.kirchhoff.dse.report.RunListing;
import dev.kirchhoff.dse.report.RunSummary;
import dev.kirchhoff.dse.run.RunNotes;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs in words: a list, and one run with what it explores. */
final class RunsText {
  private static final int LONGEST_NAME = 20;
  private static final int MINUTES = "2026-11-25T01:10".length();
  private static final int SECONDS = "2026-11-25T01:10:36".length();

  private RunsText() {}

  /** The list; notes and damage stand below their run. */
  static Page list(RunListing listing) {
    List<RunSummary> runs = listing.runs();
    if (runs.isEmpty()) {
      return new Page().line("no runs in {}; ./kirchhoff explore SPEC makes one", listing.data());
    }
    Set<List<String>> objectives =
        runs.stream()
            .flatMap(run -> run.header().stream())
            .map(RunSummary.Header::objectives)
            .collect(Collectors.toSet());
    Page out = new Page().append(table(runs, objectives.size() > 1));
    if (objectives.size() == 1) {
      out.line("All {}.", objectives.iterator().next());
    }
    return out.line(
        "{} run{|s}, {} in {}",
        runs.size(),
        Units.printBytes(runs.stream().mapToLong(RunSummary::size_B).sum()),
        listing.data());
  }

  private static TextTable table(List<RunSummary> runs, boolean withObjectives) {
    return new Table<RunSummary>("  ")
        .column("run", run -> ending(run.address()))
        .column("spec", run -> run.header().map(header -> shortened(header.name())))
        .left()
        .column("state", RunSummary::state)
        .left()
        .column("objectives", run -> run.header().map(RunsText::axes))
        .optional(0)
        .onlyIf(withObjectives)
        .column("evaluated", run -> run.header().map(header -> evaluated(run, header)))
        .column("front", run -> run.header().map(header -> run.front()))
        .optional(3)
        .column("started (UTC)", run -> run.started().map(time -> time(time, MINUTES)))
        .optional(2)
        .column("size", run -> Units.printBytes(run.size_B()))
        .optional(1)
        .below(
            run ->
                Stream.of(
                        run.damage().map(damage -> "      " + Style.BAD.of(damage)).orElse(""),
                        notes(new RunNotes(run.note(), run.tags(), run.archived()))
                            .replaceFirst("^(?=.)", "     "))
                    .filter(line -> !line.isEmpty())
                    .toList())
        .of(runs);
  }

  private static String axes(RunSummary.Header header) {
    return header.objectives().stream()
        .map(objective -> objective.replaceFirst("^(maximise|minimise) ", ""))
        .collect(Collectors.joining(", "));
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String ending(String address) {
    int from = address.length() - LONGEST_NAME + 1;
    return from <= 1 ? address : "…" + address.substring(from);
  }

  private static String evaluated(RunSummary run, RunSummary.Header header) {
    long evaluated = run.swept().map(RunEvent.Swept::rows).orElse(run.evaluated());
    boolean isWhole = evaluated >= header.budget() || run.state().equals("finished");
    return Units.count(evaluated) + (isWhole ? "" : " of " + Units.count(header.budget()));
  }

  private static String time(String event, int length) {
    return event.length() < length ? event : event.substring(0, length).replace('T', ' ');
  }

  /** Note, tags and archive flag, behind the name of their run. */
  static String notes(RunNotes notes) {
    String note = notes.note().isEmpty() ? "" : " \"" + notes.note() + "\"";
    String tags = notes.tags().isEmpty() ? "" : " [" + String.join(", ", notes.tags()) + "]";
    return note + tags + (notes.archived() ? " archived" : "");
  }

  /** Designs, front and size of a run. */
  static String content(RunSummary run) {
    return Sentence.of(
        "{}, {} on the front, {}", designs(run), run.front(), Units.printBytes(run.size_B()));
  }

  private static String designs(RunSummary run) {
    return run.swept()
        .map(
            all ->
                Sentence.of(
                    "{} design{|s} ({} of them in the log, as a sample)",
                    all.rows(),
                    run.evaluated()))
        .orElseGet(() -> Sentence.of("{} design{|s}", run.evaluated()));
  }

  /** One run: subject, settings, state, knobs. */
  static Page description(RunDescription description) {
    RunSummary run = description.summary();
    TextTable table = new TextTable("  ", 2).keep(1);
    table.row("run", run.run());
    run.damage().ifPresent(damage -> table.row("damaged", damage));
    run.header().ifPresent(header -> subject(table, header, description));
    table.row("state", state(run));
    if (run.header().isPresent()) {
      table.row(
          "result",
          Sentence.of(
              "{} evaluated in {} round{|s}, {} on the front, hypervolume {}",
              designs(run),
              run.rounds(),
              run.front(),
              run.hypervolume()));
    }
    run.started()
        .ifPresent(
            time ->
                table.row(
                    "time",
                    Sentence.of(
                        "{} to {} UTC{}",
                        time(time, SECONDS),
                        time(run.lastEvent().orElse(time), SECONDS),
                        run.eras() > 1
                            ? Sentence.of(", resumed {} time{|s}", run.eras() - 1)
                            : "")));
    table.row("files", Units.printBytes(run.size_B()));
    description.files().forEach(file -> table.row("", file.name() + "  sha256 " + file.sha256()));
    if (!run.note().isEmpty()) {
      table.row("note", run.note());
    }
    if (!run.tags().isEmpty()) {
      table.row("tags", run.tags());
    }
    Page out = new Page().append(table);
    if (!description.knobs().isEmpty()) {
      TextTable knobs = new TextTable("    ", 2).keep(1);
      description.knobs().forEach(knob -> knobs.row(knob.path(), values(knob)));
      out.append("  knobs\n").append(knobs);
    }
    return out;
  }

  private static void subject(
      TextTable table, RunSummary.Header header, RunDescription description) {
    table.row("spec", header.name());
    table.row("wanted", header.objectives());
    List<String> limits =
        header.constraints().stream().filter(limit -> limit.matches(".* [<>]=? .*")).toList();
    int others = header.constraints().size() - limits.size();
    table.row(
        "limits",
        (limits.isEmpty() ? "none of the user's" : String.join(", ", limits))
            + (others == 0 ? "" : "; " + others + " that every chip must meet: --json"));
    BigInteger most =
        description.knobs().stream()
            .map(knob -> BigInteger.valueOf(knob.values().size()))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    long conditional =
        description.knobs().stream().filter(knob -> knob.condition().isPresent()).count();
    table.row(
        "space",
        Sentence.of(
            "{} knob{|s}{}, at most {} designs",
            description.knobs().size(),
            conditional == 0 ? "" : " (" + conditional + " of them conditional)",
            most.bitLength() < Long.SIZE
                ? Units.count(most.longValue())
                : Units.brief(most.doubleValue())));
    table.row(
        "search",
        Sentence.of(
            "{}, {} island{|s}, seed {}, budget {} designs",
            header.engine(),
            header.islands(),
            Long.toString(header.seed()),
            header.budget()));
    table.row(
        "models",
        header.version()
            + (ModelVersion.isOurs(header.version())
                ? ", this program's"
                : ", not this program's " + ModelVersion.text()));
  }

  private static String state(RunSummary run) {
    String reason = run.header().map(RunSummary.Header::reason).orElse("");
    return switch (run.state()) {
      case "interrupted" ->
          "interrupted: nobody writes it and it has no end; ./kirchhoff resume " + run.address();
      case "running", "paused" -> run.state() + (reason.isEmpty() ? "" : ", " + reason);
      case "empty" -> "empty: it has no event yet";
      case "damaged" -> "damaged: nothing of it is believed";
      default -> run.state() + (reason.isEmpty() ? "" : ": " + reason);
    };
  }

  private static String values(RunDescription.KnobRange knob) {
    String values = knob.values().stream().map(JsonNode::asText).collect(Collectors.joining(", "));
    return values + knob.condition().map(text -> "  (if " + text + ")").orElse("");
  }
}
