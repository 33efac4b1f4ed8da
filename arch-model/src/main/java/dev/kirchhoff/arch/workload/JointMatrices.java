package dev.kirchhoff.arch.workload;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Recurrent cells whose input matrix W (K_x × M) and recurrent matrix R (K_h × M) are stored as one
 * matrix [W; R] of K_x + K_h rows (docs/mapping.md, section 3.1).
 *
 * <p>The two layers of such a cell become one, which reads the inputs of W and its own last result.
 * Its vectors are those of the steps, one after another; the additions W x + R h are made on the
 * bitlines. Inputs and state are taken to have one full scale, so that statistics of its inputs are
 * the mean of both by rows; of the weights too, the matrix with the smaller largest magnitude in
 * units of the larger.
 *
 * <p>A cell can be stored so if no other layer takes the products of W, neither matrix is reused,
 * and both layers have one precision.
 *
 * <pre>{@code
 * List<Integer> cells = JointMatrices.cells(job);         // layers of R
 * Job joint = JointMatrices.joined(job, new TreeSet<>(cells));
 * }</pre>
 */
public final class JointMatrices {
  private static final String INPUT = "/input";
  private static final String JOINT = "/joint";

  private JointMatrices() {}

  /** Name of the layer of a joint matrix, from that of W. */
  public static String name(String input) {
    String cell = input.endsWith(INPUT) ? input.substring(0, input.length() - INPUT.length()) : "";
    return (cell.isEmpty() ? input : cell) + JOINT;
  }

  /** Layers of recurrent matrices that may be stored with the input matrix of their cell. */
  public static List<Integer> cells(Job job) {
    List<Layer> layers = job.network().layers();
    List<Integer> cells = new ArrayList<>();
    for (int r = 0; r < layers.size(); r++) {
      OptionalInt input = layers.get(r).matrix().inputLayer();
      if (input.isPresent() && canJoin(job, input.getAsInt(), r)) {
        cells.add(r);
      }
    }
    return cells;
  }

  private static boolean canJoin(Job job, int input, int recurrent) {
    List<Layer> layers = job.network().layers();
    boolean fits =
        job.precision().get(input).equals(job.precision().get(recurrent))
            && layers.get(recurrent).links().reads().equals(List.of(input));
    for (int l = 0; l < layers.size() && fits; l++) {
      Layer layer = layers.get(l);
      OptionalInt reused = layer.matrix().reused();
      boolean takesProducts =
          l != recurrent && (layer.links().reads().contains(input))
              || l != recurrent && layer.links().joins().contains(input);
      boolean reuses =
          reused.isPresent() && (reused.getAsInt() == input || reused.getAsInt() == recurrent);
      fits = !takesProducts && !reuses;
    }
    return fits;
  }

  /** Layer of the joint matrix of the cell whose recurrent matrix a layer holds. */
  public static Layer layer(Network network, int recurrent) {
    Layer r = network.layers().get(recurrent);
    Layer w = network.layers().get(r.matrix().inputLayer().orElseThrow());
    int driven = w.shape().inputsPerGroup();
    int state = r.shape().inputsPerGroup();
    MatrixShape shape =
        new MatrixShape(
            driven + state,
            r.shape().outputsPerGroup(),
            1,
            1,
            r.shape().outputHeight(),
            r.shape().outputWidth(),
            1,
            1);
    TreeSet<Integer> joins = new TreeSet<>(w.links().joins());
    joins.addAll(r.links().joins());
    joins.remove(r.links().first());
    double scale = r.matrix() instanceof MatrixStorage.Recurrent of ? of.scale() : 1;
    return new Layer(
        name(w.name()),
        shape,
        Window.padded(shape).inSteps(r.window().steps()),
        false,
        w.inputs().mixedWith(r.inputs(), driven, state),
        w.weights()
            .times(Math.min(1, 1 / scale))
            .mixedWith(r.weights().times(Math.min(1, scale)), driven, state),
        new ValueOrigins(
            w.origins().signs().and(r.origins().signs()),
            w.origins().inputs().and(r.origins().inputs()),
            w.origins().weights().and(r.origins().weights())),
        after(w, r),
        new Links(w.links().reads(), List.copyOf(joins)),
        new MatrixStorage.Joint(state));
  }

