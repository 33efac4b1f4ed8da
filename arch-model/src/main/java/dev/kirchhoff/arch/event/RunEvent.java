package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Event of a run. Durable events are lines of the run log; the same data travel through Kafka.
 * Unknown fields are ignored, so that a later version may add some.
 */
public sealed interface RunEvent {

  /**
   * The header and state of a run. The whole header travels each time, because compaction keeps
   * only the last.
   *
   * @param state {@code running}, {@code paused}, {@code finished}, {@code failed} or {@code
   *     stopped}
   * @param reason why it is in that state, in words; empty if there is nothing to say
   * @param version model version
   * @param seed root seed
   * @param budget unique designs to evaluate at most
   * @param engine name of the engine
   * @param islands number of islands
   * @param spec resolved spec, as JSON
   * @param files files that the spec refers to, with digests
   * @param knobs the knobs, in the order of ordinals
   * @param objectives the objectives' names, in the order of values
   * @param constraints the constraints' texts, in the order of violations; commands to the search
   *     replace texts and append further ones, so that older events have fewer columns
   * @param name name of the spec
   * @param axes unit and direction of each objective, in the order of values
   * @param draws how sure the members of the last front are; absent until a run has ended, and in
   *     logs that know no draws
   * @param recorded columns that evaluations carry beside objectives; absent in logs that have none
   * @param warmStart designs of an earlier run that the search evaluates first; absent without
   * @param proved distance that its front may have from the true one; absent where nothing is known
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Run(
      String state,
      String reason,
      String version,
      long seed,
      long budget,
      String engine,
      int islands,
      JsonNode spec,
      List<FileDigest> files,
      List<KnobHeader> knobs,
      List<String> objectives,
      List<String> constraints,
      String name,
      List<Axis> axes,
      Draws draws,
      Recorded recorded,
      WarmStart warmStart,
      Proved proved)
      implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.run.v1";

    /** The header of a run whose front has not been drawn. */
    public Run(
        String state,
        String reason,
        String version,
        long seed,
        long budget,
        String engine,
        int islands,
        JsonNode spec,
        List<FileDigest> files,
        List<KnobHeader> knobs,
        List<String> objectives,
        List<String> constraints,
        String name,
        List<Axis> axes) {
      this(
          state,
          reason,
          version,
          seed,
          budget,
          engine,
          islands,
          spec,
          files,
          knobs,
          objectives,
          constraints,
          name,
          axes,
          null,
          null,
          null,
          null);
    }

    /** This run under other terms: its budget and the texts of its constraints. */
    public Run under(long budget, List<String> constraints) {
      return new Run(
          state,
          reason,
          version,
          seed,
          budget,
          engine,
          islands,
          spec,
          files,
          knobs,
          objectives,
          constraints,
          name,
          axes,
          draws,
          recorded,
          warmStart,
          proved);
    }

    /** This run in another state, with its reason and its draws. */
    public Run in(String state, String reason, Draws draws) {
      return new Run(
          state,
          reason,
          version,
          seed,
          budget,
          engine,
          islands,
          spec,
          files,
          knobs,
          objectives,
          constraints,
          name,
          axes,
          draws,
          recorded,
          warmStart,
          proved);
    }

    /** This run with columns that its evaluations carry. */
    public Run recording(Recorded columns) {
      return new Run(
          state,
          reason,
          version,
          seed,
          budget,
          engine,
          islands,
          spec,
          files,
          knobs,
          objectives,
          constraints,
          name,
          axes,
          draws,
          columns,
          warmStart,
          proved);
    }

    /** True if the models give a design the figures that they give it under another header. */
    public boolean hasModelsOf(Run other) {
      return Objects.equals(version, other.version)
          && Objects.equals(spec, other.spec)
          && Objects.equals(axes, other.axes);
    }

    /** This run with designs that its search evaluates first. */
    public Run startingWith(WarmStart designs) {
      return new Run(
          state,
          reason,
          version,
          seed,
          budget,
          engine,
          islands,
          spec,
          files,
          knobs,
          objectives,
          constraints,
          name,
          axes,
          draws,
          recorded,
          designs,
          proved);
    }

