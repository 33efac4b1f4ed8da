package dev.kirchhoff.dse.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kirchhoff.arch.result.Band;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Accuracy by bits of the converters.
 *
 * @param title network and design
 * @param data samples that it was judged on
 * @param figure what is judged: accuracy or, without labels, agreement
 * @param draws chips that were drawn
 * @param allowedLoss loss that is allowed, of 1
 * @param quantised the network on ideal hardware, which losses are against
 * @param converters converters by kind
 * @param chance difference of accuracies that may be chance
 */
public record BitsReport(
    String title,
    String data,
    String figure,
    int draws,
    double allowedLoss,
    ScoreReport quantised,
    List<OfKind> converters,
    @JsonIgnore double chance) {
  /**
   * A number of bits.
   *
   * @param bits bits of a code
   * @param loss accuracy lost against ideal hardware, of 1
   * @param estimatedLoss estimated loss, of 1, with its band
   */
  public record Row(
      int bits,
      @JsonUnwrapped ScoreReport score,
      double loss,
      OptionalDouble estimatedLoss,
      OptionalDouble estimatedLossLow,
      OptionalDouble estimatedLossHigh) {
    static Row of(int bits, ScoreReport score, double loss, Optional<Band> estimate) {
      return new Row(
          bits,
          score,
          loss,
          estimate.stream().mapToDouble(Band::nominal).findFirst(),
          estimate.stream().mapToDouble(Band::low).findFirst(),
          estimate.stream().mapToDouble(Band::high).findFirst());
    }

    /** The estimated loss with its band. */
    public Optional<Band> estimate() {
      return estimatedLoss.stream()
          .mapToObj(
              loss ->
                  new Band(estimatedLossLow.orElseThrow(), loss, estimatedLossHigh.orElseThrow()))
          .findFirst();
    }
  }

  /**
   * Converters of a kind.
   *
   * @param kind word of the kind
   * @param fewestBits fewest bits whose simulated loss is allowed, as that of all more bits
   * @param fewestBitsEstimated the same of estimated losses; absent without estimates
   * @param rows by bits, falling
   */
  public record OfKind(
      String kind,
      Optional<Integer> fewestBits,
      Optional<Integer> fewestBitsEstimated,
      List<Row> rows) {
    static OfKind of(String kind, double limit, Optional<Integer> estimated, List<Row> rows) {
      return new OfKind(
          kind,
          rows.stream().takeWhile(row -> row.loss() <= limit).map(Row::bits).reduce((a, b) -> b),
          estimated.filter(any -> isEstimated(rows)),
          List.copyOf(rows));
    }

    private static boolean isEstimated(List<Row> rows) {
      return rows.stream().anyMatch(row -> row.estimatedLoss().isPresent());
    }

    /** True if there is an estimate of some of them. */
    @JsonIgnore
    public boolean isEstimated() {
      return isEstimated(rows);
    }
  }
}
