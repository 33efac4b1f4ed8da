package dev.kirchhoff.arch.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Catalogues;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.LayerNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecFiles;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checked spec: its knobs, its objectives and constraints, and a binder that turns ordinals into
 * designs.
 *
 * <pre>{@code
 * DesignSpec spec = DesignSpec.load("chip.yaml", List.of(), List.of(), environment);
 * Design start = spec.newBinder().bind(spec.tree().start());
 * }</pre>
 */
public final class DesignSpec {
  private final String file;
  private final Node.Mapping source;
  private final SpecTree tree;
  private final SpecFiles files;
  private final Networks networks;
  private final KernelReader kernels;
  private final CircuitFiles circuits;
  private final CircuitCatalogue catalogue;
  private final Qualities qualities;
  private final DeviceCatalogue devices;
  private final List<Objective> objectives;
  private final BandEnd band;
  private final List<Condition> conditions;
  private final List<Metric> recorded;
  private final Problems problems;

  /**
   * Environment that a spec is read in: files, presets, catalogues and formats.
   *
   * @param sources hands over files
   * @param devices device presets
   * @param networks built-in networks
   * @param models circuits that price the parts of a chip
   * @param formats formats of networks beside {@code .yaml}
   */
  public record Environment(
      Sources sources,
      DeviceCatalogue devices,
      NetworkCatalogue networks,
      CircuitCatalogue models,
      List<NetworkFormat> formats) {

    public Environment {
      formats = List.copyOf(formats);
    }

    /** Without further formats. */
    public Environment(
        Sources sources,
        DeviceCatalogue devices,
        NetworkCatalogue networks,
        CircuitCatalogue models) {
      this(sources, devices, networks, models, List.of());
    }

    private Networks networksOf(
        String file,
        Map<String, NetworkFormat.Settings> settings,
        NetworkSizes sizes,
        Map<String, String> carried) {
      return new Networks(networks, sources, formats, file, settings, sizes, carried);
    }
  }

  private DesignSpec(
      String file,
      Node.Mapping source,
      SpecTree tree,
      SpecFiles files,
      Networks networks,
      KernelReader kernels,
      CircuitFiles circuits,
      CircuitCatalogue catalogue,
      Qualities qualities,
      DeviceCatalogue devices,
      List<String> limits,
      Problems problems) {
    this.file = file;
    this.source = source;
    this.tree = tree;
    this.files = files;
    this.networks = networks;
    this.kernels = kernels;
    this.circuits = circuits;
    this.catalogue = catalogue;
    this.qualities = qualities;
    this.devices = devices;
    MetricNames names = new MetricNames(tree, networks::find, networks::accuracy, qualities);
    ObjectivesParser parser = new ObjectivesParser(tree, problems, names);
    this.objectives = parser.objectives();
    this.band = parser.band();
    ConstraintParser constraints = new ConstraintParser(tree, problems, names);
    this.conditions =
        Stream.concat(constraints.ofSpec().stream(), constraints.ofLimits(limits).stream())
            .toList();
    this.recorded = recorded(tree, names, conditions, problems);
    this.problems = problems;
  }

  private static List<Metric> recorded(
      SpecTree tree, MetricNames names, List<Condition> conditions, Problems problems) {
    List<Metric> metrics = new ArrayList<>();
    Value stated = tree.root().get("record");
    if (stated == null || stated instanceof Value.Absent) {
      return List.of();
    }
    for (Value item : stated instanceof Value.Items list ? list.items() : List.of(stated)) {
      if (!(item instanceof Value.Word word)) {
        problems.add(
            item.place(),
            "record",
            "must be metrics by name: a run keeps the same of every design");
        continue;
      }
      Optional<Metric> metric = names.metric(word, "record", problems);
      if (metric.isPresent() && metrics.contains(metric.get())) {
        problems.add(word.place(), "record", word.text() + " is given twice");
      } else {
        metric.ifPresent(metrics::add);
      }
    }
    return Stream.concat(
            metrics.stream(),
            conditions.stream()
                .flatMap(condition -> condition.terms().stream())
                .map(Condition.Term::metric))
        .distinct()
        .toList();
  }

