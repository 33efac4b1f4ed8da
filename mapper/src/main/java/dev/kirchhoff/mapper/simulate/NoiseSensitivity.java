package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.SplitRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;

/**
 * Sensitivity of a network's decisions to errors in its products, measured on the network itself
 * without any chip and without labels.
 *
 * <p>κ_lk = relative mean square change of the output's features ({@link Decisions}) over the
 * noise-to-signal ratio of layer l that causes it, each layer by itself at {@value #PROBE}: noise
 * drawn anew for every product; errors of weights, which are the same for all items (several
 * chips); products cut at the ends of a range. The structure of a layer: {@link LayerSpreads}.
 *
 * <p>The curve: the changes of the features that single layers made, added up at random, keep a
 * share of the decisions, A(NSR), which is made to end at that of chance. Noise of all layers
 * together, which is not small, does more: a factor on the κ of noise, one on those of errors and a
 * growth g, A(NSR + g NSR²), are fitted to {@value #LEVELS} levels of each, where A keeps 97 to 50
 * % of the decisions. The band is that of the items (Wilson) where the ratio is {@value #UNSURE_DB}
 * dB higher and lower. With labels the same draws give the accuracy lost.
 */
public final class NoiseSensitivity {
  private static final double PROBE = 0.03;
  private static final int BATCH = 16;

  /** Items on which sensitivities are measured, at most. */
  public static final int MOST_ITEMS = 128;

  /** Draws of errors of a layer: so many where weights are few. */
  private static final int MOST_PROBES = 2;

  private static final long FEW_WEIGHTS = 2_000_000;
  private static final int DRAWS = 64;
  private static final double FIRST_DB = -42;
  private static final double STEP_DB = 1.5;
  private static final int POINTS = 61;
  private static final int LEVELS = 5;
  private static final double MOST_KEPT = 0.97;
  private static final double LEAST_KEPT = 0.5;
  private static final double CONFIDENCE = 0.95;
  private static final double UNSURE_DB = 2;

  /** Kinds of errors. */
  private static final int KINDS = 3;

  private static final int READS = 0;
  private static final int CELLS = 1;
  private static final int CUT = 2;

  private final SplitNetwork network;
  private final List<MatrixLayer> layers;
  private final List<float[]> probed;
  private final int probes;
  private final Decisions decisions;
  private final int width;
  private final int threads;
  private final RandomKey key;
  private final LayerSpreads spreads;

  /** Distance from their mean at which the products of a layer are cut. */
  private final double[] cut;

  /** Means of the products of a layer, by output. */
  private final double[][] mean;

  private NoiseSensitivity(
      SplitNetwork network, List<float[]> items, Decisions decisions, long seed, int threads) {
    this.network = network;
    this.decisions = decisions;
    this.threads = threads;
    layers = network.layers();
    probed = items.subList(0, Math.min(MOST_ITEMS, items.size()));
    width = Decisions.width(network.outputShape());
    key = RandomKey.of(seed);
    cut = new double[layers.size()];
    mean = new double[layers.size()][];
    long weights = 0;
    for (MatrixLayer layer : layers) {
      weights += (long) layer.groups() * layer.inputs() * layer.outputs();
    }
    probes = weights < FEW_WEIGHTS ? MOST_PROBES : 1;
    spreads = observed();
  }

  /**
   * The model of a network.
   *
   * @param items items like those that it will see, at least 2
   * @param decisions what it decides about them
   * @param label class of each, where that is known
   * @param seed seed of all draws
   * @param threads threads; results do not depend on them
   */
  public static AccuracyModel measure(
      SplitNetwork network,
      List<float[]> items,
      Decisions decisions,
      Optional<IntUnaryOperator> label,
      long seed,
      int threads) {
    return new NoiseSensitivity(network, items, decisions, seed, threads).model(label);
  }

