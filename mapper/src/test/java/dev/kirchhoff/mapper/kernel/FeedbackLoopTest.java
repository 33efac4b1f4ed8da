package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Times of loops by hand, and loops that do not settle. */
class FeedbackLoopTest {
  private static final double[][] A = {{2, 1}, {1, 2}};

  /**
   * By hand: row sums are 3, u = 1 / (1 + 3 / G). With G = 4 U A has the eigenvalues 3/7 and 1/7
   * over the full scale: the least decides.
   */
  @Test
  void leastEigenvalueSlowsTheInverse() {
    assertEquals(7, FeedbackLoop.slowness(A, 4), 1e-9);
  }

  /**
   * By hand: the largest eigenvalue of A is 3. With the feedback at 2.85 u = 1 / (1 + 3 / 2.85),
   * and the mode rises at u (3 / 2.85 − 1): 39 time constants. Half of the margin takes twice as
   * long, (1 + 3 / g) / (3 / g − 1) = (1 + 3 / g) / 0.0256.
   */
  @Test
  void mismatchOfTheEigenvaluesSlowsTheEigenvector() {
    assertEquals(39, FeedbackLoop.rise(A, 2.85), 1e-6);
    assertEquals(79, FeedbackLoop.rise(A, 2.925), 1e-6);
    assertTrue(Double.isInfinite(FeedbackLoop.rise(A, 3)));
    assertTrue(Double.isInfinite(FeedbackLoop.rise(A, 3.5)));
  }

  /** A zero eigenvalue does not stop the rise of the dominant one. */
  @Test
  void singularMatrixHasAnEigenvector() {
    double[][] singular = {{1, 1}, {1, 1}};

    assertTrue(Double.isInfinite(FeedbackLoop.slowness(singular, 1)));
    assertEquals(39, FeedbackLoop.rise(singular, 1.9), 1e-6);
  }

  /** The link matrix of 20 pages with 4 links each is singular at this seed. */
  @Test
  void pagesOfASingularMatrixAreRanked() {
    double[][] links = LinkMatrix.of(20, 4, 0.85, 1);
    assertTrue(Double.isInfinite(FeedbackLoop.slowness(links, 1)));
    Map<String, Object> given = new TreeMap<>();
    given.putAll(Map.of("problem.kind", "pageRank", "problem.pages", 20, "problem.links", 4));
    CountingMachine counted = new CountingMachine(ArithmeticMachine.exact(1));
    Outcome outcome = GivenSettings.bind(FeedbackSolveKernel.KIND, given).run(counted);

    assertEquals(1, outcome.quality().orElseThrow(), 1e-9);
  }
}
