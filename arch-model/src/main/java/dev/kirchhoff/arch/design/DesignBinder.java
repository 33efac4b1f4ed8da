package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Rank;
import dev.kirchhoff.arch.spec.Ranking;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Operation;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Binder of one design of a spec to the records that an evaluator prices. It reads choices and
 * formulas in place; objects that depend on no knob are made once. Safe for use by several threads.
 */
public final class DesignBinder {
  /** Bound on the memory of the chips that are kept, and estimated memory of one with its key. */
  private static final long CHIPS_B = 4 << 20;

  private static final long CHIP_B = 2 << 10;

  private final SpecTree tree;
  private final Function<String, Optional<Network>> networks;
  private final BiFunction<String, Network, Network> weighted;
  private final KernelReader kernels;
  private final ChipBinder chips;
  private final CircuitBinder circuits;
  private final Ranking ofChips;
  private final Memo<ChipKey, Chip> boundChips = new Memo<>(this::chip, CHIPS_B, chip -> CHIP_B);
  private final Map<String, Network> inline = new ConcurrentHashMap<>();
  private final Map<JobKey, Job> jobs = new ConcurrentHashMap<>();
  private final Map<String, List<String>> layerIds = new ConcurrentHashMap<>();
  private final Map<MatchKey, boolean[]> matches = new ConcurrentHashMap<>();

  private record JobKey(String network, double weight, int weights, int inputs, int outputs) {}

  private record Pinned(boolean[] layers, View.Section section) {}

  private record MatchKey(List<String> layers, String glob) {}

  DesignBinder(
      SpecTree tree,
      Function<String, Optional<Network>> networks,
      BiFunction<String, Network, Network> weighted,
      KernelReader kernels,
      DeviceCatalogue devices,
      Function<Place, ChipBinder.FileTechnology> technologies,
      CircuitBinder circuits) {
    this.tree = tree;
    this.circuits = circuits;
    this.networks = networks;
    this.weighted = weighted;
    this.kernels = kernels;
    this.chips = new ChipBinder(devices, technologies);
    this.ofChips = tree.rankingBy("chip", "operation.temperature");
  }

  /**
   * The design with these ordinals. Designs that have the same widest precision and differ in none
   * of the knobs that a chip depends on have the same chip object while it is held. Peak figures
   * are stated at the precision of the top level, or at that which the chip is built for where it
   * is lower.
   */
  public Design bind(int[] ordinals) {
    View view = tree.view(ordinals);
    View.Section root = view.root();
    View.Section operation = root.section("operation");
    View.Section precision = root.section("precision");
    double temperature_K = operation.number("temperature");
    int weightBits = precision.whole("weights");
    int inputBits = precision.whole("inputs");
    List<Job> jobs = jobs(root, precision);
    Precision widest =
        Design.widest(jobs, new Precision(weightBits, inputBits, precision.whole("outputs")));
    return new Design(
        boundChips.get(new ChipKey(ofChips.of(ordinals), widest)),
        jobs,
        mapping(root.section("mapping")),
        new Operation(
            temperature_K,
            operation.number("age") * Units.S_PER_NS,
            operation.number("updateInterval") * Units.S_PER_NS,
            new Operation.PeakData(
                operation.section("peakData").number("inputs"),
                operation.section("peakData").number("weights"),
                operation.section("peakData").number("negative"))),
        Math.min(weightBits, widest.weights()),
        Math.min(inputBits, widest.inputs()),
        CalibrationReader.read(root),
        circuits.bind(root),
        widest);
  }

  /**
   * Arguments of a chip.
   *
   * @param rank rank of the knobs that it depends on
   * @param widest widest precision of a layer
   */
  private record ChipKey(Rank rank, Precision widest) {}

  /** Binds one chip at a time: the binders of parts keep what they have read. */
  private synchronized Chip chip(ChipKey key) {
    View.Section root = tree.view(ofChips.ordinals(key.rank())).root();
    return chips.chip(
        root.section("chip"), root.section("operation").number("temperature"), key.widest());
  }