  /** Typical inputs of all layers, and the ends at which products are cut. */
  private LayerSpreads observed() {
    List<InputSamples> samples = new ArrayList<>();
    layers.forEach(layer -> samples.add(new InputSamples(layer.groups())));
    MatrixEngine.Session listener =
        (call, vectors, products) -> samples.get(call.layer()).add(call, vectors);
    MatrixEngine.Session ours = network.isRecurrent() ? ours().newSession() : null;
    MatrixEngine.Session both =
        (call, vectors, products) -> {
          samples.get(call.layer()).add(call, vectors);
          ours.multiply(call, vectors, products);
        };
    List<Products> seen = new ArrayList<>();
    layers.forEach(layer -> seen.add(new Products()));
    for (int from = 0; from < probed.size(); from += BATCH) {
      try (SplitRun run = network.start(batch(probed, from))) {
        while (run.isAtMatrix()) {
          if (run.isRecurrent()) {
            run.multiply(both, from);
          } else {
            run.observe(listener, from);
            run.multiply(new Seeing(seen));
          }
        }
      }
    }
    for (int l = 0; l < layers.size(); l++) {
      mean[l] = seen.get(l).means();
      cut[l] = seen.get(l).end(PROBE);
    }
    return new LayerSpreads(layers, samples);
  }

  private MatrixEngine ours() {
    return new FloatEngine(network);
  }

  private static float[][] batch(List<float[]> items, int from) {
    return items.subList(from, Math.min(items.size(), from + BATCH)).toArray(float[][]::new);
  }

  /** Some products of a layer, with the outputs that they are of. */
  private static final class Products {
    private static final int MOST = 1 << 15;
    private static final int EACH = 2048;

    private final float[] values = new float[MOST];
    private final int[] output = new int[MOST];
    private int outputs;
    private int count;

    void add(SplitRun.Place place, float[] products) {
      outputs = place.outputs();
      // No divisor of a map's side, so that all places are met.
      int stride = products.length / EACH | 1;
      for (int i = 0; i < products.length && count < MOST; i += stride) {
        output[count] = place.output(i);
        values[count++] = products[i];
      }
    }

    /** Mean by output. */
    double[] means() {
      double[] sum = new double[outputs];
      int[] of = new int[outputs];
      for (int i = 0; i < count; i++) {
        sum[output[i]] += values[i];
        of[output[i]]++;
      }
      for (int m = 0; m < outputs; m++) {
        sum[m] = of[m] == 0 ? 0 : sum[m] / of[m];
      }
      return sum;
    }

    /** Distance from the means beyond which lies a share of the variance, if cut there. */
    double end(double share) {
      double[] means = means();
      double[] distance = new double[count];
      double variance = 0;
      for (int i = 0; i < count; i++) {
        distance[i] = Math.abs(values[i] - means[output[i]]);
        variance += distance[i] * distance[i];
      }
      Arrays.sort(distance);
      double low = 0;
      double high = count == 0 ? 0 : distance[count - 1];
      for (int step = 0; step < 40; step++) {
        double middle = (low + high) / 2;
        double lost = 0;
        for (int i = count - 1; i >= 0 && distance[i] > middle; i--) {
          lost += (distance[i] - middle) * (distance[i] - middle);
        }
        if (lost > share * variance) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return high;
    }
  }

  /** Looks at products. */
  private record Seeing(List<Products> seen) implements SplitRun.Change {
    @Override
    public Optional<float[]> weights(int layer, float[] own) {
      return Optional.empty();
    }

    @Override
    public void products(SplitRun.Place place, float[] products) {
      seen.get(place.layer()).add(place, products);
    }
  }

  /**
   * Errors of all layers.
   *
   * @param reads deviation of noise of products, by layer
   * @param cells deviation of errors of weights, by layer
   * @param isCut layers whose products are cut
   * @param first number of the first item of the batch
   * @param key key of the draws
   */
  private final class Errors implements SplitRun.Change {
    private final double[] reads;
    private final double[] cells;
    private final boolean[] isCut;
    private final RandomKey draws;
    private final long first;
    private float[] noise = new float[0];
    private double lost;
    private long count;

    Errors(double[] reads, double[] cells, boolean[] isCut, RandomKey draws, long first) {
      this.reads = reads;
      this.cells = cells;
      this.isCut = isCut;
      this.draws = draws;
      this.first = first;
    }

