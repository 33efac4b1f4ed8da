package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Matrix products. If one operand is constant it is stored, and the other one's vectors are
 * multiplied with it; if both are computed the layer is dynamic, one group a matrix of the batch.
 */
final class MatrixProducts {
  private MatrixProducts() {}

  /** Operators of this family. */
  static final List<Operator> OPERATORS =
      List.of(
          Operator.matrix(
                  "MatMul", (node, book) -> List.of(product(node, book, node.in(0), node.in(1))))
              .onCrossbars(MatrixProducts::stored),
          Operator.matrix("Gemm", MatrixProducts::gemm)
              .onCrossbars(
                  (node, constants, joint) ->
                      Optional.of(new Linear(node, constants.required(node, 1)))));

  /**
   * A batch of products of m x k and k x n matrices.
   *
   * @param a left operand
   * @param b right operand
   * @param m rows of the result
   * @param k length of the sums
   * @param n columns of the result
   * @param batch number of products
   * @param use arrangement of an operand's values where it is not by rows, with their factor
   */
  record Product(Tensor a, Tensor b, long m, long k, long n, long batch, String use) {
    /** Products of tensors as they are. */
    Product(Tensor a, Tensor b, long m, long k, long n, long batch) {
      this(a, b, m, k, n, batch, "");
    }
  }

  /**
   * The layer of a product.
   *
   * @param suffix distinguishes several of one node
   * @return origin of its result
   */
  static Flow layer(NodeView node, LayerCollector book, String suffix, Product p) {
    if (p.m() == 0 || p.k() == 0 || p.n() == 0 || p.batch() == 0) {
      throw new ModelException("multiplies tensors without elements");
    }
    boolean swapped = p.a().isConstant() && !p.b().isConstant();
    Tensor vectors = swapped ? p.b() : p.a();
    Tensor matrix = swapped ? p.a() : p.b();
    long rows = swapped ? p.n() : p.m();
    long outputs = swapped ? p.m() : p.n();
    long cells = p.k() * outputs;
    long groups =
        matrix.isConstant() && p.batch() > 1
            ? Math.max(1, Math.min(p.batch(), matrix.elements() / Math.max(1, cells)))
            : p.batch();
    if (p.batch() % groups != 0) {
      throw new ModelException("has a batch that its matrices do not divide");
    }
    MatrixShape shape =
        new MatrixShape(
            Dims.whole(p.k(), "inputs"),
            Dims.whole(outputs, "outputs"),
            1,
            1,
            Dims.whole(Math.multiplyExact(p.batch() / groups, rows), "vectors"),
            1,
            1,
            Dims.whole(groups, "matrices"));
    boolean waits = !matrix.isConstant() && vectors.flow().kind() != ValueKind.PROBABILITY;
    Window window =
        waits
            ? new Window(shape.vectors(), shape.vectors(), shape.vectors(), 1)
            : Window.padded(shape);
    int index =
        book.add(
            node.name(),
            new LayerMatrix(
                suffix,
                shape,
                window,
                vectors,
                matrix,
                rows > 1,
                (swapped ? "left" : "right") + p.use()));
    boolean mayBeNegative =
        matrix.isConstant() || vectors.flow().kind().isSigned() || matrix.flow().kind().isSigned();
    Flow.Affine affine = matrix.isConstant() ? Flow.Affine.FOLDS : Flow.Affine.COSTS;
    return Flow.of(index, mayBeNegative ? ValueKind.SIGNED : ValueKind.RECTIFIED).with(affine);
  }

