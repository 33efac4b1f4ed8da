package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.data.SampleFiles;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.NpyArray;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.MissingRuntimeException;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model of a user with samples of its inputs, and labels where there are some.
 *
 * @param bytes the model
 * @param network the model, to be run
 * @param data the samples, of several inputs one after the other
 */
public record SampledNetwork(byte[] bytes, SplitNetwork network, DataSet data) {
  private static final int FEWEST = 2;

  /** As {@link #of(String, byte[], String, Optional)}, the model read from its file. */
  public static SampledNetwork of(String model, String samples, Optional<String> labels)
      throws SpecException {
    try {
      return of(model, new FileSources().read(model, Integer.MAX_VALUE), samples, labels);
    } catch (Sources.SourceException e) {
      throw problems(model, List.of(e.getMessage()));
    }
  }

  /**
   * A model of a file.
   *
   * @param model name of the file
   * @param bytes its content
   * @param samples an .npy whose first dimension is the sample, or a .csv with a column of labels;
   *     of several inputs a folder of arrays by the inputs' names
   * @param labels an .npy of a class each; of arrays alone
   * @throws SpecException with what is wrong with the files
   */
  public static SampledNetwork of(
      String model, byte[] bytes, String samples, Optional<String> labels) throws SpecException {
    SampleFiles files = new SampleFiles();
    boolean isTable = samples.endsWith(".csv");
    if (isTable && labels.isPresent()) {
      throw problems(labels.get(), List.of("is not needed: a .csv has its labels in a column"));
    }
    try {
      List<NpyArray> arrays = new ArrayList<>();
      Map<String, int[]> shapes = new HashMap<>();
      List<String> inputs = isTable ? List.of() : SplitNetwork.inputs(bytes);
      for (String input : inputs) {
        NpyArray array = files.array(samples, inputs.size() == 1 ? "" : input);
        int[] dims = array.shape().stream().mapToInt(Long::intValue).toArray();
        if (dims.length > 0) {
          dims[0] = 1;
        }
        shapes.put(input, dims);
        arrays.add(array);
      }
      SplitNetwork network = SplitNetwork.of(bytes, shapes);
      requireNumbers(model, network);
      List<Integer> shape = network.itemShape();
      int classes = network.outputSize();
      DataSet data =
          isTable
              ? files.table(samples, shape, classes)
              : files.samples(samples, arrays, labels, shape, classes);
      if (data.size() < FEWEST) {
        throw problems(
            samples,
            List.of("has " + data.size() + " sample, must have at least " + FEWEST + "; 64 do"));
      }
      return new SampledNetwork(bytes, network, data);
    } catch (FormatException e) {
      throw problems(model, e.problems());
    } catch (MissingRuntimeException e) {
      throw problems(model, List.of("cannot be run: " + e.getMessage().replace('\n', ' ')));
    }
  }

  /**
   * Refuses a network with weights that are no finite numbers.
   *
   * @throws SpecException if there are such, by layer
   */
  static void requireNumbers(String file, SplitNetwork network) throws SpecException {
    List<String> problems = new ArrayList<>();
    for (MatrixLayer layer : network.layers()) {
      long all = (long) layer.groups() * layer.inputs() * layer.outputs();
      long bad = notFinite(layer);
      if (bad > 0) {
        problems.add(
            "layer " + layer.name() + ": " + bad + " of " + all + " weights are no finite numbers");
      }
    }
    if (!problems.isEmpty()) {
      throw problems(file, problems);
    }
  }

  private static long notFinite(MatrixLayer layer) {
    long bad = 0;
    for (int g = 0; g < layer.groups(); g++) {
      for (int k = 0; k < layer.inputs(); k++) {
        for (int m = 0; m < layer.outputs(); m++) {
          bad += Float.isFinite(layer.weight(g, k, m)) ? 0 : 1;
        }
      }
    }
    return bad;
  }

  private static SpecException problems(String file, List<String> messages) {
    Place place = Place.ofFile(file);
    return new SpecException(
        messages.stream().map(message -> new SpecProblem(place, "", message)).toList());
  }
}