    @Override
    public Optional<float[]> weights(int layer, float[] own) {
      if (cells[layer] == 0) {
        return Optional.empty();
      }
      float[] off = normal(draws.child(layer), own.length);
      float[] weights = new float[own.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (own[i] + cells[layer] * off[i]);
      }
      return Optional.of(weights);
    }

    private float[] normal(RandomKey from, int values) {
      if (noise.length < values) {
        noise = new float[values];
      }
      from.gaussians(0, noise, 0, values);
      return noise;
    }

    @Override
    public void products(SplitRun.Place place, float[] products) {
      int layer = place.layer();
      if (reads[layer] > 0) {
        RandomKey own = draws.child(layer).child(place.use()).child(first + place.item());
        float[] off = normal(own, products.length);
        float deviation = (float) reads[layer];
        for (int i = 0; i < products.length; i++) {
          products[i] += deviation * off[i];
        }
      }
      if (isCut[layer]) {
        for (int i = 0; i < products.length; i++) {
          double middle = mean[layer][place.output(i)];
          float kept =
              (float) Math.max(middle - cut[layer], Math.min(middle + cut[layer], products[i]));
          lost += (double) (kept - products[i]) * (kept - products[i]);
          products[i] = kept;
        }
        count += products.length;
      }
    }
  }

  private Errors errors(int kind, int layer, double ratio, RandomKey draws, long first) {
    double[] reads = new double[layers.size()];
    double[] cells = new double[layers.size()];
    boolean[] isCut = new boolean[layers.size()];
    for (int l = 0; l < layers.size(); l++) {
      if (layer < 0 || l == layer) {
        reads[l] = kind == READS ? Math.sqrt(ratio) * spreads.deviation(l) : 0;
        cells[l] = kind == CELLS ? Math.sqrt(ratio) * spreads.error(l) : 0;
        isCut[l] = kind == CUT;
      }
    }
    return new Errors(reads, cells, isCut, draws, first);
  }

  /** Goes on to the end of a run with the errors of a kind. */
  private List<double[]> finished(SplitRun run, Errors errors, Optional<MatrixEngine> own) {
    while (run.isAtMatrix()) {
      if (run.isRecurrent()) {
        run.multiply(erring(own.orElseThrow(), errors).newSession(), errors.first);
      } else {
        run.multiply(errors);
      }
    }
    return features(run);
  }

  /** Our engine with the same errors, for recurrent cells. */
  private MatrixEngine erring(MatrixEngine exact, Errors errors) {
    List<Double> reads = Arrays.stream(errors.reads).boxed().toList();
    List<Double> cells = Arrays.stream(errors.cells).boxed().toList();
    MatrixEngine weights = new PerturbedWeights(exact, network, cells, errors.draws);
    return new NoisyEngine(weights, reads, errors.draws);
  }

  private List<double[]> features(SplitRun run) {
    return run.outputs().stream().map(output -> decisions.features(output, width)).toList();
  }

  /**
   * Features of a batch, and what errors of each layer and kind do to them.
   *
   * @param exact features without errors
   * @param changes differences of features by kind, layer, draw and item
   * @param lost sum of squares of what was cut, by layer
   * @param products number of products, by layer
   */
  private record Reach(
      List<double[]> exact, double[][][][][] changes, double[] lost, long[] products) {

    /** Mean over the draws of the sum of squares of the changes. */
    double square(int kind, int layer) {
      double square = 0;
      int draws = 0;
      for (double[][] draw : changes[kind][layer]) {
        draws += draw == null ? 0 : 1;
        for (int i = 0; draw != null && i < draw.length; i++) {
          for (double change : draw[i]) {
            square += change * change;
          }
        }
      }
      return draws == 0 ? 0 : square / draws;
    }
  }

