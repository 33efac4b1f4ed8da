package dev.kirchhoff.dse.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Accuracy by bits of the converters.
 *
 * @param title network and design
 * @param data samples that it was judged on
 * @param draws chips that were drawn
 * @param quantised the network on ideal hardware, which losses are against
 * @param limit loss that is allowed, of 1
 * @param kinds converters by kind
 */
public record BitsReport(
    String title, String data, int draws, Score quantised, double limit, List<OfKind> kinds) {
  /**
   * A number of bits.
   *
   * @param bits bits of a code
   * @param score simulated accuracy
   * @param loss accuracy lost against ideal hardware, of 1
   * @param estimate estimated loss, of 1
   */
  public record Row(int bits, Score score, double loss, Optional<Band> estimate) {
    /** True if there is an estimate. */
    public boolean isEstimated() {
      return estimate.isPresent();
    }

    private OptionalDouble estimated(ToDoubleFunction<Band> end) {
      return estimate.stream().mapToDouble(end).findFirst();
    }
  }

  /**
   * Converters of a kind.
   *
   * @param kind word of the kind
   * @param rows by bits, falling
   * @param estimated fewest bits whose estimated loss is allowed, as that of all more bits
   */
  public record OfKind(String kind, List<Row> rows, Optional<Integer> estimated) {
    public OfKind {
      rows = List.copyOf(rows);
    }

    /** Fewest bits whose simulated loss is allowed, as that of all more bits. */
    public Optional<Integer> simulated(double limit) {
      Optional<Integer> fewest = Optional.empty();
      for (Row row : rows) {
        if (row.loss() > limit) {
          return fewest;
        }
        fewest = Optional.of(row.bits());
      }
      return fewest;
    }

    /** True if there is an estimate of some of them. */
    public boolean isEstimated() {
      return rows.stream().anyMatch(Row::isEstimated);
    }
  }

  /** The report as {@code simulate --min-bits --json} prints it; shares are 0..1. */
  public Document document() {
    return new Document(
        title,
        data,
        draws,
        limit,
        ScoreReport.of(quantised, 1),
        kinds.stream().map(this::converter).toList());
  }

  private ConverterReport converter(OfKind kind) {
    return new ConverterReport(
        kind.kind(),
        kind.simulated(limit),
        kind.isEstimated() ? kind.estimated() : Optional.empty(),
        kind.rows().stream()
            .map(
                row ->
                    new BitsRow(
                        row.bits(),
                        ScoreReport.of(row.score(), draws),
                        row.loss(),
                        row.estimated(Band::nominal),
                        row.estimated(Band::low),
                        row.estimated(Band::high)))
            .toList());
  }

  /** The report in JSON. */
  public record Document(
      String title,
      String data,
      int draws,
      double allowedLoss,
      ScoreReport quantised,
      List<ConverterReport> converters) {}

  /** Converters of a kind. */
  public record ConverterReport(
      String kind,
      Optional<Integer> fewestBits,
      Optional<Integer> fewestBitsEstimated,
      List<BitsRow> rows) {}

  /** A number of bits. */
  public record BitsRow(
      int bits,
      @JsonUnwrapped ScoreReport score,
      double loss,
      OptionalDouble estimatedLoss,
      OptionalDouble estimatedLossLow,
      OptionalDouble estimatedLossHigh) {}
}
