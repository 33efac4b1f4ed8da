package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecTree;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Constraints on a workload as a whole: valid layers where they are given in place, a name for each
 * network of a list, and layers that {@code precision.layers} matches. All alternatives of a choice
 * are looked at, not the start alone.
 */
final class WorkloadCheck {
  /** Combinations of a kernel's own knobs that are tried when a spec is checked. */
  private static final long MOST_COMBINATIONS = 64;

  private final SpecTree tree;
  private final Networks networks;
  private final KernelReader kernels;
  private final Problems problems;
  private final View.Section root;

  /** Names of all layers by network, of lists given in place too. */
  private final Map<String, List<String>> layers = new LinkedHashMap<>();

  /** Measures of the qualities of kernels, by name. */
  private final Map<String, Set<Outcome.Measure>> measures = new LinkedHashMap<>();

  /** Names of networks, and whether their layers are given in place. */
  private final Map<String, Boolean> isGiven = new LinkedHashMap<>();

  private WorkloadCheck(SpecTree tree, Networks networks, KernelReader kernels, Problems problems) {
    this.tree = tree;
    this.networks = networks;
    this.kernels = kernels;
    this.problems = problems;
    root = tree.view(tree.start()).root();
  }

  /**
   * Checks the workload of a spec that is good but for what is looked at here.
   *
   * @return measures of the qualities of its kernels
   */
  static Qualities check(
      SpecTree tree, Networks networks, KernelReader kernels, Problems problems) {
    WorkloadCheck check = new WorkloadCheck(tree, networks, kernels, problems);
    Value workload = tree.root().get("workload");
    check.twice(workload);
    check.visit(workload, "workload");
    if (problems.isEmpty() && !(workload instanceof Value.Absent)) {
      check.matches();
      check.perLayer();
    }
    return new Qualities(check.measures);
  }

  /** A network of a list has one name, by which figures and constraints call it. */
  private void twice(Value workload) {
    if (!(workload instanceof Value.Items items)) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (Value item : items.items()) {
      name(item)
          .filter(name -> !names.add(name))
          .ifPresent(
              name ->
                  problems.add(
                      item.place(),
                      "workload",
                      name
                          + " is given twice; "
                          + (KernelReader.isKernel(item)
                              ? "figures are told apart by this word, so that a workload has each"
                                  + " kernel once"
                              : "give it once, with the sum of their weights")));
    }
  }

  private static Optional<String> name(Value item) {
    if (item instanceof Value.Word word) {
      return Optional.of(word.text());
    }
    return item instanceof Value.Section section
            && section.get(KernelReader.isKernel(item) ? Type.Named.OTHER : "network")
                instanceof Value.Word w
        ? Optional.of(w.text())
        : Optional.empty();
  }