  private Reach reach(int from) {
    Optional<MatrixEngine> own = network.isRecurrent() ? Optional.of(ours()) : Optional.empty();
    float[][] batch = batch(probed, from);
    List<double[]> exact = exactly(batch, own);
    Reach reach =
        new Reach(
            exact,
            new double[KINDS][layers.size()][probes][][],
            new double[layers.size()],
            new long[layers.size()]);
    Errors none = errors(-1, -1, 0, key, from);
    boolean[] done = new boolean[layers.size()];
    try (SplitRun run = network.start(batch)) {
      while (run.isAtMatrix()) {
        for (int layer : run.layers()) {
          // A matrix that several nodes use errs in all of them: from its first one on.
          if (!done[layer]) {
            done[layer] = true;
            probe(run, layer, from, own, reach);
          }
        }
        if (run.isRecurrent()) {
          run.multiply(own.orElseThrow().newSession(), none.first);
        } else {
          run.multiplyExactly();
        }
      }
    }
    return reach;
  }

  private List<double[]> exactly(float[][] batch, Optional<MatrixEngine> own) {
    try (SplitRun run = network.start(batch)) {
      while (run.isAtMatrix()) {
        if (run.isRecurrent()) {
          run.multiply(own.orElseThrow().newSession(), 0);
        } else {
          run.multiplyExactly();
        }
      }
      return features(run);
    }
  }

  private void probe(SplitRun run, int layer, int from, Optional<MatrixEngine> own, Reach reach) {
    for (int kind = 0; kind < KINDS; kind++) {
      // Cuts tell little beside errors of cells: where a probe takes long they are left out.
      int draws = kind == CUT ? Math.min(1, probes - 1) : probes;
      for (int draw = 0; draw < draws; draw++) {
        RandomKey noise = key.child(layer).child(kind).child(draw);
        Errors errors = errors(kind, layer, PROBE, noise, from);
        try (SplitRun fork = run.fork()) {
          List<double[]> changed = finished(fork, errors, own);
          double[][] changes = new double[changed.size()][];
          Arrays.setAll(changes, i -> difference(changed.get(i), reach.exact().get(i)));
          reach.changes()[kind][layer][draw] = changes;
        }
        reach.lost()[layer] += errors.lost;
        reach.products()[layer] += errors.count;
      }
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, k -> a[k] - b[k]);
    return difference;
  }

  /** Mean square of features around their mean over the items, a feature. */
  private static double variance(List<double[]> features) {
    int each = features.get(0).length;
    double variance = 0;
    for (int k = 0; k < each; k++) {
      double sum = 0;
      double square = 0;
      for (double[] item : features) {
        sum += item[k];
        square += item[k] * item[k];
      }
      double mean = sum / features.size();
      variance += square / features.size() - mean * mean;
    }
    return variance / each;
  }

  private AccuracyModel model(Optional<IntUnaryOperator> label) {
    List<Callable<Reach>> tasks = new ArrayList<>();
    for (int from = 0; from < probed.size(); from += BATCH) {
      int first = from;
      tasks.add(() -> reach(first));
    }
    List<Reach> reaches = Pool.run(tasks, threads);
    List<double[]> exact = reaches.stream().flatMap(reach -> reach.exact().stream()).toList();
    double variance = variance(exact);
    double per = probed.size() * (double) exact.get(0).length * variance;
    double[][] kappa = new double[KINDS][layers.size()];
    List<Weight> weights = new ArrayList<>();
    double[] sum = new double[KINDS];
    for (int l = 0; l < layers.size(); l++) {
      double lost = 0;
      long products = 0;
      for (Reach reach : reaches) {
        for (int kind = 0; kind < KINDS; kind++) {
          kappa[kind][l] += per > 0 ? reach.square(kind, l) / per / PROBE : 0;
        }
        lost += reach.lost()[l];
        products += reach.products()[l];
      }
      double square = spreads.deviation(l) * spreads.deviation(l);
      double ratio = products > 0 && square > 0 ? lost / products / square : 0;
      // Cut outputs harm less than cut sums of single columns may: never below errors of cells.
      double ofCut = ratio > 0 ? kappa[CUT][l] * PROBE / ratio : 0;
      kappa[CUT][l] = Math.max(ofCut, kappa[CELLS][l]);
      for (int kind = 0; kind < KINDS; kind++) {
        sum[kind] += kappa[kind][l];
      }
      weights.add(
          new Weight(
              layers.get(l).name(),
              kappa[CELLS][l],
              kappa[CUT][l],
              kappa[READS][l],
              kappa[CELLS][l],
              kappa[CELLS][l],
              spreads.structure(l),
              spreads.inputs(l)));
    }
    Margins margins = new Margins(exact, reaches, sum, label);
    boolean isReached = sum[READS] > 0 && sum[CELLS] > 0;
    Passage passage = isReached ? Passage.fitted(margins, levels(margins, sum)) : Passage.NONE;
    return new AccuracyModel(
        margins.reference(),
        weights.stream().map(passage::of).toList(),
        label.isPresent() ? margins.curve(passage, true) : LossCurve.NONE,
        margins.curve(passage, false),
        "noise in " + layers.size() + " layers, " + exact.size() + " items; " + decisions.words());
  }

