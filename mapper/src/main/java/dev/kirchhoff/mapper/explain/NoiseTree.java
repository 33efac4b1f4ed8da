package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.noise.InputNoise;
import dev.kirchhoff.mapper.noise.LayerNoise;
import dev.kirchhoff.mapper.noise.NoiseRatio;
import dev.kirchhoff.mapper.noise.ReadoutNoise;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.sheet.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Noise at the output of a network as a tree, over the signal's power: layer by layer, cause by
 * cause, that of the readout by those of its circuits, each with its weight. Of several networks
 * that with the most noise, whose ratio the design has.
 */
final class NoiseTree {
  private static final String UNIT = "of the signal";
  private static final String SOURCE = "docs/models.md, eq. 42";

  private NoiseTree() {}

  static CostTree of(EvaluatedDesign evaluated, List<LayerResult> results) {
    CostTree worst = null;
    for (int j = 0; j < evaluated.programs(); j++) {
      CostTree network = network(evaluated, j, results);
      worst = worst == null || network.value() > worst.value() ? network : worst;
    }
    return worst == null ? CostTree.sum("noise", UNIT, "", List.of()) : worst;
  }

  private static CostTree network(EvaluatedDesign evaluated, int j, List<LayerResult> results) {
    MappedProgram program = evaluated.program(j);
    String name = program.name();
    Optional<AccuracyModel> model = program.job().network().accuracy();
    List<NoisyLayer> layers = noisy(evaluated, j, results);
    List<CostTree> parts = new ArrayList<>();
    for (NoisyLayer layer : layers) {
      Weight weight =
          model
              .map(known -> known.weight(layer.result().layer()))
              .orElse(
                  Weight.of(
                      layer.result().layer(),
                      1.0 / layers.size(),
                      1.0 / layers.size(),
                      Structure.NONE));
      parts.add(layer(layer, weight, model.isPresent(), evaluated.prices()));
    }
    double ratio = parts.stream().mapToDouble(CostTree::value).sum();
    double snr_dB = NoiseRatio.decibel(ratio);
    String formula = String.format(Locale.ROOT, "snr %.3g dB", snr_dB);
    if (model.isPresent()) {
      formula += decisions(model.get(), snr_dB);
    }
    return CostTree.sum(name, UNIT, formula, parts);
  }

  /** Words on decisions at a ratio of the output, and how that was measured. */
  private static String decisions(AccuracyModel model, double snr_dB) {
    String words = "";
    if (model.decisions().isKnown()) {
      Point at = model.decisions().at(snr_dB);
      words +=
          String.format(
              Locale.ROOT,
              ", agreement %.1f %% (%.1f .. %.1f)",
              100 * (1 - at.loss()),
              100 * (1 - at.high()),
              100 * (1 - at.low()));
    }
    if (model.accuracy().isKnown()) {
      Point at = model.accuracy().at(snr_dB);
      words +=
          String.format(
              Locale.ROOT,
              ", accuracyLoss %.3g points (%.3g .. %.3g)",
              100 * at.loss(),
              100 * at.low(),
              100 * at.high());
    }
    return words + " by " + model.origin();
  }

  /** A layer on crossbars, and the noise of its readout and inputs by cause. */
  private record NoisyLayer(LayerResult result, ReadoutNoise readout, InputNoise input) {}

  /** Layers on crossbars; digital ones add none and do not count in the mean. */
  private static List<NoisyLayer> noisy(
      EvaluatedDesign evaluated, int j, List<LayerResult> results) {
    MappedProgram program = evaluated.program(j);
    List<Optional<LayerNoise>> noises = evaluated.noise().networks().get(j).layers();
    List<NoisyLayer> noisy = new ArrayList<>();
    for (int l = 0; l < program.layers(); l++) {
      String name = program.counts().layer(l).name();
      ReadoutNoise readout = noises.get(l).map(LayerNoise::byReadout).orElse(ReadoutNoise.NONE);
      InputNoise input = noises.get(l).map(LayerNoise::byInput).orElse(InputNoise.NONE);
      if (program.crossbarsOfCopy(l) > 0) {
        results.stream()
            .filter(layer -> layer.network().equals(program.name()))
            .filter(layer -> layer.layer().equals(name))
            .findFirst()
            .ifPresent(layer -> noisy.add(new NoisyLayer(layer, readout, input)));
      }
    }
    return noisy;
  }

