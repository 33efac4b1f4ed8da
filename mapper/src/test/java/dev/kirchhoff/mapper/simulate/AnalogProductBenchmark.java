package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Products of a vector with a 128 x 128 crossbar, on one thread in batches of 256: sums alone, with
 * output-referred read noise of every cell and an 8-bit converter, and the normal draws alone.
 * Inputs are dense amplitudes, the worst case.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AnalogProductBenchmark {
  private static final int SIDE = 128;
  private static final int BATCH = 256;

  private final AnalogProduct.Workspace space = new AnalogProduct.Workspace(BATCH);
  private final float[][] sums = new float[SIDE][BATCH];
  private final float[][] inputs = new float[SIDE][BATCH];
  private final RandomKey key = RandomKey.of(1);
  private final SimulatedConverter converter = SimulatedConverter.between(-20, 20, 8);
  private AnalogProduct product;
  private long vector;

  /** Draws cells and inputs. */
  @Setup
  public void setUp() {
    Random random = new Random(1);
    float[][] cells = new float[SIDE][SIDE];
    float[][] variances = new float[SIDE][SIDE];
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        cells[i][j] = random.nextFloat() - 0.5f;
        variances[i][j] = 1e-4f * random.nextFloat();
      }
      for (int v = 0; v < BATCH; v++) {
        inputs[i][v] = random.nextFloat();
      }
    }
    product = new AnalogProduct(cells, variances, new float[SIDE], new float[0]);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[][] sums() {
    product.multiply(inputs, sums, space);
    return sums;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public float[][] noisyAndConverted() {
    product.multiply(inputs, sums, new AnalogProduct.Noise(key, vector, new float[1]), space);
    for (float[] ofUnit : sums) {
      converter.convert(ofUnit);
    }
    vector += BATCH;
    return sums;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH * SIDE)
  public float[][] draws() {
    for (int u = 0; u < SIDE; u++) {
      key.child(u).gaussians(vector, sums[u], 0, BATCH);
    }
    vector += BATCH;
    return sums;
  }
}
