package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricDescription;
import dev.kirchhoff.dse.catalog.CalibrationEntry;
import dev.kirchhoff.dse.catalog.CircuitEntry;
import dev.kirchhoff.dse.catalog.ConverterBitsEntry;
import dev.kirchhoff.dse.catalog.DeviceEntry;
import dev.kirchhoff.dse.catalog.ExampleEntry;
import dev.kirchhoff.dse.catalog.KernelEntry;
import dev.kirchhoff.dse.catalog.NetworkEntry;
import dev.kirchhoff.dse.catalog.TechnologyEntry;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.kernel.Kernels;
import dev.kirchhoff.peripherals.CircuitLibrary;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kind of entries of the catalogue, stated once: its word, what there is of it, its entries, and
 * the columns that fit a line, with their layout; the rest is shown of one entry.
 */
enum CatalogKind {
  DEVICES(
      "devices",
      () -> new DeviceCatalogue().names().size() + " resistive devices",
      DeviceEntry::all,
      table -> {},
      "name"),
  NETWORKS(
      "networks",
      () -> NetworkEntry.count() + " networks",
      NetworkEntry::all,
      table -> table.texts(1, 6).optional(6, 5),
      "name title layers GMAC weights accuracy architecture"),
  KERNELS(
      "kernels",
      () -> Kernels.kinds().size() + " kernels",
      KernelEntry::all,
      table -> table.optional(1),
      "name description"),
  CIRCUITS(
      "circuits",
      () -> CircuitLibrary.entries().size() + " circuit models",
      CircuitEntry::all,
      table -> table.texts(2, 6).optional(6, 5, 4),
      "name part kind range energyBand areaBand source"),
  TECHNOLOGY(
      "technology",
      () -> "figures of 180 to 5 nm by class of circuit",
      TechnologyEntry::all,
      table -> {},
      components(TechnologyEntry.class)),
  CALIBRATION(
      "calibration",
      () ->
          CircuitFamily.values().length
              + " families of circuits and the chips that they are compared with",
      CalibrationEntry::all,
      table -> table.texts(2, 3).optional(2),
      "name quantities chips sentence"),
  METRICS(
      "metrics",
      () -> Metric.values().length + " figures of a design",
      MetricDescription::all,
      table -> table.texts(4).optional(3, 1),
      "name key unit better title"),
  EXAMPLES(
      "examples",
      () -> examples().size() + " specs to begin with",
      CatalogKind::examples,
      table -> table.texts(1, 2),
      "name title source"),
  CONVERTER_BITS(
      "converterBits",
      () -> "what 20 and 31 dB need",
      ConverterBitsEntry::all,
      table -> {},
      "rows cellBits name bitsFor20dB bitsFor31dB");

  private final String word;
  private final Supplier<String> summary;
  private final Supplier<List<?>> entries;
  private final Consumer<TextTable> layout;
  private final List<String> columns;

  CatalogKind(
      String word,
      Supplier<String> summary,
      Supplier<List<?>> entries,
      Consumer<TextTable> layout,
      String columns) {
    this.word = word;
    this.summary = summary;
    this.entries = entries;
    this.layout = layout;
    this.columns = List.of(columns.split(" "));
  }

  String word() {
    return word;
  }

  static Optional<CatalogKind> of(String word) {
    return Stream.of(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Stream.of(values()).map(CatalogKind::word).toList();
  }

  /** Its entries: records, which JSON and text print alike. */
  List<?> entries() {
    return entries.get();
  }

  /** All kinds with what there is of them. */
  static TextTable menu() {
    TextTable table = new TextTable("", 2);
    for (CatalogKind kind : values()) {
      table.row(kind.word, kind.summary.get() + ": ./kirchhoff catalog " + kind.word);
    }
    return table;
  }

  /** The columns that fit a line. */
  TextTable table(Iterable<? extends JsonNode> entries) {
    TextTable table =
        new TextTable("")
            .left(IntStream.range(1, columns.size()).toArray())
            .head(columns.toArray(String[]::new));
    layout.accept(table);
    entries.forEach(
        entry -> table.row(columns.stream().map(c -> entry.path(c).asText()).toArray()));
    return table;
  }

  private static String components(Class<? extends Record> type) {
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(" "));
  }

  /** The specs beside the launcher. */
  private static List<ExampleEntry> examples() {
    String home = System.getenv("KIRCHHOFF_HOME");
    return ExampleEntry.in(Path.of(home == null || home.isEmpty() ? "." : home, "examples"));
  }
}
