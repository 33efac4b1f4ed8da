package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Topology;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A part of each kind is read from the word of its kind alone, with the kind's defaults. */
class PartKindsTest {

  private static Chip chip(String keys) throws Exception {
    String text = "kirchhoff: 1\nchip: " + keys + "\n";
    DesignSpec spec = LoadedSpecs.load("a.yaml", Map.of("a.yaml", text));
    return spec.newBinder().bind(spec.tree().start()).chip();
  }

  @ParameterizedTest
  @EnumSource
  void memories(Memory.MemoryKind kind) throws Exception {
    Memory buffer = chip("{tile: {buffer: " + kind.word() + "}}").tile().buffer().orElseThrow();
    assertEquals(kind, buffer.kind());
    assertEquals(64 * 1024, buffer.size_B());
    assertEquals(1, buffer.ports());
  }

  @ParameterizedTest
  @EnumSource
  void links(Io.IoKind kind) throws Exception {
    Io io = chip("{io: " + kind.word() + "}").uncore().io().orElseThrow();
    assertEquals(kind, io.kind());
    assertEquals(1, io.links());
    assertEquals(6.4, io.bandwidth_GBps());
  }

  @Test
  void partsThatAChipLacksAreEmpty() throws Exception {
    Chip chip =
        chip(
            "{tile: {buffer: none, outputRegister: none},"
                + " pe: {inputRegister: none, outputRegister: none}, globalBuffer: none, io: none}");
    assertTrue(chip.tile().buffer().isEmpty());
    assertTrue(chip.tile().outputRegister().isEmpty());
    assertTrue(chip.pe().inputRegister().isEmpty());
    assertTrue(chip.pe().outputRegister().isEmpty());
    assertTrue(chip.uncore().globalBuffer().isEmpty());
    assertTrue(chip.uncore().io().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void topologies(Topology kind) throws Exception {
    Interconnect fabric = chip("{interconnect: " + kind.word() + "}").uncore().interconnect();
    assertEquals(kind, fabric.kind());
    assertEquals(kind == Topology.NONE ? 1 : 128, fabric.width_bits());
    assertEquals(kind == Topology.CONCENTRATED_MESH ? 4 : 1, fabric.tilesPerRouter());
    assertEquals(kind == Topology.FAT_TREE, fabric.shape().equals(new Interconnect.Tree(4, 2)));
    assertEquals(kind == Topology.RECONFIGURABLE, fabric.channels().isPresent());
    assertEquals(kind == Topology.RECONFIGURABLE ? 8 : 1, fabric.tracks());
  }

  @ParameterizedTest
  @EnumSource
  void encodingsOfInputs(Input.Encoding encoding) throws Exception {
    Input input = chip("{pe: {input: {encoding: " + encoding.word() + "}}}").pe().input();
    assertEquals(encoding, input.encoding());
    assertEquals(encoding == Input.Encoding.BIT_SERIAL ? 1 : 8, input.bitsOfPulse(8));
    assertEquals(1, input.combine().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void readouts(ReadoutKind kind) throws Exception {
    String device = kind.isDigital() ? ", cell: {device: sram-8t, bits: 1}" : "";
    Chip chip = chip("{pe: {readout: " + kind.word() + "}" + device + "}");
    assertEquals(kind, chip.pe().readout().kind());
    assertEquals(kind.keys().map(ReadoutKind.Keys::bits).orElse(16), chip.pe().readout().bits());
  }

  @Test
  void figuresOfAPartAreReadWithIt() throws Exception {
    Io io =
        chip("{io: {kind: hbm2, links: 2, model: {area: 1 mm2, power: 3 W}}}")
            .uncore()
            .io()
            .orElseThrow();
    ComponentModel.Given given = assertInstanceOf(ComponentModel.Given.class, io.model());
    assertEquals(1e6, given.area_um2().orElseThrow(), 1e-6);
    assertEquals(2, io.links());
  }
}
