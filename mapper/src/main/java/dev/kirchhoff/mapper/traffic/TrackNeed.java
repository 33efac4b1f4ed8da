package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.mapper.fabric.CircuitRouter;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.Tracks;
import java.util.List;

/**
 * Tracks that the circuits of a network need, of those that stand together and need most: all of
 * them, or a layer's, of one chip. On demand, outside the loop: it takes up to seconds.
 *
 * @param circuits number of circuits that need most
 * @param firstFit tracks on their fixed ways, as {@link Tracks} lays them and an evaluation counts
 * @param negotiated the fewest with which {@link CircuitRouter} lays them
 */
public record TrackNeed(int circuits, int firstFit, int negotiated) {

  /** The need of a network; none on a fabric without circuits. */
  public static TrackNeed of(Traffic traffic, SwitchBox box) {
    int layers = traffic.layers();
    TrackNeed most = new TrackNeed(0, 0, 0);
    for (int chip = 0; chip < traffic.chips() && traffic.isSwitched(); chip++) {
      int together = traffic.keepsCircuits() ? layers : 1;
      for (int l = 0; l < layers; l += together) {
        most = most.with(traffic.fabric(), traffic.circuits(l, l + together, chip), box);
      }
    }
    return most;
  }

  private TrackNeed with(Fabric fabric, List<CircuitRouter.Net> nets, SwitchBox box) {
    int first = nets.isEmpty() ? 0 : CircuitRouter.firstFitTracks(fabric, nets, box);
    int fewest = negotiated;
    // Negotiation never needs more than the first that fits.
    if (first > negotiated) {
      fewest = Math.max(negotiated, CircuitRouter.fewestTracks(fabric, nets, box));
    }
    boolean isMore = first > firstFit;
    return new TrackNeed(isMore ? nets.size() : circuits, isMore ? first : firstFit, fewest);
  }
}
