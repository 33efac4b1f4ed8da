package dev.kirchhoff.mapper.onnx;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The operators that are read, by domain and name. */
final class Operators {
  private static final String RUNTIME = "com.microsoft:";

  private final Map<String, Operator> operators = new TreeMap<>();
  private final Set<String> matrices;

  Operators() {
    matrices();
    matrices = Set.copyOf(operators.keySet());
    Functions.names().forEach(name -> operators.put(name, Functions::apply));
    ElementWise.names().forEach(name -> operators.put(name, ElementWise::apply));
    digital();
    movements();
    runtime();
  }

  /** The operator of a node; the standard's domain is empty. */
  Optional<Operator> find(String domain, String name) {
    return Optional.ofNullable(operators.get(key(domain, name)));
  }

  /** True if an operator multiplies with matrices. */
  boolean isMatrix(String domain, String name) {
    return matrices.contains(key(domain, name));
  }

  private static String key(String domain, String name) {
    boolean isStandard = domain.isEmpty() || domain.equals("ai.onnx");
    return isStandard ? name : domain + ":" + name;
  }

  private void matrices() {
    operators.put("Conv", Convolutions::convolution);
    operators.put("ConvTranspose", Convolutions::transposed);
    operators.put("MatMul", MatrixProducts::matMul);
    operators.put("Gemm", MatrixProducts::gemm);
    operators.put("Einsum", EinsteinSums::einsum);
    operators.put("LSTM", Recurrences::lstm);
    operators.put("GRU", Recurrences::gru);
    operators.put("RNN", Recurrences::rnn);
    operators.put("Attention", Attentions::attention);
    operators.put("QLinearConv", Quantised::linearConvolution);
    operators.put("ConvInteger", Quantised::wholeConvolution);
    operators.put("QLinearMatMul", Quantised::linearProduct);
    operators.put("MatMulInteger", Quantised::wholeProduct);
    operators.put(RUNTIME + "Attention", Attentions::projected);
    operators.put(RUNTIME + "MultiHeadAttention", Attentions::multiHead);
  }

  private void digital() {
    operators.put("Clip", Functions::clip);
    operators.put("PRelu", Functions::parametricRelu);
    operators.put("Where", ElementWise::where);
    operators.put("BatchNormalization", Normalisations::batch);
    operators.put("LayerNormalization", Normalisations::layer);
    operators.put("RMSNormalization", Normalisations::rootMeanSquare);
    operators.put("InstanceNormalization", Normalisations::channels);
    operators.put("GroupNormalization", Normalisations::channels);
    operators.put("MeanVarianceNormalization", Normalisations::channels);
    operators.put("LRN", Normalisations::localResponse);
    operators.put("LpNormalization", Normalisations::lengths);
    for (String name : new String[] {"Softmax", "LogSoftmax", "Hardmax"}) {
      operators.put(name, Normalisations::softmax);
    }
    for (String name : new String[] {"MaxPool", "AveragePool", "LpPool"}) {
      operators.put(name, Pools::pool);
      operators.put("Global" + name, Pools::global);
    }
    for (String kind :
        new String[] {
          "Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp"
        }) {
      operators.put("Reduce" + kind, Pools::reduce);
    }
    operators.put("ArgMax", Pools::position);
    operators.put("ArgMin", Pools::position);
    operators.put("TopK", Pools::largest);
    operators.put("CumSum", Fillings::likeFirst);
    operators.put("QuantizeLinear", Quantised::quantise);
    operators.put("DequantizeLinear", Quantised::restore);
    operators.put("DynamicQuantizeLinear", Quantised::quantiseByRange);
    operators.put("Resize", Resizing::resize);
    operators.put("Upsample", Resizing::resize);
  }

  private void movements() {
    operators.put("Cast", Functions::cast);
    operators.put("CastLike", Functions::cast);
    operators.put("Reshape", Movements::reshape);
    operators.put("Flatten", Movements::flatten);
    operators.put("Squeeze", Movements::squeeze);
    operators.put("Unsqueeze", Movements::unsqueeze);
    operators.put("Transpose", Movements::transpose);
    operators.put("Slice", Movements::slice);
    operators.put("Gather", Movements::gather);
    operators.put("Concat", Movements::concat);
    operators.put("Split", Movements::split);
    operators.put("Expand", Movements::expand);
    operators.put("Tile", Movements::tile);
    operators.put("Pad", Movements::pad);
    operators.put("DepthToSpace", Movements::depthToSpace);
    operators.put("SpaceToDepth", Movements::depthToSpace);
    operators.put("Constant", Fillings::constant);
    operators.put("ConstantOfShape", Fillings::constantOfShape);
    operators.put("Shape", Fillings::shape);
    operators.put("Size", Fillings::size);
    operators.put("Range", Fillings::range);
    operators.put("NonZero", Fillings::nonZero);
    operators.put("OneHot", Fillings::oneHot);
    operators.put("Dropout", Fillings::dropout);
    operators.put("GatherElements", Fillings::gatherElements);
    operators.put("GatherND", Fillings::gatherND);
    for (String name :
        new String[] {
          "Trilu",
          "ScatterND",
          "ScatterElements",
          "Scatter",
          "ReverseSequence",
          "EyeLike",
          "RandomNormalLike",
          "RandomUniformLike"
        }) {
      operators.put(name, Fillings::likeFirst);
    }
  }

  /** Operators that ONNX Runtime's optimiser fuses. */
  private void runtime() {
    operators.put(RUNTIME + "SkipLayerNormalization", Normalisations::skip);
    operators.put(RUNTIME + "SkipSimplifiedLayerNormalization", Normalisations::skip);
    operators.put(RUNTIME + "Gelu", Functions::apply);
    operators.put(RUNTIME + "QuickGelu", Functions::apply);
    operators.put(RUNTIME + "QLinearAdd", Quantised::pair);
    operators.put(RUNTIME + "QLinearMul", Quantised::pair);
    operators.put(RUNTIME + "QLinearGlobalAveragePool", Quantised::pool);
  }
}
