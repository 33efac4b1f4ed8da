package dev.kirchhoff.dse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FatalErrorTest {
  /** A process whose main thread waits for another, which fails. */
  static final class Waiting {
    public static void main(String[] arguments) throws InterruptedException {
      FatalError.endsTheProcess(System.err);
      Thread failing = new Thread(() -> fail(arguments[0]), "searcher");
      failing.setDaemon(true);
      failing.start();
      new CountDownLatch(1).await();
    }

    private static void fail(String how) {
      if (how.equals("memory")) {
        long[][] kept = new long[1 << 20][];
        for (int i = 0; i < kept.length; i++) {
          kept[i] = new long[1 << 16];
        }
      }
      fail(how);
    }
  }

  private static String output(String how) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName(),
                how)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, process.waitFor(), said);
    return said;
  }

  @Test
  @Timeout(60)
  void anErrorThatLeavesAnyThreadEndsTheProcessWithASentenceAndTheCodeOfAFault() throws Exception {
    String memory = output("memory");
    assertTrue(memory.startsWith("kirchhoff: out of memory (OutOfMemoryError: "), memory);
    assertTrue(memory.contains("KIRCHHOFF_JAVA_OPTS=-Xmx4g"), memory);
    String stack = output("stack");
    assertTrue(stack.startsWith("kirchhoff: the stack is full (StackOverflowError"), stack);
    assertTrue(stack.contains("in thread searcher"), stack);
  }

  @Test
  void everyOtherErrorIsNamed() {
    assertEquals(
        "the program failed (NoClassDefFoundError: x/Y)",
        FatalError.sentence(new NoClassDefFoundError("x/Y")));
    assertEquals("the program failed (AssertionError)", FatalError.sentence(new AssertionError()));
  }
}
