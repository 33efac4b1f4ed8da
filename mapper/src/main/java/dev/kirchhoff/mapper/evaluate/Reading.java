package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.place.Traffic;
import java.util.List;

/**
 * What the layers of a network read and join, as traffic. Scratch, reused from network to network;
 * not safe for several threads.
 */
final class Reading {
  private final Traffic traffic;
  private Job job;
  private List<Layer> all = List.of();

  /** Adds to some traffic. */
  Reading(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Takes a network. */
  void set(Job job) {
    this.job = job;
    all = job.network().layers();
  }

  /**
   * What a layer reads: the operands of a dynamic matrix are there in full, channels side by side
   * in the proportion of what their layers make.
   */
  void read(Layer layer, double bits) {
    List<Integer> reads = layer.links().reads();
    if (reads.size() == 1) {
      traffic.move(layer.producer(), bits);
      return;
    }
    double made = 0;
    for (int i = 0; i < reads.size(); i++) {
      made += madeBits(reads.get(i));
    }
    for (int i = 0; i < reads.size(); i++) {
      double own = madeBits(reads.get(i));
      double share = layer.dynamic() ? own : bits * own / made;
      move(reads.get(i), share);
    }
  }

  /** What its digital work takes as second operands. */
  void join(Layer layer) {
    List<Integer> joins = layer.links().joins();
    for (int i = 0; i < joins.size(); i++) {
      move(joins.get(i), madeBits(joins.get(i)));
    }
  }

  private void move(int producer, double bits) {
    if (producer < 0) {
      traffic.bring(bits);
    } else {
      traffic.move(producer, bits);
    }
  }

  /** Bits that a layer makes, or those of the network's input. */
  private double madeBits(int l) {
    return l < 0
        ? MapBits.inputBits(all.get(0), job.precision().get(0))
        : MapBits.outputBits(all.get(l), job.precision().get(l));
  }
}
