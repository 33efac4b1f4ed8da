package dev.kirchhoff.dse.cli;

import static dev.kirchhoff.arch.event.ReportJson.mapper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.CircuitFiles;
import dev.kirchhoff.arch.spec.KeyTable;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.catalog.CircuitEntry;
import dev.kirchhoff.dse.catalog.DeviceEntry;
import dev.kirchhoff.dse.catalog.FamilyComparison;
import dev.kirchhoff.dse.catalog.KernelEntry;
import dev.kirchhoff.dse.catalog.OwnReadout;
import dev.kirchhoff.dse.catalog.ReadoutCatalog;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.report.SizedReadout;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
      "  ./kirchhoff catalog circuits sar-28nm --bits 6",
      "  ./kirchhoff catalog circuits --kind readout --bits 6 --rate '50 MS/s' --node '22 nm'",
      "  ./kirchhoff catalog circuits my-adc.circuit --kind readout --bits 6"
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

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "One entry, whole; with circuits also a file, my-adc.circuit.")
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
          "With circuits: models of one part; readout compares all, and a file's circuit with them,"
              + " at --bits, --rate, --node.")
  private String part;

  @Option(
      names = "--bits",
      paramLabel = "N",
      defaultValue = "8",
      description = "Bits that readouts are compared or shown at; ${DEFAULT-VALUE}.")
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

  /** Options that set the column on which readouts are compared. */
  private static final List<String> POINT = List.of("--bits", "--rate", "--node");

  @Spec private CommandSpec command;

  /** NAME as it is written: of a user's circuit its file. */
  private String written;

  /** Circuit of a user's file that is shown. */
  private Optional<OwnReadout> own = Optional.empty();

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    if (kind == null && part != null) {
      throw new UsageException("--kind is a view of circuits: catalog circuits --kind " + part);
    }
    if (kind == null || !kind.equals("circuits")) {
      refusePoint(kind == null ? "the menu" : kind);
    }
    written = name;
    if (kind == null && survey) {
      throw new UsageException("--survey is a view of all devices: catalog devices --survey");
    }
    if (kind == null) {
      console.result(CatalogKind.menu());
      return 0;
    }
    CatalogKind chosen =
        CatalogKind.of(kind)
            .orElseThrow(
                () ->
                    new UsageException(
                        "KIND is '" + kind + "'" + NearNames.hint(kind, CatalogKind.words())));
    if (survey) {
      survey(console);
      return 0;
    }
    if (kind.equals("circuits") && name != null && name.endsWith(CircuitFiles.ENDING)) {
      own = Optional.of(OwnReadout.of(name, new FileSources()));
      name = own.get().entry().name();
    }
    if (part != null) {
      circuitsOfPart(console);
      return 0;
    }
    if (sized().isEmpty()) {
      refusePoint(name == null ? "the whole list" : "a circuit that is no readout with equations");
    }
    ArrayNode entries = mapper().valueToTree(own.isPresent() ? circuits() : chosen.entries());
    if (name != null) {
      one(entries, console);
    } else if (json) {
      console.json(Map.of(kind, entries));
    } else if (chosen == CatalogKind.DEVICES) {
      console.result(DeviceListing.table(DeviceEntry.all()));
    } else {
      console.result(chosen.table(entries));
      if (chosen == CatalogKind.TECHNOLOGY) {
        console.result(new Page().append('\n').append(ScalingText.table()));
      }
    }
    return 0;
  }

  private void circuitsOfPart(Console console) {
    boolean isReadouts = part.equals("readout");
    if (!kind.equals("circuits") || (name != null && !(isReadouts && own.isPresent()))) {
      throw new UsageException("--kind is a view of circuits: catalog circuits --kind readout");
    }
    if (isReadouts) {
      ReadoutCatalog readouts = ReadoutListing.of(own, bits, rate, node);
      console.print(json, readouts, () -> ReadoutListing.text(readouts));
      return;
    }
    refusePoint("circuits of other parts");
    List<CircuitEntry> entries = CircuitEntry.all();
    Set<String> parts = new LinkedHashSet<>();
    entries.forEach(entry -> parts.add(entry.part()));
    ArrayNode chosen =
        mapper().valueToTree(entries.stream().filter(entry -> entry.part().equals(part)).toList());
    if (chosen.isEmpty()) {
      throw new UsageException(
          "no circuits of a part '" + part + "'" + NearNames.hint(part, List.copyOf(parts)));
    }
    console.print(json, Map.of(kind, chosen), () -> CatalogKind.CIRCUITS.table(chosen));
  }

  /** Refuses bits, rate or node of readouts where nothing is shown at them. */
  private void refusePoint(String shown) {
    for (String option : POINT) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new UsageException(
            option
                + " has no effect on "
                + shown
                + ": it sets the column of readouts, catalog circuits --kind readout "
                + option
                + " ..., or catalog circuits NAME "
                + option
                + " ...");
      }
    }
  }

  /** Options of the column that were given, as text of a command. */
  private String point() {
    StringBuilder given = new StringBuilder();
    for (String option : POINT) {
      Object value = command.commandLine().getParseResult().matchedOptionValue(option, null);
      if (value != null) {
        String text = value.toString();
        given.append(" " + option + " " + (text.contains(" ") ? "\"" + text + "\"" : text));
      }
    }
    return given.toString();
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
        Optional<SizedReadout> sized = sized();
        if (json) {
          sized.ifPresent(of -> ((ObjectNode) entry).set("sized", mapper().valueToTree(of)));
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
        sized.ifPresent(of -> console.result(ReadoutListing.sized(of, written, bits, point())));
        keys(console);
        return;
      }
    }
    List<String> names = new ArrayList<>();
    entries.forEach(e -> names.add(e.path("name").asText()));
    throw new UsageException("no " + kind + " named '" + name + "'" + NearNames.hint(name, names));
  }

  /** The readout that is shown, at the bits, rate and node of a comparison. */
  private Optional<SizedReadout> sized() {
    return kind.equals("circuits") && name != null
        ? ReadoutListing.sized(own, name, bits, rate, node)
        : Optional.empty();
  }

  /** Constants of the circuit that is shown, with unit, origin and source. */
  private void constants(Console console) {
    List<CircuitEntry.Constant> constants =
        circuits().stream()
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

  /** The circuit of a user's file if that is shown, else those of the catalogue. */
  private List<CircuitEntry> circuits() {
    return own.map(mine -> List.of(mine.entry())).orElseGet(CircuitEntry::all);
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
}