  /**
   * Decisions kept with errors of a kind in all layers.
   *
   * @param snr_dB ratio at the output by the layers' κ
   * @param kept share that is kept
   */
  private record Level(int kind, double snr_dB, double kept) {}

  /**
   * Passage of noise from the layers to decisions: noise of a ratio T keeps what changes of the
   * ratio T + growth · T² would, T by factors on the κ of noise and on those of errors.
   *
   * @param reads factor on κ of noise of reads
   * @param cells factor on κ of errors of weights
   */
  private record Passage(double reads, double cells, double growth) {
    static final Passage NONE = new Passage(1, 1, 0);

    private static final double MOST_DB = 6;
    private static final double STEP_DB = 0.25;
    private static final double MOST_GROWTH = 4;
    private static final double GROWTH_STEP = 0.25;

    /** Weight of a factor of 3 dB against a decision in ten, squared (chosen). */
    private static final double PRIOR = 0.01;

    /** Least squares over levels; factors that they say nothing about stay near one. */
    static Passage fitted(Margins margins, List<Level> levels) {
      Passage best = NONE;
      double least = Double.POSITIVE_INFINITY;
      for (double growth = 0; growth <= MOST_GROWTH; growth += GROWTH_STEP) {
        double[] factor = new double[2];
        double error = 0;
        for (int kind = READS; kind <= CELLS; kind++) {
          double leastOfKind = Double.POSITIVE_INFINITY;
          for (double more_dB = -MOST_DB; more_dB <= MOST_DB; more_dB += STEP_DB) {
            double of = StrictMath.pow(10, more_dB / 10);
            double off = PRIOR * more_dB * more_dB / 9;
            for (Level level : levels) {
              double ratio = of * StrictMath.pow(10, -level.snr_dB() / 10);
              double kept = margins.kept(-10 * StrictMath.log10(ratio + growth * ratio * ratio));
              off += level.kind() == kind ? (kept - level.kept()) * (kept - level.kept()) : 0;
            }
            if (off < leastOfKind) {
              leastOfKind = off;
              factor[kind] = of;
            }
          }
          error += leastOfKind;
        }
        if (error < least) {
          least = error;
          best = new Passage(factor[READS], factor[CELLS], growth);
        }
      }
      return best;
    }

    /** Ratio of noise of the layers that does what changes of a ratio do. */
    double snr_dB(double ofChanges_dB) {
      double ratio = StrictMath.pow(10, -ofChanges_dB / 10);
      double through = growth > 0 ? (Math.sqrt(1 + 4 * growth * ratio) - 1) / (2 * growth) : ratio;
      return -10 * StrictMath.log10(through);
    }

    /** Weights in the ratio at which the curve is kept. */
    Weight of(Weight weight) {
      return weight.times(reads, cells);
    }
  }

  /**
   * Decisions under the changes that probes have made, all layers together: a random one of each
   * layer and kind, of random sign, of the size of a ratio at the output. Changes of one item go
   * along with its values: bright items have large outputs and large errors.
   */
  private final class Margins {
    private final List<double[]> exact;
    private final List<Reach> reaches;
    private final double[] sum;
    private final Optional<IntUnaryOperator> label;
    private final double[] same = new double[POINTS];
    private final double[] right = new double[POINTS];
    private final double reference;