    /** This run with the distance that its front may have from the true one. */
    public Run proving(Proved distance) {
      return new Run(
          state,
          reason,
          version,
          seed,
          budget,
          engine,
          islands,
          spec,
          files,
          knobs,
          objectives,
          constraints,
          name,
          axes,
          draws,
          recorded,
          warmStart,
          distance);
    }
  }

  /**
   * Distance that the front of a run may have from the true one, by bounds of all designs.
   *
   * @param gap share by which a design may be ahead of each member in every objective at once
   * @param blocks blocks of designs that were bounded: all of the space
   * @param evaluated designs that were evaluated whole for it
   * @param found designs of the run that the bounds led to
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Proved(double gap, long blocks, long evaluated, long found) {}

  /**
   * Designs of the front of an earlier run, with the knobs of this one.
   *
   * @param run id of the earlier run
   * @param designs ordinals of each design, in the order of this run's knobs
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record WarmStart(String run, List<List<Integer>> designs) {
    public WarmStart {
      designs = designs.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Columns that evaluations carry beside objectives and violations, in their order.
   *
   * @param metrics metrics that the spec names
   * @param slacks signed slack of each constraint, negative = missed
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Recorded(List<Column> metrics, List<Column> slacks) {
    /** No columns. */
    public static final Recorded NONE = new Recorded(null, null);

    public Recorded {
      metrics = metrics == null ? List.of() : List.copyOf(metrics);
      slacks = slacks == null ? List.of() : List.copyOf(slacks);
    }

    /** Number of columns. */
    public int size() {
      return metrics.size() + slacks.size();
    }

    /** All columns: metrics, slacks. */
    public List<Column> all() {
      List<Column> all = new ArrayList<>(metrics);
      all.addAll(slacks);
      return all;
    }
  }

  /**
   * A column of figures.
   *
   * @param key key of the figure, unique in a run: {@code energy_uJ}, {@code parts.energy_uJ.sar}
   * @param name name for people
   * @param unit unit of the figures; empty for counts and ratios
   * @param factor calibration factor that the figures of a family hold; absent = 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Column(String key, String name, String unit, Double factor) {

    /** A column that holds no calibration factor. */
    public Column(String key, String name, String unit) {
      this(key, name, unit, null);
    }
  }

  /**
   * The members of a front in joint draws of the models' errors, in columns.
   *
   * @param count number of draws; their seed is the run's
   * @param index index of each member in the run
   * @param onFront share of draws in which it meets every constraint and no other drawn design that
   *     does dominates it
   * @param feasible share of draws in which it meets every constraint
   * @param rivals designs off the front that were drawn with it
   * @param contests values of knobs whose values are names, for the best of each objective
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Draws(
      int count,
      List<Long> index,
      List<Double> onFront,
      List<Double> feasible,
      Rivals rivals,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Contest> contests) {
    public Draws {
      index = orEmpty(index);
      onFront = orEmpty(onFront);
      feasible = orEmpty(feasible);
      rivals = rivals == null ? new Rivals(0, List.of(), List.of(), List.of()) : rivals;
      contests = contests == null ? List.of() : List.copyOf(contests);
    }
  }

  /**
   * Designs off a front in its joint draws, in columns: those that are on it in some.
   *
   * @param drawn designs off the front that were drawn
   * @param index index of each rival in the run, the strongest first
   * @param onFront share of draws in which it is on the front
   * @param feasible share of draws in which it meets every constraint
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Rivals(int drawn, List<Long> index, List<Double> onFront, List<Double> feasible) {
    public Rivals {
      index = orEmpty(index);
      onFront = orEmpty(onFront);
      feasible = orEmpty(feasible);
    }
  }

  private static <T> List<T> orEmpty(List<T> column) {
    return column == null ? List.of() : List.copyOf(column);
  }

  /**
   * Values of one knob for the best figure of one objective.
   *
   * @param knob path of the knob
   * @param objective name of the objective
   * @param best the value whose design has the best nominal figure
   * @param others the other values, the strongest first
   * @param isTie whether the best value is before every other in less than nine of ten draws
   * @param turns errors of one circuit model that make another value the better one
   * @param alternatives settings that the spec does not vary and that do so
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Contest(
      String knob,
      String objective,
      Contender best,
      List<Contender> others,
      boolean isTie,
      List<Turn> turns,
      List<Alternative> alternatives) {
    /** Share of draws from which on a value is before another. */
    public static final double SURE = 0.9;

    public Contest {
      others = List.copyOf(others);
      turns = List.copyOf(turns);
      alternatives = List.copyOf(alternatives);
    }

    /** Values that tie with the best; empty where it wins. */
    @JsonIgnore
    public List<Contender> ties() {
      return others.stream().filter(other -> other.behind() < SURE).toList();
    }
  }

  /**
   * A value of a knob.
   *
   * @param value the value as printed
   * @param index its design of the best nominal figure
   * @param figure that figure, in metric units
   * @param behind share of draws in which the best value is before this one; 0 for itself
   */
  record Contender(String value, long index, double figure, double behind) {}

  /**
   * A setting that turns a contest.
   *
   * @param setting path and value, as {@code --set} takes them
   * @param to the value that is better then
   */
  record Alternative(String setting, String to) {}

  /**
   * An error of a circuit model that turns a contest.
   *
   * @param model circuit
   * @param quantity energy, time or area
   * @param factor factor nearest to 1 from which on the other value is better
   * @param low low end of the model's band
   * @param high high end
   * @param to the value that is better then
   */
  record Turn(String model, String quantity, double factor, double low, double high, String to) {}

  /**
   * A file with its digest.
   *
   * @param name file name
   * @param sha256 digest of its bytes, hexadecimal
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record FileDigest(String name, String sha256) {}

  /**
   * A knob.
   *
   * @param path path in the spec
   * @param values its values by ordinal: numbers, or text as printed
   * @param start ordinal it starts at
   * @param condition what must hold for it to exist, {@code pe.readout = sar}; empty if it always
   *     does
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record KnobHeader(String path, List<JsonNode> values, int start, String condition) {}

  /**
   * Unit and direction of an objective.
   *
   * @param name metric name, {@code TOPS/W}
   * @param key key in results, {@code energyEfficiency_TOPSperW}
   * @param unit unit of the values
   * @param maximise direction
   * @param band end of the band that the values are of, {@code low} (pessimistic) or {@code high};
   *     absent for nominal values
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Axis(String name, String key, String unit, boolean maximise, String band) {

    /** An axis of nominal values. */
    public Axis(String name, String key, String unit, boolean maximise) {
      this(name, key, unit, maximise, null);
    }

    /** An axis of values at an end of the band. */
    public static Axis at(BandEnd end, String name, String key, String unit, boolean maximise) {
      String band = end == BandEnd.NOMINAL ? null : end.word();
      return new Axis(name, key, unit, maximise, band);
    }

    /** The metric of the values; empty for one that this version does not know. */
    public Optional<Metric> metric() {
      return key == null ? Optional.empty() : Aggregation.metricOf(key);
    }

    /** The end of the band that the values are of. */
    public BandEnd end() {
      return band == null ? BandEnd.NOMINAL : BandEnd.ofWord(band).orElse(BandEnd.NOMINAL);
    }
  }

  /**
   * Evaluated designs, in columns.
   *
   * @param first index of the first
   * @param count number of designs
   * @param round round they were evaluated in
   * @param island island that proposed them
   * @param knobs one column per knob: ordinals, −1 = the knob does not exist in the design
   * @param values one column per objective; NaN = no value
   * @param violations one column per constraint: amounts, 0 = met
   * @param shares amounts as shares of their limits, by which infeasible designs are ranked
   * @param figures further columns
   */
  record Evaluations(
      long first,
      int count,
      int round,
      int island,
      int[][] knobs,
      double[][] values,
      double[][] violations,
      float[][] shares,
      Figures figures)
      implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.evaluations.v2";

    /** Evaluations without further columns, whose violations are shares of their limits. */
    public Evaluations(
        long first,
        int count,
        int round,
        int island,
        int[][] knobs,
        double[][] values,
        double[][] violations) {
      this(
          first,
          count,
          round,
          island,
          knobs,
          values,
          violations,
          new float[violations.length][count],
          Figures.NONE);
      for (int c = 0; c < violations.length; c++) {
        for (int i = 0; i < count; i++) {
          shares[c][i] = (float) violations[c][i];
        }
      }
    }

    /** Ordinals of the design of a row. */
    public int[] ordinals(int row) {
      int[] ordinals = new int[knobs.length];
      for (int k = 0; k < ordinals.length; k++) {
        ordinals[k] = knobs[k][row];
      }
      return ordinals;
    }

    /**
     * Checks the columns against those that the header of the run names.
     *
     * @param header a header of the run
     * @param constraints constraints that the run had when it evaluated the designs
     * @throws EventFormatException if a number of columns differs, or an ordinal lies beyond the
     *     values of its knob
     */
    public void requireFit(Run header, int constraints) throws EventFormatException {
      Recorded recorded = header.recorded() == null ? Recorded.NONE : header.recorded();
      requireColumns("knobs", knobs.length, header.knobs().size());
      requireColumns("objectives", values.length, header.objectives().size());
      requireColumns("violations", violations.length, constraints);
      requireColumns("metrics", figures.metrics().length, recorded.metrics().size());
      requireColumns("slacks", figures.slacks().length, recorded.slacks().size());
      for (int k = 0; k < knobs.length; k++) {
        KnobHeader knob = header.knobs().get(k);
        for (int row = 0; row < count; row++) {
          if (knobs[k][row] >= knob.values().size()) {
            throw new EventFormatException(
                "design "
                    + (first + row)
                    + " has ordinal "
                    + knobs[k][row]
                    + " of "
                    + knob.path()
                    + ", which has "
                    + knob.values().size()
                    + " values",
                null);
          }
        }
      }
    }

    private static void requireColumns(String of, int found, int wanted)
        throws EventFormatException {
      if (found != wanted) {
        throw new EventFormatException(
            "evaluations have "
                + found
                + " columns of "
                + of
                + ", the run's header names "
                + wanted,
            null);
      }
    }

    /**
     * True if the design of a row has an objective. One that a limit refused before its evaluation
     * has none, and no costs either.
     *
     * @param values one column per objective; NaN = no value
     */
    public static boolean isValued(double[][] values, int row) {
      for (double[] column : values) {
        if (!Double.isNaN(column[row])) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Figures of evaluated designs in columns of {@link Recorded}; NaN = the design has no such
   * figure.
   *
   * @param metrics one column per metric
   * @param slacks one column per constraint, negative = missed
   */
  record Figures(float[][] metrics, float[][] slacks) {
    /** No columns, as of logs that have none. */
    public static final Figures NONE = new Figures(new float[0][], new float[0][]);

    /** All columns, in the order of {@link Recorded#all}. */
    public float[][] all() {
      float[][] all = new float[metrics.length + slacks.length][];
      System.arraycopy(metrics, 0, all, 0, metrics.length);
      System.arraycopy(slacks, 0, all, metrics.length, slacks.length);
      return all;
    }
  }

  /**
   * A change of the front.
   *
   * @param design design id
   * @param index index in the run
   * @param change {@code entered} or {@code left}
   * @param values objective values
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Front(String design, long index, String change, List<Double> values) implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.front.v1";
  }

  /**
   * End of a round: what a resumed run starts from.
   *
   * @param round round number
   * @param evaluated unique designs so far
   * @param requested designs asked for so far, repeats included
   * @param front members of the front
   * @param hypervolume hypervolume of the front, 0..1
   * @param engineState state of the engine
   * @param cut new designs after which a command or the end of the time ended the round on each
   *     island; −1 = the island did all of its round; 0 = it is left out, behind an island that the
   *     time cut; absent where no island was cut
   * @param swept rows of a large sweep, of which the evaluations are a sample; absent in all other
   *     runs
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Round(
      int round,
      long evaluated,
      long requested,
      int front,
      double hypervolume,
      JsonNode engineState,
      List<Integer> cut,
      Swept swept)
      implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.round.v1";

    /** Word of the log, a column of numbers, for an island that did all of its round. */
    private static final int WHOLE = -1;

    /**
     * The column {@code cut} of an event.
     *
     * @param cuts new designs after which each island was cut; empty where it did all of its round
     */
    public static List<Integer> cutColumn(List<OptionalInt> cuts) {
      return cuts.stream().map(cut -> cut.orElse(WHOLE)).toList();
    }

    /** New designs after which each island was cut; empty where it did all of its round. */
    public List<OptionalInt> cuts() {
      return cut.stream()
          .map(each -> each == WHOLE ? OptionalInt.empty() : OptionalInt.of(each))
          .toList();
    }

    /** A round that nothing cut. */
    public Round(
        int round,
        long evaluated,
        long requested,
        int front,
        double hypervolume,
        JsonNode engineState) {
      this(round, evaluated, requested, front, hypervolume, engineState, null, null);
    }
  }

  /**
   * Rows of a large sweep so far, all of them, whether the log keeps them or not.
   *
   * @param rows their number
   * @param feasible rows that meet every constraint and have every value
   * @param valueless rows that miss no constraint but lack a value
   * @param missed for each constraint the number of rows that miss it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Swept(long rows, long feasible, long valueless, List<Long> missed) {
    public Swept {
      missed = missed == null ? List.of() : List.copyOf(missed);
    }
  }

  /**
   * The details of one design.
   *
   * @param design design id
   * @param index index in the run
   * @param totals metric key to value
   * @param tree cost trees by metric key
   * @param layers one row a layer
   * @param fidelity signal-to-noise and accuracy
   * @param bands metric key to {@code {low, nominal, high}} where sources disagree; absent in logs
   *     that know no bands
   * @param accuracy what simulated chips of the design made of a network's samples; absent until
   *     they were simulated
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DesignDetails(
      String design,
      long index,
      JsonNode totals,
      JsonNode tree,
      JsonNode layers,
      JsonNode fidelity,
      JsonNode bands,
      Accuracy accuracy)
      implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.design.v1";
  }

  /**
   * Decisions of one network on simulated chips of a design.
   *
   * @param network name of the network
   * @param accuracy share of samples that were right; absent where samples have no labels
   * @param loss accuracy lost against the trained network on the same samples, below 0 where the
   *     chips happen to be better; absent where samples have no labels
   * @param estimatedLoss loss by the analytic estimate; absent if there is none
   * @param agreement share of decisions that equal the trained network's; absent in older logs
   * @param estimatedAgreement agreement by the analytic estimate; absent if there is none
   * @param missed constraint of the run that the chips miss with all of their interval; absent if
   *     they miss none
   * @param samples samples that it was judged on
   * @param draws chips that were drawn; each ran all samples
   * @param seed seed of the draws
   * @param age_s time since programming
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Accuracy(
      String network,
      Sampled accuracy,
      Sampled loss,
      Double estimatedLoss,
      Sampled agreement,
      Double estimatedAgreement,
      String missed,
      int samples,
      int draws,
      long seed,
      double age_s) {

    /** True if it holds a figure: agreement, or accuracy and loss. */
    @JsonIgnore
    public boolean isCounted() {
      return agreement != null || accuracy != null && loss != null;
    }

    /**
     * Error of the estimates of simulated designs: of their agreements where any has both, else of
     * their losses; empty where nothing was estimated.
     */
    public static Optional<EstimateError> errorOfEstimates(Collection<Accuracy> simulated) {
      List<EstimateError.Pair> agreements =
          pairs(simulated, Accuracy::estimatedAgreement, Accuracy::agreement);
      if (!agreements.isEmpty()) {
        return Optional.of(EstimateError.of(Metric.AGREEMENT, agreements));
      }
      List<EstimateError.Pair> losses = pairs(simulated, Accuracy::estimatedLoss, Accuracy::loss);
      return losses.isEmpty()
          ? Optional.empty()
          : Optional.of(EstimateError.of(Metric.ACCURACY_LOSS, losses));
    }

    private static List<EstimateError.Pair> pairs(
        Collection<Accuracy> simulated,
        Function<Accuracy, Double> estimate,
        Function<Accuracy, Sampled> measured) {
      return simulated.stream()
          .filter(one -> estimate.apply(one) != null && measured.apply(one) != null)
          .map(one -> new EstimateError.Pair(estimate.apply(one), measured.apply(one).value()))
          .toList();
    }
  }

  /**
   * A share that was counted on samples, with its interval of 95 % confidence.
   *
   * @param value the share
   * @param low lower end of the interval
   * @param high upper end of the interval
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Sampled(double value, double low, double high) {}

  /**
   * A request to a running search.
   *
   * @param command id
   * @param kind what to do: {@code pause}, {@code resume}, {@code stop}, {@code constrain}, {@code
   *     release}, {@code pin}, {@code free}, {@code inject}, {@code exclude} or {@code budget}
   * @param constraint text of a constraint for {@code constrain}; for {@code release} that or its
   *     left side; for {@code exclude} the one that simulated chips miss, if they are why; else
   *     absent
   * @param knobs values by path for {@code pin} and {@code inject}; paths with any text for {@code
   *     free}; else absent
   * @param index design of the run that {@code exclude} takes off the front, or that {@code inject}
   *     changes; absent = the start design
   * @param budget unique designs to evaluate at most for {@code budget}; else absent
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Command(
      String command,
      String kind,
      String constraint,
      Map<String, String> knobs,
      Long index,
      Long budget)
      implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.command.v1";

    /** Keeps the order of the knobs. */
    public Command {
      knobs = knobs == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(knobs));
    }

    /** A command that takes a constraint or nothing. */
    public Command(String command, String kind, String constraint) {
      this(command, kind, constraint, null, null, null);
    }
  }

  /**
   * The answer to a command.
   *
   * @param command id
   * @param accepted whether it was done
   * @param reason why not
   * @param atIndex evaluations when it took effect
   * @param applied the command as applied
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Ack(String command, boolean accepted, String reason, long atIndex, JsonNode applied)
      implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.ack.v1";
  }

  /**
   * A beat of a running search; not in the log.
   *
   * @param asOf seq of the last durable event
   * @param evaluated unique designs so far
   * @param rate_perS designs a second since the last beat
   * @param heap_MB heap in use
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Progress(long asOf, long evaluated, double rate_perS, double heap_MB) implements RunEvent {
    public static final String TYPE = "dev.kirchhoff.progress.v1";
  }
}
