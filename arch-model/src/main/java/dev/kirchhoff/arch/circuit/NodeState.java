package dev.kirchhoff.arch.circuit;

/** Node voltages, and currents of shorted cells by node. */
final class NodeState {
  final double[] wordline_V;
  final double[] bitline_V;
  final double[] short_uA;

  NodeState(int nodes) {
    wordline_V = new double[nodes];
    bitline_V = new double[nodes];
    short_uA = new double[nodes];
  }

  void take(CircuitSolution solution, double[] shorts_uA) {
    System.arraycopy(solution.wordline_V, 0, wordline_V, 0, wordline_V.length);
    System.arraycopy(solution.bitline_V, 0, bitline_V, 0, bitline_V.length);
    System.arraycopy(shorts_uA, 0, short_uA, 0, short_uA.length);
  }

  void writeTo(CircuitSolution solution, double[] shorts_uA) {
    System.arraycopy(wordline_V, 0, solution.wordline_V, 0, wordline_V.length);
    System.arraycopy(bitline_V, 0, solution.bitline_V, 0, bitline_V.length);
    System.arraycopy(short_uA, 0, shorts_uA, 0, short_uA.length);
  }

  void between(NodeState from, NodeState to, double share) {
    between(from.wordline_V, to.wordline_V, share, wordline_V);
    between(from.bitline_V, to.bitline_V, share, bitline_V);
    between(from.short_uA, to.short_uA, share, short_uA);
  }

  private static void between(double[] from, double[] to, double share, double[] into) {
    if (share == 1) {
      System.arraycopy(to, 0, into, 0, into.length);
      return;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] = from[i] + share * (to[i] - from[i]);
    }
  }
}