  /** The product of two tensors by the rule of numpy. */
  static Tensor product(NodeView node, LayerCollector book, Tensor a, Tensor b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ModelException("multiplies a scalar");
    }
    long[] da = a.rank() == 1 ? new long[] {1, a.dim(0)} : a.dims();
    long[] db = b.rank() == 1 ? new long[] {b.dim(0), 1} : b.dims();
    long m = da[da.length - 2];
    long k = da[da.length - 1];
    long n = db[db.length - 1];
    if (db[db.length - 2] != k) {
      throw new ModelException(
          "multiplies " + Dims.text(a.dims()) + " with " + Dims.text(b.dims()));
    }
    long[] batch =
        Dims.broadcast(Arrays.copyOf(da, da.length - 2), Arrays.copyOf(db, db.length - 2));
    long[] dims = Arrays.copyOf(batch, batch.length + 2);
    int rank = batch.length;
    if (a.rank() > 1) {
      dims[rank++] = m;
    }
    if (b.rank() > 1) {
      dims[rank++] = n;
    }
    dims = Dims.checked(Arrays.copyOf(dims, rank));
    if (a.isConstant() && b.isConstant()) {
      return Tensor.constant(a.type(), dims, Constant.UNKNOWN);
    }
    long batches = Dims.elements(batch);
    boolean flat = b.isConstant() && b.rank() <= 2;
    Product product = new Product(a, b, flat ? m * batches : m, k, n, flat ? 1 : batches);
    return Tensor.computed(a.type(), dims, layer(node, book, "", product));
  }

  static List<Tensor> gemm(NodeView node, LayerCollector book) {
    Tensor a = node.in(0);
    Tensor b = node.in(1);
    if (a.rank() != 2 || b.rank() != 2) {
      throw new ModelException(
          "multiplies " + Dims.text(a.dims()) + " with " + Dims.text(b.dims()) + ", not matrices");
    }
    int ta = node.whole("transA", 0) != 0 ? 1 : 0;
    int tb = node.whole("transB", 0) != 0 ? 1 : 0;
    long m = a.dim(ta);
    long k = a.dim(1 - ta);
    long n = b.dim(1 - tb);
    if (b.dim(tb) != k) {
      throw new ModelException(
          "multiplies sums of " + k + " with a matrix of " + b.dim(tb) + " rows");
    }
    long[] dims = Dims.checked(m, n);
    if (a.isConstant() && b.isConstant()) {
      return List.of(Tensor.constant(a.type(), dims, Constant.UNKNOWN));
    }
    double alpha = node.real("alpha", 1);
    boolean isPlain = ta + tb == 0 && alpha == 1;
    String use = isPlain ? "" : " transposed " + ta + tb + " times " + alpha;
    Flow flow = layer(node, book, "", new Product(a, b, m, k, n, 1, use));
    if (!node.has(2)) {
      return List.of(Tensor.computed(a.type(), dims, flow));
    }
    Tensor c = node.in(2);
    if (!Arrays.equals(Dims.broadcast(dims, c.dims()), dims)) {
      throw new ModelException("adds " + Dims.text(c.dims()) + " to " + Dims.text(dims));
    }
    if (c.isConstant() && (a.isConstant() || b.isConstant())) {
      book.bias(flow, m * n);
    } else {
      flow =
          c.isConstant()
              ? flow.of(flow.kind().scaled(c.mayBeNegative()))
              : book.join(List.of(flow, c.flow()), flow.kind().with(c.flow().kind()));
      book.charge(flow, DigitalOperation.ADD, m * n);
    }
    return List.of(Tensor.computed(a.type(), dims, flow));
  }

  /** MatMul with a stored matrix; empty if both operands are computed. */
  private static Optional<MatrixOperator> stored(
      NodeView node, Operator.Constants constants, Predicate<String> joint) {
    boolean isStored = constants.has(node, 1);
    if (!isStored && constants.has(node, 0)
        || isStored && constants.required(node, 1).rank() != 2) {
      throw new ExecutionException(
          "has a stored matrix that is not a single one on the right, which is not executed");
    }
    return isStored ? Optional.of(new Linear(node, constants.required(node, 1))) : Optional.empty();
  }

  /** Gemm and MatMul with a stored matrix on the right: every row of the left is a vector. */
  private static final class Linear implements MatrixOperator {
    private final NodeView node;
    private final boolean isGemm;
    private final MatrixLayer layer;

    Linear(NodeView node, Values weights) {
      this.node = node;
      isGemm = node.operator().equals("Gemm");
      boolean isTransposed = isGemm && node.whole("transB", 0) != 0;
      if (isGemm && node.whole("transA", 0) != 0) {
        throw new ExecutionException("is transposed on the left, which is not executed");
      }
      float alpha = isGemm ? (float) node.real("alpha", 1) : 1;
      int inputs = weights.dim(isTransposed ? 1 : 0);
      int outputs = weights.dim(isTransposed ? 0 : 1);
      float[][] matrix = new float[inputs][outputs];
      for (int k = 0; k < inputs; k++) {
        for (int m = 0; m < outputs; m++) {
          matrix[k][m] = alpha * weights.at(isTransposed ? m * inputs + k : k * outputs + m);
        }
      }
      layer =
          new MatrixLayer(
              MatrixLayer.name(node.name(), ""),
              new float[][][] {matrix},
              1,
              List.of("linear", weights, isTransposed, alpha));
    }

    @Override
    public List<MatrixLayer> layers() {
      return List.of(layer);
    }

    @Override
    public List<BatchValues> apply(List<BatchValues> inputs, LayerUse use, BatchRun run) {
      int[] dims = inputs.get(0).dims();
      int k = layer.inputs();
      if (dims[dims.length - 1] != k) {
        throw new ExecutionException(
            "multiplies " + Arrays.toString(dims) + " with a matrix of " + k + " rows");
      }
      int positions = Values.count(dims) / k;
      int[] places = new int[k * positions];
      for (int i = 0; i < k; i++) {
        for (int p = 0; p < positions; p++) {
          places[i * positions + p] = p * k + i;
        }
      }
      int outputs = layer.outputs();
      float[][] out = new float[run.items()][positions * outputs];
      run.multiply(
          new Gather(
              use.layer(0), 0, use.step(0), positions, places, new Gather.Target(0, 1, outputs)),
          inputs.get(0).arrays(run.items()),
          outputs,
          out);
      dims[dims.length - 1] = outputs;
      if (isGemm && MatrixOperator.given(inputs, 2)) {
        add(inputs.get(2), dims, out);
      }
      return List.of(BatchValues.of(dims, out));
    }

    private void add(BatchValues addend, int[] dims, float[][] sums) {
      double beta = node.real("beta", 1);
      IntUnaryOperator place = ElementWise.position(Dims.longs(dims), Dims.longs(addend.dims()));
      for (int i = 0; i < sums.length; i++) {
        for (int k = 0; k < sums[i].length; k++) {
          sums[i][k] = (float) (sums[i][k] + beta * addend.item(i).at(place.applyAsInt(k)));
        }
      }
    }
  }
}
