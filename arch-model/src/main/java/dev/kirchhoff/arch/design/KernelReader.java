package dev.kirchhoff.arch.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.KernelTask;
import dev.kirchhoff.arch.workload.Network;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reader of the kernels of a workload: settings to tasks, each made and traced once. Safe for use
 * by several threads.
 */
final class KernelReader {
  /** Largest file that a kernel may name. */
  private static final int LARGEST_FILE_B = 64 << 20;

  private static final int DIGEST_B = 8;

  private static final String MEASURE = "measure";

  private final KernelCatalogue catalogue = KernelCatalogue.installed();
  private final Sources sources;
  private final String specFile;
  private final Map<String, String> files;
  private final Map<List<String>, Traced> known = new ConcurrentHashMap<>();

  /**
   * A task with its run on the exact machine.
   *
   * @param task the kernel with its settings
   * @param network reads, writes and digital work of the run
   * @param measure measure of its quality
   */
  record Traced(KernelTask task, Network network, Outcome.Measure measure) {}

  /** Settings that do not fit, and where they stand. */
  static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final String path;
    private final transient List<UnfitException> others;

    private UnfitException(Place place, String path, String message, List<UnfitException> others) {
      super(message);
      this.place = place;
      this.path = path;
      this.others = others;
    }

    /** This problem and others of the same kernel. */
    List<UnfitException> all() {
      List<UnfitException> all = new ArrayList<>();
      all.add(this);
      all.addAll(others);
      return all;
    }

    /** Place of the value that does not fit. */
    Place place() {
      return place;
    }

