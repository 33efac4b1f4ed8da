package dev.kirchhoff.mapper.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.InputStream;

/**
 * Check whether a file can be a model, before all of it is read: the first fields of the model and
 * of its graph must be fields, and end within the file. Their contents are passed over.
 */
final class ModelFront {
  private static final int MOST_FIELDS = 200;
  private static final int WINDOW_B = 4096;
  private static final int GRAPH = ModelProto.GRAPH_FIELD_NUMBER << 3 | 2;

  private ModelFront() {}

  /**
   * Checks the front of a file.
   *
   * @throws InvalidProtocolBufferException if no message begins so
   * @throws Sources.SourceException if it cannot be read
   */
  static void check(String file, Sources sources)
      throws InvalidProtocolBufferException, Sources.SourceException {
    CodedInputStream in = CodedInputStream.newInstance(new Skipping(file, sources), WINDOW_B);
    try {
      walk(in, true);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new Sources.SourceException(e.getMessage());
    }
  }

  private static void walk(CodedInputStream in, boolean isModel) throws IOException {
    for (int i = 0; i < MOST_FIELDS; i++) {
      int tag = in.readTag();
      if (tag == 0) {
        return;
      }
      if (isModel && tag == GRAPH) {
        int outer = in.pushLimit(in.readRawVarint32());
        walk(in, false);
        in.skipRawBytes(in.getBytesUntilLimit());
        in.popLimit(outer);
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException(
            "Protocol message end-group tag did not match expected tag.");
      }
    }
  }

  /** A file from its beginning, of which only windows are read. */
  private static final class Skipping extends InputStream {
    private final String file;
    private final Sources sources;
    private final long size_B;
    private long position_B;

    Skipping(String file, Sources sources) throws Sources.SourceException {
      this.file = file;
      this.sources = sources;
      this.size_B = sources.size(file);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        byte[] bytes = sources.read(file, position_B, Math.min(length, WINDOW_B));
        System.arraycopy(bytes, 0, into, from, bytes.length);
        position_B += bytes.length;
        return bytes.length == 0 && length > 0 ? -1 : bytes.length;
      } catch (Sources.SourceException e) {
        throw new IOException(e.getMessage());
      }
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, size_B - position_B));
      position_B += skipped;
      return skipped;
    }
  }
}
