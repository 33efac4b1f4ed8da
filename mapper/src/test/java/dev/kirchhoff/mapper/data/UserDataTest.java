package dev.kirchhoff.mapper.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UserDataTest {
  private static final String TABLE = "a,b,label,c\n1,2,0,-3\n\n0.5, 1e-3 ,2,.25\n";

  private final UserData three = new UserData("mine", List.of(1, 3), 3);

  private DataSet table(String text) throws DataException {
    return three.table(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<DataException.Problem> problems(String text) {
    return assertThrows(DataException.class, () -> table(text)).problems();
  }

  private static byte[] npy(int version, String type, String shape, ByteBuffer values) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(12 + text.length + values.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text).put(values.array());
    return Arrays.copyOf(file.array(), file.position());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static NpyArray read(byte[] bytes) throws DataException {
    return NpyArray.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void aTableHasOneColumnOfLabels() throws Exception {
    DataSet data = table(TABLE);
    assertEquals(2, data.size());
    assertEquals(List.of(1, 3), data.shape());
    assertEquals(2, data.label(1));
    assertEquals(-3f, data.value(0, 2));
    assertEquals(0.001f, data.value(1, 1));
    assertEquals(1, table("\uFEFF\"label\",x,y,z\r\n1,1,2,3\r\n").label(0));
  }

  @Test
  void allProblemsOfATableAreReportedWithTheirLines() {
    List<DataException.Problem> found =
        problems("a,b,label,c\n1,2,3,4\n1,2,0\n1,x,0,4\n1,2,0,NaN\n1,2,1.5,4\n1,,0,1e99\n");
    assertEquals(
        List.of(
            new DataException.Problem(2, "label is '3', must be 0..2"),
            new DataException.Problem(3, "has 3 columns, must have 4"),
            new DataException.Problem(4, "column 2 is 'x', must be a finite number"),
            new DataException.Problem(5, "column 4 is 'NaN', must be a finite number"),
            new DataException.Problem(6, "label is '1.5', must be 0..2"),
            new DataException.Problem(7, "column 2 is '', must be a finite number")),
        found);
  }

  @Test
  void theFirstLineOfATableMustNameTheColumns() {
    String names = "must name the columns, exactly one of them label";
    for (String text : List.of("", "1,2,3,0\n", "label,label,a,b\n")) {
      assertEquals(List.of(new DataException.Problem(1, names)), problems(text), text);
    }
    assertEquals(
        names + ", with commas between them", problems("a;b;c;label\n1;2;3;0\n").get(0).message());
    assertEquals(
        "names 2 columns beside label, must be 3 values (1 x 3)",
        problems("a,b,label\n").get(0).message());
    assertEquals(
        "has no samples below its first line", problems("a,b,c,label\n\n").get(0).message());
  }

  @Test
  void aTableOfProblemsStopsAfterTwenty() {
    assertEquals(20, problems("a,b,c,label\n" + "x\n".repeat(1000)).size());
  }

  @Test
  void arraysOfEveryKindHoldTheSameNumbers() throws Exception {
    ByteBuffer singles = buffer(24);
    ByteBuffer doubles = buffer(48);
    ByteBuffer bytes = buffer(6);
    ByteBuffer wholes = buffer(24);
    ByteBuffer longs = buffer(48);
    for (int i = 0; i < 6; i++) {
      singles.putFloat(i);
      doubles.putDouble(i);
      bytes.put((byte) i);
      wholes.putInt(i);
      longs.putLong(i);
    }
    for (int version = 1; version <= 2; version++) {
      for (NpyArray array :
          List.of(
              read(npy(version, "<f4", "(2, 3)", singles)),
              read(npy(version, "<f8", "(2, 3)", doubles)),
              read(npy(version, "|u1", "(2, 3)", bytes)),
              read(npy(version, "<i4", "(2, 3)", wholes)),
              read(npy(version, "<i8", "(2, 3)", longs)))) {
        assertEquals(List.of(2L, 3L), array.shape());
        for (int i = 0; i < 6; i++) {
          assertEquals(i, array.value(i));
        }
      }
    }
  }

  @Test
  void samplesAndLabelsMustFitTheNetworkAndEachOther() throws Exception {
    NpyArray samples = read(npy(1, "<f4", "(2, 3)", buffer(24)));
    NpyArray labels = read(npy(1, "|u1", "(2,)", ByteBuffer.wrap(new byte[] {2, 1})));
    assertEquals(1, three.of(samples, labels).label(1));
    NpyArray wrong = read(npy(1, "|u1", "(2,)", ByteBuffer.wrap(new byte[] {3, 1})));
    assertEquals(
        "label 1 is 3, must be 0..2",
        assertThrows(DataException.class, () -> three.of(samples, wrong)).getMessage());
    NpyArray more = read(npy(1, "|u1", "(3,)", ByteBuffer.wrap(new byte[3])));
    assertEquals(
        "has 2 samples for 3 labels",
        assertThrows(DataException.class, () -> three.of(samples, more)).getMessage());
    assertEquals(
        "has the shape [3], must be samples of 3 values (1 x 3)",
        assertThrows(DataException.class, () -> three.of(more, labels)).getMessage());
  }

  @Test
  void arraysThatCannotBeUsedAreRefused() {
    ByteBuffer notANumber = buffer(8).putFloat(1).putFloat(Float.NaN);
    for (String[] each :
        new String[][] {
          {"<c8", "(1,)", "its values are c8, must be one of f4, f8"},
          {"<f4", "(3,)", "it ends after 2 of 3 values"},
          {"<f4", "(1,)", "it goes on after its 1 values"},
          {"<f4", "(0,)", "its shape is [0]"},
          {"<f4", "(99999999, 9999)", "its shape is"},
          {"<f4", "(2,)", "value 2 is not a finite number"},
        }) {
      String message =
          assertThrows(DataException.class, () -> read(npy(1, each[0], each[1], notANumber)))
              .getMessage();
      assertTrue(message.contains(each[2]), message);
    }
  }

  @Test
  void noChangedByteBringsItDown() {
    byte[] array = npy(1, "<f4", "(2, 3)", buffer(24));
    byte[] text = TABLE.getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      boolean isTable = random.nextBoolean();
      byte[] bytes = (isTable ? text : array).clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, bytes.length - random.nextInt(6));
      try {
        if (isTable) {
          three.table(new ByteArrayInputStream(cut));
        } else {
          read(cut);
        }
      } catch (DataException e) {
        assertTrue(!e.problems().isEmpty(), "seed " + seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
