package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.table.PivotTable;
import dev.kirchhoff.dse.table.PivotTable.Statistic;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pivot}: designs of a run by the values of two knobs. */
@Command(
    name = "pivot",
    mixinStandardHelpOptions = true,
    description =
        "Prints the best or median value of a metric over the feasible designs of a run, or their"
            + " number, by the values of two knobs.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff pivot k3f9 pe.readout.bits cell.bits TOPS/W",
      "  ./kirchhoff pivot k3f9 pe.readout interconnect area --show count"
    })
final class PivotCommand implements Callable<Integer> {
  private static final int NOTHING_FEASIBLE = 1;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run, by its id or any unique ending of it; it may be running.")
  private String run;

  @Parameters(index = "1", paramLabel = "ROWS", description = "Path of the knob of the rows.")
  private String rows;

  @Parameters(index = "2", paramLabel = "COLUMNS", description = "Path of the knob of the columns.")
  private String columns;

  @Parameters(
      index = "3",
      paramLabel = "METRIC",
      completionCandidates = WordLists.Metrics.class,
      description = "An objective of the run, or a column of a sweep: TOPS/W.")
  private String metric;

  @Option(
      names = "--show",
      paramLabel = "STATISTIC",
      completionCandidates = WordLists.Statistics.class,
      description = "best, median or count (default: best).")
  private String show = "best";

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print all three as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Statistic statistic =
        Arrays.stream(Statistic.values())
            .filter(s -> s.word().equals(show))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--show "
                            + show
                            + ": must be one of "
                            + Arrays.stream(Statistic.values())
                                .map(Statistic::word)
                                .collect(Collectors.joining(", "))));
    if (rows.equals(columns)) {
      throw new UsageException("rows and columns are the same knob, " + rows);
    }
    Console console = Console.of(command);
    PivotTable pivot = PivotTable.of(data.existing().find(run), rows, columns, metric);
    console.print(json, pivot, () -> text(pivot, statistic));
    boolean isEmpty =
        pivot.cells().stream().flatMap(List::stream).allMatch(cell -> cell.count() == 0);
    if (isEmpty) {
      console.message(
          "no design of the run is feasible; its limits: ./kirchhoff show " + run + data.words());
    }
    return isEmpty ? NOTHING_FEASIBLE : 0;
  }

  private static Page text(PivotTable pivot, Statistic statistic) {
    Optional<Metric> metric = Aggregation.metricOf(pivot.metric());
    TextTable table = new TextTable("  ");
    List<String> head = new ArrayList<>(List.of(pivot.rows()));
    head.addAll(pivot.columnValues());
    table.head(head.toArray(String[]::new));
    for (int r = 0; r < pivot.rowValues().size(); r++) {
      List<String> cells = new ArrayList<>(List.of(pivot.rowValues().get(r)));
      for (PivotTable.Cell cell : pivot.cells().get(r)) {
        cells.add(cell(cell, statistic, metric));
      }
      table.row(cells.toArray());
    }
    String of =
        switch (statistic) {
          case BEST -> (pivot.maximise() ? "highest " : "lowest ") + pivot.metric();
          case MEDIAN -> "median " + pivot.metric();
          case COUNT -> "number";
        };
    return new Page()
        .line(
            "{} of the feasible designs, by {} (down) and {} (across){}",
            of,
            pivot.rows(),
            pivot.columns(),
            pivot
                .swept()
                .map(rows -> Sentence.of(", in the log's sample of a sweep of {} designs", rows))
                .orElse(""))
        .append(table);
  }

  private static String cell(PivotTable.Cell cell, Statistic statistic, Optional<Metric> metric) {
    if (statistic == Statistic.COUNT) {
      return Units.count(cell.count());
    }
    Double value = statistic == Statistic.BEST ? cell.best() : cell.median();
    if (value == null) {
      return "-";
    }
    return metric.map(m -> m.print(value)).orElse(Units.significant(value));
  }
}
