package dev.kirchhoff.mapper.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header of an array file of numpy: type, byte order and shape of the values that follow.
 *
 * <p>Format: numpy.lib.format, versions 1 to 3.
 *
 * @param type kind and bytes of a value, {@code f4}
 * @param order order of its bytes
 * @param text the whole header
 */
public record NpyHeader(String type, ByteOrder order, String text) {
  private static final int LONGEST_B = 65_536;
  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])([0-9]+)'");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");
  private static final Pattern COLUMNS_FIRST = Pattern.compile("'fortran_order'\\s*:\\s*True");

  /**
   * Reads a header and leaves the stream at the first value.
   *
   * @throws DataException if there is none
   */
  public static NpyHeader read(InputStream in) throws IOException, DataException {
    byte[] magic = in.readNBytes(8);
    if (magic.length < 8
        || (magic[0] & 0xff) != 0x93
        || !new String(magic, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY")) {
      throw new DataException("it does not begin with \\x93NUMPY");
    }
    int lengthBytes = magic[6] == 1 ? 2 : 4;
    long length = 0;
    byte[] size = in.readNBytes(lengthBytes);
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << 8 | size[i] & 0xff;
    }
    if (size.length < lengthBytes || length > LONGEST_B) {
      throw new DataException("its header is damaged");
    }
    String text = new String(in.readNBytes((int) length), StandardCharsets.ISO_8859_1);
    Matcher matcher = TYPE.matcher(text);
    if (!matcher.find()) {
      throw new DataException("its header names no simple type");
    }
    return new NpyHeader(
        matcher.group(2) + matcher.group(3),
        matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        text);
  }

  /** True if the first dimension runs fastest. */
  public boolean isColumnsFirst() {
    return COLUMNS_FIRST.matcher(text).find();
  }

  /**
   * Its dimensions; none for a single number.
   *
   * @throws DataException if they are not stated
   */
  public List<Long> shape() throws DataException {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.find()) {
      throw new DataException("its header states no shape");
    }
    List<Long> shape = new ArrayList<>();
    for (String dim : matcher.group(1).split(",")) {
      String digits = dim.strip();
      if (!digits.isEmpty()) {
        if (!digits.matches("[0-9]{1,12}")) {
          throw new DataException("its header states no shape");
        }
        shape.add(Long.parseLong(digits));
      }
    }
    return shape;
  }
}
