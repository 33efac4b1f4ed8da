package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that files that cannot be models are refused by their first bytes. */
class ModelFrontTest {
  private static final long LARGE_B = 500L << 20;

  /** A file with a front, zeros behind it, that must not be read whole. */
  private static final class Large implements Sources {
    private final byte[] front;
    private long read_B;

    Large(byte[] front) {
      this.front = front;
    }

    @Override
    public String resolve(String from, String name) {
      return name;
    }

    @Override
    public byte[] read(String file) {
      throw new AssertionError("is read whole");
    }

    @Override
    public long size(String file) {
      return LARGE_B;
    }

    @Override
    public byte[] read(String file, long offset, int length) {
      int count = (int) Math.max(0, Math.min(length, LARGE_B - offset));
      byte[] bytes = new byte[count];
      if (offset < front.length) {
        int start = (int) offset;
        System.arraycopy(front, start, bytes, 0, Math.min(count, front.length - start));
      }
      read_B += count;
      return bytes;
    }
  }

  private static String problem(Large file) {
    FormatException e =
        assertThrows(
            FormatException.class, () -> new OnnxFormat().read("m.onnx", Settings.NONE, file));
    assertTrue(file.read_B < 1 << 20, file.read_B + " B were read");
    return String.join("\n", e.problems());
  }

  @Test
  void zerosEndAtTheFirstOfThem() {
    assertEquals(
        "is not an ONNX model or is damaged: Protocol message contained an invalid tag (zero).",
        problem(new Large(new byte[0])));
  }

  @Test
  void randomBytesEndSoon() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] random = new byte[1 << 16];
      new Random(seed).nextBytes(random);
      String problem = problem(new Large(random));
      assertTrue(problem.startsWith("is not an ONNX model or is damaged: "), seed + " " + problem);
    }
  }

  /** The graph states to hold the rest of the file, the first of its nodes stands there. */
  @Test
  void aGraphThatGoesOnInZerosEndsAtTheFirstOfThem() throws IOException {
    Models m = new Models().input("x", 1, 8);
    byte[] node = m.model(m.node("Relu", List.of("x"))).getGraph().getNode(0).toByteArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeInt64(1, 8);
    out.writeTag(7, 2);
    out.writeUInt32NoTag((int) LARGE_B - 7);
    out.writeByteArray(1, node);
    out.flush();
    assertTrue(
        problem(new Large(bytes.toByteArray())).endsWith("contained an invalid tag (zero)."));
  }

  @Test
  void aFieldThatEndsBehindTheFileIsReportedToBeCut() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeTag(7, 2);
    out.writeUInt32NoTag((int) LARGE_B + 100);
    out.writeTag(1, 2);
    out.writeUInt32NoTag((int) LARGE_B);
    out.flush();
    String problem = problem(new Large(bytes.toByteArray()));
    assertTrue(problem.contains("input ended unexpectedly in the middle of a field"), problem);
  }

  /** A cut is damage where it cuts a field, and is not where it leaves some out. */
  @Test
  void everyTruncationOfAModelIsRefusedWithItsReason() {
    Models m = new Models().input("x", 1, 8);
    byte[] model = m.bytes(m.node("MatMul", List.of("x", m.weights(8, 4))));
    for (int length = 1; length < model.length; length++) {
      byte[] cut = Arrays.copyOf(model, length);
      MapFiles files = new MapFiles().with("m.onnx", cut);
      FormatException e =
          assertThrows(
              FormatException.class, () -> new OnnxFormat().read("m.onnx", Settings.NONE, files));
      boolean isDamaged = false;
      try {
        ModelProto.parseFrom(cut);
      } catch (InvalidProtocolBufferException damage) {
        isDamaged = true;
      }
      assertEquals(isDamaged, e.getMessage().contains("is damaged"), e.getMessage());
    }
  }
}
