package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.count.DigitalCounts;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.fidelity.DigitStatistics;
import dev.kirchhoff.mapper.fidelity.SignalToNoise;
import dev.kirchhoff.mapper.fidelity.ValueDistribution;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Digit statistics of a network's layers, made when first asked for. They depend on layer, bits and
 * width of a digit alone, so a search over circuits makes each once; layers with the same
 * statistics share theirs. Bounded by layers × 16 bits × 16 widths × 3 encodings; not safe for
 * several threads.
 */
final class NetworkStatistics {
  private static final int BITS = 17;
  private static final int WIDTHS = 17;

  /**
   * Largest width of a digit that statistics are made for; a wider amplitude is taken as this wide.
   */
  static final int WIDEST = WIDTHS - 1;

  private final Network network;
  private final int frequentKernel;
  private final int widestFrequent;
  private final int widestOther;
  private final Dataflow dataflow;

  /** Causes of noise, the first of {@link SignalToNoise}'s constants. */
  private static final int CAUSES = SignalToNoise.TOTAL;

  /** Bits of values that ranges of trained layers are measured for, sign included. */
  private static final int MEASURED = 8;

  private final ValueDistribution[] inputs;
  private final ValueDistribution[] weights;
  private final DigitStatistics[][] inputDigits;
  private final DigitStatistics[][] bipolarDigits;
  private final DigitStatistics[][] offsetDigits;
  private final DigitStatistics[][] pairDigits;
  private final int[] sameInputs;
  private final int[] sameWeights;
  private final int[] twins;
  private final int[] siblings;
  private final int[] alike;

  /**
   * Weights of the layers' noise by cause, {@link #CAUSES} a layer, by the constants of {@link
   * SignalToNoise}; null where they are not known.
   */
  private final double[] kappas;

  private final DigitalCounts digital;
  private final DigitStatistics[] binaryInputs;
  private final DigitStatistics[] binaryWeights;

  NetworkStatistics(Network network) {
    this.network = network;
    int layers = network.layers().size();
    inputs = new ValueDistribution[layers];
    weights = new ValueDistribution[layers];
    inputDigits = new DigitStatistics[layers][];
    bipolarDigits = new DigitStatistics[layers][];
    offsetDigits = new DigitStatistics[layers][];
    pairDigits = new DigitStatistics[layers][];
    sameInputs = first(network, this::hasSameInputs);
    sameWeights =
        first(
            network,
            (a, b) ->
                a.weights().equals(b.weights())
                    && structure(a).weightRange() == structure(b).weightRange()
                    && structure(a).drives().equals(structure(b).drives()));
    twins = first(network, this::isTwin);
    siblings = first(network, this::isSibling);
    alike = first(network, this::isAlike);
    digital = DigitalCounts.of(network.layers());
    kappas = network.accuracy().map(model -> kappas(network, model)).orElse(null);
    binaryInputs = new DigitStatistics[layers];
    binaryWeights = new DigitStatistics[layers];
    frequentKernel = frequentKernel(network);
    widestFrequent = widest(network, true);
    widestOther = widest(network, false);
    dataflow = Dataflow.of(network.layers());
  }

  private static double[] kappas(Network network, AccuracyModel model) {
    double[] kappas = new double[CAUSES * network.layers().size()];
    int at = 0;
    for (Layer layer : network.layers()) {
      Weight weight = model.weight(layer.name());
      kappas[at + SignalToNoise.QUANTISATION] = weight.ofQuantisation();
      kappas[at + SignalToNoise.CLIPPING] = weight.ofClipping();
      kappas[at + SignalToNoise.FRONT_END] = weight.ofFrontEnd();
      kappas[at + SignalToNoise.CELLS] = weight.ofCells();
      kappas[at + SignalToNoise.IR_DROP] = weight.ofWires();
      kappas[at + SignalToNoise.ROUNDING] = weight.ofCells();
      at += CAUSES;
    }
    return kappas;
  }

