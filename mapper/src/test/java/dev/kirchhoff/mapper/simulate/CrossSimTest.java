package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.circuit.CellLaw;
import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EffectiveConductance;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * All configurations of CrossSim without random draws, built of the parts of the simulator:
 * analogue products, effective conductances, converters, slices. Conductances are relative to the
 * largest, as there.
 */
class CrossSimTest {
  private static final double TOLERANCE = 2e-6;
  private static final int OUT = 16;
  private static final int IN = 32;

  private static double[][] w;
  private static double[][] x;

  /** Pulses of one bit, with signed digits. */
  private static final InputPasses PASSES = new InputPasses(1, 7, 7, true, false);

  private static final Map<String, double[][]> EXPECTED = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = CrossSimTest.class.getResourceAsStream("crosssim_mvm.json")) {
      JsonNode root = new ObjectMapper().readTree(in);
      w = matrix(root.get("W"));
      x = matrix(root.get("X_signed"));
      for (JsonNode each : root.get("cases")) {
        assertEquals("X_signed", each.get("inputs").asText());
        EXPECTED.put(each.get("case").asText(), matrix(each.get("outputs")));
      }
    }
    assertEquals(23, EXPECTED.size());
  }

  private static double[][] matrix(JsonNode node) {
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[node.get(i).size()];
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = node.get(i).get(j).asDouble();
      }
    }
    return rows;
  }

  private static void holds(String name, double[][] outputs) {
    double[][] expected = EXPECTED.get(name);
    double largest = 0;
    for (double[] row : expected) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    for (int k = 0; k < expected.length; k++) {
      for (int j = 0; j < OUT; j++) {
        assertEquals(expected[k][j], outputs[k][j], TOLERANCE * largest, name + " " + k + ", " + j);
      }
    }
  }

  /** Signed digits of a vector in a pulse. */
  private static float[] digits(int k, int t) {
    int[] wholes = Arrays.stream(x[k]).mapToInt(value -> (int) Math.rint(value * 127)).toArray();
    float[] digits = new float[IN];
    PASSES.set(t, wholes, digits);
    return digits;
  }

  /** Conductances [in][out] of weights. */
  private static double[][] cells(DoubleUnaryOperator conductance) {
    double[][] g = new double[IN][OUT];
    for (int i = 0; i < IN; i++) {
      for (int j = 0; j < OUT; j++) {
        g[i][j] = conductance.applyAsDouble(w[j][i]);
      }
    }
    return g;
  }

  private static double[][] positive(double least) {
    return cells(v -> v > 0 ? least + (1 - least) * v : least);
  }

  private static double[][] negative(double least) {
    return cells(v -> v < 0 ? least - (1 - least) * v : least);
  }

  private static double[][] minus(double[][] a, double[][] b) {
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[i][j] = a[i][j] - b[i][j];
      }
    }
    return c;
  }

  private static double[][] scaled(double[][] a, double factor) {
    return map(a, v -> v * factor);
  }

  private static double[][] map(double[][] a, DoubleUnaryOperator function) {
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        c[i][j] = function.applyAsDouble(a[i][j]);
      }
    }
    return c;
  }

  private static double[][] converted(double[][] sums, SimulatedConverter converter) {
    return map(sums, v -> converter.converted((float) v));
  }

  /** Reference products of columns, by the kernel. */
  private static double[][] product(double[][] inputs, double[][] cells) {
    float[][] weights = new float[cells.length][cells[0].length];
    float[][] vectors = new float[cells.length][inputs.length];
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < weights[i].length; j++) {
        weights[i][j] = (float) cells[i][j];
      }
      for (int v = 0; v < inputs.length; v++) {
        vectors[i][v] = (float) inputs[v][i];
      }
    }
    int units = weights[0].length;
    AnalogProduct product =
        new AnalogProduct(weights, new float[0][], new float[units], new float[0]);
    float[][] sums = new float[units][inputs.length];
    product.multiply(vectors, sums, new AnalogProduct.Workspace(inputs.length));
    double[][] out = new double[inputs.length][units];
    for (int u = 0; u < units; u++) {
      for (int v = 0; v < inputs.length; v++) {
        out[v][u] = sums[u][v];
      }
    }
    return out;
  }

  private static DoubleUnaryOperator levels(double least, int bits) {
    int steps = (1 << bits) - 1;
    return g ->
        least + Math.rint((float) ((g - least) / (1 - least) * steps)) / steps * (1 - least);
  }

  private static double[][] rounded(double[][] a, int steps) {
    return map(a, v -> Math.rint(v * steps) / steps);
  }

  @Test
  void idealAndQuantisedCells() {
    holds("ideal", scaled(product(x, minus(positive(0.1), negative(0.1))), 1 / 0.9));
    DoubleUnaryOperator four = levels(0.1, 4);
    holds(
        "bal1_cell4",
        scaled(product(x, minus(map(positive(0.1), four), map(negative(0.1), four))), 1 / 0.9));
    double[][] up = map(cells(v -> 0.1 + 0.9 * (1 + v) / 2), four);
    double[][] down = map(cells(v -> 0.1 + 0.9 * (1 - v) / 2), four);
    holds("bal2_cell4", scaled(product(x, minus(up, down)), 1 / 0.9));
  }

  @Test
  void offsetBinaryWithTheSumOfInputsTakenOff() {
    double range = 0.9 * 30 / 31;
    double least = 1 - range;
    double[][] g = map(cells(v -> (float) (range * (v / 2 + 0.5) + least)), levels(0.1, 5));
    double[][] sums = product(x, g);
    for (int k = 0; k < x.length; k++) {
      double driven = 0;
      for (double value : x[k]) {
        driven += value;
      }
      for (int j = 0; j < OUT; j++) {
        sums[k][j] = (sums[k][j] - (least + range / 2) * driven) * 2 / 0.9;
      }
    }
    holds("offset_cell5", sums);
  }

  @Test
  void convertersOfAllKinds() {
    double[][] pair = minus(positive(0.01), negative(0.01));
    double[][] sums = product(rounded(x, 127), pair);
    for (int bits : new int[] {4, 6, 8}) {
      holds(
          "bal1_w8_dac8_adc" + bits,
          scaled(converted(sums, SimulatedConverter.signMagnitude(8, bits)), 1 / 0.99));
    }
    double[][] plain = product(x, pair);
    holds(
        "bal1_w8_adc8_max",
        scaled(converted(plain, SimulatedConverter.between(-IN, IN, 8)), 1 / 0.99));
    for (String kind : new String[] {"Ramp", "Sar", "Pipeline", "Cyclic"}) {
      holds(
          "adc_" + kind + "ADC",
          scaled(converted(plain, SimulatedConverter.midRise(8, 6)), 1 / 0.99));
    }
  }

  @Test
  void inputBitsAreConvertedOneByOneAndShifted() {
    double[][] pair = minus(positive(0.01), negative(0.01));
    double[][] total = new double[x.length][OUT];
    for (int t = 0; t < PASSES.digits(); t++) {
      double[][] digits = new double[x.length][IN];
      for (int k = 0; k < x.length; k++) {
        for (int i = 0; i < IN; i++) {
          digits[k][i] = digits(k, t)[i];
        }
      }
      double[][] codes = converted(product(digits, pair), SimulatedConverter.signMagnitude(8, 8));
      double significance = Math.scalb(1.0, t) / 127;
      for (int k = 0; k < x.length; k++) {
        for (int j = 0; j < OUT; j++) {
          total[k][j] += significance * codes[k][j] / 0.99;
        }
      }
    }
    holds("bal1_ibit1_adc8", total);
  }

  @Test
  void weightSlicesOnSeveralArrays() {
    for (int slices : new int[] {2, 4}) {
      int bits = 8 / slices;
      double[][] total = new double[x.length][OUT];
      double[][] offset = new double[x.length][OUT];
      for (int s = 0; s < slices; s++) {
        int shift = s * bits;
        int mask = (1 << bits) - 1;
        double[][] up = cells(v -> slice(Math.max(0, Math.rint(v * 127)), shift, mask));
        double[][] down = cells(v -> slice(Math.max(0, -Math.rint(v * 127)), shift, mask));
        double[][] shifted = cells(v -> slice(Math.rint(v * 127) + 128, shift, mask));
        double significance = Math.scalb(1.0, shift) * mask / 127;
        total = plus(total, scaled(product(x, minus(up, down)), significance / 0.99));
        double[][] baseline = cells(v -> 0.01);
        offset = plus(offset, scaled(product(x, minus(shifted, baseline)), significance / 0.99));
      }
      holds("bitsliced_bal_" + slices, total);
      if (slices == 4) {
        double[][] middle = scaled(product(x, cells(v -> 1)), -128.0 / 127);
        holds("bitsliced_off_4", plus(offset, middle));
      }
    }
  }

  private static double slice(double whole, int shift, int mask) {
    return 0.01 + 0.99 * (((int) whole >> shift) & mask) / mask;
  }

  private static double[][] plus(double[][] a, double[][] b) {
    return minus(a, scaled(b, -1));
  }

  @Test
  void columnCurrentsAreClipped() {
    DoubleUnaryOperator clip = v -> Math.max(-3, Math.min(3, v));
    double[][] up = map(product(x, positive(0.01)), clip);
    double[][] down = map(product(x, negative(0.01)), clip);
    holds("icol_clip3", scaled(minus(up, down), 1 / 0.99));
  }

  /** Relative conductance 1 is 100 uS, so that a resistance of 10 kohm is its unit. */
  private static double[][] throughWires(double[][] cells, double ohm) {
    double[] g_uS = new double[IN * OUT];
    for (int i = 0; i < g_uS.length; i++) {
      g_uS[i] = 100 * cells[i / OUT][i % OUT];
    }
    EffectiveConductance effective =
        EffectiveConductance.of(CrossbarCircuit.read(IN, OUT, g_uS, ohm, ohm));
    double[][] out = new double[IN][OUT];
    for (int i = 0; i < IN; i++) {
      for (int j = 0; j < OUT; j++) {
        out[i][j] = effective.effective_uS(i, j) / 100;
      }
    }
    return out;
  }

  @Test
  void wiresOfTwoArrays() {
    for (int ohm : new int[] {1, 10}) {
      double[][] pair = minus(throughWires(positive(0.01), ohm), throughWires(negative(0.01), ohm));
      holds("par_nonint_r" + ohm, scaled(product(x, pair), 1 / 0.99));
    }
  }

  @Test
  void wiresOfPairsThatShareABitline() {
    double[][] up = positive(0.01);
    double[][] down = negative(0.01);
    double[][] out = new double[x.length][OUT];
    double wire_uS = 1e6 / 10;
    for (int k = 0; k < x.length; k++) {
      NodalNetwork network = new NodalNetwork();
      int[][] bitline = new int[IN][OUT];
      int[] ends = new int[OUT];
      for (int[] row : bitline) {
        java.util.Arrays.setAll(row, j -> network.node());
      }
      for (int i = 0; i < IN; i++) {
        for (double sign = 1; sign >= -1; sign -= 2) {
          double[][] g = sign > 0 ? up : down;
          int before = NodalNetwork.GROUND;
          for (int j = 0; j < OUT; j++) {
            int node = network.node();
            network.join(before, node, wire_uS, j == 0 ? sign * x[k][i] : 0);
            network.join(node, bitline[i][j], 100 * g[i][j], 0);
            before = node;
          }
        }
        for (int j = 0; j < OUT; j++) {
          int next = i + 1 == IN ? NodalNetwork.GROUND : bitline[i + 1][j];
          ends[j] = network.join(bitline[i][j], next, wire_uS, 0);
        }
      }
      double[] currents = network.currents_uA();
      for (int j = 0; j < OUT; j++) {
        out[k][j] = currents[ends[j]] / 100 / 0.99;
      }
    }
    holds("par_inter_r10", out);
  }

  @Test
  void wiresOfGatedCellsBetweenASourceLineAndABitline() {
    double[][] out = new double[x.length][OUT];
    for (int k = 0; k < x.length; k++) {
      for (int t = 0; t < PASSES.digits(); t++) {
        double significance = Math.scalb(1.0, t) / 127 / 0.99;
        for (int j = 0; j < OUT; j++) {
          out[k][j] +=
              significance
                  * (gated(positive(0.01), j, digits(k, t))
                      - gated(negative(0.01), j, digits(k, t)));
        }
      }
    }
    holds("par_sepsource_r10", out);
  }

  /** One column: its matrix uses the top 32 of 64 rows, so that 33 segments lead to the ground. */
  private static double gated(double[][] g, int j, float[] digits) {
    NodalNetwork network = new NodalNetwork();
    double wire_uS = 1e6 / 10;
    int source = NodalNetwork.GROUND;
    int[] bitline = new int[IN];
    java.util.Arrays.setAll(bitline, i -> network.node());
    int end = -1;
    for (int i = 0; i < IN; i++) {
      int node = network.node();
      network.join(source, node, wire_uS, 0);
      source = node;
      if (digits[i] != 0) {
        network.join(node, bitline[i], 100 * g[i][j], digits[i]);
      }
      boolean isLast = i + 1 == IN;
      int next = isLast ? NodalNetwork.GROUND : bitline[i + 1];
      end = network.join(bitline[i], next, isLast ? wire_uS / 33 : wire_uS, 0);
    }
    return network.currents_uA()[end] / 100;
  }

  @Test
  void cellsOfANonLinearLaw() {
    CellLaw milo = new CellLaw.Milo2021();
    double[][] up = positive(50.0 / 225);
    double[][] down = negative(50.0 / 225);
    double[][] out = new double[x.length][OUT];
    for (int k = 0; k < x.length; k++) {
      for (int j = 0; j < OUT; j++) {
        for (int i = 0; i < IN; i++) {
          double v = 0.2 * x[k][i];
          double sum = milo.current_uA(225 * up[i][j], v) - milo.current_uA(225 * down[i][j], v);
          out[k][j] += sum / 225 / 0.2 / (1 - 50.0 / 225);
        }
      }
    }
    holds("nonlin_milo_0v2", out);
    CellLaw cubic = new CellLaw.Saturating(0.25, 1);
    double[][] voltages = map(x, v -> cubic.current_uA(1, v));
    holds(
        "nonlin_cubic_1v",
        scaled(product(voltages, minus(positive(0.01), negative(0.01))), 1 / 0.99));
  }
}
