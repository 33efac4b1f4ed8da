package dev.kirchhoff.dse.data;

import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.IdxFile;
import dev.kirchhoff.mapper.data.NpyArray;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.data.UserData;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Samples for accuracy: the whole of Fashion-MNIST where it is installed, else the samples shipped,
 * and files of users.
 */
public final class SampleFiles {
  /** Folder of Debian's package dataset-fashion-mnist. */
  public static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");

  private final Optional<Path> installed;

  private SampleFiles(Optional<Path> installed) {
    this.installed = installed;
  }

  /** Looks for the whole data set in {@link #INSTALLED}. */
  public SampleFiles() {
    this(INSTALLED);
  }

  /** Looks for the whole data set in a folder. */
  SampleFiles(Path installed) {
    this(Optional.of(installed));
  }

  /** The samples shipped, whatever is installed: the same on every machine. */
  public static SampleFiles shipped() {
    return new SampleFiles(Optional.empty());
  }

  /**
   * Samples of one data set.
   *
   * @param test what accuracy is judged on
   * @param calibration what ranges are calibrated on; none of it is in the test
   * @param origin where they come from, for people
   */
  public record Samples(DataSet test, DataSet calibration, String origin) {}

  /**
   * The samples of a trained network's data set; nothing if it is not known.
   *
   * @param data its name, {@code fashion-mnist}
   * @throws SpecException if the installed files are damaged
   */
  public Optional<Samples> of(String data) throws SpecException {
    return switch (data) {
      case "fashion-mnist" -> Optional.of(fashion());
      case "temporal-order" ->
          Optional.of(
              new Samples(
                  ShippedData.sequenceTest(),
                  ShippedData.sequenceCalibration(),
                  "generated sequences"));
      default -> Optional.empty();
    };
  }

  private Samples fashion() throws SpecException {
    DataSet calibration = ShippedData.fashionCalibration();
    if (installed.isEmpty()) {
      return new Samples(ShippedData.fashionTest(), calibration, "shipped images");
    }
    Path images = installed.get().resolve("t10k-images-idx3-ubyte.gz");
    Path labels = installed.get().resolve("t10k-labels-idx1-ubyte.gz");
    if (!Files.isReadable(images) || !Files.isReadable(labels)) {
      return new Samples(
          ShippedData.fashionTest(),
          calibration,
          "shipped images; Debian's dataset-fashion-mnist has 10,000");
    }
    IdxFile pixels = read(images.toString(), IdxFile::read);
    IdxFile classes = read(labels.toString(), IdxFile::read);
    DataSet test =
        read(
            images.toString(),
            ignored -> IdxFile.images("fashion-mnist", pixels, classes, ShippedData.GARMENTS));
    return new Samples(test, calibration, installed.get().toString());
  }

  /**
   * A user's samples for a network: a {@code .csv} with a column of labels.
   *
   * @param samples file of the samples
   * @param shape dimensions of one sample, as the network reads it
   * @param classes how many classes it tells apart
   * @throws SpecException with all problems by line
   */
  public DataSet table(String samples, List<Integer> shape, int classes) throws SpecException {
    return read(samples, new UserData(samples, shape, classes)::table);
  }

  /**
   * A user's samples for a network, of arrays.
   *
   * @param samples name of the file or folder of the samples
   * @param inputs an array for each input of the network
   * @param labels file of the labels; empty without labels
   * @param shape dimensions of one sample, as the network reads it
   * @param classes how many classes it tells apart
   * @throws SpecException with all problems by file
   */
  public DataSet samples(
      String samples,
      List<NpyArray> inputs,
      Optional<String> labels,
      List<Integer> shape,
      int classes)
      throws SpecException {
    UserData data = new UserData(samples, shape, classes);
    NpyArray values = checked(samples, () -> NpyArray.joined(inputs));
    if (labels.isEmpty()) {
      return checked(samples, () -> data.of(values));
    }
    NpyArray classOf = read(labels.get(), NpyArray::read);
    checked(labels.get(), () -> data.labels(classOf));
    return checked(samples, () -> data.of(values, classOf));
  }

  /**
   * An array of numpy.
   *
   * @param file an .npy, or a folder of such files
   * @param input name of the network's input whose file of the folder is meant; empty of a file
   * @throws SpecException with what is wrong with it
   */
  public NpyArray array(String file, String input) throws SpecException {
    if (input.isEmpty()) {
      if (!file.endsWith(".npy")) {
        throw problem(
            file,
            "is not a file of samples, must be .npy, or .csv with a column of labels"
                + (file.matches("[0-9]+") ? "; a number of them is --items " + file : ""));
      }
      return read(file, NpyArray::read);
    }
    String own =
        Path.of(file).resolve(input.replaceAll("[^A-Za-z0-9_.-]", "_") + ".npy").toString();
    if (!Files.isDirectory(Path.of(file))) {
      throw problem(file, "must be a folder with a file for each input, " + own);
    }
    return read(own, NpyArray::read);
  }

  private interface Check<T> {
    T make() throws DataException;
  }

  private static <T> T checked(String file, Check<T> check) throws SpecException {
    try {
      return check.make();
    } catch (DataException e) {
      throw problems(file, e);
    }
  }

  private interface Reader<T> {
    T read(InputStream stream) throws DataException;
  }

  private static <T> T read(String file, Reader<T> reader) throws SpecException {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw problem(file, "is a directory, must be a file of samples");
      }
      if (!Files.exists(path)) {
        throw problem(file, "does not exist");
      }
      long most = Runtime.getRuntime().maxMemory() / 8;
      if (Files.size(path) > most) {
        throw problem(
            file,
            "is " + (Files.size(path) >> 20) + " MB, at most " + (most >> 20) + " MB can be read");
      }
      try (InputStream stream = new BufferedInputStream(Files.newInputStream(path))) {
        return reader.read(stream);
      }
    } catch (InvalidPathException e) {
      throw problem(file, "is no file name: " + e.getReason());
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage());
    } catch (DataException e) {
      throw problems(file, e);
    }
  }

  private static SpecException problems(String file, DataException e) {
    return new SpecException(
        e.problems().stream()
            .map(
                p ->
                    new SpecProblem(
                        new Place(file, p.line(), OptionalInt.empty()), "", p.message()))
            .toList());
  }

  private static SpecException problem(String file, String message) {
    return new SpecException(List.of(new SpecProblem(Place.ofFile(file), "", message)));
  }
}
