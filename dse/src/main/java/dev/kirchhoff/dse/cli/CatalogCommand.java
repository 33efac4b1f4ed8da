package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricDescription;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.noise.ConverterBits;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.CircuitModel;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import dev.kirchhoff.peripherals.library.CircuitData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catalog}: what a spec can name, with sources. */
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description =
        "Lists what a spec can name: devices, networks, circuits, metrics; and the converter bits that encodings need.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff catalog devices",
      "  ./kirchhoff catalog devices redox-hfox-wan2022",
      "  ./kirchhoff catalog devices --survey",
      "  ./kirchhoff catalog circuits --kind readout --bits 6 --rate '50 MS/s' --node '22 nm'"
    })
final class CatalogCommand implements Callable<Integer> {
  private static final List<String> KINDS =
      List.of(
          "devices",
          "networks",
          "circuits",
          "technology",
          "calibration",
          "metrics",
          "converterBits",
          "examples");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description =
          "devices, networks, circuits, technology, calibration, metrics, converterBits or examples.")
  private String kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "One entry, whole.")
  private String name;

  @Option(
      names = "--survey",
      description = "With devices: a published comparison of families beside the best presets.")
  private boolean survey;

  @Option(
      names = "--kind",
      paramLabel = "PART",
      description =
          "With circuits: models of one part; readout compares all at --bits, --rate, --node.")
  private String part;

  @Option(
      names = "--bits",
      paramLabel = "N",
      defaultValue = "8",
      description = "Bits that readouts are compared at; ${DEFAULT-VALUE}.")
  private int bits;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "100 MS/s",
      description = "Rate that readouts are compared at; ${DEFAULT-VALUE}.")
  private String rate;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      defaultValue = "32 nm",
      description = "Node that readouts are compared at; ${DEFAULT-VALUE}.")
  private String node;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = new Console(command.commandLine().getOut(), command.commandLine().getErr());
    if (kind == null) {
      TextTable table = new TextTable("", 2);
      table.row(
          "devices",
          new DeviceCatalogue().names().size() + " resistive devices: ./kirchhoff catalog devices");
      table.row("networks", NetworkListing.count() + " networks: ./kirchhoff catalog networks");
      table.row(
          "circuits",
          CircuitLibrary.entries().size() + " circuit models: ./kirchhoff catalog circuits");
      table.row(
          "technology",
          "figures of 180 to 5 nm by class of circuit: ./kirchhoff catalog technology");
      table.row(
          "calibration",
          CircuitFamily.values().length
              + " families of circuits and their fitted factors: ./kirchhoff catalog calibration");
      table.row(
          "metrics", Metric.values().length + " figures of a design: ./kirchhoff catalog metrics");
      table.row(
          "examples", examples().size() + " specs to begin with: ./kirchhoff catalog examples");
      table.row("converterBits", "what 20 and 31 dB need: ./kirchhoff catalog converterBits");
      console.result(table.toString());
      return 0;
    }
    if (!KINDS.contains(kind)) {
      throw new UsageException("KIND is '" + kind + "'" + NearNames.hint(kind, KINDS));
    }
    if (survey) {
      survey(console);
      return 0;
    }
    if (part != null) {
      circuitsOfPart(console);
      return 0;
    }
    ArrayNode entries = entries();
    if (name != null) {
      one(entries, console);
    } else if (json) {
      console.json(Console.mapper().createObjectNode().set(kind, entries));
    } else if (kind.equals("devices")) {
      console.result(new DeviceListing().table());
    } else {
      console.result(table(entries).toString());
      if (kind.equals("technology")) {
        console.result("\n" + TechnologyCatalog.classes());
      }
    }
    return 0;
  }

  private void circuitsOfPart(Console console) {
    if (!kind.equals("circuits") || name != null) {
      throw new UsageException("--kind is a view of circuits: catalog circuits --kind readout");
    }
    if (part.equals("readout")) {
      ReadoutListing listing = ReadoutListing.of(bits, rate, node);
      if (json) {
        console.json(listing.json());
      } else {
        console.result(listing.text());
      }
      return;
    }
    ArrayNode entries = circuits();
    Set<String> parts = new LinkedHashSet<>();
    ArrayNode chosen = Console.mapper().createArrayNode();
    for (var entry : entries) {
      parts.add(entry.path("part").asText());
      if (entry.path("part").asText().equals(part)) {
        chosen.add(entry);
      }
    }
    if (chosen.isEmpty()) {
      throw new UsageException(
          "no circuits of a part '" + part + "'" + NearNames.hint(part, List.copyOf(parts)));
    }
    if (json) {
      console.json(Console.mapper().createObjectNode().set(kind, chosen));
    } else {
      console.result(table(chosen).toString());
    }
  }

  private void survey(Console console) {
    if (!kind.equals("devices") || name != null) {
      throw new UsageException("--survey is a view of all devices: catalog devices --survey");
    }
    if (json) {
      console.json(new DeviceListing().surveyJson());
    } else {
      console.result(new DeviceListing().survey());
    }
  }

  private void one(ArrayNode entries, Console console) {
    for (var entry : entries) {
      if (entry.path("name").asText().equals(name)) {
        if (json) {
          console.json(entry);
          return;
        }
        if (kind.equals("devices")) {
          console.result(new DeviceListing().one(name));
          return;
        }
        TextTable table = new TextTable("", 2);
        entry.properties().forEach(f -> table.row(f.getKey(), f.getValue().asText()));
        console.result(table.toString());
        return;
      }
    }
    List<String> names = new ArrayList<>();
    entries.forEach(e -> names.add(e.path("name").asText()));
    throw new UsageException("no " + kind + " named '" + name + "'" + NearNames.hint(name, names));
  }

  private ArrayNode entries() {
    return switch (kind) {
      case "devices" -> new DeviceListing().json();
      case "networks" -> NetworkListing.json();
      case "circuits" -> circuits();
      case "technology" -> TechnologyCatalog.nodes();
      case "calibration" -> calibration();
      case "converterBits" -> converterBits();
      case "examples" -> examples();
      default -> metrics();
    };
  }

  /** The columns that fit a line; the rest is shown of one entry. */
  private TextTable table(ArrayNode entries) {
    List<String> columns =
        switch (kind) {
          case "networks" -> NetworkListing.COLUMNS;
          case "circuits" ->
              List.of("name", "part", "kind", "range", "energyBand", "areaBand", "source");
          case "technology" -> TechnologyCatalog.COLUMNS;
          case "calibration" -> List.of("name", "energy", "time", "area", "fittedOn", "sentence");
          case "examples" -> List.of("name", "title", "source");
          case "converterBits" -> List.of("rows", "cellBits", "name", "bitsFor20dB", "bitsFor31dB");
          default -> List.of("name", "key", "unit", "better", "title");
        };
    TextTable table = new TextTable("", columns.size());
    table.row(columns.toArray(String[]::new));
    for (var entry : entries) {
      table.row(columns.stream().map(c -> entry.path(c).asText()).toArray(String[]::new));
    }
    return table;
  }

  private static ArrayNode circuits() {
    ArrayNode list = Console.mapper().createArrayNode();
    for (CircuitModel entry : CircuitLibrary.entries()) {
      CircuitData data = entry.data();
      CircuitData.Range range = data.range();
      String bits = range.bits().map(b -> b.fewest() + ".." + b.most() + " b, ").orElse("");
      list.addObject()
          .put("name", entry.name())
          .put("part", entry.part().word())
          .put("kind", entry.kind())
          .put("default", entry.standard())
          .put(
              "range",
              bits
                  + Units.brief(range.smallest_nm())
                  + ".."
                  + Units.brief(range.largest_nm())
                  + " nm")
          .put("source", data.source())
          .put("sentence", data.sentence())
          .put("energyBand", factors(data.band().energy()))
          .put("energyBandReason", data.band().energy().reason())
          .put("areaBand", factors(data.band().area()))
          .put("areaBandReason", data.band().area().reason());
    }
    return list;
  }

  /** Families in the order of their list; a factor of 1 was not fitted. */
  private static ArrayNode calibration() {
    ArrayNode list = Console.mapper().createArrayNode();
    for (CircuitFamily family : CircuitFamily.values()) {
      ObjectNode node = list.addObject().put("name", family.word());
      Set<String> fittedOn = new LinkedHashSet<>();
      List<String> reasons = new ArrayList<>();
      for (Quantity quantity : Quantity.values()) {
        String shown = family.quantities().contains(quantity) ? "1" : "-";
        for (FittedFactor factor : FittedFactors.all()) {
          if (factor.family() == family && factor.quantity() == quantity) {
            shown = Units.significant(factor.factor());
            fittedOn.addAll(factor.fittedOn());
            reasons.add(quantity.word() + ": " + factor.reason());
          }
        }
        node.put(quantity.word(), shown);
      }
      node.put("fittedOn", fittedOn.isEmpty() ? "not fitted" : String.join(", ", fittedOn));
      node.put("sentence", family.sentence());
      node.put("reason", String.join("; ", reasons));
    }
    return list;
  }

  private static String factors(Spread spread) {
    return Units.brief(spread.low()) + "x .. " + Units.brief(spread.high()) + "x";
  }

  /** The specs beside the launcher. */
  private static ArrayNode examples() {
    ArrayNode list = Console.mapper().createArrayNode();
    String home = System.getenv("KIRCHHOFF_HOME");
    Path folder = Path.of(home == null || home.isEmpty() ? "." : home, "examples");
    if (!Files.isDirectory(folder)) {
      return list;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        Optional<Node> root =
            SpecReader.read(file.toString(), Files.readAllBytes(file), new Problems()).root();
        if (root.orElse(null) instanceof Node.Mapping spec) {
          list.addObject()
              .put("name", "examples/" + file.getFileName())
              .put("title", spec.get("name").map(Node::toString).orElse(""))
              .put(
                  "source",
                  spec.get("source").or(() -> spec.get("note")).map(Node::toString).orElse(""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
    }
    return list;
  }

  /**
   * Bits that quantisation and clipping alone need, 8 b x 8 b, 1-bit inputs, inputs with 57 %
   * zeros: the encoding and the range move them more than any other choice.
   */
  private static ArrayNode converterBits() {
    ArrayNode list = Console.mapper().createArrayNode();
    for (int rows : new int[] {32, 64, 128, 256}) {
      for (int cellBits : new int[] {1, 2}) {
        add(
            list,
            rows,
            cellBits,
            "differential calibrated",
            Crossbar.Encoding.DIFFERENTIAL,
            false,
            Readout.Range.CALIBRATED);
        add(
            list,
            rows,
            cellBits,
            "offset calibrated",
            Crossbar.Encoding.OFFSET,
            false,
            Readout.Range.CALIBRATED);
        add(
            list,
            rows,
            cellBits,
            "offset inverted full",
            Crossbar.Encoding.OFFSET,
            true,
            Readout.Range.FULL);
        add(
            list,
            rows,
            cellBits,
            "offset full",
            Crossbar.Encoding.OFFSET,
            false,
            Readout.Range.FULL);
      }
    }
    return list;
  }

  private static void add(
      ArrayNode list,
      int rows,
      int cellBits,
      String name,
      Crossbar.Encoding encoding,
      boolean flip,
      Readout.Range range) {
    ConverterBits bits =
        ConverterBits.reference(
            new Crossbar.WeightEncoding(encoding, flip, false, false), range, rows, cellBits);
    list.addObject()
        .put("rows", rows)
        .put("cellBits", cellBits)
        .put("name", name)
        .put("bitsFor20dB", bits.needed(20))
        .put("bitsFor31dB", bits.needed(31));
  }

  private static ArrayNode metrics() {
    return Console.mapper().valueToTree(MetricDescription.all());
  }
}
