package dev.kirchhoff.arch.program;

import dev.kirchhoff.arch.program.Step.Digital;
import dev.kirchhoff.arch.program.Step.Multiply;
import dev.kirchhoff.arch.program.Step.Repeat;
import dev.kirchhoff.arch.program.Step.Write;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Program of a workload, which mapping takes: steps in topological order, from a network or a
 * kernel.
 *
 * <pre>{@code
 * Program program = NetworkProgram.of(network, precision, MappingOptions.Dynamic.WRITE);
 * long macs = program.macs();
 * }</pre>
 *
 * @param name name of the workload
 * @param steps steps in topological order
 */
public record Program(String name, List<Step> steps) {
  /** Operand that a node multiplies its inputs with. */
  public enum Operand {
    /** Matrix that stays in crossbars between inferences. */
    STORED,
    /** Matrix of activations that each inference writes into crossbars. */
    WRITTEN,
    /** Matrix of activations that digital units read from buffers. */
    BUFFERED
  }

  /**
   * Product or digital work of a program.
   *
   * @param layer shapes, statistics, digital work and dependences
   * @param precision bits of operands and outputs
   * @param operand operand that inputs are multiplied with
   * @param repeats steps that depend on each other, 1 outside of repeats
   */
  public record Node(Layer layer, Precision precision, Operand operand, int repeats) {
    /** True if the node is done by crossbars. */
    public boolean isOnCrossbars() {
      return operand != Operand.BUFFERED;
    }
  }

  /**
   * A program of steps.
   *
   * @throws IllegalArgumentException where a write is not followed by the product that it is for
   */
  public Program {
    steps = List.copyOf(steps);
    collect(name, steps, 1, new ArrayList<>());
  }

  /**
   * Products and digital work of all steps in their order; links between layers are indices into
   * this list.
   */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    collect(name, steps, 1, nodes);
    return List.copyOf(nodes);
  }

  private static void collect(String name, List<Step> steps, int repeats, List<Node> into) {
    Layer written = null;
    for (Step step : steps) {
      if (written != null && !(step instanceof Multiply product && product.layer() == written)) {
        throw unused(name, written);
      }
      if (step instanceof Write write) {
        written = write.layer();
      } else if (step instanceof Multiply product) {
        Operand operand = written == null ? Operand.STORED : Operand.WRITTEN;
        into.add(new Node(product.layer(), product.precision(), operand, repeats));
        written = null;
      } else if (step instanceof Digital digital) {
        into.add(new Node(digital.layer(), digital.precision(), Operand.BUFFERED, repeats));
      } else if (step instanceof Repeat repeat) {
        collect(name, repeat.steps(), repeats * repeat.times(), into);
      }
    }
    if (written != null) {
      throw unused(name, written);
    }
  }

  private static IllegalArgumentException unused(String name, Layer written) {
    return new IllegalArgumentException(
        "The matrix of ("
            + written.name()
            + ") in program ("
            + name
            + ") must be multiplied with right after it is written.");
  }

  /** Multiply-accumulates of one inference, those of activations included. */
  public double macs() {
    double macs = 0;
    for (Node node : nodes()) {
      macs += node.layer().shape().macs();
    }
    return macs;
  }
}
