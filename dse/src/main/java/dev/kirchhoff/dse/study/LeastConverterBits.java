package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.CrossbarModel;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Search for the fewest bits of a design's converters at a loss of accuracy: simulated with one bit
 * less at a time, the same chips and samples, for each kind of converter that the spec allows.
 *
 * <p>Bits start at the most that the spec allows a kind and end at 1, or after two numbers of bits
 * in a row that lose more than is allowed. Everything else is that of the start.
 */
public final class LeastConverterBits {
  private static final String KIND = "pe.readout";
  private static final String BITS = "pe.readout.bits";
  private static final int MISSES = 2;

  private final Variants variants;
  private final DesignSpec spec;
  private final Studies studies;
  private final Progress progress;

  /** Makes the study of a chip. */
  @FunctionalInterface
  public interface Studies {
    /** The study. */
    AccuracyStudy of(CrossbarModel chip);
  }

  /** Loads the spec again with settings of its own. */
  @FunctionalInterface
  public interface Variants {
    /**
     * The spec with these settings.
     *
     * @throws SpecException with all problems of the spec
     */
    DesignSpec with(List<Setting> settings) throws SpecException;
  }

  /** Listener to a search. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Widths of converters were judged.
     *
     * @param done widths so far, simulated or left out
     * @param all widths of all kinds
     */
    void judged(long done, long all);
  }

  /**
   * A search.
   *
   * @param variants loads the spec again with other converters
   * @param spec the spec
   * @param progress listener to finished steps
   */
  public LeastConverterBits(
      Variants variants, DesignSpec spec, Studies studies, Progress progress) {
    this.variants = variants;
    this.spec = spec;
    this.studies = studies;
    this.progress = progress;
  }

  /** The kinds of converters that the spec allows, in order of their alternatives. */
  public List<ReadoutKind> kinds() {
    int[] ordinals = spec.tree().start();
    List<ReadoutKind> kinds = new ArrayList<>();
    kinds.add(readout(spec, ordinals).kind());
    for (int k = 0; k < spec.knobs().size(); k++) {
      Knob knob = spec.knobs().get(k);
      for (int o = 0; knob.path().equals(KIND) && o < knob.values().size(); o++) {
        int[] other = ordinals.clone();
        other[k] = o;
        kinds.add(readout(spec, other).kind());
      }
    }
    Set<ReadoutKind> seen = EnumSet.noneOf(ReadoutKind.class);
    kinds.removeIf(kind -> kind.isDigital() || !seen.add(kind));
    return kinds;
  }

  private static Readout readout(DesignSpec spec, int[] ordinals) {
    return spec.newBinder().bind(ordinals).chip().pe().readout();
  }

  /**
   * Simulates.
   *
   * @param network the network that is simulated
   * @param ideal its accuracy on ideal hardware
   * @param limit loss that is allowed, of 1
   * @param draws chips that a score is of
   */
  public List<BitsReport.OfKind> search(String network, double ideal, double limit, int draws)
      throws SpecException {
    List<BitsReport.OfKind> found = new ArrayList<>();
    long all = 0;
    for (ReadoutKind kind : kinds()) {
      all += mostBits(variants.with(List.of(ofKind(kind))));
    }
    long done = 0;
    for (ReadoutKind kind : kinds()) {
      progress.judged(done, all);
      found.add(ofKind(kind, network, ideal, limit, draws, done, all));
      done += mostBits(variants.with(List.of(ofKind(kind))));
    }
    if (found.isEmpty()) {
      throw new StudyException("--min-bits: the spec's readout adds bits, it has no converter");
    }
    return found;
  }

  private static Setting ofKind(ReadoutKind kind) {
    return new Setting(KIND + ".kind", kind.word(), "--min-bits");
  }

  private BitsReport.OfKind ofKind(
      ReadoutKind kind,
      String network,
      double ideal,
      double limit,
      int draws,
      long before,
      long all)
      throws SpecException {
    Setting ofKind = ofKind(kind);
    DesignSpec own = variants.with(List.of(ofKind));
    List<BitsReport.Row> rows = new ArrayList<>();
    Optional<Integer> estimated = Optional.empty();
    boolean holds = true;
    int misses = 0;
    for (int bits = mostBits(own); bits >= 1; bits--) {
      Setting ofBits = new Setting(BITS, Integer.toString(bits), "--min-bits");
      DesignSpec changed = variants.with(List.of(ofKind, ofBits));
      Design design = changed.newBinder().bind(changed.tree().start());
      Optional<Band> estimate = estimate(design, network);
      holds &= estimate.isPresent() && estimate.get().nominal() <= limit;
      estimated = holds ? Optional.of(bits) : estimated;
      if (misses < MISSES) {
        CrossbarModel chip = CrossbarModel.of(design, Prices.of(design));
        AccuracyStudy.Score score = studies.of(chip).at(design.operation().age_s());
        BitsReport.Row row =
            BitsReport.Row.of(bits, ScoreReport.of(score, draws), ideal - score.mean(), estimate);
        rows.add(row);
        misses = row.loss() <= limit ? 0 : misses + 1;
        progress.judged(before + rows.size(), all);
      }
    }
    return BitsReport.OfKind.of(kind.word(), limit, estimated, rows);
  }

  private static int mostBits(DesignSpec spec) {
    return spec.knobs().stream()
        .filter(knob -> knob.path().equals(BITS))
        .flatMap(knob -> knob.values().stream())
        .map(Integer::valueOf)
        .max(Comparator.naturalOrder())
        .orElseGet(() -> readout(spec, spec.tree().start()).bits());
  }

  /** The loss that the search would reckon with; empty where it does not know. */
  private static Optional<Band> estimate(Design design, String network) {
    Evaluation evaluation = new Evaluator().evaluate(design);
    Totals totals = evaluation.totals();
    if (totals.networks() > 1) {
      return totals
          .network(network)
          .filter(own -> own.has(Metric.ACCURACY_LOSS))
          .map(own -> own.value(Metric.ACCURACY_LOSS))
          .map(own -> new Band(own, own, own));
    }
    return totals.has(Metric.ACCURACY_LOSS)
        ? Optional.of(evaluation.band(Metric.ACCURACY_LOSS))
        : Optional.empty();
  }
}
