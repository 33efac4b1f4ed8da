package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.ResultFile;
import dev.kirchhoff.mapper.onnx.SensitivitySource;
import dev.kirchhoff.mapper.simulate.Decisions;
import dev.kirchhoff.mapper.simulate.NoiseSensitivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sensitivities that are measured when a spec names a network with samples and no model of accuracy
 * of it lies beside its file: written there, so that they are measured once. What cannot be
 * measured is told and left out.
 */
public final class MeasuredSensitivity implements SensitivitySource {
  /** Seed of all draws of the models that are written beside networks. */
  public static final long SEED = 1;

  private final Optional<String> samples;
  private final Optional<String> labels;
  private final int threads;
  private final Consumer<String> messages;
  private final Map<String, Optional<AccuracyModel>> measured = new HashMap<>();
  private boolean isTaken;

  /**
   * A source.
   *
   * @param samples samples of the first network that the spec names none for
   * @param labels labels of these samples
   * @param threads threads to run on; results do not depend on them
   * @param messages takes what a user should know
   */
  public MeasuredSensitivity(
      Optional<String> samples, Optional<String> labels, int threads, Consumer<String> messages) {
    this.samples = samples;
    this.labels = labels;
    this.threads = threads;
    this.messages = messages;
  }

  /** File of the model of accuracy of a network. */
  public static Path besideModel(String file) {
    return Path.of(file.replaceAll("(?i)\\.onnx$", ".accuracy"));
  }

  /** The model of a network. */
  public static AccuracyModel measure(
      SampledNetwork sampled, Decisions decisions, long seed, int threads) {
    return NoiseSensitivity.measure(
        sampled.network(),
        SimulatedNetwork.items(sampled.data(), NoiseSensitivity.MOST_ITEMS),
        decisions,
        sampled.data().labels(),
        seed,
        threads);
  }

  @Override
  public Optional<AccuracyModel> of(String file, byte[] model, Optional<String> ofSpec) {
    if (!measured.containsKey(file)) {
      boolean takes = ofSpec.isEmpty() && samples.isPresent() && !isTaken;
      isTaken |= takes;
      Optional<String> inputs = takes ? samples : ofSpec;
      measured.put(
          file, inputs.flatMap(of -> measure(file, model, of, takes ? labels : Optional.empty())));
    }
    return measured.get(file);
  }

  private Optional<AccuracyModel> measure(
      String file, byte[] model, String inputs, Optional<String> labels) {
    messages.accept("measuring the sensitivity of " + file + " on " + inputs + " ..");
    AccuracyModel found;
    try {
      SampledNetwork sampled = SampledNetwork.of(file, model, inputs, labels);
      Decisions decisions = Decisions.of(sampled.network().outputShape());
      found = measure(sampled, decisions, SEED, threads);
    } catch (SpecException | IllegalArgumentException e) {
      messages.accept("the sensitivity of " + file + " is not measured: " + e.getMessage());
      return Optional.empty();
    }
    String text = AccuracyText.print(found, model);
    Path beside = besideModel(file);
    boolean isOld = Files.exists(beside);
    try {
      ResultFile.write(beside, text);
      messages.accept("written: " + beside + (isOld ? ", in place of one of another model" : ""));
    } catch (IOException e) {
      messages.accept(beside + " cannot be written: " + ResultFile.reason(e));
    } catch (DataProblemException e) {
      messages.accept("the measurement is not kept: " + e.getMessage());
    }
    // With the digits of the file, so that the first command has the figures of the next.
    return Optional.of(AccuracyText.read(text));
  }
}
