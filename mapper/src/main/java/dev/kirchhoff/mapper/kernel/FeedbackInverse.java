package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.List;

/**
 * Inverse: x = A⁻¹ b, refined by further solutions of the exact residual, x ← x + Ã⁻¹ (b − A x).
 */
record FeedbackInverse(LinearSystem system, double[] solution, int refinements, double tolerance)
    implements FeedbackProblem {
  private static final int BITS = 64;

  static Type.Shape shape() {
    List<Key> keys =
        List.of(
            Key.of(
                "refinements",
                Type.whole(0, 1000),
                "0",
                "further solutions of the residual at most, which is exact in 64 bit"),
            LinearSystem.tolerance("1.0e-10", "relative residual at which refinement ends"));
    return new Type.Shape("inverse", "an inverse", LinearSystem.keys("spd", "random", keys));
  }

  static FeedbackInverse of(Settings settings, String path) throws Unfit {
    LinearSystem system = LinearSystem.of(settings, path);
    FeedbackProblem.fitting(system.matrix(), path + "matrix");
    return new FeedbackInverse(
        system, system.solution(path), settings.whole("refinements"), settings.number("tolerance"));
  }

  @Override
  public Outcome.Measure measure() {
    return ERROR;
  }

  @Override
  public Outcome solve(Machine machine) throws Machine.Unstable {
    Machine.Stored matrix = machine.store("A", system.matrix());
    double[] r = system.load();
    double[] x = machine.solve(matrix, r);
    machine.endOfIteration();
    if (refinements > 0) {
      system.exact().keep(machine);
    }
    machine.keep(3.0 * x.length, BITS);
    int k = 0;
    while (k < refinements && !(system.residual(x) < tolerance)) {
      r = system.exact().residual(system.load(), x);
      LinearAlgebra.add(x, 1, machine.solve(matrix, r));
      system.exact().count(machine);
      machine.digital(VectorOperation.DOT, x.length, BITS);
      machine.digital(VectorOperation.ADD, 2.0 * x.length, BITS);
      machine.endOfIteration();
      k++;
    }
    double residual = system.residual(x);
    if (!(residual < 1) && refinements > 0) {
      return Outcome.diverged(ERROR, k + 1);
    }
    boolean isDone = refinements == 0 || residual < tolerance;
    return Outcome.solved(ERROR, LinearSystem.error(x, solution), k + 1, isDone, residual)
        .with(RESIDUAL, residual);
  }
}
