package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.function.Function;

/**
 * The numbers of {@link Evaluator} as trees: made from the same counts and prices, so every tree's
 * total is the evaluator's (a test holds them to 10⁻⁹), with a formula and a source at each leaf.
 * Inner nodes are sums of their parts. Values are those of the whole chip; the formula of a node
 * says how many of it there are.
 *
 * <pre>{@code
 * CostTree tree = Explanation.energy(design);
 * }</pre>
 */
public final class Explanation {
  private Explanation() {}

  /**
   * What a whole account of a design shows.
   *
   * @param energy as {@link #energy(Design)}
   * @param area as {@link #area(Design)}
   * @param latency as {@link #latency(Design)}
   * @param power as {@link #power(Design)}
   */
  public record Trees(CostTree energy, CostTree area, CostTree latency, CostTree power) {}

  /** The trees of the design that an evaluator has evaluated last. */
  public static Trees trees(Evaluator evaluator) {
    DesignMapping mapping = evaluator.mapping();
    return new Trees(
        new EnergyTree(mapping).byComponent(),
        new ChipTree(mapping).area(),
        LatencyTree.of(mapping),
        new ChipTree(mapping).power());
  }

  /**
   * Energy of one inference, fJ, by component: the mean over networks by their weights. Without a
   * network: energy of one vector of the peak state on every PE.
   */
  public static CostTree energy(Design design) {
    return energy(design, Prices::of);
  }

  static CostTree energy(Design design, Function<Design, PriceTable> pricing) {
    return new EnergyTree(mapped(design, pricing)).byComponent();
  }

  /** Energy of one inference, fJ, by layer; static energy and reloads apart. */
  public static CostTree energyByLayer(Design design) {
    return energyByLayer(design, Prices::of);
  }

  static CostTree energyByLayer(Design design, Function<Design, PriceTable> pricing) {
    return new EnergyTree(mapped(design, pricing)).byLayer();
  }

  /** Area, um2. */
  public static CostTree area(Design design) {
    return area(design, Prices::of);
  }

  static CostTree area(Design design, Function<Design, PriceTable> pricing) {
    return new ChipTree(mapped(design, pricing)).area();
  }

  /**
   * Power when every crossbar is full and busy, uW: what the rated power of published chips means.
   */
  public static CostTree power(Design design) {
    return power(design, Prices::of);
  }

  static CostTree power(Design design, Function<Design, PriceTable> pricing) {
    return new ChipTree(mapped(design, pricing)).power();
  }

  /**
   * Latency of one inference, ns: what the last output had to wait for. Without a network that of
   * one peak vector.
   */
  public static CostTree latency(Design design) {
    return latency(design, Prices::of);
  }

  static CostTree latency(Design design, Function<Design, PriceTable> pricing) {
    return LatencyTree.of(mapped(design, pricing));
  }

  /**
   * Noise at the output of the network, over the signal's power: −10 log10 of it is the
   * signal-to-noise ratio, which the network's curve turns into a loss of accuracy. Without a
   * network there are no parts.
   */
  public static CostTree noise(Design design) {
    Evaluator evaluator = new Evaluator();
    Evaluation evaluation = evaluator.evaluate(design);
    return NoiseTree.of(evaluator.mapping(), evaluation);
  }

  private static DesignMapping mapped(Design design, Function<Design, PriceTable> pricing) {
    Evaluator evaluator = new Evaluator(pricing);
    evaluator.evaluate(design, new Totals());
    return evaluator.mapping();
  }
}
