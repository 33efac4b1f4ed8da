package dev.kirchhoff.dse.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The table of published macros: settings of in-memory computing chips of 2018 to 2024.
 *
 * <p>Source: University of Illinois, UIUC-IMC/UIUC-IMC-Benchmarking, MIT licence, part of its rows,
 * re-keyed. The columns {@code converter}, {@code converter_source}, {@code design}, {@code
 * best_case}, {@code void} and {@code remark} are this project's; {@code remark} names each cell
 * that differs from the survey's.
 */
public final class SurveyTable {
  private static final String RESOURCE = "macros.csv";

  private SurveyTable() {}

  /** The rows that the program carries. */
  public static List<SurveyRow> rows() {
    try (InputStream in = SurveyTable.class.getResourceAsStream(RESOURCE)) {
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a table in the same columns. */
  static List<SurveyRow> read(String csv) {
    List<List<String>> lines = cells(csv);
    List<String> names = lines.get(0);
    List<SurveyRow> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        cells.put(names.get(i), i < line.size() ? line.get(i) : "");
      }
      rows.add(row(cells));
    }
    return List.copyOf(rows);
  }

  private static SurveyRow row(Map<String, String> cells) {
    SurveyRow.Bits bits =
        new SurveyRow.Bits(
            number(cells, "in_bits").orElseThrow(),
            number(cells, "w_bits").orElseThrow(),
            number(cells, "adc_bits"));
    boolean isProcessor = cells.get("processor").equals("Y");
    return new SurveyRow(
        Integer.parseInt(cells.get("row")),
        Integer.parseInt(cells.get("index")),
        new SurveyRow.Paper(
            cells.get("title"),
            cells.get("authors"),
            cells.get("venue"),
            Integer.parseInt(cells.get("year")),
            isProcessor),
        cells.get("memory"),
        cells.get("cell"),
        number(cells, "node_nm").orElseThrow(),
        number(cells, "supply_V"),
        text(cells, "held_bitline"),
        new SurveyRow.Converter(cells.get("converter"), cells.get("converter_source")),
        array(cells, bits),
        bits,
        published(cells, bits, isProcessor),
        text(cells, "design"),
        text(cells, "best_case"),
        cells.get("remark"));
  }

  /** Outputs that the survey leaves open follow from the operations of an invocation. */
  private static SurveyRow.Array array(Map<String, String> cells, SurveyRow.Bits bits) {
    OptionalInt dotLength = count(cells, "dot_length");
    OptionalInt outputs = count(cells, "adcs");
    OptionalDouble time_ns = number(cells, "invocation_ns");
    OptionalDouble tops = number(cells, "tops_bank_1b");
    if (outputs.isEmpty() && dotLength.isPresent() && time_ns.isPresent() && tops.isPresent()) {
      double operations = tops.getAsDouble() * 1e3 * time_ns.getAsDouble();
      outputs =
          OptionalInt.of(
              (int)
                  Math.rint(
                      operations / (2 * dotLength.getAsInt() * bits.inputs() * bits.weights())));
    }
    return new SurveyRow.Array(
        count(cells, "banks").orElse(1),
        count(cells, "rows"),
        count(cells, "columns"),
        count(cells, "rows_read"),
        count(cells, "rows_per_column"),
        count(cells, "columns_read"),
        count(cells, "columns_per_adc"),
        outputs,
        dotLength);
  }

  private static SurveyRow.Published published(
      Map<String, String> cells, SurveyRow.Bits bits, boolean isProcessor) {
    List<SurveyRow.Published.Void> voids = new ArrayList<>();
    return new SurveyRow.Published(
        time_ns(cells, bits, voids),
        topsPerW(cells, voids),
        area_um2(cells, isProcessor, voids),
        voids);
  }

  private static OptionalDouble topsPerW(
      Map<String, String> cells, List<SurveyRow.Published.Void> voids) {
    OptionalDouble topsPerW = number(cells, "tops_per_w_1b");
    if (topsPerW.isEmpty()) {
      voids.add(isVoid(SurveyQuantity.ENERGY, "not published"));
    }
    return topsPerW;
  }

  private static OptionalDouble time_ns(
      Map<String, String> cells, SurveyRow.Bits bits, List<SurveyRow.Published.Void> voids) {
    OptionalDouble time_ns = number(cells, "invocation_ns");
    OptionalInt dotLength = count(cells, "dot_length");
    OptionalInt outputs = count(cells, "adcs");
    if (time_ns.isEmpty() && dotLength.isPresent() && outputs.isPresent()) {
      if (digits(cells.get("tops_bank_1b")) < 2) {
        voids.add(isVoid(SurveyQuantity.TIME, "throughput is published to one digit"));
        return OptionalDouble.empty();
      }
      double operations =
          2.0 * dotLength.getAsInt() * outputs.getAsInt() * bits.inputs() * bits.weights();
      return OptionalDouble.of(operations / (number(cells, "tops_bank_1b").getAsDouble() * 1e3));
    }
    if (time_ns.isEmpty()) {
      voids.add(isVoid(SurveyQuantity.TIME, "not published"));
    } else if (List.of(cells.get("void").split(";")).contains("time")) {
      voids.add(isVoid(SurveyQuantity.TIME, cells.get("remark").replaceFirst("^time: ", "")));
      return OptionalDouble.empty();
    }
    return time_ns;
  }

  /** Throughput over its density; neither may have one digit only. */
  private static OptionalDouble area_um2(
      Map<String, String> cells, boolean isProcessor, List<SurveyRow.Published.Void> voids) {
    String tops = cells.get("tops_1b");
    String density = cells.get("tops_per_mm2_1b");
    String reason = "";
    if (density.isEmpty()) {
      reason = "no density";
    } else if (isProcessor) {
      reason = "that of a processor, circuits outside its macros included";
    } else if (digits(tops) < 2 || digits(density) < 2) {
      reason = "throughput or density is published to one digit";
    } else if (cells.get("rows").isEmpty() || cells.get("columns").isEmpty()) {
      reason = "rows and columns are not published";
    }
    if (!reason.isEmpty()) {
      voids.add(isVoid(SurveyQuantity.AREA, reason));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(1e6 * Double.parseDouble(tops) / Double.parseDouble(density));
  }

  private static SurveyRow.Published.Void isVoid(SurveyQuantity quantity, String reason) {
    return new SurveyRow.Published.Void(quantity, reason);
  }

  /** Significant digits of a number as it is written. */
  static int digits(String number) {
    return number.replace(".", "").replaceFirst("^0+", "").length();
  }

  private static Optional<String> text(Map<String, String> cells, String name) {
    return Optional.of(cells.get(name)).filter(cell -> !cell.isEmpty());
  }

  private static OptionalDouble number(Map<String, String> cells, String name) {
    return text(cells, name)
        .map(cell -> OptionalDouble.of(Double.parseDouble(cell)))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalInt count(Map<String, String> cells, String name) {
    OptionalDouble number = number(cells, name);
    return number.isPresent() && number.getAsDouble() > 0
        ? OptionalInt.of((int) number.getAsDouble())
        : OptionalInt.empty();
  }

  /** Lines of cells; a quoted cell may hold commas and doubled quotes. */
  static List<List<String>> cells(String csv) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"' && isQuoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == ',' || c == '\n')) {
        line.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (cell.length() > 0 || !line.isEmpty()) {
      line.add(cell.toString());
      lines.add(line);
    }
    return lines;
  }
}