  private static MappingOptions mapping(View.Section mapping) {
    return new MappingOptions(
        mapping.isWord("schedule", "pipelined")
            ? MappingOptions.Schedule.PIPELINED
            : MappingOptions.Schedule.LAYER_BY_LAYER,
        mapping.number("extraCrossbars"),
        mapping.isWord("overflow", "infeasible")
            ? MappingOptions.Overflow.INFEASIBLE
            : mapping.isWord("overflow", "reload")
                ? MappingOptions.Overflow.RELOAD
                : MappingOptions.Overflow.CHIPS,
        mapping.isWord("pack", "oneGroup")
            ? MappingOptions.Packing.ONE_GROUP
            : MappingOptions.Packing.BLOCK_DIAGONAL,
        mapping.isWord("floorplan", "shared")
            ? MappingOptions.Floorplan.SHARED
            : mapping.isWord("floorplan", "ownTiles")
                ? MappingOptions.Floorplan.OWN_TILES
                : MappingOptions.Floorplan.OWN_KERNELS,
        allocation(mapping),
        batching(mapping));
  }

  private static MappingOptions.CrossbarAllocation allocation(View.Section mapping) {
    return new MappingOptions.CrossbarAllocation(
        mapping.isWord("arrange", "unrolled")
            ? MappingOptions.Arrangement.UNROLLED
            : MappingOptions.Arrangement.KERNEL_POSITION,
        mapping.isWord("granularity", "crossbar")
            ? MappingOptions.Granularity.CROSSBAR
            : mapping.isWord("granularity", "pe")
                ? MappingOptions.Granularity.PE
                : MappingOptions.Granularity.TILE,
        mapping.isWord("share", "layers"),
        mapping.isWord("recurrent", "auto")
            ? MappingOptions.Recurrent.AUTO
            : mapping.isWord("recurrent", "joint")
                ? MappingOptions.Recurrent.JOINT
                : MappingOptions.Recurrent.SEPARATE);
  }

  private static MappingOptions.Batching batching(View.Section mapping) {
    return new MappingOptions.Batching(
        mapping.isWord("batch", "endless")
            ? OptionalInt.empty()
            : OptionalInt.of(mapping.whole("batch")),
        mapping.isWord("dynamic", "digital")
            ? MappingOptions.Dynamic.DIGITAL
            : MappingOptions.Dynamic.WRITE,
        mapping.isWord("chips", "fit")
            ? OptionalInt.empty()
            : OptionalInt.of(mapping.whole("chips")));
  }

  private List<Job> jobs(View.Section root, View.Section precision) {
    if (!root.has("workload")) {
      return List.of();
    }
    Value workload = root.raw("workload");
    if (!(workload instanceof Value.Items items)) {
      return List.of(job(root, workload, precision));
    }
    List<Job> list = new ArrayList<>();
    for (Value item : items.items()) {
      list.add(job(root, root.decided(item), precision));
    }
    return list;
  }

  private Network inline(String name, View.Section section) {
    return weighted.apply(name, NetworkReader.network(name, section, "given in the spec"));
  }

  private Job job(View.Section root, Value item, View.Section precision) {
    String name;
    double weight = 1;
    Network network;
    if (item instanceof Value.Word word) {
      name = word.text();
      network = named(name);
    } else if (KernelReader.isKernel(item)) {
      return kernel(root.of(item), precision);
    } else {
      View.Section section = root.of(item);
      name = section.word("network");
      weight = section.number("weight");
      network =
          section.has("layers")
              ? inline.computeIfAbsent(name, n -> inline(n, section))
              : named(name);
    }
    boolean uniform =
        !precision.has("layers")
            && !precision.isPerLayer("weights")
            && !precision.isPerLayer("inputs")
            && !precision.isPerLayer("outputs");
    if (!uniform) {
      return new Job(network, perLayer(name, network, precision), weight);
    }
    JobKey key =
        new JobKey(
            name,
            weight,
            precision.whole("weights"),
            precision.whole("inputs"),
            precision.whole("outputs"));
    double share = weight;
    return jobs.computeIfAbsent(
        key, k -> new Job(network, perLayer(name, network, precision), share));
  }

