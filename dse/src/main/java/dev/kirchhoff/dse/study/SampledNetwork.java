package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.data.SampleFiles;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.mapper.data.NpyArray;
import dev.kirchhoff.mapper.onnx.MissingRuntimeException;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A model of a user with samples of its inputs, and labels where there are some.
 *
 * @param bytes the model
 * @param network the model, to be run
 * @param items values of all inputs of a sample, one input after the other
 * @param labels class of each sample
 */
public record SampledNetwork(
    byte[] bytes, SplitNetwork network, List<float[]> items, Optional<IntUnaryOperator> labels) {
  private static final int FEWEST = 2;

  /**
   * A model of a file.
   *
   * @param model an .onnx
   * @param samples an .npy whose first dimension is the sample; of several inputs a folder of such
   *     files by the inputs' names
   * @param labels an .npy of a class each
   * @throws SpecException with what is wrong with the files
   */
  public static SampledNetwork of(String model, String samples, Optional<String> labels)
      throws SpecException {
    byte[] bytes;
    try {
      bytes = new FileSources().read(model, Integer.MAX_VALUE);
    } catch (Sources.SourceException e) {
      throw problems(model, List.of(e.getMessage()));
    }
    SampleFiles files = new SampleFiles();
    List<NpyArray> arrays = new ArrayList<>();
    Map<String, int[]> shapes = new HashMap<>();
    try {
      List<String> inputs = SplitNetwork.inputs(bytes);
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
      List<float[]> items = items(samples, arrays);
      int size = items.get(0).length;
      if (size != network.inputSize()) {
        throw problems(
            samples,
            List.of(
                "has samples of "
                    + size
                    + " values, the network reads "
                    + network.inputSize()
                    + ": "
                    + network.itemShape()));
      }
      Optional<IntUnaryOperator> classes =
          labels.isPresent()
              ? Optional.of(classes(files, labels.get(), items.size(), network.outputSize()))
              : Optional.empty();
      return new SampledNetwork(bytes, network, items, classes);
    } catch (FormatException e) {
      throw problems(model, e.problems());
    } catch (MissingRuntimeException e) {
      throw problems(model, List.of("cannot be run: " + e.getMessage().replace('\n', ' ')));
    }
  }

  private static List<float[]> items(String samples, List<NpyArray> arrays) throws SpecException {
    long count = arrays.get(0).shape().isEmpty() ? 0 : arrays.get(0).shape().get(0);
    int each = 0;
    for (NpyArray array : arrays) {
      if (array.shape().isEmpty() || array.shape().get(0) != count) {
        throw problems(samples, List.of("has different numbers of samples for its inputs"));
      }
      each += (int) (array.size() / count);
    }
    if (count < FEWEST) {
      throw problems(
          samples, List.of("has " + count + " sample, must have at least " + FEWEST + "; 64 do"));
    }
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] item = new float[each];
      int place = 0;
      for (NpyArray array : arrays) {
        int own = (int) (array.size() / count);
        System.arraycopy(array.values(), i * own, item, place, own);
        place += own;
      }
      items.add(item);
    }
    return items;
  }

  private static IntUnaryOperator classes(SampleFiles files, String labels, int items, int outputs)
      throws SpecException {
    NpyArray array = files.array(labels, "");
    if (array.size() != items) {
      throw problems(labels, List.of("has " + array.size() + " labels for " + items + " samples"));
    }
    int[] classes = new int[items];
    Arrays.setAll(classes, i -> (int) array.value(i));
    for (int i = 0; i < items; i++) {
      if (classes[i] != array.value(i) || classes[i] < 0 || classes[i] >= outputs) {
        throw problems(
            labels,
            List.of(
                "label " + (i + 1) + " is " + array.value(i) + ", must be 0.." + (outputs - 1)));
      }
    }
    return item -> classes[item];
  }

  private static SpecException problems(String file, List<String> messages) {
    Place place = Place.ofFile(file);
    return new SpecException(
        messages.stream().map(message -> new SpecProblem(place, "", message)).toList());
  }
}
