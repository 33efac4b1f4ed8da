package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.mapper.schedule.PhasePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Weights loaded in phases: the layers that stay and the phase of each other one ({@link
 * PhasePlan}), their positions, and the activations of a batch that are written to the next level
 * between phases.
 *
 * <p>Layers that stay follow each other from the chip's first crossbar; every phase begins behind
 * them. A layer larger than the chip begins at its first crossbar and is loaded in parts. Layers
 * share no crossbars. Layers of all programs are counted through.
 */
public final class PhaseLoading {
  private final PhasePlan plan;
  private final List<LayerLoad> layers;
  private final List<Double> positions;
  private final int batch;
  private final double buffers_bits;

  /**
   * A layer that may have to be loaded.
   *
   * @param program index of its program
   * @param crossbars crossbars of all its copies
   * @param stored those of them that hold stored weights
   * @param live_bits bits of activations that are live before it
   * @param isReused whether other layers use its matrix, so that it stays
   */
  record LayerLoad(
      int program, double crossbars, double stored, double live_bits, boolean isReused) {}

  private PhaseLoading(PhasePlan plan, List<LayerLoad> layers, int batch, double buffers_bits) {
    this.plan = plan;
    this.layers = layers;
    this.batch = batch;
    this.buffers_bits = buffers_bits;
    positions = positions(plan, layers);
  }

  /**
   * Plans phases.
   *
   * @param layers layers with one copy each, by program
   * @param batch inferences of a batch
   * @param buffers_bits capacity of the buffers of all tiles
   */
  static PhaseLoading plan(
      List<LayerLoad> layers,
      PhasePlan.Writing writing,
      NextLevel next,
      int batch,
      double buffers_bits) {
    PhasePlan plan = PhasePlan.of(loads(layers, next, batch, buffers_bits), writing);
    return new PhaseLoading(plan, List.copyOf(layers), batch, buffers_bits);
  }

  /** Loading of these phases for layers with other copies. */
  PhaseLoading withCopies(List<LayerLoad> copied, NextLevel next) {
    List<PhasePlan.Load> loads = loads(copied, next, batch, buffers_bits);
    return new PhaseLoading(plan.withCopies(loads), List.copyOf(copied), batch, buffers_bits);
  }

  private static List<PhasePlan.Load> loads(
      List<LayerLoad> layers, NextLevel next, int batch, double buffers_bits) {
    List<PhasePlan.Load> loads = new ArrayList<>();
    for (LayerLoad layer : layers) {
      double cut_ns = next.roundTrip_ns(spilled_bits(layer, batch, buffers_bits));
      loads.add(
          new PhasePlan.Load(
              layer.crossbars(), layer.stored(), layer.program(), cut_ns, layer.isReused()));
    }
    return loads;
  }

  private static List<Double> positions(PhasePlan plan, List<LayerLoad> layers) {
    List<Double> positions = new ArrayList<>();
    double behind = 0;
    for (int l = 0; l < layers.size(); l++) {
      positions.add(behind);
      behind += plan.isLoaded(l) ? 0 : layers.get(l).crossbars();
    }
    double end = behind;
    OptionalInt phase = OptionalInt.empty();
    for (int l = 0; l < layers.size(); l++) {
      OptionalInt ofLayer = plan.phaseOf(l);
      if (ofLayer.isPresent()) {
        end = ofLayer.equals(phase) ? end : behind;
        phase = ofLayer;
        positions.set(l, end);
        end += layers.get(l).crossbars();
      }
    }
    return positions;
  }

  /**
   * Bits of a batch that tiles cannot hold if a phase ends before a layer; those of one inference
   * are counted with its layers.
   */
  private static double spilled_bits(LayerLoad layer, int batch, double buffers_bits) {
    double others = (batch - 1) * layer.live_bits();
    return Math.max(0, Math.min(others, batch * layer.live_bits() - buffers_bits));
  }

  /** Bits of a batch written to the next level and read back where a phase ends before a layer. */
  public double spilled_bits(int l) {
    return plan.isCutBefore(l) ? spilled_bits(layers.get(l), batch, buffers_bits) : 0;
  }

  /** The phases. */
  public PhasePlan phases() {
    return plan;
  }

  /** Inferences of a batch. */
  public int batch() {
    return batch;
  }

  /** First crossbar of a layer on the chip. */
  public double position(int l) {
    return positions.get(l);
  }

  /** Crossbars of a layer with its copies. */
  double crossbars(int l) {
    return layers.get(l).crossbars();
  }
}
