package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.kernel.VectorOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Couplings on a machine: an array of columns for each group of spins, or one array whose columns
 * are read alone for groups of one spin.
 */
final class CoupledSpins {
  private static final int ENERGY_BITS = 16;

  private final Machine machine;
  private final int group;
  private final List<Stored> blocks = new ArrayList<>();

  CoupledSpins(Machine machine, Couplings couplings, int group) {
    this.machine = machine;
    this.group = group;
    int n = couplings.spins();
    int width = group == 1 ? n : group;
    for (int from = 0; from < n; from += width) {
      double[][] block = couplings.columns(from, Math.min(n, from + width));
      blocks.add(machine.store("couplings " + blocks.size(), block, couplings.most()));
    }
  }

  /**
   * Fields of a group.
   *
   * @param from first spin of the group
   * @param states states of independent runs
   * @return fields by run, then spin of the group
   */
  double[][] fields(int from, double[][] states) {
    if (group > 1) {
      return machine.read(blocks.get(from / group), states);
    }
    double[] line = machine.readLine(blocks.get(0), from, states);
    return Arrays.stream(line).mapToObj(field -> new double[] {field}).toArray(double[][]::new);
  }

  /** Energies of independent runs by a read of all fields, E = −½ Σ s_i h_i, to compare. */
  double[] energies(double[][] states) {
    double[] energies = new double[states.length];
    int from = 0;
    for (Stored block : blocks) {
      double[][] fields = machine.read(block, states);
      machine.digital(VectorOperation.ADD, (double) states.length * block.columns(), ENERGY_BITS);
      for (int r = 0; r < states.length; r++) {
        for (int i = 0; i < block.columns(); i++) {
          energies[r] -= fields[r][i] * states[r][from + i] / 2;
        }
      }
      from += block.columns();
    }
    machine.digital(VectorOperation.COMPARE, states.length, ENERGY_BITS);
    return energies;
  }
}
