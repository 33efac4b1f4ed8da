package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricDescription;
import dev.kirchhoff.arch.spec.KeyTable;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.catalog.CalibrationEntry;
import dev.kirchhoff.dse.catalog.CircuitEntry;
import dev.kirchhoff.dse.catalog.ConverterBitsEntry;
import dev.kirchhoff.dse.catalog.DeviceEntry;
import dev.kirchhoff.dse.catalog.ExampleEntry;
import dev.kirchhoff.dse.catalog.FamilyComparison;
import dev.kirchhoff.dse.catalog.KernelEntry;
import dev.kirchhoff.dse.catalog.NetworkEntry;
import dev.kirchhoff.dse.catalog.ReadoutCatalog;
import dev.kirchhoff.dse.catalog.TechnologyEntry;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.kernel.Kernels;
import dev.kirchhoff.peripherals.CircuitLibrary;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
        "Lists what a spec can name: devices, networks, kernels, circuits, metrics; and the"
            + " converter bits that encodings need.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff catalog devices",
      "  ./kirchhoff catalog devices redox-hfox-wan2022",
      "  ./kirchhoff catalog devices --survey",
      "  ./kirchhoff catalog circuits sar-28nm",
      "  ./kirchhoff catalog circuits --kind readout --bits 6 --rate '50 MS/s' --node '22 nm'"
    })
