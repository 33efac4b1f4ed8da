package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.JointMatrices;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Recurrent;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Storage of recurrent cells on the crossbars of a design: input matrix W and recurrent matrix R as
 * one matrix [W; R] or as two (docs/mapping.md, section 3.1). With {@link Recurrent#AUTO} one
 * matrix where a copy of it takes fewer crossbars than one of W and one of R, and layers share no
 * crossbars, which blocks of W and R then fill already.
 */
public final class RecurrentStorage {
  private static final long NETWORK_B = 2_000;
  private static final long PER_LAYER_B = 400;

  private final Memo<Key, Network> networks;

  /** Argument of a joint network; networks are equal to themselves alone. */
  private record Key(Network network, TreeSet<Integer> joint) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && network == key.network && joint.equals(key.joint);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(network) + joint.hashCode();
    }
  }

  /**
   * Storage that keeps networks with joint matrices, so that designs with the same ones share them.
   *
   * @param bound_B bytes that it keeps at most; 0 keeps none
   */
  public RecurrentStorage(long bound_B) {
    networks =
        new Memo<>(
            key -> JointMatrices.joined(key.network(), key.joint()),
            bound_B,
            made -> NETWORK_B + PER_LAYER_B * made.layers().size());
  }

  /** A design whose networks have the layers of the matrices that its crossbars store. */
  public static Design stored(Design design) {
    return new RecurrentStorage(0).of(design, ArrayUse.of(design));
  }

  /** A design that stores both matrices of every recurrent cell by themselves. */
  public static Design separate(Design design) {
    return design.with(design.mapping().with(Recurrent.SEPARATE));
  }

  /** A design whose networks have the layers of the matrices that its crossbars store. */
  public Design of(Design design, ArrayUse use) {
    Recurrent option = design.mapping().allocation().recurrent();
    boolean isShared =
        option == Recurrent.AUTO && CrossbarSharing.isWanted(design.mapping()) && !use.takesTurns();
    if (option == Recurrent.SEPARATE || isShared || !hasCells(design)) {
      return design;
    }
    List<Job> jobs = new ArrayList<>(design.jobs().size());
    for (Job job : design.jobs()) {
      TreeSet<Integer> joint = new TreeSet<>();
      for (int r : JointMatrices.cells(job)) {
        if (option == Recurrent.JOINT || savesCrossbars(job, r, use)) {
          joint.add(r);
        }
      }
      jobs.add(joint.isEmpty() ? job : joined(job, joint));
    }
    return design.with(jobs);
  }

  private static boolean hasCells(Design design) {
    for (Job job : design.jobs()) {
      for (Layer layer : job.network().layers()) {
        if (layer.matrix().inputLayer().isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private Job joined(Job job, TreeSet<Integer> joint) {
    return JointMatrices.joined(job, joint, network -> networks.get(new Key(network, joint)));
  }

  private static boolean savesCrossbars(Job job, int recurrent, ArrayUse use) {
    List<Layer> layers = job.network().layers();
    Layer r = layers.get(recurrent);
    Layer w = layers.get(r.matrix().inputLayer().orElseThrow());
    Precision precision = job.precision().get(recurrent);
    Layer joint = JointMatrices.layer(job.network(), recurrent);
    return crossbars(joint, precision, use)
        < crossbars(w, precision, use) + crossbars(r, precision, use);
  }

  private static double crossbars(Layer layer, Precision precision, ArrayUse use) {
    int widest = layer.shape().outputsPerGroup();
    return CrossbarMapping.of(layer.shape(), layer.inputs().signed(), precision, use, false, widest)
        .crossbars();
  }
}
