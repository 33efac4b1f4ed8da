package dev.kirchhoff.mapper.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operators that are read, by domain and name. */
final class Operators {
  /** Domain of operators that ONNX Runtime's optimiser fuses. */
  static final String RUNTIME = "com.microsoft:";

  private static final Map<String, Operator> OPERATORS =
      byName(
          List.of(
              Convolutions.OPERATORS,
              MatrixProducts.OPERATORS,
              EinsteinSums.OPERATORS,
              Recurrences.OPERATORS,
              Attentions.OPERATORS,
              Quantised.OPERATORS,
              Functions.operators(),
              ElementWise.OPERATORS,
              Normalisations.OPERATORS,
              Pools.OPERATORS,
              Resizing.OPERATORS,
              ShapeOperators.OPERATORS,
              TensorGenerators.OPERATORS));

  private Operators() {}

  private static Map<String, Operator> byName(List<List<Operator>> families) {
    Map<String, Operator> operators = new TreeMap<>();
    for (List<Operator> family : families) {
      for (Operator operator : family) {
        if (operators.put(operator.name(), operator) != null) {
          throw new IllegalStateException(
              "The operator (" + operator.name() + ") must be registered once.");
        }
      }
    }
    return Collections.unmodifiableMap(operators);
  }

  /** The operator of a node; the standard's domain is empty. */
  static Optional<Operator> find(String domain, String name) {
    return Optional.ofNullable(OPERATORS.get(key(domain, name)));
  }

  private static String key(String domain, String name) {
    boolean isStandard = domain.isEmpty() || domain.equals("ai.onnx");
    return isStandard ? name : domain + ":" + name;
  }

  /** True if an operator multiplies with matrices. */
  static boolean isMatrix(String domain, String name) {
    return find(domain, name).map(Operator::isMatrix).orElse(false);
  }
}