final class CatalogCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      completionCandidates = WordLists.Kinds.class,
      description =
          "devices, networks, kernels, circuits, technology, calibration, metrics, converterBits or"
              + " examples.")
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
      completionCandidates = WordLists.Parts.class,
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
    Console console = Console.of(command);
    if (kind == null && part != null) {
      throw new UsageException("--kind is a view of circuits: catalog circuits --kind " + part);
    }
    if (kind == null && survey) {
      throw new UsageException("--survey is a view of all devices: catalog devices --survey");
    }
    if (kind == null) {
      TextTable table = new TextTable("", 2);
      table.row(
          "devices",
          new DeviceCatalogue().names().size() + " resistive devices: ./kirchhoff catalog devices");
      table.row("networks", NetworkEntry.count() + " networks: ./kirchhoff catalog networks");
      table.row("kernels", Kernels.kinds().size() + " kernels: ./kirchhoff catalog kernels");
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
      console.result(table);
      return 0;
    }
    if (!WordLists.KINDS.contains(kind)) {
      throw new UsageException("KIND is '" + kind + "'" + NearNames.hint(kind, WordLists.KINDS));
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
      console.json(Map.of(kind, entries));
    } else if (kind.equals("devices")) {
      console.result(DeviceListing.table(DeviceEntry.all()));
    } else {
      console.result(table(entries));
      if (kind.equals("technology")) {
        console.result(new Page().append('\n').append(ScalingText.table()));
      }
    }
    return 0;
  }

  private void circuitsOfPart(Console console) {
    if (!kind.equals("circuits") || name != null) {
      throw new UsageException("--kind is a view of circuits: catalog circuits --kind readout");
    }
    if (part.equals("readout")) {
      ReadoutCatalog readouts = ReadoutListing.of(bits, rate, node);
      console.print(json, readouts, () -> ReadoutListing.text(readouts));
      return;
    }
    List<CircuitEntry> entries = CircuitEntry.all();
    Set<String> parts = new LinkedHashSet<>();
    entries.forEach(entry -> parts.add(entry.part()));
    ArrayNode chosen =
        ReportJson.mapper()
            .valueToTree(entries.stream().filter(entry -> entry.part().equals(part)).toList());
    if (chosen.isEmpty()) {
      throw new UsageException(
          "no circuits of a part '" + part + "'" + NearNames.hint(part, List.copyOf(parts)));
    }
    console.print(json, Map.of(kind, chosen), () -> table(chosen));
  }

  /** The components of a record. */
  private static List<String> columns(Class<? extends Record> type) {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private void survey(Console console) {
    if (!kind.equals("devices") || name != null) {
      throw new UsageException("--survey is a view of all devices: catalog devices --survey");
    }
    console.print(
        json,
        FamilyComparison.ofPresets(),
        () -> DeviceListing.survey(FamilyComparison.ofPresets()));
  }

  private void one(ArrayNode entries, Console console) {
    for (var entry : entries) {
      if (entry.path("name").asText().equals(name)) {
        if (json) {
          console.json(entry);
          return;
        }
        if (kind.equals("devices")) {
          DeviceEntry.all().stream()
              .filter(device -> device.name().equals(name))
              .forEach(device -> console.result(DeviceListing.one(device)));
          return;
        }
        TextTable table = new TextTable("", 2);
        entry.properties().stream()
            .filter(f -> f.getValue().isValueNode())
            .forEach(f -> table.row(f.getKey(), f.getValue().asText()));
        console.result(table);
        constants(console);
        keys(console);
        return;
      }
    }
    List<String> names = new ArrayList<>();
    entries.forEach(e -> names.add(e.path("name").asText()));
    throw new UsageException("no " + kind + " named '" + name + "'" + NearNames.hint(name, names));
  }

  /** Constants of the circuit that is shown, with unit, origin and source. */
  private void constants(Console console) {
    List<CircuitEntry.Constant> constants =
        CircuitEntry.all().stream()
            .filter(circuit -> kind.equals("circuits") && circuit.name().equals(name))
            .flatMap(circuit -> circuit.constants().stream())
            .toList();
    if (constants.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable("").left(1, 2).texts(3).head("constant", "value", "origin", "source");
    for (CircuitEntry.Constant constant : constants) {
      String value = Units.brief(constant.value()) + " " + constant.unit();
      table.row(constant.name(), value, constant.origin(), constant.source());
    }
    console.result(new Page().append('\n').append(table));
  }

  /** Keys of the kernel that is shown. */
  private void keys(Console console) {
    List<KeyTable.Row> rows =
        KernelEntry.all().stream()
            .filter(kernel -> kind.equals("kernels") && kernel.name().equals(name))
            .flatMap(kernel -> kernel.keys().stream())
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    TextTable table = new TextTable("", 4).head("key", "may be", "default", "meaning");
    for (KeyTable.Row row : rows) {
      table.row(row.key(), row.allowed(), row.standard(), row.doc());
    }
    console.result(new Page().append('\n').append(table));
  }

  /** The entries of the kind, as their JSON prints them; tables read the same. */
  private ArrayNode entries() {
    List<?> entries =
        switch (kind) {
          case "devices" -> DeviceEntry.all();
          case "networks" -> NetworkEntry.all();
          case "kernels" -> KernelEntry.all();
          case "circuits" -> CircuitEntry.all();
          case "technology" -> TechnologyEntry.all();
          case "calibration" -> CalibrationEntry.all();
          case "converterBits" -> ConverterBitsEntry.all();
          case "examples" -> examples();
          default -> MetricDescription.all();
        };
    return ReportJson.mapper().valueToTree(entries);
  }

  /** The columns that fit a line; the rest is shown of one entry. */
  private TextTable table(ArrayNode entries) {
    List<String> columns =
        switch (kind) {
          case "networks" ->
              List.of("name", "title", "layers", "GMAC", "weights", "accuracy", "architecture");
          case "kernels" -> List.of("name", "description");
          case "circuits" ->
              List.of("name", "part", "kind", "range", "energyBand", "areaBand", "source");
          case "technology" -> columns(TechnologyEntry.class);
          case "calibration" -> List.of("name", "energy", "time", "area", "fittedOn", "sentence");
          case "examples" -> List.of("name", "title", "source");
          case "converterBits" -> List.of("rows", "cellBits", "name", "bitsFor20dB", "bitsFor31dB");
          default -> List.of("name", "key", "unit", "better", "title");
        };
    TextTable table = new TextTable("").left(IntStream.range(1, columns.size()).toArray());
    switch (kind) {
      case "networks" -> table.texts(1, 6).optional(6, 5);
      case "circuits" -> table.texts(2, 6).optional(6, 5, 4);
      case "calibration" -> table.texts(4, 5).optional(5);
      case "examples" -> table.texts(1, 2);
      case "technology", "converterBits" -> table.optional();
      default -> table.texts(4).optional(3, 1);
    }
    table.head(columns.toArray(String[]::new));
    for (var entry : entries) {
      table.row(columns.stream().map(c -> entry.path(c).asText()).toArray());
    }
    return table;
  }

  /** The specs beside the launcher. */
  private static List<ExampleEntry> examples() {
    String home = System.getenv("KIRCHHOFF_HOME");
    return ExampleEntry.in(Path.of(home == null || home.isEmpty() ? "." : home, "examples"));
  }
}
