package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Service that analyses designs of runs from their headers and ordinals: what-if, neighbours,
 * errors and joint comparison. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Every method throws {@link IllegalArgumentException} where the run was made by another model
 * version, ordinals do not fit the header, or two designs have no common measure; the message is
 * for the user.
 */
public interface DesignAnalysis {

  /**
   * Evaluates a design with changes.
   *
   * @return its figures, or the reasons why it cannot be built
   */
  Variant variant(LoggedDesign design, Change change);

  /**
   * Evaluates all designs one knob away: the next values of knobs with an order, every other value
   * of knobs without.
   */
  List<Neighbour> neighbours(LoggedDesign design);

  /** The sources that the objectives of a design err by, the largest share first. */
  List<ObjectiveErrors> errors(LoggedDesign design);

  /** The constants of circuit files that the figures of a design lean on. */
  List<FigureConstants> constants(LoggedDesign design);

  /** Compares two designs in joint draws of the models' errors. */
  DesignComparison compare(LoggedDesign a, LoggedDesign b);

  /**
   * Attributes the differences of two designs of one space to the knobs that differ; empty for
   * designs of two spaces.
   */
  List<KnobEffect> effects(LoggedDesign a, LoggedDesign b);

  /** Compares two runs by their fronts. */
  RunComparison compare(RunFront a, RunFront b);

  /** Devices and networks of the catalogue that a design can be changed to. */
  Alternatives alternatives();

  /**
   * A design of a run.
   *
   * @param run id of the run
   * @param header header of the run
   * @param index index of the design in the run
   * @param knobs ordinals of the design
   */
  record LoggedDesign(String run, RunEvent.Run header, long index, List<Integer> knobs) {
    public LoggedDesign {
      knobs = List.copyOf(knobs);
    }

    /** The ordinals as an array. */
    public int[] ordinals() {
      return knobs.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /**
   * Changes of a design, in this order.
   *
   * @param moves knobs with new ordinals, one after another
   * @param settings {@code path=value} of the resolved spec, as {@code --set} takes them
   */
  record Change(List<KnobMove> moves, List<String> settings) {
    /** No change. */
    public static final Change NONE = new Change(List.of(), List.of());

    public Change {
      moves = List.copyOf(moves);
      settings = List.copyOf(settings);
    }
  }

  /**
   * A knob with its new ordinal. Knobs that come into existence keep the value that the design had
   * at their path, or the nearest number, or else start.
   */
  record KnobMove(int knob, int ordinal) {}

  /**
   * A changed design.
   *
   * @param knobs ordinals after the moves
   * @param details figures, trees and layers; empty if the design cannot be built
   * @param limits slack of each limit
   * @param refusals reasons why it cannot be built
   */
  record Variant(
      List<Integer> knobs,
      Optional<Explainer.Details> details,
      List<LimitSlack> limits,
      List<String> refusals) {
    public Variant {
      knobs = List.copyOf(knobs);
      limits = List.copyOf(limits);
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * Slack of a limit.
   *
   * @param limit text of the constraint, or the physical limit in words
   * @param slack amount to spare, negative = missed; absent where the limit does not concern the
   *     design
   * @param share slack over the limit; absent where the limit is zero
   * @param unit unit of the slack
   * @param isMet whether the design holds it
   */
  record LimitSlack(
      String limit, OptionalDouble slack, OptionalDouble share, String unit, boolean isMet) {}

  /**
   * A design one knob away.
   *
   * @param knob the knob that differs
   * @param ordinal its ordinal
   * @param knobs ordinals of the whole design
   * @param values values of the objectives
   * @param totals recorded metrics by key
   * @param missed limits that it misses
   */
  record Neighbour(
      int knob,
      int ordinal,
      List<Integer> knobs,
      List<Double> values,
      Map<String, Double> totals,
      List<LimitSlack> missed) {
    public Neighbour {
      knobs = List.copyOf(knobs);
      values = List.copyOf(values);
      totals = Map.copyOf(totals);
      missed = List.copyOf(missed);
    }
  }

  /** Sources that an objective errs by. */
  record ObjectiveErrors(String name, String key, List<SourceEffect> sources) {
    public ObjectiveErrors {
      sources = List.copyOf(sources);
    }
  }

  /**
   * A source of error of an objective.
   *
   * @param model circuit model of the library
   * @param family circuits that err alike
   * @param quantity energy, time or area
   * @param share share in the variance of the objective's logarithm, 0..1
   * @param low objective at the low end of the source's band over its nominal value
   * @param high objective at the high end over its nominal value
   * @param reason disagreement with its source
   */
  record SourceEffect(
      String model,
      String family,
      String quantity,
      double share,
      double low,
      double high,
      String reason) {}

  /**
   * Effect of a knob between two designs: the mean of its effect on A and of its effect on B, with
   * all other knobs as they are there. Knobs that exist under one value of it alone move with it.
   *
   * @param path path of the knob; of knobs of layers without the layer
   * @param a values in A
   * @param b values in B
   * @param effects by objective ln(A/B) on a logarithmic axis, A − B on a linear one; absent where
   *     a design cannot be built
   */
  record KnobEffect(String path, List<JsonNode> a, List<JsonNode> b, List<OptionalDouble> effects) {
    public KnobEffect {
      a = List.copyOf(a);
      b = List.copyOf(b);
      effects = List.copyOf(effects);
    }
  }

  /** Entries of the catalogue by kind. */
  record Alternatives(List<Alternative> devices, List<Alternative> networks) {
    public Alternatives {
      devices = List.copyOf(devices);
      networks = List.copyOf(networks);
    }
  }

  /** An entry of the catalogue with what it is. */
  record Alternative(String name, String title) {}
}