  /**
   * Causes of a layer's noise.
   *
   * @param known whether the network has an accuracy model, which counts what codes leave out
   * @param prices of the chip, with the causes of the noise of a conversion
   */
  private static CostTree layer(NoisyLayer noisy, Weight weight, boolean known, PriceTable prices) {
    LayerResult layer = noisy.result();
    Noise noise = layer.noise();
    double per = known ? AccuracyModel.noiseFactor(noise.retainedSignal()) : 1;
    List<CostTree> causes = new ArrayList<>();
    double ofSteps = noise.quantisation() - noise.rounding();
    double quantisation = known ? AccuracyModel.ofNoise(ofSteps, noise.retainedSignal()) : ofSteps;
    add(causes, "quantisation", weight.ofQuantisation(), quantisation, per);
    add(causes, "clipping", weight.ofClipping(), noise.clipping(), per);
    List<CostTree> ofReadout = readout(noisy.readout(), weight.ofReadout(), per, prices);
    if (!ofReadout.isEmpty()) {
      causes.add(CostTree.sum("readout", UNIT, "", ofReadout));
    }
    List<CostTree> ofInput = new ArrayList<>();
    add(ofInput, "noise of pulses", weight.ofReadout(), noisy.input().noise(), per);
    add(ofInput, "mismatch of rows and levels", weight.ofReadout(), noisy.input().mismatch(), per);
    if (!ofInput.isEmpty()) {
      causes.add(CostTree.sum("input", UNIT, "", ofInput));
    }
    add(causes, "cells", weight.ofCells(), noise.cells(), per);
    add(causes, "rounded values", weight.ofCells(), noise.rounding(), per);
    add(causes, "IR drop", weight.ofWires(), noise.irDrop(), per);
    String retained =
        noise.retainedSignal() < 1
            ? String.format(
                Locale.ROOT, ", of which codes say %.1f %%", 100 * noise.retainedSignal())
            : "";
    return CostTree.sum(
        layer.layer(),
        UNIT,
        String.format(
            Locale.ROOT, "products %.1f dB above their noise%s", noise.snr_dB(), retained),
        causes);
  }

  /**
   * The noise of a readout, that of its converter in proportion to the causes of a conversion's.
   */
  private static List<CostTree> readout(
      ReadoutNoise noise, double weight, double per, PriceTable prices) {
    List<CostTree> causes = new ArrayList<>();
    List<NoiseTerm> conversion = prices.readoutNoise();
    double all_steps2 = NoiseTerm.sum_steps2(conversion);
    for (NoiseTerm part : conversion) {
      double share = all_steps2 > 0 ? part.steps2() / all_steps2 : 0;
      Cause cause = new Cause(part.name(), weight, share * noise.converter(), per);
      cause.of(part, noise.converter() / all_steps2).ifPresent(causes::add);
    }
    Map<Term, String> lines = prices.readoutMismatch();
    add(causes, "thermal noise of cells and front end", weight, noise.thermal(), per);
    add(causes, "virtual ground", weight, noise.virtualGround(), per);
    new Cause("offset and bow", weight, noise.offset(), per)
        .with(lines, Term.OFFSET, Term.BOW)
        .ifPresent(causes::add);
    new Cause("gain", weight, noise.gain(), per)
        .with(lines, Term.GAIN, Term.BOW)
        .ifPresent(causes::add);
    add(causes, "curvature of the cells' current", weight, noise.curvature(), per);
    return causes;
  }

  private static void add(
      List<CostTree> causes, String name, double weight, double ratio, double noiseFactor) {
    new Cause(name, weight, ratio, noiseFactor).with(Map.of()).ifPresent(causes::add);
  }

  /**
   * Cause of a layer's noise.
   *
   * @param ratio its noise over the layer's signal
   * @param noiseFactor what codes leave out
   */
  private record Cause(String name, double weight, double ratio, double noiseFactor) {
    /** A cause in steps of a code, with the line of its circuit. */
    Optional<CostTree> of(NoiseTerm term, double perStep2) {
      boolean isExplained = !term.formula().isEmpty();
      return isExplained
          ? leaf(
              Units.exact(term.steps2()) + " squared steps x " + Units.exact(perStep2),
              CostTree.EACH + term.formula(),
              term.source() + "; " + SOURCE)
          : with(Map.of());
    }

    /** A cause with lines of circuits that it follows from. */
    Optional<CostTree> with(Map<Term, String> lines, Term... terms) {
      StringJoiner text = new StringJoiner(", ", ": ", "").setEmptyValue("");
      for (Term term : terms) {
        if (lines.containsKey(term)) {
          text.add(lines.get(term));
        }
      }
      return leaf(Units.exact(ratio), text.toString(), SOURCE);
    }

    private Optional<CostTree> leaf(String ofSignal, String behind, String source) {
      // Written so that a NaN is reported too.
      if (weight * ratio <= 0) {
        return Optional.empty();
      }
      String formula = ofSignal + " of the layer's signal x weight " + Units.exact(weight);
      if (noiseFactor > 1) {
        formula += " x " + Units.exact(noiseFactor) + " for what codes leave out";
      }
      return Optional.of(
          CostTree.leaf(name, weight * ratio * noiseFactor, UNIT, formula + behind, source));
    }
  }
}
