package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.budget.EvaluatedDesigns;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.moves.UnseenDesigns;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.moeaframework.algorithm.AGEMOEAII;
import org.moeaframework.algorithm.AbstractEvolutionaryAlgorithm;
import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.algorithm.SMSEMOA;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.initialization.Initialization;
import org.moeaframework.core.operator.Variation;
import org.moeaframework.core.variable.RealVariable;
import org.moeaframework.problem.AbstractProblem;

/**
 * An evolutionary algorithm with all that the engines have: the first population begins with their
 * round 0 (the start and 15 designs spread over the space), children are redrawn until they are
 * new, objectives are taken on their axes, and the sum of relative violations is the one constraint
 * of constrained domination. Children come of uniform crossover (probability 0.9) and, of each knob
 * with probability 1/n, a step to a neighbouring value or another value.
 *
 * @param name name of the method
 * @param population size of the population
 * @param algorithm makes the algorithm
 */
record MoeaMethod(
    String name,
    int population,
    Function<org.moeaframework.problem.Problem, AbstractEvolutionaryAlgorithm> algorithm)
    implements SearchMethod {

  /** Designs of the engines' round 0, beside the start, and their seed. */
  private static final int SPREAD = 15;

  private static final long SPREAD_SEED = 1;

  /** Steps without a new design after which a search has ended. */
  private static final int STUCK = 1_000;

  @Override
  public void search(Problem problem, long seed, SearchTrace trace) {
    PRNG.setSeed(seed);
    Designs designs = new Designs(problem, trace);
    Operators operators = new Operators(designs, population, seed);
    AbstractEvolutionaryAlgorithm search = algorithm.apply(designs);
    search.setInitialization(operators);
    configure(search, operators);
    int idle = 0;
    while (!trace.isComplete() && idle < STUCK) {
      int before = designs.evaluator.known();
      search.step();
      trace.endRound();
      idle = designs.evaluator.known() > before ? 0 : idle + 1;
    }
  }

  /** These setters are public in each algorithm alone. */
  private void configure(AbstractEvolutionaryAlgorithm search, Operators operators) {
    if (search instanceof NSGAII nsga) {
      nsga.setInitialPopulationSize(population);
      nsga.setVariation(operators);
    } else if (search instanceof SMSEMOA sms) {
      sms.setInitialPopulationSize(population);
      sms.setVariation(operators);
    } else if (search instanceof AGEMOEAII age) {
      age.setInitialPopulationSize(population);
      age.setVariation(operators);
    } else {
      throw new IllegalArgumentException("The algorithm (" + name + ") takes no variation.");
    }
  }

  /** A problem in the framework's terms: a variable is a knob's ordinal, −1 where it is absent. */
  private static final class Designs extends AbstractProblem {
    private final Problem problem;
    private final DesignSpace space;
    private final SearchTrace trace;
    private final IslandEvaluator evaluator;
    private final double[] missing;

    Designs(Problem problem, SearchTrace trace) {
      super(problem.space().dimension(), problem.objectives().size(), 1);
      this.problem = problem;
      this.space = problem.space();
      this.trace = trace;
      EvaluatedDesigns none =
          new EvaluatedDesigns(
              new Packing(space), numberOfObjectives, problem.constraints().size(), false);
      this.evaluator = new IslandEvaluator(problem, none, () -> false);
      evaluator.begin(Integer.MAX_VALUE, Integer.MAX_VALUE, List.of());
      this.missing = new double[numberOfObjectives];
    }

    @Override
    public Solution newSolution() {
      Solution solution = new Solution(numberOfVariables, numberOfObjectives, numberOfConstraints);
      for (int k = 0; k < numberOfVariables; k++) {
        solution.setVariable(k, new RealVariable(Knob.ABSENT, space.cardinality(k) - 1.0));
      }
      return solution;
    }

    Solution solution(int... design) {
      Solution solution = newSolution();
      RealVariable.setReal(solution, Arrays.stream(design).asDoubleStream().toArray());
      return solution;
    }

    int[] design(Solution solution) {
      return Arrays.stream(RealVariable.getReal(solution)).mapToInt(v -> (int) v).toArray();
    }

    @Override
    public void evaluate(Solution solution) {
      int before = evaluator.known();
      int number = evaluator.evaluate(design(solution)).getAsInt();
      float violation = evaluator.relativeTotal(number);
      double[] values = new double[numberOfObjectives];
      for (int m = 0; m < values.length; m++) {
        values[m] = evaluator.objective(number, m);
        // Algorithms that scale objectives take no NaN: a missing value is that of the design
        // before.
        missing[m] =
            Double.isNaN(values[m])
                ? missing[m]
                : problem.objectives().get(m).coordinate(values[m]);
        solution.setObjectiveValue(m, missing[m]);
      }
      solution.setConstraintValue(0, violation);
      if (evaluator.known() > before) {
        trace.evaluated(violation == 0, values);
      }
    }
  }

  /** First population and children. */
  private static final class Operators implements Initialization, Variation {
    private static final double CROSSOVER = 0.9;
    private static final int TRIES = 40;

    private final Designs designs;
    private final DesignSpace space;
    private final int population;
    private final SplittableRandom random;

    Operators(Designs designs, int population, long seed) {
      this.designs = designs;
      this.space = designs.space;
      this.population = population;
      this.random = new SplittableRandom(seed);
    }

    @Override
    public String getName() {
      return "uniform crossover and steps";
    }

    @Override
    public int getArity() {
      return 2;
    }

    @Override
    public Solution[] initialize(int size) {
      List<int[]> first = new ArrayList<>(List.of(space.start()));
      first.addAll(LatinHypercube.designs(space, SPREAD, SPREAD_SEED));
      while (first.size() < population) {
        int[] drawn = new int[space.dimension()];
        space.random(random, drawn);
        first.add(drawn);
      }
      return first.stream().limit(population).map(designs::solution).toArray(Solution[]::new);
    }

    @Override
    public Solution[] evolve(Solution[] parents) {
      int[] a = designs.design(parents[0]);
      int[] b = designs.design(parents[1]);
      return new Solution[] {designs.solution(child(a, b)), designs.solution(child(b, a))};
    }

    /** A child that has not been evaluated, as far as there is one. */
    private int[] child(int[] parent, int[] mate) {
      int[] child = parent.clone();
      for (int i = 0; i < TRIES; i++) {
        System.arraycopy(parent, 0, child, 0, child.length);
        boolean crosses = random.nextDouble() < CROSSOVER;
        for (int k = 0; k < child.length; k++) {
          if (crosses && mate[k] != Knob.ABSENT && random.nextBoolean()) {
            child[k] = mate[k];
          }
        }
        space.normalise(child);
        mutate(child);
        space.normalise(child);
        if (!designs.evaluator.isKnown(child)) {
          return child;
        }
      }
      UnseenDesigns.draw(designs.evaluator, random, child);
      return child;
    }

    private void mutate(int[] child) {
      double each = 1.0 / Arrays.stream(child).filter(value -> value != Knob.ABSENT).count();
      for (int k = 0; k < child.length; k++) {
        int values = space.cardinality(k);
        if (child[k] != Knob.ABSENT && values > 1 && random.nextDouble() < each) {
          boolean isStep = space.knobs().get(k).ordered() && random.nextBoolean();
          child[k] = isStep ? step(child[k], values) : other(child[k], values);
        }
      }
    }

    private int step(int value, int values) {
      int next = value + (random.nextBoolean() ? 1 : -1);
      return next < 0 ? 1 : next == values ? values - 2 : next;
    }

    private int other(int value, int values) {
      int drawn = random.nextInt(values - 1);
      return drawn < value ? drawn : drawn + 1;
    }
  }
}
