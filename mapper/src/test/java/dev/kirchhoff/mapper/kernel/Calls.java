package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;

/**
 * Calls of a kernel, one by one, where {@link CountingMachine} has sums: by method, gates by their
 * name, vectors of reads, cells of pulses and writes apart, digital elements by operation and by
 * operation and width. What is stored may be replaced, by a matrix with errors of its own.
 */
final class Calls {
  private final Map<String, Double> counts = new TreeMap<>();
  private final List<double[]> vectors = new ArrayList<>();
  private final List<Machine.Stored> stored = new ArrayList<>();
  private final Machine machine;

  /** Calls to a machine. */
  Calls(Machine inner) {
    this(inner, matrix -> matrix);
  }

  /** Calls to a machine that stores other matrices than it is given. */
  Calls(Machine inner, UnaryOperator<double[][]> programming) {
    machine =
        (Machine)
            Proxy.newProxyInstance(
                Machine.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, given) -> {
                  note(method.getName(), given);
                  if (method.getName().equals("store")) {
                    given[1] = programming.apply((double[][]) given[1]);
                  }
                  try {
                    Object result = method.invoke(inner, given);
                    if (result instanceof Machine.Stored matrix) {
                      stored.add(matrix);
                    }
                    return result;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  /** The machine whose calls are noted. */
  Machine machine() {
    return machine;
  }

  /** Calls of a method, or one of the counts beside them; 0 if there was none. */
  double of(String name) {
    return counts.getOrDefault(name, 0.0);
  }

  /** Input vectors of forward reads, in order. */
  List<double[]> vectors() {
    return vectors;
  }

  /** Matrices that were stored. */
  List<Machine.Stored> stored() {
    return stored;
  }

  private void note(String method, Object[] given) {
    add(method, 1);
    switch (method) {
      case "gate" -> add(given[1].toString(), 1);
      case "digital" -> {
        add(given[0].toString(), (Double) given[1]);
        add(given[0] + " " + given[2], (Double) given[1]);
      }
      case "read" -> {
        List<double[]> driven = driven(given[1]);
        add("read vectors", driven.size());
        driven.forEach(vector -> vectors.add(vector.clone()));
      }
      case "readAtOnce" ->
          ((List<?>) given[1]).forEach(of -> note("read", new Object[] {null, of}));
      case "readLine" -> add("readLine vectors", driven(given[2]).size());
      case "readBack" -> add("readBack vectors", driven(given[1]).size());
      case "pulse" -> add("pulsed cells", cells((double[][]) given[1], value -> value != 0));
      case "write" -> add("written cells", cells((double[][]) given[1], v -> !Double.isNaN(v)));
      default -> {
        // Its calls are all there is to count.
      }
    }
  }

  private void add(String name, double count) {
    counts.merge(name, count, Double::sum);
  }

  private static List<double[]> driven(Object vectors) {
    return vectors instanceof double[][] several ? List.of(several) : List.of((double[]) vectors);
  }

  private static double cells(double[][] values, DoublePredicate counts) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(counts).count();
  }
}
