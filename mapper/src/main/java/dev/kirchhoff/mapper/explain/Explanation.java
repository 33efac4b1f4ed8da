package dev.kirchhoff.mapper.explain;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.evaluate.LayerResults;
import dev.kirchhoff.mapper.evaluate.Ledger.Cost;

/**
 * Figures of an evaluated design as trees, made from the same counts and prices, so that every
 * tree's total is the design's (a test holds them to 10⁻⁹), with a formula and a source at each
 * leaf. Inner nodes are sums of their parts. Values are those of the whole chip; the formula of a
 * node gives the number of instances.
 *
 * <pre>{@code
 * CostTree tree = Explanation.of(design).energy();
 * }</pre>
 *
 * @param evaluated the design
 */
public record Explanation(EvaluatedDesign evaluated) {

  /** Explanation of a design at the library's prices. */
  public static Explanation of(Design design) {
    return new Explanation(new Evaluator().evaluated(design));
  }

  /**
   * Energy of one inference, fJ, by component: the mean over networks by their weights. Without a
   * network: energy of one vector of the peak state on every PE.
   */
  public CostTree energy() {
    return new RowTree(evaluated, Cost.ENERGY).byComponent();
  }

  /** Energy of one inference, fJ, by layer; static energy and reloads apart. */
  public CostTree energyByLayer() {
    return new RowTree(evaluated, Cost.ENERGY).byLayer();
  }

  /** Area, um2. */
  public CostTree area() {
    return new RowTree(evaluated, Cost.AREA).byComponent();
  }

  /** Power of full and busy crossbars, uW: the meaning of the rated power of published chips. */
  public CostTree power() {
    return new RowTree(evaluated, Cost.PEAK_POWER).byComponent();
  }

  /**
   * Latency of one inference, ns: the layers that the last output waited for. Without a network
   * that of one peak vector.
   */
  public CostTree latency() {
    return LatencyTree.of(evaluated);
  }

  /**
   * Noise at the output of the network, over the signal's power: −10 log10 of it is the
   * signal-to-noise ratio, which the network's curve turns into a loss of accuracy. Without a
   * network there are no parts.
   */
  public CostTree noise() {
    return NoiseTree.of(evaluated, LayerResults.of(evaluated));
  }
}
