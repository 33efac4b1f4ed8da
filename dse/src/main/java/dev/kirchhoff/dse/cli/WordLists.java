package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.dse.bench.Bench;
import dev.kirchhoff.dse.bench.SearchMethod;
import dev.kirchhoff.dse.catalog.CircuitEntry;
import dev.kirchhoff.dse.steer.CommandWords;
import dev.kirchhoff.dse.table.PivotTable;
import dev.kirchhoff.dse.table.TableFormat;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.simulate.Decisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Words that arguments take, for the completion of a shell: picocli asks for a class each. */
final class WordLists {
  /** Rule by which a sample is spread over the whole space alone. */
  static final String EVEN = "even";

  /** Rules of a sample. */
  static final List<String> SPREADS = List.of("limits", EVEN);

  /** Figures of {@code explain}. */
  static final List<String> FIGURES =
      List.of(
          "energy",
          "layers",
          "area",
          "power",
          "latency",
          "noise",
          "snr",
          "accuracyLoss",
          "constants");

  private WordLists() {}

  /** A list of words. */
  private abstract static class Words implements Iterable<String> {
    private final List<String> words;

    Words(List<String> words) {
      this.words = List.copyOf(words);
    }

    @Override
    public Iterator<String> iterator() {
      return words.iterator();
    }
  }

  /** Figures that {@code explain} knows. */
  static final class Figures extends Words {
    Figures() {
      super(FIGURES);
    }
  }

  /** Kinds of the catalogue. */
  static final class Kinds extends Words {
    Kinds() {
      super(CatalogKind.words());
    }
  }

  /** Networks of the catalogue and those that come trained. */
  static final class Networks extends Words {
    Networks() {
      super(names());
    }

    private static List<String> names() {
      List<String> names = new ArrayList<>(new NetworkCatalogue().names());
      names.addAll(TrainedNetworks.names());
      return names;
    }
  }

  /** Devices of the catalogue. */
  static final class Devices extends Words {
    Devices() {
      super(new DeviceCatalogue().names());
    }
  }

  /** Metrics by the words of specs. */
  static final class Metrics extends Words {
    Metrics() {
      super(Arrays.stream(Metric.values()).map(Metric::word).toList());
    }
  }

  /** Engines of a search. */
  static final class Engines extends Words {
    Engines() {
      super(dev.kirchhoff.dse.engine.Engines.names());
    }
  }

  /** Methods of a bench. */
  static final class Methods extends Words {
    Methods() {
      super(Bench.available().stream().map(SearchMethod::name).toList());
    }
  }

  /** Formats of tables. */
  static final class Formats extends Words {
    Formats() {
      super(Stream.of(TableFormat.values()).map(TableFormat::word).toList());
    }
  }

  /** Rules of a sample. */
  static final class Spreads extends Words {
    Spreads() {
      super(SPREADS);
    }
  }

  /** Commands to a running search. */
  static final class Commands extends Words {
    Commands() {
      super(CommandWords.all());
    }
  }

  /** Statistics of a pivot table. */
  static final class Statistics extends Words {
    Statistics() {
      super(Arrays.stream(PivotTable.Statistic.values()).map(PivotTable.Statistic::word).toList());
    }
  }

  /** Kinds of decisions of a network. */
  static final class DecisionKinds extends Words {
    DecisionKinds() {
      super(Decisions.all());
    }
  }

  /** Parts of chips that the catalogue has circuits of. */
  static final class Parts extends Words {
    Parts() {
      super(CircuitEntry.all().stream().map(CircuitEntry::part).distinct().toList());
    }
  }
}
