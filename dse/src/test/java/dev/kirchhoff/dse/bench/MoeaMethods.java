package dev.kirchhoff.dse.bench;

import java.util.List;
import org.moeaframework.algorithm.AGEMOEAII;
import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.algorithm.SMSEMOA;

/**
 * Evolutionary algorithms of the MOEA Framework (moeaframework.org) as peers of the engines in
 * {@code scripts/bench}: NSGA-II of populations of 20, 40 and 100, SMS-EMOA and AGE-MOEA-II of 40.
 */
public final class MoeaMethods implements PeerMethods {
  @Override
  public List<SearchMethod> all() {
    return List.of(
        new MoeaMethod("nsga-ii-20", 20, NSGAII::new),
        new MoeaMethod("nsga-ii-40", 40, NSGAII::new),
        new MoeaMethod("nsga-ii-100", 100, NSGAII::new),
        new MoeaMethod("sms-emoa-40", 40, SMSEMOA::new),
        new MoeaMethod("age-moea-ii-40", 40, AGEMOEAII::new));
  }
}
