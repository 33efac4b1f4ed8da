package dev.kirchhoff.dse.table;

import dev.kirchhoff.dse.bench.Sample;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Raw figures of a bench as a table: a row for each problem, seed, method and checkpoint. Ends of
 * an objective are empty in the rows of problems that do not have it.
 */
public final class BenchTable {
  private final List<Sample> samples;
  private final TableColumns<List<Sample>> columns;

  /** The table of some samples. */
  public BenchTable(List<Sample> samples) {
    this.samples = List.copyOf(samples);
    columns =
        new TableColumns<List<Sample>>(List::size)
            .word("problem", (rows, row) -> rows.get(row).problem())
            .word("engine", (rows, row) -> rows.get(row).engine())
            .whole("seed", (rows, row) -> rows.get(row).seed())
            .word("checkpoint", (rows, row) -> rows.get(row).checkpoint())
            .whole("designs", (rows, row) -> rows.get(row).designs())
            .number("processor_s", (rows, row) -> rows.get(row).processor_s())
            .number("share", (rows, row) -> rows.get(row).share())
            .whole("members", (rows, row) -> (long) rows.get(row).members());
    samples.stream()
        .flatMap(sample -> sample.ends().stream())
        .map(Sample.End::objective)
        .distinct()
        .forEach(
            objective -> {
              add("least_" + objective, objective, Sample.End::least);
              add("greatest_" + objective, objective, Sample.End::greatest);
            });
  }

  private void add(String name, String objective, Function<Sample.End, OptionalDouble> value) {
    columns.number(
        name,
        (rows, row) ->
            rows.get(row).ends().stream()
                .filter(end -> end.objective().equals(objective))
                .findFirst()
                .map(value)
                .orElse(OptionalDouble.empty())
                .orElse(Double.NaN));
  }

  /** The columns. */
  public List<Column> columns() {
    return columns.columns();
  }

  /**
   * Writes all rows.
   *
   * @throws IOException if they cannot be written
   */
  public int write(TableWriter writer) throws IOException {
    writer.write(columns.rows(samples));
    return samples.size();
  }
}
