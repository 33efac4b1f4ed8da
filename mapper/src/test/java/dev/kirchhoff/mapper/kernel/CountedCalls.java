package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/**
 * Machine that counts the calls of a kernel and hands them on: by method, gates by their name,
 * vectors of reads, cells of pulses and writes apart, digital elements by operation.
 */
final class CountedCalls {
  private final Map<String, Double> counts = new TreeMap<>();
  private final Machine machine;

  CountedCalls(Machine inner) {
    machine =
        (Machine)
            Proxy.newProxyInstance(
                Machine.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, given) -> {
                  count(method.getName(), given);
                  try {
                    return method.invoke(inner, given);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  Machine machine() {
    return machine;
  }

  /** Calls of a method, or one of the counts beside them; 0 if there was none. */
  double of(String name) {
    return counts.getOrDefault(name, 0.0);
  }

  private void count(String method, Object[] given) {
    add(method, 1);
    switch (method) {
      case "gate" -> add(given[1].toString(), 1);
      case "digital" -> add(given[0].toString(), (Double) given[1]);
      case "read", "readBack" -> add(method + " vectors", vectors(given[1]));
      case "pulse" -> add("pulsed cells", changed((double[][]) given[1]));
      case "write" -> add("written cells", written((double[][]) given[1]));
      default -> {
        // Its calls are all there is to count.
      }
    }
  }

  private void add(String name, double count) {
    counts.merge(name, count, Double::sum);
  }

  private static double vectors(Object vectors) {
    return vectors instanceof double[][] several ? several.length : 1;
  }

  private static double written(double[][] target) {
    double cells = 0;
    for (double[] row : target) {
      for (double value : row) {
        cells += Double.isNaN(value) ? 0 : 1;
      }
    }
    return cells;
  }

  private static double changed(double[][] change) {
    double cells = 0;
    for (double[] row : change) {
      for (double value : row) {
        cells += value == 0 ? 0 : 1;
      }
    }
    return cells;
  }
}
