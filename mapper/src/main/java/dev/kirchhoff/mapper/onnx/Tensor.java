package dev.kirchhoff.mapper.onnx;

/** Static description of a tensor: element type, dimensions, contents if constant, producers. */
final class Tensor {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT8 = 3;
  static final int UINT16 = 4;
  static final int INT16 = 5;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int UINT32 = 12;
  static final int UINT64 = 13;

  private static final Flow NOWHERE = Flow.input(ValueKind.SIGNED);

  private final int type;
  private final long[] dims;
  private final Constant constant;
  private final Flow flow;
  private final Object source;

  private Tensor(int type, long[] dims, Constant constant, Flow flow) {
    this(type, dims, constant, flow, new Object());
  }

  private Tensor(int type, long[] dims, Constant constant, Flow flow, Object source) {
    this.type = type;
    this.dims = Dims.checked(dims);
    this.constant = constant;
    this.flow = flow;
    this.source = source;
  }

  /** A tensor that is computed for every inference. */
  static Tensor computed(int type, long[] dims, Flow flow) {
    return new Tensor(type, dims, null, flow);
  }

  /** A tensor that is the same for every inference. */
  static Tensor constant(int type, long[] dims, Constant constant) {
    return new Tensor(type, dims, constant, NOWHERE);
  }

  static Tensor constant(int type, long[] dims, Numbers numbers) {
    return constant(type, dims, Constant.of(numbers));
  }

  /** Values made of these: constant where they are, of contents that are not known. */
  Tensor made(int type, long... dims) {
    return isConstant() ? constant(type, dims, Constant.UNKNOWN) : computed(type, dims, flow);
  }

  int type() {
    return type;
  }

  long[] dims() {
    return dims;
  }

  int rank() {
    return dims.length;
  }

  long dim(int axis) {
    return dims[axis];
  }

  long elements() {
    return Dims.elements(dims);
  }

  boolean isConstant() {
    return constant != null;
  }

  Constant constant() {
    return constant;
  }

  /** Its values if they are constant and known, else null. */
  Numbers numbers() {
    return constant == null ? null : constant.numbers();
  }

  Flow flow() {
    return flow;
  }

  /** True if some of its values are, or may be, negative. */
  boolean mayBeNegative() {
    if (!isConstant()) {
      return flow.kind().isSigned();
    }
    return numbers() == null || numbers().isAny(value -> !(value >= 0));
  }

  /** True if its type has no negative values. */
  boolean isUnsigned() {
    return type == UINT8 || type == UINT16 || type == UINT32 || type == UINT64;
  }

  boolean isReal() {
    return type == 1 || type == 10 || type == 11 || type >= 16;
  }

  /** These values with other producers. */
  Tensor withFlow(Flow other) {
    return new Tensor(type, dims, constant, other, source);
  }

  Tensor withType(int other) {
    return new Tensor(other, dims, constant, flow, source);
  }

  /** These values in other dimensions. */
  Tensor reshaped(long... other) {
    return new Tensor(type, other, constant, flow, source);
  }

  /** These constant values less a zero point. */
  Tensor shifted(Constant less) {
    return new Tensor(type, dims, less, NOWHERE, new Shifted(source, less.offset()));
  }

  private record Shifted(Object source, double offset) {}

  /** Key of the values in their order: equal for tensors that have them from one constant. */
  Object source() {
    return source;
  }

  /**
   * True if it scales or shifts whole channels of a tensor, so that it can be folded: at most one
   * of its dimensions is not 1.
   */
  boolean isPerChannel() {
    int wide = 0;
    for (long dim : dims) {
      wide += dim == 1 ? 0 : 1;
    }
    return wide <= 1;
  }
}