  private void visit(Value value, String path) {
    if (value instanceof Value.Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        visit(items.items().get(i), path + "[" + i + "]");
      }
    } else if (value instanceof Value.Choice choice) {
      choice.items().forEach(item -> visit(item, path));
    } else if (KernelReader.isKernel(value)) {
      kernel((Value.Section) value, path);
    } else if (value instanceof Value.Section section
        && section.get("layers") instanceof Value.Items) {
      given(section, path);
    } else {
      name(value).ifPresent(name -> known(name, value));
    }
  }

  /** A kernel's settings must fit each other, in every combination of its own knobs. */
  private void kernel(Value.Section section, String path) {
    Set<String> found = new HashSet<>();
    for (View view : combinations(path)) {
      try {
        KernelReader.Traced traced = kernels.read(view.root().of(section));
        String name = section.shape().name();
        layers.computeIfAbsent(name, n -> new ArrayList<>()).addAll(names(name, traced.network()));
        measures.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(traced.measure());
      } catch (KernelReader.UnfitException e) {
        for (KernelReader.UnfitException problem : e.all()) {
          String problemPath = problem.path().isEmpty() ? path : path + "." + problem.path();
          if (found.add(problemPath + problem.getMessage())) {
            problems.add(problem.place(), problemPath, problem.getMessage());
          }
        }
      }
    }
  }

  /**
   * Designs that differ in the knobs of a path: all if there are few, else those one value away
   * from the start.
   */
  private List<View> combinations(String path) {
    int[] knobs = tree.knobsOf(path.replaceAll("\\[.*", ""));
    long count = 1;
    for (int knob : knobs) {
      count *= tree.knobs().get(knob).values().size();
      if (count > MOST_COMBINATIONS) {
        return neighbours(knobs);
      }
    }
    List<View> views = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      int[] ordinals = tree.start();
      int rest = c;
      for (int knob : knobs) {
        int size = tree.knobs().get(knob).values().size();
        ordinals[knob] = rest % size;
        rest /= size;
      }
      views.add(tree.view(ordinals));
    }
    return views;
  }

  private List<View> neighbours(int[] knobs) {
    int[] start = tree.start();
    for (int knob : knobs) {
      start[knob] = Math.max(0, start[knob]);
    }
    List<View> views = new ArrayList<>();
    views.add(tree.view(start));
    for (int knob : knobs) {
      for (int v = 0; v < tree.knobs().get(knob).values().size(); v++) {
        int[] ordinals = start.clone();
        if (ordinals[knob] != v) {
          ordinals[knob] = v;
          views.add(tree.view(ordinals));
        }
      }
    }
    return views;
  }

  private void known(String name, Value value) {
    if (isGiven.getOrDefault(name, false)) {
      twoNetworks(value, name);
    }
    isGiven.put(name, false);
    networks.find(name).ifPresent(network -> layers.put(name, names(name, network)));
  }

  private void given(Value.Section section, String path) {
    NetworkCheck.check(root.of(section), path + ".layers", problems);
    name(section)
        .ifPresent(
            name -> {
              networks
                  .damage(name)
                  .ifPresent(
                      damage ->
                          problems.add(section.place(), "files." + name + ".accuracy", damage));
              if (isGiven.put(name, true) != null) {
                twoNetworks(section, name);
              } else if (problems.isEmpty()) {
                layers.put(name, names(name, NetworkReader.network(name, root.of(section), "")));
              }
            });
  }

  private void twoNetworks(Value value, String name) {
    problems.add(
        value.place(), "workload", name + " is the name of another network too; give it its own");
  }

  private static List<String> names(String name, Network network) {
    String prefix = DesignBinder.layerPrefix(name);
    return network.layers().stream().map(layer -> prefix + layer.name()).toList();
  }

  /** Warns of bits for layers that no network of the workload has. */
  private void matches() {
    if (!(tree.root().get("precision") instanceof Value.Section precision)
        || !(precision.get("layers") instanceof Value.Items items)) {
      return;
    }
    List<String> all = new ArrayList<>();
    layers.values().forEach(all::addAll);
    for (int i = 0; i < items.items().size(); i++) {
      if (items.items().get(i) instanceof Value.Section pin
          && pin.get("match") instanceof Value.Word match
          && !isAny(match.text(), all)
          && !isOfAnother(match.text())) {
        problems.warn(
            match.place(),
            "precision.layers[" + i + "].match",
            "'"
                + match.text()
                + "' matches no layer of "
                + String.join(" or ", layers.keySet())
                + " and has no effect"
                + hint(match.text(), all));
      }
    }
  }

  /** Warns of bits for each layer where a kernel has none: its matrices have one precision. */
  private void perLayer() {
    List<String> kernels =
        new MetricNames(tree, networks::find, networks::accuracy, Qualities.UNKNOWN).kernels();
    if (kernels.isEmpty() || !(tree.root().get("precision") instanceof Value.Section precision)) {
      return;
    }
    for (Type.Key key : precision.shape().keys()) {
      if (precision.get(key.name()) instanceof Value.Choice choice && choice.slot().isPerLayer()) {
        problems.warn(
            choice.place(),
            "precision." + key.name(),
            "per: layer is of networks; all matrices of the kernel "
                + kernels.get(0)
                + " have the start of the choice");
      }
    }
  }

  private static String hint(String match, List<String> all) {
    return NearNames.nearest(match, all)
        .map(near -> "; did you mean " + near + "?")
        .orElse(all.isEmpty() ? "" : "; the first is called " + all.get(0));
  }

  private static boolean isAny(String glob, List<String> names) {
    Pattern pattern = DesignBinder.glob(glob);
    return names.stream().anyMatch(name -> pattern.matcher(name).matches());
  }

  /** True if a glob matches layers of a shipped network that the workload could have instead. */
  private boolean isOfAnother(String glob) {
    String name = glob.substring(0, Math.max(0, glob.indexOf('/')));
    Function<Network, Boolean> has = network -> isAny(glob, names(name, network));
    return !layers.containsKey(name)
        && networks.names().contains(name)
        && networks.find(name).map(has).orElse(false);
  }
}
