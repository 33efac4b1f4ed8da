package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.evaluate.Ledger.Cost;
import dev.kirchhoff.mapper.evaluate.Ledger.Use;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of the rows of a ledger by what they are paid for, from which all figures of a design
 * follow: of all rows, or of those of one source of error. Every figure is a ratio of such sums and
 * of what has no price.
 *
 * <p>Beside each sum stands that of ideal converters, which are free, in crossbars that every pass
 * fills.
 */
final class Costs {
  /** Digital actions of a kernel's task. */
  private static final List<Action> DIGITAL =
      List.of(
          Action.ADD,
          Action.MULTIPLY_ACCUMULATE,
          Action.LOOKUP,
          Action.MAX_COMPARE,
          Action.TILE_BUFFER_READ_BIT,
          Action.TILE_BUFFER_WRITE_BIT);

  private static final int AREA = 0;
  private static final int STATIC = 1;
  private static final int PEAK = 2;
  private static final int CELL = 3;
  private static final int SETTING = 4;
  private static final int PROGRAMS = 5;
  private static final int OF_PROGRAM = 2;

  /** All lines in one group. */
  private static final int[] TOGETHER = new int[PriceLine.COUNT];

  private final Ledger ledger;

  /** By program the passes of its inference, if each fills its crossbar. */
  private final double[] fullPasses;

  /** Sums; each is followed by its ideal. */
  private final double[] sums;

  private Costs(Ledger ledger, double[] fullPasses, double[] sums) {
    this.ledger = ledger;
    this.fullPasses = fullPasses;
    this.sums = sums;
  }

  private static int work(int program) {
    return PROGRAMS + OF_PROGRAM * program;
  }

  private static int digital(int program) {
    return PROGRAMS + OF_PROGRAM * program + 1;
  }

  private static int index(Use use, int program) {
    return switch (use) {
      case AREA -> AREA;
      case STATIC -> STATIC;
      case PEAK -> PEAK;
      case WORK -> work(program);
      case RELOAD, WRITE, REFRESH, PROGRAMMING -> CELL;
      case RECONFIGURATION -> SETTING;
    };
  }

  /** The costs of a ledger. */
  static Costs of(Ledger ledger, Mapping mapping) {
    return new Fold(ledger, mapping, TOGETHER, 1).costs().get(0);
  }

  /** The costs of exact prices, then those of each source of error. */
  static List<Costs> bySource(Ledger ledger, Mapping mapping, List<ErrorSource> sources) {
    int[] groups = new int[PriceLine.COUNT];
    for (PriceLine line : PriceLine.all()) {
      groups[line.index()] = 1 + sources.indexOf(ledger.error(line));
    }
    return new Fold(ledger, mapping, groups, 1 + sources.size()).costs();
  }

  /** Sums of rows by the group of their line. */
  private static final class Fold implements Ledger.Rows {
    private final Ledger ledger;
    private final int[] groups;
    private final double[][] sums;
    private final double[] fullPasses;
    private int at;
    private double passes;

    Fold(Ledger ledger, Mapping mapping, int[] groups, int count) {
      this.ledger = ledger;
      this.groups = groups;
      List<MappedProgram> programs = mapping.programs();
      fullPasses = new double[programs.size()];
      sums = new double[count][2 * (PROGRAMS + OF_PROGRAM * programs.size())];
      add(Use.AREA, 0, 0);
      add(Use.STATIC, 0, 0);
      add(Use.PEAK, 0, mapping.peak().actions().of(Action.ARRAY_PASS));
      add(Use.PROGRAMMING, 0, 0);
      add(Use.RECONFIGURATION, 0, 0);
      for (int j = 0; j < programs.size(); j++) {
        fullPasses[j] = programs.get(j).fullPasses(mapping.use().side().cells());
        add(Use.WORK, j, fullPasses[j]);
        if (programs.get(j).job().isKernel()) {
          at = 2 * digital(j);
          ActionCounts work = programs.get(j).workActions();
          DIGITAL.forEach(action -> row(PriceLine.energy(action), work.of(action)));
        }
      }
    }

    private void add(Use use, int program, double passes) {
      at = 2 * index(use, program);
      this.passes = passes;
      ledger.rows(use, program, this);
    }

    @Override
    public void row(PriceLine line, double count) {
      double[] group = sums[groups[line.index()]];
      double price = ledger.price(line);
      group[at] += count * price;
      if (line.part() != Part.READOUT) {
        group[at + 1] += (line.kind() == PriceLine.Kind.PASS ? passes : count) * price;
      }
    }

    List<Costs> costs() {
      List<Costs> costs = new ArrayList<>(sums.length);
      for (double[] group : sums) {
        costs.add(new Costs(ledger, fullPasses, group));
      }
      return costs;
    }
  }

  /**
   * Costs at factors of their sources.
   *
   * @param costs those of exact prices, then those of each source
   */
  static Costs atFactors(List<Costs> costs, double[] factors) {
    double[] sums = costs.get(0).sums.clone();
    for (int k = 0; k < factors.length; k++) {
      double[] each = costs.get(k + 1).sums;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += factors[k] * each[i];
      }
    }
    return new Costs(costs.get(0).ledger, costs.get(0).fullPasses, sums);
  }

  /** Sum over the uses of a cost. */
  private final class Total implements Ledger.Uses {
    private final int offset;
    private double total;

    Total(boolean isIdeal) {
      offset = isIdeal ? 1 : 0;
    }

    @Override
    public void add(Use use, int program, double times, double per) {
      total += sums[2 * index(use, program) + offset] * times / per;
    }
  }

  private double of(Cost cost, boolean isIdeal) {
    Total total = new Total(isIdeal);
    ledger.cost(cost, total);
    return total.total;
  }

  /** A cost, in fJ, uW or um2. */
  double of(Cost cost) {
    return of(cost, false);
  }

  /** A cost with ideal converters, in fJ, uW or um2. */
  double ideal(Cost cost) {
    return of(cost, true);
  }

  /** Energy of an inference of one program, with all static power of the chip for its interval. */
  double energy_fJ(int program, double interval_ns) {
    Total total = new Total(false);
    ledger.energy(program, 1, interval_ns, total);
    return total.total;
  }

  /** Energy of an inference of one program with ideal converters. */
  double idealEnergy_fJ(int program, double interval_ns) {
    Total total = new Total(true);
    ledger.energy(program, 1, interval_ns, total);
    return total.total;
  }

  /** Passes of an inference of one program, if each fills its crossbar. */
  double fullPasses(int program) {
    return fullPasses[program];
  }

  /** Energy of the actions of an inference of one program. */
  double work_fJ(int program) {
    return sums[2 * work(program)];
  }

  /** Energy of the digital work of a kernel's task. */
  double digital_fJ(int program) {
    return sums[2 * digital(program)];
  }
}