    /** Path of the value below the workload's. */
    String path() {
      return path;
    }
  }

  /**
   * Kernels of one spec.
   *
   * @param specFile the spec; names of files are relative to it
   * @param files contents of files that the spec carries, by name
   */
  KernelReader(Sources sources, String specFile, Map<String, String> files) {
    this.sources = sources;
    this.specFile = specFile;
    this.files = Map.copyOf(files);
  }

  /** True if a value is a kernel with its settings. */
  static boolean isKernel(Value value) {
    return value instanceof Value.Section section && section.shape().has(Type.Named.OTHER);
  }

  /**
   * Task of the settings of one design.
   *
   * @throws UnfitException if they contradict each other or the data
   */
  Traced read(View.Section section) throws UnfitException {
    List<String> settings = new ArrayList<>();
    List<UnfitException> unread = new ArrayList<>();
    Reading reading = new Reading(section);
    reading.describe(section, "", settings, unread);
    if (!unread.isEmpty()) {
      UnfitException first = unread.remove(0);
      throw new UnfitException(first.place, first.path, first.getMessage(), unread);
    }
    try {
      Traced found = known.get(settings);
      if (found == null) {
        Kernel kernel = kind(section.kind()).bind(reading);
        KernelCatalogue.Trace trace = catalogue.trace(kernel);
        requireMeasure(section, trace.outcome());
        found =
            new Traced(
                new KernelTask(settings, kernel), trace.network(), trace.outcome().measure());
        known.put(List.copyOf(settings), found);
      }
      return found;
    } catch (KernelKind.Unfit e) {
      throw unfit(section, e);
    }
  }

  private static UnfitException unfit(View.Section section, KernelKind.Unfit e) {
    return new UnfitException(place(section, e.key()), e.key(), e.getMessage(), List.of());
  }

  /** The figure that is asked for is one of those that the task has. */
  private static void requireMeasure(View.Section section, Outcome outcome)
      throws KernelKind.Unfit {
    boolean isChosen = section.undecided().shape().has(MEASURE) && section.has(MEASURE);
    if (isChosen && !outcome.measure().word().equals(section.word(MEASURE))) {
      throw new KernelKind.Unfit(
          MEASURE,
          "is "
              + section.word(MEASURE)
              + ", which the task has not with these settings; it has "
              + Stream.concat(
                      Stream.of(outcome.measure()),
                      outcome.others().stream().map(Outcome.Figure::measure))
                  .map(Outcome.Measure::word)
                  .collect(Collectors.joining(", ")));
    }
  }

  /**
   * Contents of the files that a kernel names, by name, as text that a spec can carry.
   *
   * @param kernel the kernel as JSON, or a section of it
   * @param shape its keys
   */
  private void addFiles(JsonNode kernel, Type.Shape shape, Map<String, String> into) {
    for (Type.Key key : shape.keys()) {
      JsonNode value = kernel.path(key.name());
      JsonNode items = value.has("any") ? value.get("any") : null;
      addFile(value, key.type(), into);
      for (int i = 0; items != null && i < items.size(); i++) {
        addFile(items.get(i), key.type(), into);
      }
    }
  }

  private void addFile(JsonNode value, Type type, Map<String, String> into) {
    if (type instanceof Type.Text && value.isTextual()) {
      try {
        into.put(value.asText(), CarriedFile.of(content("", value.asText())));
      } catch (KernelKind.Unfit e) {
        throw new IllegalStateException("A file was there when the spec was checked.", e);
      }
    } else if (type instanceof Type.Section section) {
      addFiles(value, section.shape(), into);
    } else if (type instanceof Type.Kinds kinds) {
      Type.kind(kinds, value.path("kind").asText())
          .ifPresent(shape -> addFiles(value, shape, into));
    }
  }

  /** Contents of the files that the kernels of a workload name, by name. */
  Map<String, String> files(JsonNode workload) {
    Map<String, String> found = new TreeMap<>();
    if (workload.has(Type.Named.OTHER)) {
      addFiles(workload, kind(workload.get(Type.Named.OTHER).asText()).shape(), found);
    } else {
      JsonNode items = workload.has("any") ? workload.get("any") : workload;
      items.forEach(item -> found.putAll(item.isContainerNode() ? files(item) : Map.of()));
    }
    return found;
  }

  private KernelKind kind(String word) {
    return catalogue.kinds().stream()
        .filter(kind -> kind.shape().name().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The kernel (" + word + ") is unknown."));
  }

  private static Place place(View.Section section, String path) {
    View.Section inner = section;
    Place written = section.place();
    String[] keys = path.split("\\.");
    for (int i = 0; i < keys.length; i++) {
      if (!inner.undecided().shape().has(keys[i]) || !inner.has(keys[i])) {
        return written;
      }
      Value value = inner.raw(keys[i]);
      written = value.place().equals(Place.DEFAULT) ? written : value.place();
      if (i == keys.length - 1 || !inner.isSection(keys[i])) {
        return written;
      }
      inner = inner.section(keys[i]);
    }
    return written;
  }

  private byte[] content(String key, String name) throws KernelKind.Unfit {
    String carried = files.get(name);
    if (carried != null) {
      return CarriedFile.content(carried, LARGEST_FILE_B)
          .orElseThrow(() -> new KernelKind.Unfit(key, name + " is damaged in files"));
    }
    try {
      return sources.read(sources.resolve(specFile, name), LARGEST_FILE_B);
    } catch (Sources.SourceException e) {
      throw new KernelKind.Unfit(key, name + " " + e.getMessage());
    }
  }

  /** Settings of a design's view. */
  private final class Reading implements KernelKind.Settings {
    private final View.Section section;
    private final String path;

    private Reading(View.Section section) {
      this(section, "");
    }

    private Reading(View.Section section, String path) {
      this.section = section;
      this.path = path;
    }

    @Override
    public int whole(String key) {
      return section.whole(key);
    }

    @Override
    public double number(String key) {
      return section.number(key);
    }

    @Override
    public String word(String key) {
      return key.equals("kind") ? section.kind() : section.word(key);
    }

    @Override
    public boolean has(String key) {
      return section.has(key);
    }

    @Override
    public KernelKind.Settings section(String key) {
      return new Reading(section.section(key), path + key + ".");
    }

    @Override
    public byte[] file(String key) throws KernelKind.Unfit {
      return content(path + key, section.word(key));
    }

    /**
     * Writes out all settings but the weight, files by their digest.
     *
     * @param unread takes the files that cannot be read
     */
    private void describe(
        View.Section kernel, String prefix, List<String> into, List<UnfitException> unread) {
      into.add(prefix + "kind=" + kernel.kind());
      for (Type.Key key : kernel.undecided().shape().keys()) {
        String keyPath = prefix + key.name();
        if (keyPath.equals("weight") || !kernel.has(key.name())) {
          continue;
        }
        if (kernel.isSection(key.name())) {
          describe(kernel.section(key.name()), keyPath + ".", into, unread);
        } else if (key.type() instanceof Type.Word) {
          into.add(keyPath + "=" + kernel.word(key.name()));
        } else if (key.type() instanceof Type.Text) {
          try {
            into.add(keyPath + "=" + digest(content(keyPath, kernel.word(key.name()))));
          } catch (KernelKind.Unfit e) {
            unread.add(unfit(section, e));
          }
        } else {
          into.add(keyPath + "=" + kernel.number(key.name()));
        }
      }
    }
  }

  private static String digest(byte[] content) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(whole, 0, DIGEST_B);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every platform has SHA-256.", e);
    }
  }
}