  private DesignSpec(DesignSpec spec, List<Condition> conditions) {
    this.file = spec.file;
    this.source = spec.source;
    this.tree = spec.tree;
    this.files = spec.files;
    this.networks = spec.networks;
    this.kernels = spec.kernels;
    this.circuits = spec.circuits;
    this.catalogue = spec.catalogue;
    this.qualities = spec.qualities;
    this.devices = spec.devices;
    this.objectives = spec.objectives;
    this.band = spec.band;
    this.recorded = spec.recorded;
    this.conditions = List.copyOf(conditions);
    this.problems = spec.problems;
  }

  /**
   * Reads and checks a spec.
   *
   * @param file the spec
   * @param settings changes from the command line
   * @param limits further constraints from the command line
   * @param environment files, presets, catalogues and formats
   * @throws SpecException with all problems
   */
  public static DesignSpec load(
      String file, List<Setting> settings, List<String> limits, Environment environment)
      throws SpecException {
    Problems problems = new Problems();
    SpecFiles files = new SpecFiles(environment.sources(), problems);
    SpecFiles.Loaded loaded = files.load(file);
    if (loaded.tree().isEmpty() || !loaded.isWhole()) {
      problems.throwIfAny();
    }
    Node.Mapping source = loaded.tree().orElseThrow();
    for (Setting setting : settings) {
      source = setting.apply(source, problems);
    }
    if (loaded.brokenAt().isPresent()) {
      checkBroken(source, file, files, environment, problems, loaded.brokenAt().get());
    }
    NetworkSizes sizes = NetworkSizes.of(source, problems);
    source = sizes.spec();
    Networks networks =
        environment.networksOf(file, NetworkSettings.of(source, problems), sizes, carried(source));
    CircuitFiles circuits = circuits(source, file, files, environment);
    Optional<SpecTree> tree =
        SpecTree.check(
            source,
            Grammar.spec(CircuitKeys.settings(source, environment.models(), circuits)),
            catalogues(environment, networks, circuits),
            layers(networks, source),
            problems);
    CircuitKeys.check(source, environment.models(), circuits, problems);
    if (tree.isEmpty()) {
      problems.throwIfAny();
    }
    KernelReader kernels = new KernelReader(environment.sources(), file, carried(source));
    Qualities qualities =
        isWorkloadSound(problems)
            ? WorkloadCheck.check(tree.orElseThrow(), networks, kernels, problems)
            : Qualities.UNKNOWN;
    DesignSpec spec =
        new DesignSpec(
            file,
            source,
            tree.orElseThrow(),
            files,
            networks,
            kernels,
            circuits,
            environment.models(),
            qualities,
            environment.devices(),
            limits,
            problems);
    problems.throwIfAny();
    spec.checkStart(problems);
    problems.throwIfAny();
    return spec;
  }

  /** True if nothing is wrong in the workload and in values that it may share. */
  private static boolean isWorkloadSound(Problems problems) {
    return problems.sorted().stream()
        .map(SpecProblem::path)
        .noneMatch(path -> path.isEmpty() || path.startsWith("workload") || path.startsWith("let"));
  }

  private static CircuitFiles circuits(
      Node.Mapping source, String file, SpecFiles files, Environment environment) {
    Map<String, String> models =
        CircuitFiles.models(source, file, named -> files.tree(named).isPresent());
    return new CircuitFiles(environment.sources(), file, carried(source), models);
  }

