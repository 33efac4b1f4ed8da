package dev.kirchhoff.dse.study;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kirchhoff.arch.result.Band;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Accuracy of a network on simulated chips of a design. Where samples have no labels, all
 * accuracies are the agreement with the exact network.
 *
 * @param title network and design
 * @param data samples that it was judged on
 * @param labelled whether the samples have labels
 * @param draws chips that were drawn
 * @param trained the network as trained
 * @param quantised the network on ideal hardware
 * @param ages accuracy after some times
 * @param layers the layers at the age that is told ({@link #told})
 * @param agreement share of decisions at that age that are those of the trained network
 * @param estimatedAgreement estimated agreement at the design's age; absent at others
 * @param loss accuracy lost at that age against the trained network; absent without labels
 * @param estimate estimated loss at the design's age; absent at others
 * @param chance difference of accuracies that may be chance; absent without costs
 * @param costs what single effects cost at that age; empty if not asked for
 */
public record SimulationReport(
    String title,
    String data,
    boolean labelled,
    int draws,
    ScoreReport trained,
    ScoreReport quantised,
    List<Age> ages,
    List<LayerRow> layers,
    double agreement,
    Optional<EstimatedAgreement> estimatedAgreement,
    OptionalDouble loss,
    Optional<EstimatedLoss> estimate,
    OptionalDouble chance,
    List<Cost> costs) {

  /**
   * Accuracy after a time.
   *
   * @param name the time in words
   * @param age_s the time since programming
   * @param isDesigns whether it is the age that the design is judged at
   */
  public record Age(
      String name, double age_s, boolean isDesigns, @JsonUnwrapped ScoreReport score) {}

  /** Simulated and estimated noise of a layer. */
  public record LayerRow(String layer, double snr_dB, OptionalDouble estimate_dB) {}

  /** Estimated loss with the ends of its band. */
  public record EstimatedLoss(double loss, double low, double high) {
    public static EstimatedLoss of(Band band) {
      return new EstimatedLoss(band.nominal(), band.low(), band.high());
    }
  }

  /** Estimated agreement with the ends of its band. */
  public record EstimatedAgreement(double agreement, double low, double high) {
    public static EstimatedAgreement of(Band band) {
      return new EstimatedAgreement(band.nominal(), band.low(), band.high());
    }
  }

  /** Accuracy with one effect alone on ideal hardware, and with all but it. */
  public record Cost(String effect, ScoreReport alone, ScoreReport without) {}

  /** The age that layers, loss and costs are of: the design's, or the only one that was asked. */
  public Age told() {
    return ages.stream().filter(Age::isDesigns).findFirst().orElse(ages.get(0));
  }

  /** Accuracy at that age. */
  public ScoreReport atAge() {
    return told().score();
  }
}
