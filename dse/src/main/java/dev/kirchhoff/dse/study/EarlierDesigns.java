package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Simulated designs of an earlier report ({@link EstimateReport#document}), estimated again: the
 * losses of their chips stay as they are, whatever the new estimate. A row's knobs, accuracies,
 * loss and the layers' simulated noise are read; its estimates are ignored. All problems are
 * reported at once, with line and column.
 */
public final class EarlierDesigns {
  private static final SpecReader.Kind KIND =
      new SpecReader.Kind(
          "a report", "a report on simulated designs is what simulate --designs N --json prints");

  private static final double MOST_ITEMS = 1e9;

  private final String file;
  private final DesignSpec spec;
  private final Job job;
  private final DesignBinder binder;
  private final Evaluator evaluator = new Evaluator();
  private final Problems problems = new Problems();

  private EarlierDesigns(String file, DesignSpec spec, Job job) {
    this.file = file;
    this.spec = spec;
    this.job = job;
    binder = spec.newBinder();
  }

  /**
   * A row as it stands in the file.
   *
   * @param ordinals values of the knobs
   * @param layers simulated noise of the layers
   */
  private record StoredDesign(
      int[] ordinals, double trained, double quantised, double loss, List<LayerError> layers) {}

  /**
   * The report on the designs of an earlier one.
   *
   * @param file name of the file
   * @param bytes content of the file
   * @param spec the space that the designs are of
   * @param job the network that was simulated, which has a model of accuracy
   * @param threads number of threads that the report states
   * @throws SpecException with all problems of the file
   */
  public static EstimateReport read(
      String file, byte[] bytes, DesignSpec spec, Job job, int threads) throws SpecException {
    return new EarlierDesigns(file, spec, job).report(bytes, threads);
  }

  private EstimateReport report(byte[] bytes, int threads) throws SpecException {
    Optional<Node> read = SpecReader.read(file, bytes, KIND, problems).root();
    problems.throwIfAny();
    if (!(read.orElse(null) instanceof Node.Mapping root)) {
      problems.add(Place.ofFile(file), "", "must be a mapping with rows; " + KIND.beginning());
      throw new SpecException(problems.sorted());
    }
    long items = (long) number(root, "items", "items", 1, MOST_ITEMS);
    int draws = (int) number(root, "draws", "draws", 1, MOST_ITEMS);
    long seed = (long) number(root, "seed", "seed", Long.MIN_VALUE, Long.MAX_VALUE);
    int refused = (int) number(root, "refused", "refused", 0, MOST_ITEMS);
    int bestOf = (int) number(root, "bestOf", "bestOf", 1, MOST_ITEMS);
    List<StoredDesign> stated = rows(root);
    problems.throwIfAny();
    List<EstimateReport.Row> rows = new ArrayList<>();
    for (StoredDesign row : stated) {
      rows.add(row(row, items));
    }
    return new EstimateReport(
        job.network().name() + " on " + spec.name() + ", designs of " + file + " estimated again",
        (int) items,
        new AccuracyStudy.Settings(seed, draws, threads),
        refused,
        bestOf,
        job.network().accuracy().orElseThrow(),
        rows);
  }

  private EstimateReport.Row row(StoredDesign row, long items) {
    Evaluation evaluation =
        evaluator.evaluate(RecurrentStorage.separate(binder.bind(row.ordinals())));
    double accuracy = row.trained() - row.loss();
    Score score = new Score(Math.round(accuracy * items), items, accuracy, accuracy);
    return EstimateCheck.row(
        job,
        EstimateCheck.knobs(spec, row.ordinals()),
        row.trained(),
        row.quantised(),
        new Measured(score, row.layers()),
        evaluation);
  }

  private List<StoredDesign> rows(Node.Mapping root) {
    Node node = root.get("rows").orElse(null);
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      problems.add(node == null ? root.place() : node.place(), "rows", "must be a list of designs");
      return List.of();
    }
    List<StoredDesign> rows = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      String path = "rows[" + i + "]";
      if (list.items().get(i) instanceof Node.Mapping row) {
        rows.add(stated(row, path));
      } else {
        problems.add(list.items().get(i).place(), path, "must be a mapping with knobs and loss");
      }
    }
    return rows;
  }

  private StoredDesign stated(Node.Mapping row, String path) {
    double trained = number(row, "trained", path + ".trained", 0, 1);
    double loss = number(row, "loss", path + ".loss", -1, 1);
    if (!(trained - loss >= 0 && trained - loss <= 1)) {
      problems.add(
          row.place(),
          path + ".loss",
          "is " + loss + " of an accuracy of " + trained + "; what is left must be 0 to 1");
    }
    return new StoredDesign(
        ordinals(row, path),
        trained,
        number(row, "quantised", path + ".quantised", 0, 1),
        loss,
        layers(row, path + ".layers"));
  }

  /** The knobs' values: those that exist must be stated, and no others. */
  private int[] ordinals(Node.Mapping row, String path) {
    int[] ordinals = new int[spec.knobs().size()];
    Node node = row.get("knobs").orElse(null);
    if (!(node instanceof Node.Mapping knobs)) {
      problems.add(node == null ? row.place() : node.place(), path + ".knobs", "must be a mapping");
      return ordinals;
    }
    Map<String, Node.Entry> left = new TreeMap<>();
    knobs.entries().forEach(entry -> left.put(entry.key(), entry));
    for (int k = 0; k < ordinals.length; k++) {
      Knob knob = spec.knobs().get(k);
      boolean exists = knob.existsIn(ordinals);
      ordinals[k] = Knob.ABSENT;
      if (exists) {
        ordinals[k] = ordinal(knob, knobs, path + ".knobs." + knob.path());
        left.remove(knob.path());
      }
    }
    List<String> paths = spec.knobs().stream().map(Knob::path).distinct().toList();
    for (Node.Entry entry : left.values()) {
      String hint =
          paths.contains(entry.key()) ? " in such a design" : NearNames.hint(entry.key(), paths);
      problems.add(
          entry.keyPlace(),
          path + ".knobs." + entry.key(),
          spec.name() + " has no such choice" + hint);
    }
    return ordinals;
  }

  private int ordinal(Knob knob, Node.Mapping knobs, String path) {
    Node node = knobs.get(knob.path()).orElse(null);
    if (!(node instanceof Node.Scalar value)) {
      problems.add(
          node == null ? knobs.place() : node.place(),
          path,
          "is missing; it is one of " + knob.values());
      return 0;
    }
    int ordinal = knob.values().indexOf(value.text());
    if (ordinal < 0) {
      problems.add(
          value.place(), path, "is " + value.text() + NearNames.hint(value.text(), knob.values()));
      return 0;
    }
    return ordinal;
  }

  private List<LayerError> layers(Node.Mapping row, String path) {
    Node node = row.get("layers").orElse(null);
    List<LayerError> layers = new ArrayList<>();
    if (!(node instanceof Node.Sequence list)) {
      problems.add(node == null ? row.place() : node.place(), path, "must be a list of layers");
      return layers;
    }
    List<String> names =
        job.network().layers().stream()
            .filter(layer -> !layer.dynamic())
            .map(layer -> layer.name())
            .toList();
    for (int l = 0; l < list.items().size(); l++) {
      String at = path + "[" + l + "]";
      if (!(list.items().get(l) instanceof Node.Mapping layer)
          || !(layer.get("layer").orElse(null) instanceof Node.Scalar name)) {
        problems.add(list.items().get(l).place(), at, "must be a mapping with layer and snr_dB");
      } else if (l >= names.size() || !names.get(l).equals(name.text())) {
        problems.add(
            name.place(), at + ".layer", "is " + name.text() + ", the layers are " + names);
      } else {
        double snr_dB =
            number(layer, "snr_dB", at + ".snr_dB", -LayerError.MOST_DB, LayerError.MOST_DB);
        double error = snr_dB >= LayerError.MOST_DB ? 0 : StrictMath.pow(10, -snr_dB / 10);
        layers.add(new LayerError(name.text(), 1, 1, error));
      }
    }
    if (list.items().size() < names.size()) {
      problems.add(list.place(), path, "has " + list.items().size() + " layers of " + names);
    }
    return layers;
  }

  private double number(Node.Mapping from, String key, String path, double least, double most) {
    Node node = from.get(key).orElse(null);
    OptionalDouble number =
        node instanceof Node.Scalar scalar ? parsed(scalar.text()) : OptionalDouble.empty();
    if (number.isEmpty() || number.getAsDouble() < least || number.getAsDouble() > most) {
      problems.add(
          node == null ? from.place() : node.place(),
          path,
          (node == null ? "is missing; it is" : "must be")
              + String.format(Locale.ROOT, " a number of %.0f to %.0f", least, most));
      return least;
    }
    return number.getAsDouble();
  }

  private static OptionalDouble parsed(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
