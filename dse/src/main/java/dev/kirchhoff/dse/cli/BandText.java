package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricFormat;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.Optional;

/** Text of bands: {@code (4.10 .. 9.00)}, in the unit of the figure that stands before them. */
final class BandText {
  private BandText() {}

  /** The band of a bare number; empty where it is exact. */
  static String of(Band band) {
    return band.isPoint() || !Double.isFinite(band.nominal())
        ? ""
        : ends(band.low(), band.high(), 1);
  }

  /** The band of a metric, in the unit that the metric is printed in. */
  static String of(Metric metric, Band band) {
    if (band.isPoint() || !Double.isFinite(band.nominal())) {
      return "";
    }
    if (metric.format() == MetricFormat.SHARE) {
      return of(band);
    }
    double coherent = metric.coherent(band.nominal());
    double scale = band.nominal() / coherent * unit(coherent, metric.dimension());
    return ends(band.low(), band.high(), scale);
  }

  /** The band of a figure whose unit has so many coherent units; empty where there is none. */
  static String of(Optional<Band> band, double unit, Dimension dimension) {
    return band.map(b -> ends(b.low() * unit, b.high() * unit, unit(b.nominal() * unit, dimension)))
        .orElse("");
  }

  /** The band around a value in coherent units. */
  static String around(double value, Spread spread, Dimension dimension) {
    return spread.isNone() || !Double.isFinite(value)
        ? ""
        : ends(value * spread.low(), value * spread.high(), unit(value, dimension));
  }

  /** The band of a node of a tree. */
  static String of(CostTree tree) {
    return Dimension.ofUnit(tree.unit())
        .map(
            d ->
                around(tree.value() * d.unit(tree.unit()).orElseThrow().factor(), tree.spread(), d))
        .orElse("");
  }

  /** Both ends; empty where they are printed alike, and so as the figure between them. */
  private static String ends(double low, double high, double unit) {
    if (Units.significant(low / unit).equals(Units.significant(high / unit))) {
      return "";
    }
    return "(" + Units.significant(low / unit) + " .. " + Units.significant(high / unit) + ")";
  }

  /** The unit that a value is printed in, in coherent units. */
  private static double unit(double value, Dimension dimension) {
    String text = Units.print(value, dimension);
    int space = text.indexOf(' ');
    return space < 0
        ? 1
        : dimension.unit(text.substring(space + 1)).map(Dimension.Unit::factor).orElse(1.0);
  }
}
