package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Inputs that a convolution waits for, by hand. */
class WindowTest {
  /**
   * Outputs of 4 x 4 at a stride of 2 read a map of 8 x 8, a kernel of 3 x 3 two lines and three.
   */
  @Test
  void aKernelWaitsForItsLines() {
    Window window = Window.padded(new MatrixShape(1, 1, 3, 3, 4, 4, 2, 1));
    assertEquals(new Window(64, 19, 19, 1), window);
    assertEquals(new Window(16, 1, 1, 1), Window.padded(new MatrixShape(1, 1, 1, 1, 4, 4, 1, 1)));
  }

  /** A kernel of 7 x 7 on a map of 2 x 2 would wait for 19 positions of four. */
  @Test
  void aKernelThatIsLargerThanItsMapWaitsForAllOfIt() {
    assertEquals(new Window(4, 4, 4, 1), Window.padded(new MatrixShape(1, 1, 7, 7, 2, 2, 1, 1)));
    // (2 - 1) 2 + 2 positions are all four.
    assertEquals(new Window(4, 4, 4, 1), Window.padded(new MatrixShape(1, 1, 2, 2, 2, 2, 1, 1)));
  }
}