  /**
   * Job of a kernel.
   *
   * @throws IllegalArgumentException if its settings contradict each other
   */
  private Job kernel(View.Section section, View.Section precision) {
    try {
      KernelReader.Traced traced = kernels.read(section);
      Network network = traced.network();
      return new Job(
          network,
          perLayer(network, precision),
          section.number("weight"),
          Optional.of(traced.task()));
    } catch (KernelReader.UnfitException e) {
      throw new IllegalArgumentException("workload." + e.path() + ": " + e.getMessage(), e);
    }
  }

  /** One precision for all layers of a kernel, unless patterns match some. */
  private List<Precision> perLayer(Network network, View.Section precision) {
    return perLayer(ids(network.name(), network), precision);
  }

  private Network named(String name) {
    return networks
        .apply(name)
        .orElseThrow(() -> new IllegalStateException("The network (" + name + ") is unknown."));
  }

  private List<Precision> perLayer(String name, Network network, View.Section precision) {
    return perLayer(layerIds.computeIfAbsent(name, n -> ids(n, network)), precision);
  }

  private List<Precision> perLayer(List<String> ids, View.Section precision) {
    List<Pinned> pinned = pinned(ids, precision);
    List<Precision> list = new ArrayList<>(ids.size());
    Bits allWeights = new Bits(precision, "weights");
    Bits allInputs = new Bits(precision, "inputs");
    Bits allOutputs = new Bits(precision, "outputs");
    for (int l = 0; l < ids.size(); l++) {
      String id = ids.get(l);
      int weights = allWeights.of(id);
      int inputs = allInputs.of(id);
      int outputs = allOutputs.of(id);
      for (Pinned pin : pinned) {
        if (pin.layers()[l]) {
          weights = pin.section().has("weights") ? pin.section().whole("weights") : weights;
          inputs = pin.section().has("inputs") ? pin.section().whole("inputs") : inputs;
          outputs = pin.section().has("outputs") ? pin.section().whole("outputs") : outputs;
        }
      }
      list.add(new Precision(weights, inputs, outputs));
    }
    return list;
  }

  /** Bits of one kind: read for every layer only where each layer chooses. */
  private record Bits(View.Section precision, String key, boolean perLayer, int all) {
    Bits(View.Section precision, String key) {
      this(precision, key, precision.isPerLayer(key), precision.whole(key));
    }

    int of(String layer) {
      return perLayer ? precision.wholeOf(key, layer) : all;
    }
  }

  private static List<String> ids(String name, Network network) {
    String prefix = layerPrefix(name);
    return network.layers().stream().map(layer -> prefix + layer.name()).toList();
  }

  private List<Pinned> pinned(List<String> ids, View.Section precision) {
    if (!precision.has("layers")) {
      return List.of();
    }
    List<Pinned> list = new ArrayList<>();
    for (Value item : ((Value.Items) precision.raw("layers")).items()) {
      View.Section section = precision.of(item);
      MatchKey key = new MatchKey(ids, section.word("match"));
      list.add(new Pinned(matches.computeIfAbsent(key, k -> matching(k.glob(), ids)), section));
    }
    return list;
  }

  private static boolean[] matching(String glob, List<String> ids) {
    Pattern pattern = glob(glob);
    boolean[] layers = new boolean[ids.size()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = pattern.matcher(ids.get(l)).matches();
    }
    return layers;
  }

  /** Prefix of the layer names of a network: its name, without folder and extension of a file. */
  static String layerPrefix(String network) {
    String file = network.substring(network.lastIndexOf('/') + 1);
    return file.replaceAll("(?i)\\.(yaml|onnx)$", "") + "/";
  }

  /**
   * A glob as a pattern: {@code *} stands for any characters, {@code ?} for one. What follows a
   * {@code *} is taken where it stands first and never tried again, so many of them cost no more.
   */
  static Pattern glob(String glob) {
    String[] parts = glob.split("[*]+", -1);
    StringBuilder pattern = new StringBuilder(literal(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      pattern.append(isLast ? ".*" + literal(parts[i]) : "(?>.*?" + literal(parts[i]) + ")");
    }
    return Pattern.compile(pattern.toString());
  }

  private static String literal(String part) {
    StringBuilder pattern = new StringBuilder();
    for (char c : part.toCharArray()) {
      pattern.append(c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return pattern.toString();
  }
}