    Margins(
        List<double[]> exact, List<Reach> reaches, double[] sum, Optional<IntUnaryOperator> label) {
      this.exact = exact;
      this.reaches = reaches;
      this.sum = sum;
      this.label = label;
      reference = label.map(known -> right(exact, known)).orElse(0.0);
      List<Callable<double[]>> tasks = new ArrayList<>();
      for (int draw = 0; draw < DRAWS; draw++) {
        RandomKey noise = key.child(layers.size()).child(draw);
        tasks.add(() -> drawn(noise));
      }
      for (double[] shares : Pool.run(tasks, threads)) {
        for (int p = 0; p < POINTS; p++) {
          same[p] += shares[p] / DRAWS;
          right[p] += shares[POINTS + p] / DRAWS;
        }
      }
      double chance = decisions.chance(exact);
      endAt(chance, 1, same);
      endAt(chance, reference, right);
    }

    /**
     * Lets shares fall to chance where noise is all that is left: changes of small errors go along
     * with their items, large ones no longer do.
     */
    private static void endAt(double chance, double whole, double[] shares) {
      double least = shares[0];
      if (least > chance && whole > least) {
        double slope = (whole - chance) / (whole - least);
        for (int p = 0; p < shares.length; p++) {
          shares[p] = whole - slope * (whole - shares[p]);
        }
      }
    }

    /** Changes of all items for a ratio of one: half of it by reads, half by cells. */
    private List<double[]> changes(RandomKey noise) {
      List<double[]> changes = new ArrayList<>();
      for (Reach reach : reaches) {
        for (int i = 0; i < reach.exact().size(); i++) {
          double[] change = new double[reach.exact().get(i).length];
          for (int kind = READS; kind <= CELLS; kind++) {
            double scale = sum[kind] > 0 ? Math.sqrt(0.5 / PROBE / sum[kind]) : 0;
            for (int l = 0; l < layers.size(); l++) {
              // A chip is the same for all items, a read is not.
              RandomKey of = noise.child(kind).child(l);
              long bits = of.bits(kind == CELLS ? 0 : 1 + changes.size());
              double sign = (bits & 1) == 0 ? scale : -scale;
              double[][] draw = reach.changes()[kind][l][(int) ((bits >>> 1) % probes)];
              for (int k = 0; draw != null && k < change.length; k++) {
                change[k] += sign * draw[i][k];
              }
            }
          }
          changes.add(change);
        }
      }
      return changes;
    }

    /** Shares of decisions that stay and that are right, at all points with the same draws. */
    private double[] drawn(RandomKey noise) {
      double[] shares = new double[2 * POINTS];
      List<double[]> changes = changes(noise);
      for (int p = 0; p < POINTS; p++) {
        double size = Math.sqrt(StrictMath.pow(10, -snr_dB(p) / 10));
        List<double[]> noisy = new ArrayList<>();
        for (int i = 0; i < exact.size(); i++) {
          double[] features = exact.get(i).clone();
          for (int k = 0; k < features.length; k++) {
            features[k] += size * changes.get(i)[k];
          }
          noisy.add(features);
        }
        for (boolean stays : decisions.same(exact, noisy)) {
          shares[p] += stays ? 1.0 / exact.size() : 0;
        }
        shares[POINTS + p] = label.map(known -> right(noisy, known)).orElse(0.0);
      }
      return shares;
    }

    private static double right(List<double[]> features, IntUnaryOperator label) {
      int right = 0;
      for (int i = 0; i < features.size(); i++) {
        right += Decisions.largest(features.get(i)) == label.applyAsInt(i) ? 1 : 0;
      }
      return (double) right / features.size();
    }

    double reference() {
      return reference;
    }

    static double snr_dB(int point) {
      return FIRST_DB + STEP_DB * point;
    }

    /** Share of decisions that stay at a ratio, on a straight line between points. */
    double kept(double snr_dB) {
      double place = (snr_dB - FIRST_DB) / STEP_DB;
      int low = Math.max(0, Math.min(POINTS - 2, (int) Math.floor(place)));
      double t = Math.max(0, Math.min(1, place - low));
      return same[low] + t * (same[low + 1] - same[low]);
    }

    /** The least ratio at a point at which a share stays; that of the last if it stays at none. */
    double snrOf_dB(double share) {
      int point = 0;
      while (point < POINTS - 1 && same[point] < share) {
        point++;
      }
      return snr_dB(point);
    }

