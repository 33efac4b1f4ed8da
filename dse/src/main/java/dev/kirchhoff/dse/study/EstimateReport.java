package dev.kirchhoff.dse.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.LayerError;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy.Measured;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Errors of the estimates of agreement and of accuracy lost against simulated chips.
 *
 * @param title network and space
 * @param items samples that each design's chips were judged on
 * @param draws chips of a design
 * @param seed seed of designs and chips
 * @param refused designs that cannot be simulated
 * @param rows the designs
 */
public record EstimateReport(
    String title, int items, int draws, long seed, int refused, List<Row> rows) {
  /** Limits on the agreement at which acceptance is reported. */
  public static final List<Double> LIMITS = List.of(0.85, 0.9, 0.95, 0.98);

  /** Agreement above which designs are worth building. */
  public static final double USEFUL = 0.85;

  public EstimateReport {
    rows = List.copyOf(rows);
  }

  /**
   * A design.
   *
   * @param knobs its values by path
   * @param measured its simulated chips
   * @param snr_dB estimated signal-to-noise ratio of the network's output; empty without one
   * @param agreement the estimate of its agreement; empty without one
   * @param loss the estimate of the accuracy that it loses; empty without one
   * @param noise estimated noise of the layers, in the order of those measured
   */
  public record Row(
      Map<String, String> knobs,
      Measured measured,
      OptionalDouble snr_dB,
      Optional<Band> agreement,
      Optional<Band> loss,
      List<Noise> noise) {
    /**
     * A design with its simulated chips and the estimates of its evaluation.
     *
     * @param network name of the network that was simulated
     */
    public static Row of(
        Map<String, String> knobs, Measured measured, Evaluation evaluation, String network) {
      Totals totals = evaluation.totals();
      boolean isAlone =
          evaluation.layers().stream().allMatch(layer -> layer.network().equals(network));
      Map<Metric, Band> bands = isAlone ? evaluation.bands() : Map.of();
      List<Noise> noise = new ArrayList<>();
      for (LayerError error : measured.layers()) {
        for (LayerResult layer : evaluation.layers()) {
          if (layer.layer().equals(error.layer()) && layer.network().equals(network)) {
            noise.add(layer.noise());
          }
        }
      }
      return new Row(
          knobs,
          measured,
          isAlone && totals.has(Metric.SNR)
              ? OptionalDouble.of(totals.value(Metric.SNR))
              : OptionalDouble.empty(),
          Optional.ofNullable(bands.get(Metric.AGREEMENT)),
          Optional.ofNullable(bands.get(Metric.ACCURACY_LOSS)),
          noise);
    }

    private Optional<Comparison> ofAgreement() {
      PairedCount count = measured.count();
      return agreement.map(band -> new Comparison(band, count.agreement()));
    }

    private Optional<Comparison> ofLoss() {
      return measured
          .count()
          .judged()
          .flatMap(judged -> loss.map(band -> new Comparison(band, judged.loss())));
    }

    private boolean isUseful() {
      return measured.count().agreement() >= USEFUL;
    }

    private boolean isAccepted(double limit) {
      return agreement.filter(band -> band.low() >= limit).isPresent();
    }
  }

  /** An estimate beside what was simulated. */
  private record Comparison(Band estimate, double simulated) {
    boolean isInBand() {
      return estimate.low() <= simulated && simulated <= estimate.high();
    }

    EstimateError.Pair pair() {
      return new EstimateError.Pair(estimate.nominal(), simulated);
    }
  }

  /**
   * Errors of the estimates of a figure.
   *
   * @param inBand share of the designs whose simulated figure is in the estimate's band
   */
  public record FigureError(@JsonUnwrapped EstimateError error, double inBand) {
    private static Optional<FigureError> of(
        Metric metric, List<Row> rows, Function<Row, Optional<Comparison>> figure) {
      List<Comparison> found = rows.stream().map(figure).flatMap(Optional::stream).toList();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      long inBand = found.stream().filter(Comparison::isInBand).count();
      return Optional.of(
          new FigureError(
              EstimateError.of(metric, found.stream().map(Comparison::pair).toList()),
              (double) inBand / found.size()));
    }
  }

  /** Error of the agreement; empty if no design has an estimate. */
  public Optional<FigureError> agreement() {
    return FigureError.of(Metric.AGREEMENT, rows, Row::ofAgreement);
  }

  /**
   * Error of the agreement of designs whose chips keep {@link #USEFUL} of the decisions or more.
   */
  public Optional<FigureError> useful() {
    return FigureError.of(
        Metric.AGREEMENT, rows.stream().filter(Row::isUseful).toList(), Row::ofAgreement);
  }

  /** Error of the accuracy lost; empty without labels or estimates. */
  public Optional<FigureError> loss() {
    return FigureError.of(Metric.ACCURACY_LOSS, rows, Row::ofLoss);
  }

  /**
   * Designs by a limit on the agreement, which the low end of the band has to hold.
   *
   * @param accepted designs that it lets pass
   * @param wrongly those of them whose chips keep less
   * @param rejectedWrongly designs that it does not let pass and whose chips keep as much
   * @param within designs whose chips keep as much
   */
  public record Limit(
      double limit,
      long accepted,
      @JsonProperty("acceptedWrongly") long wrongly,
      long rejectedWrongly,
      long within) {}

  /** Mistakes of limits. */
  public List<Limit> limits() {
    return LIMITS.stream().map(this::limit).toList();
  }

  private Limit limit(double limit) {
    Predicate<Row> isWithin = row -> row.measured().count().agreement() >= limit;
    Predicate<Row> isAccepted = row -> row.isAccepted(limit);
    Predicate<Row> isEstimated = row -> row.agreement().isPresent();
    return new Limit(
        limit,
        count(isAccepted),
        count(isAccepted.and(isWithin.negate())),
        count(isEstimated.and(isAccepted.negate()).and(isWithin)),
        count(isWithin));
  }

  private long count(Predicate<Row> isCounted) {
    return rows.stream().filter(isCounted).count();
  }

  /**
   * Errors of the estimated noise of a layer against the simulated one: estimate less simulation.
   *
   * @param designs designs in which the layer has noise
   * @param mean_dB mean; empty without such designs
   * @param spread_dB standard deviation around the mean
   */
  public record LayerFit(
      String layer, int designs, OptionalDouble mean_dB, OptionalDouble spread_dB) {}

  /** Errors of the layers. */
  public List<LayerFit> layers() {
    int count = rows.isEmpty() ? 0 : rows.get(0).noise().size();
    return IntStream.range(0, count).mapToObj(this::layer).toList();
  }

  private LayerFit layer(int layer) {
    double[] excess =
        rows.stream()
            .map(row -> excess_dB(row, layer))
            .flatMapToDouble(OptionalDouble::stream)
            .filter(Double::isFinite)
            .toArray();
    OptionalDouble mean = Arrays.stream(excess).average();
    OptionalDouble spread =
        mean.stream()
            .map(
                m ->
                    Math.sqrt(
                        Arrays.stream(excess).map(v -> (v - m) * (v - m)).sum() / excess.length))
            .findFirst();
    String name = rows.get(0).measured().layers().get(layer).layer();
    return new LayerFit(name, excess.length, mean, spread);
  }

  /** Simulated over estimated signal-to-noise ratio of a layer; empty where products are exact. */
  private static OptionalDouble excess_dB(Row row, int layer) {
    double simulated = row.measured().layers().get(layer).snr_dB();
    return simulated >= LayerError.MOST_DB
        ? OptionalDouble.empty()
        : OptionalDouble.of(simulated - row.noise().get(layer).hardware_dB());
  }

  /** The report as {@code simulate --designs --json} prints it; shares are 0..1. */
  public Document document() {
    return new Document(
        title,
        items,
        draws,
        seed,
        rows.size(),
        refused,
        agreement(),
        useful(),
        loss(),
        limits(),
        rows.stream().map(DesignReport::of).toList());
  }

  /** See {@link #document}. */
  public record Document(
      String title,
      int items,
      int draws,
      long seed,
      int designs,
      int refused,
      Optional<FigureError> agreement,
      Optional<FigureError> usefulAgreement,
      Optional<FigureError> accuracyLoss,
      List<Limit> limits,
      List<DesignReport> rows) {}

  /** A figure that was simulated, with the interval of 95 %, beside its estimate and its band. */
  public record FigureReport(
      double simulated,
      double low,
      double high,
      OptionalDouble estimate,
      OptionalDouble estimateLow,
      OptionalDouble estimateHigh) {
    private static FigureReport of(double simulated, Confidence interval, Optional<Band> estimate) {
      return new FigureReport(
          simulated,
          interval.low(),
          interval.high(),
          estimate.stream().mapToDouble(Band::nominal).findFirst(),
          estimate.stream().mapToDouble(Band::low).findFirst(),
          estimate.stream().mapToDouble(Band::high).findFirst());
    }
  }

  /**
   * A design.
   *
   * @param accuracyLoss absent without labels
   */
  public record DesignReport(
      Map<String, String> knobs,
      OptionalDouble snr_dB,
      FigureReport agreement,
      Optional<FigureReport> accuracyLoss,
      List<LayerReport> layers) {

    private static DesignReport of(Row row) {
      PairedCount count = row.measured().count();
      return new DesignReport(
          row.knobs(),
          row.snr_dB(),
          FigureReport.of(count.agreement(), count.agreementInterval(), row.agreement()),
          count
              .judged()
              .map(judged -> FigureReport.of(judged.loss(), judged.lossInterval(), row.loss())),
          IntStream.range(0, row.noise().size())
              .mapToObj(l -> LayerReport.of(row.measured().layers().get(l), row.noise().get(l)))
              .toList());
    }
  }

  /** Simulated and estimated noise of a layer. */
  public record LayerReport(
      String layer,
      double snr_dB,
      double estimate_dB,
      double quantisation,
      double rounding,
      double clipping,
      double readout,
      double cells,
      double irDrop,
      double input,
      double retainedSignal) {

    private static LayerReport of(LayerError error, Noise noise) {
      return new LayerReport(
          error.layer(),
          error.snr_dB(),
          noise.hardware_dB(),
          noise.quantisation(),
          noise.rounding(),
          noise.clipping(),
          noise.readout(),
          noise.cells(),
          noise.irDrop(),
          noise.input(),
          noise.retainedSignal());
    }
  }
}
