package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.dse.report.SensitivityReport;
import dev.kirchhoff.dse.report.SensitivityReport.LevelRow;
import dev.kirchhoff.dse.run.ResultFile;
import dev.kirchhoff.dse.study.MeasuredSensitivity;
import dev.kirchhoff.dse.study.SampledNetwork;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.simulate.Decisions;
import dev.kirchhoff.mapper.simulate.NoiseSensitivity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sensitivity}: what errors of its layers do to the decisions of a network. */
@Command(
    name = "sensitivity",
    mixinStandardHelpOptions = true,
    description =
        "Measures by how much errors in the products of each layer change the decisions of a"
            + " network with weights: no chip and no labels are needed, some inputs are. Writes"
            + " NAME.accuracy beside NAME.onnx, from which specs that use the network have"
            + " agreement in every evaluation.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff sensitivity my.onnx --samples images.npy",
      "  ./kirchhoff sensitivity my.onnx --samples images.npy --labels classes.npy",
      "  ./kirchhoff sensitivity transformer.onnx --samples folder --decisions neighbour"
    })
final class SensitivityCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "An .onnx with its weights.")
  private String model;

  @Option(
      names = "--samples",
      required = true,
      paramLabel = "FILE",
      description =
          "Inputs like those that it will see, 64 or more: an .npy whose first dimension is the"
              + " sample, or a .csv with a column label; of several inputs a folder of arrays,"
              + " NAME.npy for each.")
  private String samples;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Classes of the samples, an .npy: then accuracyLoss is measured too.")
  private String labels;

  @Option(
      names = "--decisions",
      paramLabel = "KIND",
      completionCandidates = WordLists.DecisionKinds.class,
      description =
          "What the network decides: class (the largest output), neighbour (the nearest other"
              + " sample by the cosine of embeddings) or value (outputs within 10 %%). By the"
              + " output's dimensions unless it is named.")
  private String decisions;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write in place of the one beside the model.")
  private String out;

  @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed = MeasuredSensitivity.SEED;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; results do not depend on them (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    if (threads < 1) {
      throw new UsageException("--threads is " + threads + ", must be at least 1");
    }
    if (!model.matches("(?i).*\\.onnx")) {
      throw new UsageException("MODEL is '" + model + "', must be an .onnx");
    }
    Optional<Decisions> asked = asked();
    Path file = out == null ? MeasuredSensitivity.besideModel(model) : Path.of(out);
    // Told before minutes of measurements, not after them.
    ResultFile.requireWritable(file);
    Console console = Console.of(command);
    SampledNetwork sampled = SampledNetwork.of(model, samples, Optional.ofNullable(labels));
    Decisions kind = asked.orElseGet(() -> Decisions.of(sampled.network().outputShape()));
    if (labels != null && kind != Decisions.CLASS) {
      throw new UsageException("--labels are of classes, and the network decides " + kind.words());
    }
    AccuracyModel measured;
    try (WorkLine line = WorkLine.begin(console, "measurements", 1)) {
      measured = MeasuredSensitivity.measure(sampled, kind, seed, threads);
      line.add(1);
    }
    try {
      ResultFile.write(file, AccuracyText.print(measured, sampled.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + ResultFile.reason(e), e);
    }
    int items = Math.min(NoiseSensitivity.MOST_ITEMS, sampled.data().size());
    SensitivityReport report = SensitivityReport.of(model, kind.words(), items, measured);
    console.print(json, report, () -> text(report));
    console.message("written: " + file);
    return 0;
  }

  private Optional<Decisions> asked() {
    if (decisions == null) {
      return Optional.empty();
    }
    for (Decisions kind : Decisions.values()) {
      if (kind.word().equals(decisions)) {
        return Optional.of(kind);
      }
    }
    throw new UsageException(
        "--decisions is '" + decisions + "', must be one of " + String.join(", ", Decisions.all()));
  }

  private static Page text(SensitivityReport report) {
    Page page =
        new Page()
            .line(
                "{}: {}, measured on {} samples{}",
                report.network(),
                report.decisions(),
                report.items(),
                report.accuracy().isPresent()
                    ? Sentence.of("; accuracy {%.1f} %", 100 * report.accuracy().getAsDouble())
                    : "")
            .append(
                "weight: of errors over a layer's signal, the part that reaches the output; reads:"
                    + " drawn anew for each read, cells: the same in every read, clipping: cut"
                    + " sums\n");
    TextTable layers = new TextTable("  ").left(0);
    layers.head("layer", "reads", "cells", "clipping");
    for (SensitivityReport.LayerRow row : report.layers()) {
      layers.row(
          row.layer(),
          Units.brief(row.reads()),
          Units.brief(row.cells()),
          Units.brief(row.clipping()));
    }
    page.append(layers).append('\n');
    boolean isLabelled = report.accuracy().isPresent();
    TextTable levels = new TextTable("  ");
    if (isLabelled) {
      levels.head("agreement", "snr of the output", "the same in every layer", "accuracy lost");
    } else {
      levels.head("agreement", "snr of the output", "the same in every layer");
    }
    for (LevelRow row : report.levels()) {
      String agreement = String.format(Locale.ROOT, "%.0f %%", 100 * row.agreement());
      String each = decibels(row.each_dB());
      if (isLabelled) {
        String lost =
            row.accuracyLoss().isPresent()
                ? String.format(Locale.ROOT, "%.1f points", 100 * row.accuracyLoss().getAsDouble())
                : "-";
        levels.row(agreement, decibels(row.snr_dB()), each, lost);
      } else {
        levels.row(agreement, decibels(row.snr_dB()), each);
      }
    }
    return page.append(levels);
  }

  private static String decibels(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f dB", value.getAsDouble()) : "never";
  }
}
