package dev.kirchhoff.arch.memo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Four threads that ask for the results of a table at once. */
final class FourThreads {
  private static final int THREADS = 4;

  private FourThreads() {}

  /** Asserts that all threads get one object for each of so many questions. */
  static void assertOneEach(int count, IntFunction<Object> ask) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<Object>>> found = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        found.add(
            threads.submit(
                () -> {
                  List<Object> results = new ArrayList<>();
                  for (int i = 0; i < count; i++) {
                    results.add(ask.apply(i));
                  }
                  return results;
                }));
      }
      List<Object> first = found.get(0).get();
      assertEquals(count, first.size());
      for (Future<List<Object>> other : found) {
        for (int i = 0; i < count; i++) {
          assertSame(first.get(i), other.get().get(i));
        }
      }
    } finally {
      threads.shutdown();
    }
  }
}
