package dev.kirchhoff.dse.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Accuracy of a network on simulated chips of a design.
 *
 * @param title network and design
 * @param data samples that it was judged on
 * @param draws chips that were drawn
 * @param trained the network as trained
 * @param quantised the network on ideal hardware
 * @param ages accuracy after some times
 * @param layers the layers at the design's age
 * @param estimate estimated loss at the design's age
 * @param costs what single effects cost at the design's age; empty if not asked for
 */
public record SimulationReport(
    String title,
    String data,
    int draws,
    Score trained,
    Score quantised,
    List<Age> ages,
    List<LayerRow> layers,
    Optional<Band> estimate,
    List<Cost> costs) {

  /**
   * Accuracy after a time.
   *
   * @param name the time in words
   * @param age_s the time since programming
   * @param isDesigns whether it is the age that the design is judged at
   * @param score accuracy
   */
  public record Age(String name, double age_s, boolean isDesigns, Score score) {}

  /**
   * Noise of a layer.
   *
   * @param error simulated
   * @param estimate_dB the analytic estimate
   */
  public record LayerRow(LayerError error, OptionalDouble estimate_dB) {}

  /**
   * Accuracy cost of an effect.
   *
   * @param effect its name
   * @param alone on otherwise ideal hardware
   * @param without hardware with everything but it
   */
  public record Cost(String effect, Measured alone, Measured without) {}

  /** Accuracy at the design's age. */
  public Score atAge() {
    return ages.stream().filter(Age::isDesigns).findFirst().orElseThrow().score();
  }

  /** Loss of the chips at the design's age against the trained network. */
  public double loss() {
    return trained.mean() - atAge().mean();
  }

  /** Difference of accuracies that may be chance. */
  public double chance() {
    return Confidence.chance(atAge().mean(), atAge().items() / draws);
  }

  /** The report as {@code simulate --json} prints it; shares are 0..1. */
  public Document document() {
    return new Document(
        title,
        data,
        draws,
        ScoreReport.of(trained, 1),
        ScoreReport.of(quantised, 1),
        ages.stream()
            .map(
                age ->
                    new AgeReport(
                        age.name(),
                        age.age_s(),
                        age.isDesigns(),
                        ScoreReport.of(age.score(), draws)))
            .toList(),
        layers.stream()
            .map(
                row ->
                    new LayerReport(row.error().layer(), row.error().snr_dB(), row.estimate_dB()))
            .toList(),
        loss(),
        estimate.map(at -> new EstimatedLoss(at.nominal(), at.low(), at.high())),
        costs.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(chance()),
        costs.stream()
            .map(
                cost ->
                    new CostReport(
                        cost.effect(),
                        ScoreReport.of(cost.alone().score(), draws),
                        ScoreReport.of(cost.without().score(), draws)))
            .toList());
  }

  /**
   * The report in JSON.
   *
   * @param loss accuracy lost at the design's age
   * @param chance difference of accuracies that may be chance; absent without costs
   */
  public record Document(
      String title,
      String data,
      int draws,
      ScoreReport trained,
      ScoreReport quantised,
      List<AgeReport> ages,
      List<LayerReport> layers,
      double loss,
      Optional<EstimatedLoss> estimate,
      OptionalDouble chance,
      List<CostReport> costs) {}

  /** Accuracy after a time. */
  public record AgeReport(
      String name, double age_s, boolean isDesigns, @JsonUnwrapped ScoreReport score) {}

  /** Simulated and estimated noise of a layer. */
  public record LayerReport(String layer, double snr_dB, OptionalDouble estimate_dB) {}

  /** Estimated loss with the ends of its band. */
  public record EstimatedLoss(double loss, double low, double high) {}

  /** Accuracy with one effect alone, and with all but it. */
  public record CostReport(String effect, ScoreReport alone, ScoreReport without) {}
}
