package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Calls of a kernel by method: vectors of reads, elements of digital work by operation and width,
 * one of all else. What is stored may be replaced, by a matrix with errors of its own.
 */
final class Calls {
  private final Map<String, Double> counts = new TreeMap<>();

  /** Number of a method's calls, or of an operation's elements, {@code ADD 8}. */
  double of(String name) {
    return counts.getOrDefault(name, 0.0);
  }

  /** A machine that notes its calls here and hands them on. */
  Machine to(Machine machine) {
    return to(machine, matrix -> matrix);
  }

  /** A machine that stores other matrices than it is given. */
  Machine to(Machine machine, UnaryOperator<double[][]> programming) {
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (name.equals("digital")) {
                counts.merge(arguments[0] + " " + arguments[2], (double) arguments[1], Double::sum);
              } else {
                boolean isRead = name.equals("read") || name.equals("readBack");
                boolean isMany = isRead && arguments[1] instanceof double[][];
                double vectors = isMany ? ((double[][]) arguments[1]).length : 1;
                counts.merge(name, vectors, Double::sum);
              }
              if (name.equals("store")) {
                arguments[1] = programming.apply((double[][]) arguments[1]);
              }
              try {
                return method.invoke(machine, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
