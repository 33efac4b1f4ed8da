package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.ChipFit;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Errors of the accuracy estimate against simulated chips.
 *
 * @param title network and space
 * @param items samples that a design's chips were judged on together
 * @param settings seeds and chips
 * @param refused designs that cannot be simulated
 * @param bestOf every second design is the best of this many by the estimate
 * @param model the network's model of accuracy
 * @param rows the designs
 */
public record EstimateReport(
    String title,
    int items,
    AccuracyStudy.Settings settings,
    int refused,
    int bestOf,
    AccuracyModel model,
    List<Row> rows) {
  /** Limits on the loss at which acceptance is reported. */
  public static final List<Double> LIMITS = List.of(0.01, 0.02, 0.05, 0.1);

  public EstimateReport {
    rows = List.copyOf(rows);
  }

  /**
   * A design.
   *
   * @param knobs its values by path
   * @param trained accuracy of the trained network on the samples
   * @param quantised the same of the quantised network on ideal hardware
   * @param measured its simulated chips
   * @param snr_dB estimated signal-to-noise ratio of the network's output; empty without one
   * @param estimate the estimate of its loss; empty without one
   * @param noise estimated noise of the layers, in the order of those measured
   */
  public record Row(
      Map<String, String> knobs,
      double trained,
      double quantised,
      Measured measured,
      OptionalDouble snr_dB,
      Optional<Band> estimate,
      List<Noise> noise) {
    /** Accuracy that its chips lose. */
    public double loss() {
      return trained - measured.score().mean();
    }

    /** Estimated loss beside the simulated one. */
    private Optional<EstimateError.Pair> pair() {
      return estimate.map(band -> new EstimateError.Pair(band.nominal(), loss()));
    }

    /** True if the simulated loss is in the estimate's band. */
    private boolean isInBand() {
      return estimate.filter(band -> band.low() <= loss() && loss() <= band.high()).isPresent();
    }

    /** True if a limit on the loss lets it pass: the high end of the band is within it. */
    private boolean isAccepted(double limit) {
      return estimate.filter(band -> band.high() <= limit).isPresent();
    }
  }

  private List<EstimateError.Pair> pairs() {
    return rows.stream().map(Row::pair).flatMap(Optional::stream).toList();
  }

  /** Error of the estimate over the designs that have one; empty without such. */
  public Optional<EstimateError> error() {
    List<EstimateError.Pair> pairs = pairs();
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(EstimateError.of(Metric.ACCURACY_LOSS, pairs));
  }

  /**
   * The network's model fitted to these chips: to what their hardware loses of what the quantised
   * network has on the same samples, which of a few hundred may be a point more or less than it is.
   *
   * @throws IllegalArgumentException if there are too few
   */
  public AccuracyModel fitted() {
    return ChipFit.fit(
        model,
        rows.stream()
            .map(r -> new ChipFit.Chip(r.noise(), r.quantised() - r.measured().score().mean()))
            .toList());
  }

  /** Correlation of the ranks of estimates and of simulated losses. */
  public OptionalDouble rankCorrelation() {
    return error().map(EstimateError::rankCorrelation).orElse(OptionalDouble.empty());
  }

  /** Median |estimated − simulated loss|. */
  public OptionalDouble medianError() {
    double[] errors =
        pairs().stream().mapToDouble(p -> Math.abs(p.estimate() - p.measured())).sorted().toArray();
    return errors.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(errors[errors.length / 2]);
  }

  /** Share of the designs with an estimate whose simulated loss is in its band. */
  public OptionalDouble inBand() {
    long estimated = count(r -> r.estimate().isPresent());
    return estimated == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) count(Row::isInBand) / estimated);
  }

  /** Designs that a limit on the loss lets pass: the high end of the band is within it. */
  public long accepted(double limit) {
    return count(r -> r.isAccepted(limit));
  }

  /** Designs that pass a limit and lose more. */
  public long acceptedWrongly(double limit) {
    return count(r -> r.isAccepted(limit) && r.loss() > limit);
  }

  /** Designs with an estimate that do not pass a limit and lose no more. */
  public long rejectedWrongly(double limit) {
    return count(r -> r.estimate().isPresent() && !r.isAccepted(limit) && r.loss() <= limit);
  }

  /** Designs that lose no more than a limit. */
  public long within(double limit) {
    return count(r -> r.loss() <= limit);
  }

  private long count(Predicate<Row> isCounted) {
    return rows.stream().filter(isCounted).count();
  }

  /** Simulated over estimated signal-to-noise ratio of a layer; empty where products are exact. */
  public static OptionalDouble excess_dB(Row row, int layer) {
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
        settings.draws(),
        settings.seed(),
        rows.size(),
        refused,
        bestOf,
        rankCorrelation(),
        error().stream().mapToDouble(EstimateError::absolute).findFirst(),
        error().stream().mapToDouble(EstimateError::bias).findFirst(),
        medianError(),
        inBand(),
        LIMITS.stream()
            .map(
                limit ->
                    new LimitReport(
                        limit, accepted(limit), acceptedWrongly(limit), rejectedWrongly(limit)))
            .toList(),
        rows.stream().map(DesignReport::of).toList());
  }

  /** The report in JSON. */
  public record Document(
      String title,
      int items,
      int draws,
      long seed,
      int designs,
      int refused,
      int bestOf,
      OptionalDouble rankCorrelation,
      OptionalDouble meanError,
      OptionalDouble bias,
      OptionalDouble medianError,
      OptionalDouble inBand,
      List<LimitReport> limits,
      List<DesignReport> rows) {}

  /** Designs that a limit on the loss lets pass, and its mistakes. */
  public record LimitReport(
      double limit, long accepted, long acceptedWrongly, long rejectedWrongly) {}

  /**
   * A design.
   *
   * @param low lower end of the loss's interval
   * @param high upper end of the loss's interval
   * @param estimate estimated loss; it and its band are absent without one
   */
  public record DesignReport(
      Map<String, String> knobs,
      double trained,
      double quantised,
      double loss,
      double low,
      double high,
      OptionalDouble estimate,
      OptionalDouble snr_dB,
      OptionalDouble estimateLow,
      OptionalDouble estimateHigh,
      List<LayerReport> layers) {

    private static DesignReport of(Row row) {
      Confidence interval = row.measured().score().confidence(1);
      return new DesignReport(
          row.knobs(),
          row.trained(),
          row.quantised(),
          row.loss(),
          row.trained() - interval.high(),
          row.trained() - interval.low(),
          end(row.estimate(), Band::nominal),
          row.snr_dB(),
          end(row.estimate(), Band::low),
          end(row.estimate(), Band::high),
          IntStream.range(0, row.noise().size())
              .mapToObj(l -> LayerReport.of(row.measured().layers().get(l), row.noise().get(l)))
              .toList());
    }
  }

  private static OptionalDouble end(Optional<Band> estimate, ToDoubleFunction<Band> end) {
    return estimate.stream().mapToDouble(end).findFirst();
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
