package dev.kirchhoff.mapper.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Run of a batch of items through a split network, from matrix to matrix. It stands before a matrix
 * until its products are made: by an engine, exactly, or with other weights and something added. A
 * fork goes on from the same place on its own and is closed before the run that it comes from moves
 * on.
 */
public final class SplitRun implements AutoCloseable {
  private final SplitGraph network;
  private final List<Lane> lanes;
  private int next;

  SplitRun(SplitGraph network, List<Lane> lanes) {
    this(network, lanes, 0);
    part();
  }

  private SplitRun(SplitGraph network, List<Lane> lanes, int next) {
    this.network = network;
    this.lanes = lanes;
    this.next = next;
  }

  /** Change of products. */
  public interface Change {
    /** Weights of a layer in place of its own, in the arrangement of the file; empty: its own. */
    Optional<float[]> weights(int layer, float[] own);

    /**
     * Changes the products of a layer.
     *
     * @param place which products: their layer, its use and the item
     */
    void products(Place place, float[] products);
  }

  /**
   * Products of a layer for an item: product i is of output {@code i / run % outputs}.
   *
   * @param layer number of the layer
   * @param use number of the nodes before that use the layer
   * @param item number of the item in the batch
   * @param outputs outputs of the layer, of all groups
   * @param run products of an output that follow each other
   */
  public record Place(int layer, int use, int item, int outputs, int run) {
    /** Output that a product belongs to. */
    public int output(int product) {
      return product / run % outputs;
    }
  }

  /** True if a matrix is next, false at the end. */
  public boolean isAtMatrix() {
    return next < network.matrixCount();
  }

  /** Numbers of the layers of the next matrix, of a recurrent cell several. */
  public List<Integer> layers() {
    return network.matrix(next).use().layers();
  }

  /** True if the next matrix is that of a recurrent cell, which only an engine multiplies. */
  public boolean isRecurrent() {
    return network.matrix(next).isRecurrent();
  }

  /** Another continuation from here. */
  public SplitRun fork() {
    return new SplitRun(network, lanes.stream().map(Lane::fork).toList(), next);
  }

  /**
   * Shows the vectors of the next matrix to an engine, whose products are not used.
   *
   * @param first number of the first item, even
   */
  public void observe(MatrixEngine.Session session, long first) {
    applied(new BatchRun(session, items(), first));
  }

  /**
   * Makes the products of the next matrix by an engine.
   *
   * @param first number of the first item, even
   */
  public void multiply(MatrixEngine.Session session, long first) {
    multiply(new BatchRun(session, items(), first));
  }

  private int items() {
    return lanes.stream().mapToInt(Lane::items).sum();
  }

  private List<BatchValues> applied(BatchRun run) {
    MatrixNode node = network.matrix(next);
    List<BatchValues> inputs = new ArrayList<>();
    for (String name : node.node().getInputList()) {
      inputs.add(name.isEmpty() ? null : batch(name));
    }
    return node.operator().apply(inputs, node.use(), run);
  }

  void multiply(BatchRun run) {
    MatrixNode node = network.matrix(next);
    List<BatchValues> made = applied(run);
    int first = 0;
    for (Lane lane : lanes) {
      Map<String, OnnxTensor> outputs = new HashMap<>();
      for (int o = 0; o < Math.min(made.size(), node.node().getOutputCount()); o++) {
        if (!node.node().getOutput(o).isEmpty()) {
          outputs.put(node.node().getOutput(o), tensor(made.get(o), first, lane.items()));
        }
      }
      lane.put(outputs);
      first += lane.items();
    }
    advance();
  }

  /** Makes the products of the next matrix by the library, with the stored weights. */
  public void multiplyExactly() {
    lanes.forEach(lane -> lane.put(network.matrix(next).exact().run(lane.values())));
    advance();
  }

  /** Makes the products of the next matrix by the library and changes them. */
  public void multiply(Change change) {
    MatrixNode node = network.matrix(next);
    int layer = node.use().layer(0);
    Values own = network.constant(node.matrix()).orElseThrow();
    Optional<float[]> weights = change.weights(layer, own.data());
    OnnxTensor matrix = weights.map(w -> OnnxRuntime.tensor(1, own.dims(), w)).orElse(null);
    int first = 0;
    for (Lane lane : lanes) {
      Map<String, OnnxTensor> made;
      if (matrix == null) {
        made = node.exact().run(lane.values());
      } else {
        Map<String, OnnxTensor> values = new HashMap<>(lane.values());
        values.put(node.matrix(), matrix);
        made = node.given().run(values);
      }
      String name = node.node().getOutput(0);
      OnnxTensor products = made.get(name);
      float[][] items = Lane.items(products, lane.items());
      for (int i = 0; i < items.length; i++) {
        MatrixLayer of = node.operator().layers().get(0);
        int outputs = of.groups() * of.outputs();
        int run = node.isChannelsFirst() ? items[i].length / outputs : 1;
        change.products(new Place(layer, node.use().use(), first + i, outputs, run), items[i]);
      }
      made.put(name, OnnxRuntime.tensor(1, OnnxRuntime.dims(products), joined(items)));
      products.close();
      lane.put(made);
      first += lane.items();
    }
    if (matrix != null) {
      matrix.close();
    }
    advance();
  }

  /** Inputs of the next matrix, a row an item, as they stand in the graph. */
  public float[][] inputs() {
    List<float[]> items = new ArrayList<>();
    String name = network.matrix(next).node().getInput(0);
    for (Lane lane : lanes) {
      items.addAll(Arrays.asList(Lane.items(lane.values().get(name), lane.items())));
    }
    return items.toArray(float[][]::new);
  }

  private void advance() {
    next++;
    free(2 * next - 1);
    part();
  }

  /** Runs what follows up to the next matrix. */
  private void part() {
    network.part(next).ifPresent(part -> lanes.forEach(lane -> lane.put(part.run(lane.values()))));
    free(2 * next);
  }

  private void free(int stage) {
    for (Lane lane : lanes) {
      for (String name : List.copyOf(lane.values().keySet())) {
        if (network.isDone(name, stage)) {
          lane.drop(name);
        }
      }
    }
  }

  private BatchValues batch(String name) {
    Optional<Values> constant = network.constant(name);
    if (constant.isPresent()) {
      return BatchValues.constant(constant.get());
    }
    List<Values> items = new ArrayList<>();
    for (Lane lane : lanes) {
      OnnxTensor tensor = lane.values().get(name);
      int[] dims = Lane.itemDims(tensor, lane.items());
      for (float[] item : Lane.items(tensor, lane.items())) {
        items.add(Values.of(dims, item));
      }
    }
    return BatchValues.of(items.toArray(Values[]::new));
  }

  private static OnnxTensor tensor(BatchValues values, int first, int items) {
    float[][] all = new float[items][];
    Arrays.setAll(all, i -> values.item(first + i).data());
    int[] dims = values.item(first).dims();
    if (items > 1) {
      dims[0] *= items;
    }
    return OnnxRuntime.tensor(1, dims, joined(all));
  }

  private static float[] joined(float[][] items) {
    float[] all = new float[items.length * items[0].length];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(items[i], 0, all, i * items[0].length, items[0].length);
    }
    return all;
  }

  /** The first output of each item. */
  public List<float[]> outputs() {
    List<float[]> outputs = new ArrayList<>();
    for (Lane lane : lanes) {
      OnnxTensor tensor = lane.values().get(network.output());
      outputs.addAll(Arrays.asList(Lane.items(tensor, lane.items())));
    }
    return outputs;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
