package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.Quantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Four figures on what the models say of TOPS/W, each on values that nothing was fitted to: all
 * factors of specs are off, and bands are those of the other chips. Beside each stands its null
 * model, which knows no circuits.
 *
 * <p>Component tables and given values take no part. Differences are of logarithms.
 *
 * @param settings settings of a chip relative to its headline
 * @param order order of two settings of a chip, and of two chips
 * @param newChip headlines as they are
 * @param bands share of chips within stated 80 % bands
 */
public record Predictions(Settings settings, Order order, NewChip newChip, Bands bands) {
  /** Published figures whose ratio is less are in no order. */
  private static final double APART = StrictMath.log(1.1);

  /** Share of chips that a band is made to hold. */
  private static final double HELD = 0.8;

  /**
   * Settings relative to the headline, exp(|ln|) − 1; the null model is no change.
   *
   * @param values settings
   * @param chips chips that have them
   * @param median half of the settings are off by less
   * @param most four of five are
   * @param nullMedian the same of the null model
   * @param nullMost the same of the null model
   */
  public record Settings(
      int values, int chips, double median, double most, double nullMedian, double nullMost) {}

  /**
   * Pairs in the published order; a null model has half of them.
   *
   * @param settingPairs pairs of settings of a chip whose published figures differ by a tenth
   * @param settings share in the published order
   * @param chipPairs pairs of chips
   * @param chips share in the published order
   */
  public record Order(int settingPairs, double settings, int chipPairs, double chips) {}

  /**
   * Headlines as they are, exp(mean |ln|) − 1.
   *
   * @param chips chips
   * @param error of the models
   * @param nullError of the median of the other chips, per product of single bits
   */
  public record NewChip(int chips, double error, double nullError) {}

  /**
   * Chips within bands.
   *
   * @param chips chips
   * @param held share within the band of the other chips' published over modelled figures
   * @param width ratio of that band's ends, median
   * @param drawnHeld share within 80 % of the joint draws of their own models
   * @param drawnWidth ratio of the ends of these, median
   */
  public record Bands(int chips, double held, double width, double drawnHeld, double drawnWidth) {}

  /** Headline of a chip and its settings. */
  private record Own(Comparison headline, List<Comparison> settings, GalleryChip chip) {
    static Optional<Own> of(GalleryChip chip) {
      List<Comparison> values =
          chip.plain().values().stream()
              .filter(value -> value.name().equals("TOPS/W") && value.counts())
              .toList();
      return chip.isTable() || values.isEmpty()
          ? Optional.empty()
          : Optional.of(new Own(values.get(0), values.subList(1, values.size()), chip));
    }

    /** ln of published over modelled TOPS/W. */
    double off() {
      return StrictMath.log(headline.published() / headline.ours());
    }

    /** ln of the published energy of a product of single bits, but for a constant. */
    double level() {
      return -StrictMath.log(headline.published() * chip.productBits());
    }
  }

  /** The predictions of some chips; empty for fewer than three. */
  public static Optional<Predictions> of(List<GalleryChip> chips) {
    List<Own> own = chips.stream().flatMap(chip -> Own.of(chip).stream()).toList();
    return own.size() < 3
        ? Optional.empty()
        : Optional.of(new Predictions(settings(own), order(own), newChip(own), bands(own)));
  }

  private static Settings settings(List<Own> own) {
    List<Double> off = new ArrayList<>();
    List<Double> unmoved = new ArrayList<>();
    int chips = 0;
    for (Own of : own) {
      chips += of.settings().isEmpty() ? 0 : 1;
      for (Comparison setting : of.settings()) {
        double published = StrictMath.log(setting.published() / of.headline().published());
        off.add(Math.abs(StrictMath.log(setting.ours() / of.headline().ours()) - published));
        unmoved.add(Math.abs(published));
      }
    }
    return new Settings(
        off.size(),
        chips,
        factor(quantile(off, 0.5)),
        factor(quantile(off, HELD)),
        factor(quantile(unmoved, 0.5)),
        factor(quantile(unmoved, HELD)));
  }

  private static Order order(List<Own> own) {
    int[] settings = new int[2];
    int[] chips = new int[2];
    for (int i = 0; i < own.size(); i++) {
      List<Comparison> all = new ArrayList<>(own.get(i).settings());
      all.add(0, own.get(i).headline());
      for (int a = 0; a < all.size(); a++) {
        for (int b = a + 1; b < all.size(); b++) {
          pair(all.get(a), all.get(b), settings);
        }
      }
      for (int j = i + 1; j < own.size(); j++) {
        pair(own.get(i).headline(), own.get(j).headline(), chips);
      }
    }
    return new Order(settings[0], share(settings), chips[0], share(chips));
  }

  private static void pair(Comparison a, Comparison b, int[] counts) {
    double published = StrictMath.log(a.published() / b.published());
    if (Math.abs(published) > APART) {
      counts[0]++;
      counts[1] += published * StrictMath.log(a.ours() / b.ours()) > 0 ? 1 : 0;
    }
  }

  private static double share(int[] counts) {
    return counts[0] == 0 ? 0 : (double) counts[1] / counts[0];
  }

  private static NewChip newChip(List<Own> own) {
    double error = 0;
    double unknown = 0;
    for (Own of : own) {
      error += Math.abs(of.off());
      List<Double> others = own.stream().filter(other -> other != of).map(Own::level).toList();
      unknown += Math.abs(of.level() - quantile(others, 0.5));
    }
    return new NewChip(own.size(), factor(error / own.size()), factor(unknown / own.size()));
  }

  private static Bands bands(List<Own> own) {
    int held = 0;
    int drawnHeld = 0;
    List<Double> widths = new ArrayList<>();
    List<Double> drawnWidths = new ArrayList<>();
    for (Own of : own) {
      double[] others =
          own.stream().filter(other -> other != of).mapToDouble(Own::off).sorted().toArray();
      double low = next(others, (1 - HELD) / 2);
      double high = next(others, (1 + HELD) / 2);
      held += of.off() >= low && of.off() <= high ? 1 : 0;
      widths.add(high - low);
      Band drawn = of.chip().drawn();
      double ratio = of.headline().published() / of.headline().ours();
      drawnHeld += ratio >= drawn.low() && ratio <= drawn.high() ? 1 : 0;
      drawnWidths.add(StrictMath.log(drawn.high() / drawn.low()));
    }
    return new Bands(
        own.size(),
        (double) held / own.size(),
        StrictMath.exp(quantile(widths, 0.5)),
        (double) drawnHeld / own.size(),
        StrictMath.exp(quantile(drawnWidths, 0.5)));
  }

  /**
   * The value that a share of further draws lies below, from sorted ones: of n draws the next is
   * equally likely to fall into each of the n + 1 gaps.
   */
  static double next(double[] sorted, double share) {
    double at = share * (sorted.length + 1) - 1;
    int below = (int) Math.max(0, Math.min(sorted.length - 1, Math.floor(at)));
    int above = Math.min(sorted.length - 1, below + 1);
    double part = Math.max(0, Math.min(1, at - below));
    return sorted[below] + part * (sorted[above] - sorted[below]);
  }

  private static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().flatMapToDouble(DoubleStream::of).sorted().toArray();
    return sorted.length == 0 ? 0 : Quantile.of(sorted, share);
  }

  private static double factor(double log) {
    return StrictMath.exp(log) - 1;
  }
}
