package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.mapper.evaluate.ErrorShares;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A source of error with its share in the variance of the ratio of two designs.
 *
 * <p>For small errors d ln(A/B) = ± Σ_k (s_Ak − s_Bk) ln f_k, with s_k the share of source k in the
 * cost, so that source k has (s_Ak − s_Bk)² Var(ln f_k) of the variance: a source with equal shares
 * in both designs leaves their ratio certain. Neglected: higher orders, and the correlation of
 * models of one family.
 *
 * @param source the source
 * @param share its share, 0..1
 */
public record RatioError(ErrorSource source, double share) {

  /** Sources of error of a ratio, the largest first; none where it is exact. */
  public static List<RatioError> of(ErrorShares a, ErrorShares b, Metric metric) {
    Map<ErrorSource, Double> differences = new LinkedHashMap<>();
    List<Double> ours = a.shares(metric);
    List<Double> theirs = b.shares(metric);
    for (int k = 0; k < ours.size(); k++) {
      differences.merge(a.sources().get(k), ours.get(k), Double::sum);
    }
    for (int k = 0; k < theirs.size(); k++) {
      differences.merge(b.sources().get(k), -theirs.get(k), Double::sum);
    }
    double sum = 0;
    List<RatioError> errors = new ArrayList<>();
    for (Map.Entry<ErrorSource, Double> each : differences.entrySet()) {
      double variance = each.getValue() * each.getValue() * JointDraws.logVariance(each.getKey());
      sum += variance;
      errors.add(new RatioError(each.getKey(), variance));
    }
    double all = sum;
    return errors.stream()
        .filter(error -> error.share() > 0)
        .map(error -> new RatioError(error.source(), error.share() / all))
        .sorted(Comparator.comparingDouble(RatioError::share).reversed())
        .toList();
  }
}
