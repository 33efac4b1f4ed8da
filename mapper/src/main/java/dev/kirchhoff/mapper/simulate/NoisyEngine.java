package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import java.util.List;

/**
 * Products with independent normal noise, ŷ = y + σ_l n, whatever engine makes y: the effect of a
 * layer's noise-to-signal ratio on all that follows it.
 */
final class NoisyEngine implements MatrixEngine {
  private final MatrixEngine exact;
  private final List<Double> sigma;
  private final RandomKey key;

  /**
   * An engine.
   *
   * @param exact makes the products
   * @param sigma deviation of the noise by layer, 0 = none
   * @param key key of the draws
   */
  NoisyEngine(MatrixEngine exact, List<Double> sigma, RandomKey key) {
    this.exact = exact;
    this.sigma = List.copyOf(sigma);
    this.key = key;
  }

  @Override
  public Session newSession() {
    Session session = exact.newSession();
    return (call, vectors, products) -> {
      session.multiply(call, vectors, products);
      double s = sigma.get(call.layer());
      if (s == 0) {
        return;
      }
      RandomKey draws = key.child(call.layer()).child(call.group()).child(call.step());
      for (int m = 0; m < products.length; m++) {
        RandomKey column = draws.child(m);
        for (int v = 0; v < call.count(); v++) {
          products[m][v] += (float) (s * column.gaussian(call.first() + v));
        }
      }
    };
  }
}
