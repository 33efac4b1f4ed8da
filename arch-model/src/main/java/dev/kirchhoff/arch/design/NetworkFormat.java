package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file format of networks that a spec can name besides its own. */
public interface NetworkFormat {

  /** Ending of the format's file names, {@code .onnx}. */
  String ending();

  /**
   * Reads a network.
   *
   * @param file its file
   * @param settings settings of the spec for it
   * @param sources access to the file and to those that it names
   * @throws FormatException with all problems of the file
   * @throws Sources.SourceException if it cannot be read
   */
  Reading read(String file, Settings settings, Sources sources)
      throws FormatException, Sources.SourceException;

  /** Names of the networks of this format that come with the program. */
  default List<String> shipped() {
    return List.of();
  }

  /** A network that comes with the program; nothing if none has this name. */
  default Optional<Network> shipped(String name) {
    return Optional.empty();
  }

  /**
   * Settings of a network in the spec.
   *
   * @param dimensions sizes of dimensions that the file leaves open, by name
   * @param samples file of inputs that the statistics of the first layer are measured on
   * @param activations file of inner values that statistics of their readers are measured on
   * @param isEqual whether noise of all layers counts alike where no model of accuracy is known
   */
  record Settings(
      Map<String, Long> dimensions,
      Optional<String> samples,
      Optional<String> activations,
      boolean isEqual) {
    /** No settings. */
    public static final Settings NONE =
        new Settings(Map.of(), Optional.empty(), Optional.empty(), false);

    public Settings {
      dimensions = Map.copyOf(dimensions);
    }

    /** Settings of a file. */
    public Settings(
        Map<String, Long> dimensions, Optional<String> samples, Optional<String> activations) {
      this(dimensions, samples, activations, false);
    }
  }

  /**
   * A network as read from its file.
   *
   * @param network the network
   * @param warnings warnings for the user, one sentence each
   */
  record Reading(Network network, List<String> warnings) {
    public Reading {
      warnings = List.copyOf(warnings);
    }
  }

  /** Failure to read a file as a network; each problem completes "FILE: ...". */
  final class FormatException extends Exception {
    private final transient List<String> problems;

    /** With all problems. */
    public FormatException(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    /** One sentence each. */
    public List<String> problems() {
      return problems;
    }
  }
}