    /** Losses over the ratio of noise that comes through the layers. */
    LossCurve curve(Passage passage, boolean ofAccuracy) {
      double whole = ofAccuracy ? reference : 1;
      List<Point> points = new ArrayList<>();
      for (int p = 0; p < POINTS; p++) {
        double loss = Math.max(0, whole - (ofAccuracy ? right[p] : same[p]));
        // The same items are judged with errors and without: the interval is that of the lost ones.
        Confidence range = Confidence.of(Math.round(loss * exact.size()), exact.size(), CONFIDENCE);
        points.add(new Point(passage.snr_dB(snr_dB(p)), loss, range.low(), range.high()));
      }
      return unsure(falling(points));
    }
  }

  /** Points whose bands include the losses at ratios near theirs. */
  static LossCurve unsure(List<Point> points) {
    LossCurve sure = new LossCurve(points);
    return new LossCurve(
        points.stream()
            .map(
                at ->
                    new Point(
                        at.snr_dB(),
                        at.loss(),
                        sure.at(at.snr_dB() + UNSURE_DB).low(),
                        sure.at(at.snr_dB() - UNSURE_DB).high()))
            .toList());
  }

  /** Decisions kept at levels of noise and of errors in all layers. */
  private List<Level> levels(Margins margins, double[] sum) {
    List<Callable<Level>> tasks = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      double snr_dB = margins.snrOf_dB(MOST_KEPT - level * (MOST_KEPT - LEAST_KEPT) / (LEVELS - 1));
      double ratio = StrictMath.pow(10, -snr_dB / 10);
      for (int kind = READS; kind <= CELLS; kind++) {
        int of = kind;
        RandomKey noise = key.child(layers.size() + 1 + level).child(kind);
        tasks.add(() -> new Level(of, snr_dB, kept(of, ratio / sum[of], noise)));
      }
    }
    return Pool.run(tasks, threads);
  }

  /** Share of the probed items whose decision stays with errors of all layers. */
  private double kept(int kind, double ratio, RandomKey noise) {
    Optional<MatrixEngine> own = network.isRecurrent() ? Optional.of(ours()) : Optional.empty();
    List<double[]> exact = new ArrayList<>();
    List<double[]> noisy = new ArrayList<>();
    for (int from = 0; from < probed.size(); from += BATCH) {
      float[][] batch = batch(probed, from);
      exact.addAll(exactly(batch, own));
      try (SplitRun run = network.start(batch)) {
        noisy.addAll(finished(run, errors(kind, -1, ratio, noise, from), own));
      }
    }
    int same = 0;
    for (boolean stays : decisions.same(exact, noisy)) {
      same += stays ? 1 : 0;
    }
    return (double) same / exact.size();
  }

  /** Isotonic regression of the points: neighbours whose loss would rise take their mean. */
  static List<Point> falling(List<Point> points) {
    int[] size = new int[points.size()];
    double[] loss = new double[points.size()];
    double[] low = new double[points.size()];
    double[] high = new double[points.size()];
    int pools = 0;
    for (Point point : points) {
      size[pools] = 1;
      loss[pools] = point.loss();
      low[pools] = point.low();
      high[pools] = point.high();
      while (pools > 0 && loss[pools - 1] < loss[pools]) {
        int together = size[pools - 1] + size[pools];
        loss[pools - 1] = mean(loss, size, pools);
        low[pools - 1] = mean(low, size, pools);
        high[pools - 1] = mean(high, size, pools);
        size[pools - 1] = together;
        pools--;
      }
      pools++;
    }
    List<Point> falling = new ArrayList<>();
    for (int pool = 0; pool < pools; pool++) {
      for (int i = 0; i < size[pool]; i++) {
        double snr_dB = points.get(falling.size()).snr_dB();
        falling.add(new Point(snr_dB, loss[pool], low[pool], high[pool]));
      }
    }
    return falling;
  }

  private static double mean(double[] values, int[] size, int pool) {
    return (size[pool - 1] * values[pool - 1] + size[pool] * values[pool])
        / (size[pool - 1] + size[pool]);
  }
}