  /** Contents of files that a spec carries, by name. */
  private static Map<String, String> carried(Node.Mapping source) {
    Map<String, String> files = new TreeMap<>();
    if (source.get("files").orElse(null) instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        if (entry.value() instanceof Node.Scalar content) {
          files.put(entry.key(), content.text());
        }
      }
    }
    return files;
  }

  /**
   * After a syntax error: what was read before it is checked too, but nothing is called missing.
   */
  private static void checkBroken(
      Node.Mapping written,
      String file,
      SpecFiles files,
      Environment environment,
      Problems problems,
      Place brokenAt)
      throws SpecException {
    Problems partial = new Problems();
    NetworkSizes sizes = NetworkSizes.of(written, partial);
    Node.Mapping source = sizes.spec();
    Networks networks =
        environment.networksOf(file, NetworkSettings.of(source, partial), sizes, carried(source));
    CircuitFiles circuits = circuits(source, file, files, environment);
    SpecTree.check(
            source,
            Grammar.spec(CircuitKeys.settings(source, environment.models(), circuits)),
            catalogues(environment, networks, circuits),
            layers(networks, source),
            partial)
        .ifPresent(
            tree ->
                new ConstraintParser(
                        tree,
                        partial,
                        new MetricNames(
                            tree, networks::find, networks::accuracy, Qualities.UNKNOWN))
                    .ofSpec());
    for (SpecProblem problem : partial.sorted()) {
      boolean before =
          problem.place().file().equals(brokenAt.file()) && problem.place().compareTo(brokenAt) < 0;
      if (before
          && !problem.message().startsWith("is missing")
          && !problem.message().startsWith("is empty")) {
        problems.add(problem.place(), problem.path(), problem.message());
      }
    }
    problems.throwIfAny();
  }

  private static Catalogues catalogues(
      Environment environment, Networks networks, CircuitFiles circuits) {
    return new Catalogues() {
      @Override
      public Optional<Node.Mapping> mapping(String what, String name) {
        return what.equals("device") ? environment.devices().find(name) : Optional.empty();
      }

      @Override
      public List<String> names(String what) {
        if (what.equals("device")) {
          return environment.devices().names();
        }
        if (what.equals("network")) {
          return networks.names();
        }
        return part(what).map(this::models).orElse(List.of());
      }

      /** The catalogue's models of a part, and circuits beside the spec. */
      private List<String> models(String part) {
        List<String> names = new ArrayList<>(environment.models().models(part));
        if (!names.isEmpty()) {
          circuits.models().stream()
              .filter(m -> circuits.text(m).isPresent() || circuits.trouble(m).isPresent())
              .forEach(names::add);
        }
        return names;
      }

      @Override
      public List<SpecProblem> problemsOfFile(String what, String name, Place place) {
        Optional<String> part = part(what);
        if (part.isEmpty()) {
          return networks.problems(name, place);
        }
        Problems problems = new Problems();
        if (circuits.text(name).isPresent() || circuits.trouble(name).isPresent()) {
          environment.models().check(part.get(), name, circuits, problems);
        }
        return problems.sorted();
      }
    };
  }

  /** The part whose models are meant by {@code model of PART}. */
  private static Optional<String> part(String what) {
    return what.startsWith("model of ")
        ? Optional.of(what.substring("model of ".length()))
        : Optional.empty();
  }

  /** File or folder of samples that the spec names for a network; empty if it names none. */
  public Optional<String> samples(String network) {
    return networks.samples(network);
  }

  /**
   * Contents of the files of circuits and of networks' models of accuracy that this spec uses, by
   * name, as it carries them.
   */
  Map<String, String> usedFiles() {
    Map<String, String> files = new TreeMap<>(circuits.toCarry());
    files.putAll(networks.toCarry());
    return files;
  }

  /** Layer names of networks; those that {@code precision.layers} pins are not free. */
  private static LayerNames layers(Networks networks, Node.Mapping source) {
    List<Pattern> pinned = new ArrayList<>();
    if (source.get("precision").orElse(null) instanceof Node.Mapping precision
        && precision.get("layers").orElse(null) instanceof Node.Sequence layers) {
      for (Node layer : layers.items()) {
        if (layer instanceof Node.Mapping m
            && m.get("match").orElse(null) instanceof Node.Scalar match) {
          pinned.add(DesignBinder.glob(match.text()));
        }
      }
    }
    return new LayerNames() {
      @Override
      public List<String> of(String network) {
        return networks.find(network).map(found -> layerNames(network, found)).orElse(List.of());
      }

      @Override
      public boolean isFree(String layer) {
        return pinned.stream().noneMatch(p -> p.matcher(layer).matches());
      }
    };
  }

  private static List<String> layerNames(String name, Network network) {
    return network.layers().stream()
        .filter(layer -> !layer.dynamic())
        .map(layer -> DesignBinder.layerPrefix(name) + layer.name())
        .toList();
  }

  /** Checks of the spec that need a complete design. */
  private void checkStart(Problems problems) {
    View view = tree.view(tree.start());
    OtherPartNames.check(view.root().section("chip"), problems);
    CalibrationReader.check(view.root(), problems);
    if (!problems.isEmpty()) {
      return;
    }
    Consistency.check(tree.root(), view, problems);
    View.Section cell = view.root().section("chip").section("cell");
    DeviceBinder.check(cell.undecided().get("device"), problems);
    if (!problems.isEmpty()) {
      return;
    }
    try {
      KernelPartsCheck.check(tree.root(), newBinder().bind(tree.start()).jobs(), problems);
    } catch (IllegalArgumentException e) {
      problems.add(Place.ofFile(file), "", e.getMessage());
    }
  }

  /** The spec's file as the user named it. */
  public String file() {
    return file;
  }

  /** The spec's name; without one, its file's. */
  public String name() {
    return word("name").filter(n -> !n.equals("unnamed")).orElseGet(this::fileStem);
  }

  /** The file's name without folder and ending, for run ids. */
  public String fileStem() {
    String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return base.replaceAll("\\.(yaml|yml|json)$", "");
  }

  private Optional<String> word(String key) {
    return tree.root().get(key) instanceof Value.Word word
        ? Optional.of(word.text())
        : Optional.empty();
  }

  /** The merged tree as written, with the changes of the command line. */
  public Node.Mapping source() {
    return source;
  }

  /** The checked tree. */
  public SpecTree tree() {
    return tree;
  }

  /** The knobs, in the order of ordinals. */
  public List<Knob> knobs() {
    return tree.knobs();
  }

  /** Objectives of a search; empty if the spec states none. */
  public List<Objective> objectives() {
    return objectives;
  }

  /** The end of the uncertainty band that objectives and constraints are judged by. */
  public BandEnd band() {
    return band;
  }

  /**
   * True if objectives or constraints need the totals of each network by itself ({@link
   * dev.kirchhoff.arch.result.Totals#network}).
   */
  public boolean judgesNetworks() {
    return objectives.stream().anyMatch(o -> o.aggregation() != Aggregation.WEIGHTED)
        || conditions.stream().anyMatch(Condition::namesNetworks);
  }

  /** Constraints that every design must meet. */
  public List<Condition> conditions() {
    return conditions;
  }

  /**
   * A constraint over this spec's metrics, paths and {@code let} names.
   *
   * @throws SpecException if the text is no such constraint
   */
  public Condition constraint(String text) throws SpecException {
    Problems found = new Problems();
    Optional<Condition> condition =
        new ConstraintParser(
                tree, found, new MetricNames(tree, networks::find, networks::accuracy, qualities))
            .condition(text);
    found.throwIfAny();
    return condition.orElseThrow();
  }

  /** This spec with other constraints. */
  public DesignSpec withConditions(List<Condition> other) {
    return new DesignSpec(this, other);
  }

  /**
   * Unit of a metric in results of this spec: the quality of kernels and its loss are in the unit
   * of their one measure; of several measures they have none.
   */
  public String unit(Metric metric) {
    return isOfMeasure(metric)
        ? qualities.common("").map(Outcome.Measure::unit).orElse("")
        : metric.unit();
  }

  /** Unit that a constraint is reported in: of a limit on a quality alone that of its measure. */
  public String unit(Condition condition) {
    List<Condition.Term> terms = condition.terms();
    if (terms.size() != 1 || !isOfMeasure(terms.get(0).metric())) {
      return condition.unit();
    }
    return qualities.common(terms.get(0).network()).map(Outcome.Measure::unit).orElse("");
  }

  private static boolean isOfMeasure(Metric metric) {
    return metric == Metric.RESULT_QUALITY || metric == Metric.QUALITY_LOSS;
  }

  /** Warnings about the spec, none of which stops its use. */
  public List<SpecProblem> warnings() {
    List<SpecProblem> all = new ArrayList<>(problems.warnings());
    all.addAll(networks.warnings());
    Set<String> known = Set.copyOf(catalogue.circuits());
    for (String circuit : circuits.all().keySet()) {
      if (known.contains(circuit)) {
        Place file = Place.ofFile(circuits.path(circuit));
        all.add(new SpecProblem(file, "", "is used in place of the catalogue's " + circuit));
      }
    }
    return all;
  }

  /** True if the spec has a workload. */
  public boolean hasWorkload() {
    return !(tree.root().get("workload") instanceof Value.Absent);
  }

  /** True if some network of the workload has a model of the accuracy lost to noise. */
  public boolean hasCurve(Function<AccuracyModel, LossCurve> curve) {
    return new MetricNames(tree, networks::find, networks::accuracy, qualities).hasCurve(curve);
  }

  /** The network of a name that this spec's workload uses. */
  public Optional<Network> network(String name) {
    return networks.find(name);
  }

  /** A spec as YAML with the files of networks in place of names that have sizes in them. */
  String withFiles(String yaml) {
    return networks.withFiles(yaml);
  }

  /** The layers that a network's file lists, as written; empty for a built-in network. */
  Optional<Node> layersOfFile(String name) {
    return networks.layers(name);
  }

  /** Contents of the files that the kernels of a workload name, by name. */
  Map<String, String> kernelFiles(JsonNode workload) {
    return kernels.files(workload);
  }

  /** Settings of the search that the spec states. */
  public SearchSettings search() {
    View.Section search = tree.view(tree.start()).root().section("search");
    return new SearchSettings(
        search.word("engine"),
        (long) search.number("budget"),
        search.has("time")
            ? OptionalDouble.of(search.number("time") * Units.S_PER_NS)
            : OptionalDouble.empty(),
        (long) search.number("seed"),
        search.whole("islands"));
  }

  /**
   * Metrics that a run keeps of every evaluated design, beside its objectives: those that {@code
   * record} names, then the others that the spec's constraints limit.
   */
  public List<Metric> recorded() {
    return recorded;
  }

  /** Metrics that a sweep prints. */
  public List<Metric> sweepColumns() {
    View.Section root = tree.view(tree.start()).root();
    if (!root.has("sweep")) {
      return List.of(Metric.TOPS_PER_W, Metric.AREA, Metric.LATENCY, Metric.SNR);
    }
    List<Metric> metrics = new ArrayList<>();
    for (Value item : ((Value.Items) root.section("sweep").raw("columns")).items()) {
      Metric.ofWord(((Value.Word) item).text()).ifPresent(metrics::add);
    }
    return metrics;
  }

  /** A binder of this spec's designs, which several threads may share. */
  public DesignBinder newBinder() {
    return new DesignBinder(
        tree,
        networks::find,
        networks::weighted,
        kernels,
        devices,
        this::technologyOf,
        new CircuitBinder(tree, catalogue, circuits));
  }

  /**
   * The technology of the file that states a figure; that of the start design if the file names
   * none.
   */
  ChipBinder.FileTechnology technologyOf(Place place) {
    Optional<Node> technology =
        files
            .tree(place.file())
            .flatMap(t -> t.get("chip"))
            .flatMap(c -> c instanceof Node.Mapping m ? m.get("technology") : Optional.empty());
    View.Section section = tree.view(tree.start()).root().section("chip").section("technology");
    double node_nm = section.number("node") * Units.NM_PER_UM;
    double supply_V = NominalSupply.stated(section);
    if (technology.isPresent() && technology.get() instanceof Node.Mapping stated) {
      OptionalDouble statedNode_nm = quantity(stated, "node", Dimension.LENGTH, 1000);
      if (statedNode_nm.isPresent()) {
        node_nm = statedNode_nm.getAsDouble();
        Flavour flavour =
            stated
                .get("flavour")
                .flatMap(
                    n -> n instanceof Node.Scalar s ? Flavour.ofWord(s.text()) : Optional.empty())
                .orElseGet(() -> Flavour.of(section));
        supply_V = NominalSupply.of(node_nm, flavour);
      }
      OptionalDouble statedSupply_V = quantity(stated, "supply", Dimension.VOLTAGE, 1);
      if (statedSupply_V.isPresent()) {
        supply_V = statedSupply_V.getAsDouble();
      }
    }
    return new ChipBinder.FileTechnology(node_nm, supply_V);
  }

  private static OptionalDouble quantity(
      Node.Mapping mapping, String key, Dimension dimension, double factor) {
    if (mapping.get(key).orElse(null) instanceof Node.Scalar scalar
        && Units.isQuantity(scalar.text())) {
      try {
        return OptionalDouble.of(Units.quantity(scalar.text(), dimension) * factor);
      } catch (Units.UnitException e) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.empty();
  }
}