  /** Digital work of both, without the additions W x + R h. */
  private static List<DigitalWork> after(Layer w, Layer r) {
    Map<DigitalOperation, Long> sums = new EnumMap<>(DigitalOperation.class);
    w.after().forEach(work -> sums.merge(work.operation(), work.elements(), Long::sum));
    r.after().forEach(work -> sums.merge(work.operation(), work.elements(), Long::sum));
    sums.computeIfPresent(
        DigitalOperation.ADD, (operation, n) -> Math.max(0, n - r.shape().outputs()));
    List<DigitalWork> after = new ArrayList<>();
    sums.forEach(
        (operation, n) -> {
          if (n > 0) {
            after.add(new DigitalWork(operation, n));
          }
        });
    return after;
  }

  /**
   * A job whose cells are stored jointly.
   *
   * @param recurrent layers of the recurrent matrices of these cells, of {@link #cells}
   */
  public static Job joined(Job job, TreeSet<Integer> recurrent) {
    return joined(job, recurrent, network -> joined(network, recurrent));
  }

  /**
   * A job whose cells are stored jointly.
   *
   * @param network {@link #joined(Network, TreeSet)}, or a memo of it
   */
  public static Job joined(Job job, TreeSet<Integer> recurrent, UnaryOperator<Network> network) {
    List<Precision> precision = new ArrayList<>();
    TreeSet<Integer> gone = inputs(job.network(), recurrent);
    for (int l = 0; l < job.precision().size(); l++) {
      if (!gone.contains(l)) {
        precision.add(job.precision().get(l));
      }
    }
    return new Job(network.apply(job.network()), precision, job.weight());
  }

  private static TreeSet<Integer> inputs(Network network, TreeSet<Integer> recurrent) {
    TreeSet<Integer> gone = new TreeSet<>();
    recurrent.forEach(r -> gone.add(network.layers().get(r).matrix().inputLayer().orElseThrow()));
    return gone;
  }

  /** The network of {@link #joined(Job, TreeSet)}. */
  public static Network joined(Network network, TreeSet<Integer> recurrent) {
    TreeSet<Integer> gone = inputs(network, recurrent);
    List<Layer> layers = new ArrayList<>();
    int[] index = new int[network.layers().size()];
    for (int l = 0; l < index.length; l++) {
      index[l] = layers.size();
      if (!gone.contains(l)) {
        boolean isJoint = recurrent.contains(l);
        layers.add(renumbered(isJoint ? layer(network, l) : network.layers().get(l), index));
      }
    }
    Network joined = new Network(network.name(), layers, network.source());
    return network
        .accuracy()
        .map(model -> joined.with(accuracy(model, network, recurrent)))
        .orElse(joined);
  }

  private static Layer renumbered(Layer layer, int[] index) {
    Links links =
        new Links(numbers(layer.links().reads(), index), numbers(layer.links().joins(), index));
    MatrixStorage matrix = layer.matrix();
    if (matrix instanceof MatrixStorage.Reused reused) {
      matrix = new MatrixStorage.Reused(index[reused.layer()]);
    } else if (matrix instanceof MatrixStorage.Recurrent recurrent) {
      matrix = new MatrixStorage.Recurrent(index[recurrent.layer()], recurrent.scale());
    }
    return new Layer(
        layer.name(),
        layer.shape(),
        layer.window(),
        layer.dynamic(),
        layer.inputs(),
        layer.weights(),
        layer.origins(),
        layer.after(),
        links,
        matrix);
  }

  private static List<Integer> numbers(List<Integer> layers, int[] index) {
    return layers.stream().map(l -> l < 0 ? l : index[l]).toList();
  }

  private static AccuracyModel accuracy(
      AccuracyModel model, Network network, TreeSet<Integer> recurrent) {
    AccuracyModel joined = model;
    for (int r : recurrent) {
      Layer state = network.layers().get(r);
      Layer input = network.layers().get(state.matrix().inputLayer().orElseThrow());
      joined =
          joined.joined(
              input.name(),
              state.name(),
              name(input.name()),
              (double) state.shape().inputsPerGroup()
                  / (input.shape().inputsPerGroup() + state.shape().inputsPerGroup()));
    }
    return joined;
  }
}
