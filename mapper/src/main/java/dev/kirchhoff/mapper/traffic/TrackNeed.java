package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.mapper.fabric.ConnectionRouter;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.Tracks;
import java.util.List;

/**
 * Tracks that the connections of a network need, of those that stand together and need most: all of
 * them, or a layer's, of one chip. On demand, outside the loop: it takes up to seconds.
 *
 * @param connections number of connections that need most
 * @param firstFit tracks on their fixed ways, as {@link Tracks} lays them and an evaluation counts
 * @param negotiated the fewest with which {@link ConnectionRouter} lays them
 */
public record TrackNeed(int connections, int firstFit, int negotiated) {

  /** The need of a network; none on a fabric that is not circuit-switched. */
  public static TrackNeed of(Traffic traffic, SwitchBox box) {
    int layers = traffic.layers();
    TrackNeed most = new TrackNeed(0, 0, 0);
    for (int chip = 0; chip < traffic.chips() && traffic.isSwitched(); chip++) {
      int together = traffic.keepsConnections() ? layers : 1;
      for (int l = 0; l < layers; l += together) {
        most = most.with(traffic.fabric(), traffic.connections(l, l + together, chip), box);
      }
    }
    return most;
  }

  private TrackNeed with(Fabric fabric, List<ConnectionRouter.Net> nets, SwitchBox box) {
    int first = nets.isEmpty() ? 0 : ConnectionRouter.firstFitTracks(fabric, nets, box);
    int fewest = negotiated;
    // Negotiation never needs more than the first that fits.
    if (first > negotiated) {
      fewest = Math.max(negotiated, ConnectionRouter.fewestTracks(fabric, nets, box));
    }
    boolean isMore = first > firstFit;
    return new TrackNeed(isMore ? nets.size() : connections, isMore ? first : firstFit, fewest);
  }
}
