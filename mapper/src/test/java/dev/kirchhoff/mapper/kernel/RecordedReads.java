package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Matrices that a kernel stores and the vectors that it reads them with. */
final class RecordedReads {
  /** Input vectors of forward reads, in order. */
  final List<double[]> vectors = new ArrayList<>();

  /** Matrices that were stored. */
  final List<Machine.Stored> stored = new ArrayList<>();

  /** A machine that records its calls here. */
  Machine of(Machine machine) {
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, given) -> {
              Object result;
              try {
                result = method.invoke(machine, given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              switch (method.getName()) {
                case "read" -> addVectors(given[1]);
                case "store" -> stored.add((Machine.Stored) result);
                default -> {
                  // Not recorded.
                }
              }
              return result;
            });
  }

  private void addVectors(Object given) {
    if (given instanceof double[][] batch) {
      for (double[] vector : batch) {
        vectors.add(vector.clone());
      }
    } else {
      vectors.add(((double[]) given).clone());
    }
  }
}
