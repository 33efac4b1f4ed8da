package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Network;
import java.util.Random;

/** Random designs that vary the knobs of {@code examples/resnet18-reram.yaml}. */
public final class RandomDesigns {
  private RandomDesigns() {}

  /** A random design that runs {@code network}. */
  public static Design random(Random random, Network network) {
    Designs d = new Designs();
    d.side = 64 << random.nextInt(4);
    d.rowsActive = d.side >> random.nextInt(4);
    d.linkWidth = random.nextBoolean() ? 128 : 256;
    d.topology = random.nextBoolean() ? Topology.MESH : Topology.H_TREE;
    d.bufferSize_B = 32_768 << random.nextInt(3);
    d.perTile = 4 * (1 + random.nextInt(4));
    d.bitsPerPulse = 1 << random.nextInt(3);
    d.range = random.nextBoolean() ? Range.CALIBRATED : Range.FULL;
    switch (random.nextInt(3)) {
      case 0 -> {
        d.readout = ReadoutKind.SAR;
        d.adcBits = 4 + random.nextInt(6);
        d.columnsPerAdc = Math.min(d.side, 8 << random.nextInt(5));
      }
      case 1 -> {
        d.readout = ReadoutKind.FLASH;
        d.adcBits = 3 + random.nextInt(4);
        d.columnsPerAdc = 8 << random.nextInt(3);
      }
      default -> {
        d.readout = ReadoutKind.SENSE_AMPLIFIER;
        d.adcBits = 1 + random.nextInt(4);
        d.columnsPerAdc = new int[] {1, 4, 8}[random.nextInt(3)];
      }
    }
    d.perPe = 4 << random.nextInt(3);
    d.weights =
        new WeightEncoding(
            random.nextBoolean() ? Encoding.OFFSET : Encoding.DIFFERENTIAL, false, false, false);
    d.cellBits = 1 + random.nextInt(4);
    d.readVoltage_V = 0.1 + 0.05 * random.nextInt(5);
    d.extra = new double[] {0, 0.25, 0.5, 1, 2}[random.nextInt(5)];
    return d.runs(network).design();
  }
}
