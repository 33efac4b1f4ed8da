package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.design.StarterSpec;
import dev.kirchhoff.dse.run.ResultFile;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code init}: a commented spec from a few answers. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a commented spec that check accepts and explore searches, from a few answers.",
      "In a terminal it asks what no option says; elsewhere, and with --yes, defaults stand in."
    },
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff init",
      "  ./kirchhoff init edge.yaml --network mobilenet_v2 --device pcm-hermes2022 --limit \"area <= 50 mm2\"",
      "  ./kirchhoff init - --yes"
    })
final class InitCommand implements Callable<Integer> {
  private static final Pattern PRECISION =
      Pattern.compile("(\\d{1,2})(?: ?b)?(?: ?[x,] ?(\\d{1,2})(?: ?b)?)?");
  private static final List<String> DIRECTIONS = List.of("maximise", "minimise");
  private static final Pattern CONSTRAINT = Pattern.compile("constraints\\[(\\d+)\\].*");

  /** Beginnings of our devices' names, by names of families that are usual elsewhere. */
  private static final Map<String, String> FAMILIES =
      Map.of("reram", "redox", "rram", "redox", "pcram", "pcm", "pram", "pcm", "mram", "mtj");

  private static final int MOST_BITS = 16;
  private static final double LEAST_NM = 5;
  private static final double MOST_NM = 180;
  private static final String STDOUT = "-";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "File of the spec (${DEFAULT-VALUE}); - prints it.")
  private String file = "chip.yaml";

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = WordLists.Networks.class,
      description = "Network of the catalogue, or an .onnx file.")
  private String network;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      completionCandidates = WordLists.Devices.class,
      description = "Device of the catalogue.")
  private String device;

  @Option(names = "--node", paramLabel = "NODE", description = "Technology node: \"22 nm\".")
  private String node;

  @Option(
      names = "--precision",
      paramLabel = "BITS",
      description = "Bits of weights and inputs: \"8 x 8\".")
  private String precision;

  @Option(
      names = "--objectives",
      paramLabel = "TEXT",
      description = "Objectives: \"maximise TOPS/W, minimise area\".")
  private String objectives;

  @Option(
      names = "--limit",
      paramLabel = "CONSTRAINT",
      description = "A constraint: \"area <= 50 mm2\". May be given several times.")
  private List<String> limits;

  @Option(names = "--name", paramLabel = "TEXT", description = "Name of the spec.")
  private String name;

  @Option(names = "--force", description = "Replace the file where there is one.")
  private boolean force;

  @Option(names = "--yes", description = "Do not ask: the default of what no option says.")
  private boolean yes;

  @Spec private CommandSpec command;

  /** Reader of answers: the line that a user types at a prompt; null at the end of input. */
  private UnaryOperator<String> asked =
      System.console() == null ? null : prompt -> System.console().readLine("%s", prompt);

  /** A command whose user answers through a function. */
  static InitCommand answeredBy(UnaryOperator<String> answers) {
    InitCommand init = new InitCommand();
    init.asked = answers;
    return init;
  }

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    boolean isPrinted = file.equals(STDOUT);
    if (!isPrinted) {
      requireFree(Path.of(file));
    }
    boolean asks = asked != null && !yes;
    if (asks) {
      // Options that are wrong are refused before the first question.
      starter(false);
      console.message("Enter takes what stands in brackets.");
    }
    StarterSpec starter = starter(asks);
    String named = named();
    DesignSpec spec = starter.read(named);
    String text = starter.text(named);
    if (isPrinted) {
      console.document(text);
      return 0;
    }
    try {
      ResultFile.write(Path.of(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + ResultFile.reason(e), e);
    }
    console.message(
        "written: "
            + file
            + ", "
            + String.format(Locale.ROOT, "%,d", SpecProblemSpace.space(spec).size())
            + " designs. Next: ./kirchhoff explore "
            + SpecArguments.quoted(file)
            + " --time 1min");
    return 0;
  }

  private void requireFree(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path) || folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "FILE is " + file + ": name a file in a folder that exists, for example chip.yaml");
    }
    if (!FileEndings.matches(file, ".yaml")) {
      throw new UsageException("FILE is " + file + ": a spec's name ends in .yaml");
    }
    if (Files.exists(path) && !force) {
      throw new UsageException(file + " exists; --force replaces it");
    }
    ResultFile.requireWritable(path);
  }

  /** File that the spec is for. */
  private String named() {
    return file.equals(STDOUT) ? "chip.yaml" : file;
  }

  /**
   * The answers: of options, of the user, and defaults.
   *
   * @param asks false to ask nothing
   */
  private StarterSpec starter(boolean asks) {
    DeviceCatalogue devices = new DeviceCatalogue();
    String ofNetwork =
        answer(network, "Network, or an .onnx file", "resnet18", InitCommand::network, asks);
    String ofDevice =
        answer(
            device,
            "Device (all: ./kirchhoff catalog devices)",
            "redox-hfox-wan2022",
            text -> device(text, devices.names()),
            asks);
    String ofNode = answer(node, "Technology node", "32 nm", InitCommand::node, asks);
    int[] bits =
        answer(precision, "Bits of weights x inputs", "8 x 8", InitCommand::precision, asks);
    StarterSpec free =
        new StarterSpec(
            name != null ? name : title(ofNetwork) + " on " + ofDevice,
            ofNetwork,
            devices.device(ofDevice).orElseThrow(),
            ofNode,
            bits[0],
            bits[1],
            List.of(),
            List.of());
    StarterSpec wanted =
        answer(
            objectives,
            "Objectives, separated by commas",
            "maximise TOPS/W, minimise area",
            text -> readable("objectives", free.with(objectives(text), List.of())),
            asks);
    // Accuracy is estimated where the program has labelled samples, agreement of every network.
    String quality =
        TrainedNetworks.names().contains(ofNetwork) ? "accuracyLoss <= 5 %" : "agreement >= 90 %";
    return answer(
        limits == null ? null : String.join(", ", limits),
        "Limits, separated by commas, or none",
        quality,
        text -> readable("limits", wanted.with(wanted.objectives(), list(text))),
        asks);
  }

  /** A spec that can be read; problems have no line of it, as no user has seen it. */
  private StarterSpec readable(String answer, StarterSpec starter) {
    try {
      starter.read(named());
      return starter;
    } catch (SpecException e) {
      throw new UsageException(
          answer
              + ": "
              + e.problems().stream()
                  .map(problem -> subject(starter, problem.path()) + problem.message())
                  .collect(Collectors.joining("\n")));
    }
  }

  /** The constraint that a problem is of, as it was typed; else the path. */
  private static String subject(StarterSpec starter, String path) {
    Matcher matcher = CONSTRAINT.matcher(path);
    return matcher.matches()
        ? "'" + starter.limits().get(Integer.parseInt(matcher.group(1))) + "': "
        : path.isEmpty() ? "" : path + ": ";
  }

  /**
   * An answer, asked for again until it can be read.
   *
   * @param option text of the option; null where it is not given
   */
  private <T> T answer(
      String option, String question, String standard, Function<String, T> read, boolean asks) {
    if (option != null) {
      return read.apply(option);
    }
    while (asks) {
      String line = asked.apply(question + " [" + standard + "]: ");
      if (line == null) {
        throw new UsageException("the answers ended; --yes takes the defaults");
      }
      try {
        return read.apply(line.isBlank() ? standard : line.strip());
      } catch (UsageException e) {
        Console.of(command).message(e.getMessage());
      }
    }
    return read.apply(standard);
  }

  private static String network(String text) {
    if (FileEndings.matches(text, ".onnx")) {
      if (!Files.exists(Path.of(text))) {
        throw new UsageException("network " + text + ": there is no such file");
      }
      return text;
    }
    List<String> names = new ArrayList<>(new NetworkCatalogue().names());
    names.addAll(TrainedNetworks.names());
    return known("network", text, names);
  }

  /** A device; of the name of a family, also one usual elsewhere, the devices are listed. */
  private static String device(String text, List<String> names) {
    String family = text.toLowerCase(Locale.ROOT);
    String beginning = FAMILIES.getOrDefault(family, family);
    List<String> ofFamily = names.stream().filter(each -> each.startsWith(beginning)).toList();
    if (!names.contains(text) && !ofFamily.isEmpty()) {
      throw new UsageException(
          "no device named '"
              + text
              + "'; of this family there are "
              + String.join(", ", ofFamily));
    }
    return known("device", text, names);
  }

  private static String known(String what, String text, List<String> names) {
    if (!names.contains(text)) {
      throw new UsageException(
          "no " + what + " named '" + text + "'" + NearNames.hint(text, names));
    }
    return text;
  }

  private static String node(String text) {
    double node_nm;
    try {
      node_nm = Units.quantity(text, Dimension.LENGTH) * Units.NM_PER_UM;
    } catch (Units.UnitException e) {
      throw new UsageException("node: " + e.getMessage() + "; for example \"22 nm\"");
    }
    if (node_nm < LEAST_NM || node_nm > MOST_NM) {
      throw new UsageException("node is " + text + ", must be 5 nm to 180 nm");
    }
    return text;
  }

  private static int[] precision(String text) {
    Matcher matcher = PRECISION.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException("precision is '" + text + "', must be as 8 x 8, weights first");
    }
    int weights = Integer.parseInt(matcher.group(1));
    int inputs = matcher.group(2) == null ? weights : Integer.parseInt(matcher.group(2));
    if (Math.min(weights, inputs) < 1 || Math.max(weights, inputs) > MOST_BITS) {
      throw new UsageException("precision is '" + text + "', must be 1 to " + MOST_BITS + " bits");
    }
    return new int[] {weights, inputs};
  }

  private static List<String> objectives(String text) {
    List<String> metrics = Arrays.stream(Metric.values()).map(Metric::word).toList();
    List<String> objectives = list(text);
    for (String objective : objectives) {
      String[] words = objective.split(" +");
      if (words.length != 2) {
        throw new UsageException(
            "objective '"
                + objective
                + "': must be maximise or minimise and one metric, as maximise TOPS/W");
      }
      if (!DIRECTIONS.contains(words[0])) {
        throw new UsageException(
            "objective '" + objective + "': '" + words[0] + "' must be maximise or minimise");
      }
      known("metric", words[1], metrics);
    }
    if (objectives.isEmpty()) {
      throw new UsageException("objectives: one is needed at least, as maximise TOPS/W");
    }
    return objectives;
  }

  /** The parts of a text between commas; none of "none". */
  private static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty() && !part.equals("none"))
        .toList();
  }

  private static String title(String network) {
    return Optional.ofNullable(Path.of(network).getFileName()).map(Path::toString).orElse(network);
  }
}
