package dev.kirchhoff.arch.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Position between two lines of a run log, from which the next line is written or checked. A line
 * carries two digests: {@code check}, CRC-32C of its bytes up to {@code ,"check"}, and {@code
 * prev}, the {@code check} of the line before. A changed, missing, doubled or swapped line breaks
 * the chain at the first line that does not fit. Whole lines missing at the end do not show; that
 * is how an interrupted run looks.
 *
 * <p>The digests find damage, not forgery: whoever can write the file can compute them.
 *
 * <pre>{@code
 * LogPosition position = LogPosition.start();
 * RawEvent line = position.read(bytes, 0, bytes.length, "k3f9");
 * position = position.after(line);
 * }</pre>
 *
 * @param era era of the line before; 0 at the start
 * @param seq number of the next line
 * @param check digest of the line before; 0 at the start
 */
public record LogPosition(int era, long seq, int check) {
  /** Number of this format of logs, in the {@code format} file of the data directory. */
  public static final int FORMAT = 3;

  private static final byte[] CHECK = ",\"check\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 8;

  /** Bytes of a line from the end of what its digest covers. */
  private static final int TAIL = CHECK.length + DIGITS + 2;

  private static final HexFormat HEX = HexFormat.of();

  /** The position before the first line. */
  public static LogPosition start() {
    return new LogPosition(0, 0, 0);
  }

  /** This position in a later era: its next line continues the run. */
  public LogPosition in(int era) {
    return new LogPosition(era, seq, check);
  }

  /** The next line, with its digests and its line end. */
  public byte[] line(EventEnvelope envelope) {
    byte[] json = EventJson.bytes(envelope, hex(check));
    int covered = json.length - 1;
    byte[] line = Arrays.copyOf(json, covered + TAIL + 1);
    System.arraycopy(CHECK, 0, line, covered, CHECK.length);
    byte[] digits = hex(crc(line, 0, covered)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, line, covered + CHECK.length, DIGITS);
    line[covered + TAIL - 2] = '"';
    line[covered + TAIL - 1] = '}';
    line[covered + TAIL] = '\n';
    return line;
  }

  /** The position after a line that was read or written here. */
  public LogPosition after(RawEvent line) {
    return new LogPosition(line.era(), line.seq().orElseThrow() + 1, line.check());
  }

  /** The position after a line that {@link #line} made, with its line end. */
  public LogPosition after(EventEnvelope envelope, byte[] line) {
    int digits = line.length - 1 - TAIL + CHECK.length;
    String text = new String(line, digits, DIGITS, StandardCharsets.US_ASCII);
    return new LogPosition(
        envelope.era(), envelope.seq().orElseThrow() + 1, HexFormat.fromHexDigits(text));
  }

  /**
   * Reads the next line and checks it.
   *
   * @param bytes bytes that hold the line, kept, not copied
   * @param offset where the line starts
   * @param length its bytes, without the line end
   * @param runId run whose log it is
   * @throws EventFormatException if it is damaged or not the next line; the message says how
   */
  public RawEvent read(byte[] bytes, int offset, int length, String runId)
      throws EventFormatException {
    RawEvent line = chained(bytes, offset, length);
    if (!line.runId().equals(runId)) {
      throw new EventFormatException("is an event of another run, " + line.runId(), null);
    }
    if (line.seq().isEmpty()) {
      throw new EventFormatException("has no seq, must be " + seq, null);
    }
    if (line.seq().getAsLong() != seq) {
      throw new EventFormatException("seq is " + line.seq().getAsLong() + ", must be " + seq, null);
    }
    boolean isHeader = line.type().equals(RunEvent.Run.TYPE);
    if (seq == 0 && !isHeader) {
      throw new EventFormatException("the first line must be the run's header", null);
    }
    if (line.era() < era || line.era() > era && (seq == 0 || !isHeader)) {
      throw new EventFormatException("era is " + line.era() + ", must be " + era, null);
    }
    return line;
  }

  private RawEvent chained(byte[] bytes, int offset, int length) throws EventFormatException {
    RawEvent line = readAlone(bytes, offset, length);
    if (!line.prev().equals(hex(check))) {
      throw new EventFormatException(
          "prev is '"
              + line.prev()
              + "', the line before has the check "
              + hex(check)
              + ": a line is missing, doubled or not in its place",
          null);
    }
    return line;
  }

  /**
   * Reads a line by itself, wherever it stands in its log.
   *
   * @throws EventFormatException if its bytes do not agree with its digest
   */
  public static RawEvent readAlone(byte[] bytes, int offset, int length)
      throws EventFormatException {
    return RawEvent.scanChecked(bytes, offset, length - TAIL, digest(bytes, offset, length));
  }

  /**
   * Digest of a line by itself, wherever it stands in its log.
   *
   * @throws EventFormatException if its bytes do not agree with it
   */
  private static int digest(byte[] bytes, int offset, int length) throws EventFormatException {
    int covered = offset + length - TAIL;
    if (length <= TAIL || !isTail(bytes, covered)) {
      throw new EventFormatException("the line does not end with its check", null);
    }
    int computed = crc(bytes, offset, length - TAIL);
    String written = new String(bytes, covered + CHECK.length, DIGITS, StandardCharsets.US_ASCII);
    if (!written.equals(hex(computed))) {
      throw new EventFormatException(
          "check is '"
              + printable(written)
              + "', its bytes have "
              + hex(computed)
              + ": the line was changed",
          null);
    }
    return computed;
  }

  private static boolean isTail(byte[] bytes, int start) {
    int end = start + TAIL;
    return Arrays.equals(bytes, start, start + CHECK.length, CHECK, 0, CHECK.length)
        && bytes[end - 2] == '"'
        && bytes[end - 1] == '}';
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private static String hex(int check) {
    return HEX.toHexDigits(check);
  }
}