  private static int frequentKernel(Network network) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Layer layer : network.layers()) {
      int positions = layer.shape().kernelHeight() * layer.shape().kernelWidth();
      if (positions > 1 && layer.shape().groups() == 1) {
        counts.merge(positions, 1, Integer::sum);
      }
    }
    int frequent = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(frequent, 0)) {
        frequent = count.getKey();
      }
    }
    return frequent;
  }

  private int widest(Network network, boolean frequent) {
    int widest = 1;
    for (Layer layer : network.layers()) {
      if (!layer.dynamic() && hasFrequentKernel(layer) == frequent) {
        widest = Math.max(widest, layer.shape().outputsPerGroup());
      }
    }
    return widest;
  }

  /**
   * Whether a layer has the network's most frequent kernel of more than one position and stands
   * behind the first: positions of such kernels may have PEs of their own.
   */
  boolean hasFrequentKernel(Layer layer) {
    return layer.producer() >= 0
        && layer.shape().groups() == 1
        && layer.shape().kernelHeight() * layer.shape().kernelWidth() == frequentKernel;
  }

  /** Outputs of a group of the widest layer with that kernel, or of the others. */
  int widest(boolean frequent) {
    return frequent ? widestFrequent : widestOther;
  }

  /** What the network's layers feed each other. */
  Dataflow dataflow() {
    return dataflow;
  }

  /** Whether these are the statistics of a network. */
  boolean isOf(Network other) {
    return network == other;
  }

  /** Whether these are the statistics of a network equal to another. */
  boolean isOfEqual(Network other) {
    return network.equals(other);
  }

  /** For each layer the first that is like it, itself if none is before it. */
  private static int[] first(Network network, BiPredicate<Layer, Layer> alike) {
    int[] first = new int[network.layers().size()];
    for (int l = 0; l < first.length; l++) {
      while (!alike.test(network.layers().get(first[l]), network.layers().get(l))) {
        first[l]++;
      }
    }
    return first;
  }

  /** What the values of a layer have that independent ones have not. */
  private Structure structure(Layer layer) {
    return network.accuracy().map(m -> m.weight(layer.name()).structure()).orElse(Structure.NONE);
  }

  private boolean hasSameInputs(Layer a, Layer b) {
    return a.inputs().equals(b.inputs()) && structure(a).equals(structure(b));
  }

  private boolean isTwin(Layer a, Layer b) {
    return a.shape().outputsPerGroup() == b.shape().outputsPerGroup() && isSibling(a, b);
  }

  private boolean isSibling(Layer a, Layer b) {
    return a.shape().inputsPerOutput() == b.shape().inputsPerOutput()
        && hasSameInputs(a, b)
        && a.weights().equals(b.weights());
  }

  private boolean isAlike(Layer a, Layer b) {
    return a.shape().equals(b.shape())
        && hasSameInputs(a, b)
        && a.weights().equals(b.weights())
        && a.dynamic() == b.dynamic()
        && a.producer() < 0 == b.producer() < 0;
  }

  /**
   * The first layer with the same matrix and statistics, maybe the layer itself: with the same
   * precision crossbars do the same for it.
   */
  int alike(int layer) {
    return alike[layer];
  }

  /**
   * What reaches the output of a layer's noise-to-signal ratios: Σ κ NSR over its causes, as {@link
   * AccuracyModel} has it, all of it where nobody knows.
   *
   * @param ratios ratios of layers, by the constants of {@link SignalToNoise}
   * @param at where those of the layer begin
   */
  double reaching(int layer, double[] ratios, int at) {
    if (kappas == null) {
      return ratios[at + SignalToNoise.TOTAL];
    }
    double sum = 0;
    int kappa = CAUSES * layer;
    for (int cause = 0; cause < CAUSES; cause++) {
      sum += kappas[kappa + cause] * ratios[at + cause];
    }
    double said = ratios[at + SignalToNoise.SAID];
    if (said < 1) {
      double quantisation = ratios[at + SignalToNoise.QUANTISATION];
      sum -= kappas[kappa] * (quantisation - AccuracyModel.ofNoise(quantisation, said));
      sum *= AccuracyModel.perSaid(said);
    }
    return sum;
  }

  /**
   * Share of the errors of a layer's cells that reaches the output; 1 where nobody knows.
   *
   * @param said share of its signal that codes say
   */
  double weightOfCells(int layer, double said) {
    if (kappas == null) {
      return 1;
    }
    double kappa = kappas[CAUSES * layer + SignalToNoise.CELLS];
    return said < 1 ? kappa * AccuracyModel.perSaid(said) : kappa;
  }

  /** Whether the shares of layers' noise that reach the output are known. */
  boolean isWeighted() {
    return kappas != null;
  }

  /** The digital work behind the layers. */
  DigitalCounts digital() {
    return digital;
  }

  /**
   * The first layer with as many inputs and outputs and the same statistics, maybe the layer
   * itself: with the same digits it has the same noise.
   */
  int twin(int layer) {
    return twins[layer];
  }

  /**
   * The first layer with as many inputs and the same statistics, maybe the layer itself: with the
   * same digits its noise differs by that of the wires alone.
   */
  int sibling(int layer) {
    return siblings[layer];
  }

  /** Digits of a layer's inputs of a number of bits, sign included where lines carry it. */
  DigitStatistics inputs(int of, Encoding encoding, Input input, int bits) {
    int layer = sameInputs[of];
    if (encoding == Encoding.XNOR) {
      if (binaryInputs[layer] == null) {
        binaryInputs[layer] = DigitStatistics.binary(inputValues(layer));
      }
      return binaryInputs[layer];
    }
    int digitWidth = Math.min(input.bitsOfPulse(bits), WIDEST);
    int magnitude = input.magnitudeBits(bits);
    boolean bipolar = input.sign() != Input.Sign.SECOND_PASS;
    DigitStatistics[] row = row(bipolar ? bipolarDigits : inputDigits, layer, BITS * WIDTHS);
    int key = magnitude * WIDTHS + digitWidth;
    if (row[key] == null) {
      row[key] =
          bipolar
              ? DigitStatistics.bipolarInputs(inputValues(layer), magnitude, digitWidth)
              : DigitStatistics.inputs(inputValues(layer), magnitude, digitWidth);
    }
    return row[key];
  }

  /** Digits of a layer's weights, each in a cell or a pair of cells. */
  DigitStatistics weights(int of, Encoding encoding, int bits, int width) {
    return weights(of, encoding, bits, width, width);
  }

  /** Digits of a layer's weights, each in cells of a number of bits. */
  DigitStatistics weights(int of, Encoding encoding, int bits, int width, int cellBits) {
    int layer = sameWeights[of];
    if (encoding == Encoding.XNOR) {
      if (binaryWeights[layer] == null) {
        binaryWeights[layer] = DigitStatistics.binary(weightValues(layer));
      }
      return binaryWeights[layer];
    }
    boolean offset = encoding == Encoding.OFFSET;
    DigitStatistics[] row = row(offset ? offsetDigits : pairDigits, layer, BITS * WIDTHS * WIDTHS);
    int stated = offset ? Math.max(2, bits) : bits;
    int key = (stated * WIDTHS + width) * WIDTHS + cellBits;
    if (row[key] == null) {
      ValueDistribution values = weightValues(layer);
      row[key] =
          offset
              ? DigitStatistics.offsetWeights(values, stated, width, cellBits)
              : DigitStatistics.differentialWeights(values, stated, width, cellBits);
    }
    return row[key];
  }

  private ValueDistribution inputValues(int layer) {
    if (inputs[layer] == null) {
      Layer of = network.layers().get(layer);
      Structure structure = structure(of);
      inputs[layer] =
          ValueDistribution.ofInputs(
              of.inputs().within(structure.inputRange()), structure, isTrained() ? MEASURED : 0);
    }
    return inputs[layer];
  }

  private ValueDistribution weightValues(int layer) {
    if (weights[layer] == null) {
      Layer of = network.layers().get(layer);
      Structure structure = structure(of);
      weights[layer] =
          ValueDistribution.ofWeights(
              of.weights().within(structure.weightRange()),
              structure,
              isTrained() ? MEASURED - 1 : 0);
    }
    return weights[layer];
  }

  /** Whether the ranges that its quantiser chooses are measured. */
  private boolean isTrained() {
    return network.accuracy().isPresent();
  }

  private static DigitStatistics[] row(DigitStatistics[][] table, int layer, int size) {
    if (table[layer] == null) {
      table[layer] = new DigitStatistics[size];
    }
    return table[layer];
  }
}
