package dev.kirchhoff.dse.table;

import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweepRows;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.LogWriteException;
import dev.kirchhoff.dse.run.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * File of all rows of a large sweep, in blocks: length, CRC-32C and contents of each, numbers
 * big-endian. A block has the index of its first row, its rows, its values by column, and bits for
 * the limits that are missed and for feasible rows. Designs are not in it, since their index gives
 * them. The rows are derived: what is cut off or damaged is priced again.
 */
public final class RowFile implements Sweep.Keeper, AutoCloseable {
  private static final int HEAD = Integer.BYTES + Integer.BYTES;
  private static final int MOST_BYTES = 1 << 28;

  private final Path path;
  private final int columns;
  private final int constraints;
  private final RandomAccessFile file;

  /** Receiver of rows. */
  @FunctionalInterface
  public interface Rows {
    /** Takes some rows. */
    void take(SweepRows rows) throws IOException;
  }

  /**
   * Opens a file for writing, or makes it.
   *
   * @param path the file
   * @param columns values of a row
   * @param constraints limits of a row
   */
  public RowFile(Path path, int columns, int constraints) {
    this.path = path;
    this.columns = columns;
    this.constraints = constraints;
    try {
      if (!Files.exists(path)) {
        PrivateFiles.createFile(path);
      }
      file = new RandomAccessFile(path.toFile(), "rw");
    } catch (IOException e) {
      throw new LogWriteException(path, e);
    }
  }

  @Override
  public long keep(long rows) {
    long[] kept = {0};
    long end = 0;
    try {
      end = read(path, columns, constraints, rows, block -> kept[0] += block.count());
      file.setLength(end);
      file.seek(end);
    } catch (IOException e) {
      throw new LogWriteException(path, e);
    }
    return kept[0];
  }

  @Override
  public void append(SweepRows rows) {
    int bits = (rows.count() + 7) / 8;
    ByteBuffer block =
        ByteBuffer.allocate(
            HEAD
                + Long.BYTES
                + Integer.BYTES
                + columns * rows.count() * Double.BYTES
                + (constraints + 1) * bits);
    block.position(HEAD);
    block.putLong(rows.first()).putInt(rows.count());
    for (int m = 0; m < columns; m++) {
      for (int row = 0; row < rows.count(); row++) {
        block.putDouble(rows.value(row, m));
      }
    }
    for (int c = 0; c <= constraints; c++) {
      BitSet set = new BitSet();
      for (int row = 0; row < rows.count(); row++) {
        set.set(row, c < constraints ? rows.violation(row, c) > 0 : rows.isFeasible(row));
      }
      byte[] bytes = set.toByteArray();
      block.put(bytes).position(block.position() + bits - bytes.length);
    }
    block.putInt(0, block.capacity() - HEAD);
    block.putInt(Integer.BYTES, check(block.array()));
    try {
      file.write(block.array());
    } catch (IOException e) {
      throw new LogWriteException(path, e);
    }
  }

  private static int check(byte[] block) {
    CRC32C check = new CRC32C();
    check.update(block, HEAD, block.length - HEAD);
    return (int) check.getValue();
  }

  /**
   * Reads rows with their designs.
   *
   * @param path the file; there is none before the first block
   * @param designs the designs of the sweep
   * @param columns values of a row
   * @param constraints limits of a row
   * @param most rows to read at most
   * @param rows receives the rows; misses of limits have the amount 1
   * @return rows that were read
   * @throws IOException if the file cannot be read, or a receiver fails
   */
  public static long read(
      Path path, SweptDesigns designs, int columns, int constraints, long most, Rows rows)
      throws IOException {
    long[] read = {0};
    read(
        path,
        columns,
        constraints,
        most,
        block -> {
          rows.take(block.rows(designs, columns, constraints));
          read[0] += block.count();
        });
    return read[0];
  }

  /** Receiver of blocks. */
  @FunctionalInterface
  private interface Blocks {
    void take(Block block) throws IOException;
  }

  /**
   * Rows of a block.
   *
   * @param first index of the first
   * @param count their number
   * @param figures values and bits
   */
  private record Block(long first, int count, ByteBuffer figures) {
    SweepRows rows(SweptDesigns designs, int columns, int constraints) {
      double[][] values = new double[count][columns];
      double[][] violations = new double[count][constraints];
      float[] totals = new float[count];
      for (int m = 0; m < columns; m++) {
        for (double[] row : values) {
          row[m] = figures.getDouble();
        }
      }
      byte[] bits = new byte[(count + 7) / 8];
      for (int c = 0; c <= constraints; c++) {
        figures.get(bits);
        BitSet set = BitSet.valueOf(bits);
        for (int row = 0; row < count; row++) {
          if (c < constraints) {
            violations[row][c] = set.get(row) ? 1 : 0;
          } else {
            totals[row] = set.get(row) ? 0 : 1;
          }
        }
      }
      return new SweepRows(first, designs.block(first, count), values, violations, totals);
    }
  }

  /** Reads whole blocks that follow each other; gives the position behind the last. */
  private static long read(Path path, int columns, int constraints, long most, Blocks blocks)
      throws IOException {
    long end = 0;
    long rows = 0;
    if (!Files.exists(path)) {
      return end;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 20))) {
      while (rows < most) {
        int length = in.readInt();
        int check = in.readInt();
        if (length < Long.BYTES + Integer.BYTES || length > MOST_BYTES) {
          return end;
        }
        byte[] bytes = new byte[HEAD + length];
        in.readFully(bytes, HEAD, length);
        ByteBuffer figures = ByteBuffer.wrap(bytes, HEAD, length);
        if (check(bytes) != check) {
          return end;
        }
        Block block = new Block(figures.getLong(), figures.getInt(), figures);
        long expected =
            (long) columns * block.count() * Double.BYTES
                + (constraints + 1L) * ((block.count() + 7) / 8);
        boolean follows = block.first() == rows && block.count() > 0;
        if (!follows || figures.remaining() != expected || rows + block.count() > most) {
          return end;
        }
        blocks.take(block);
        rows += block.count();
        end += bytes.length;
      }
    } catch (EOFException e) {
      // The last block was being written when the sweep was interrupted.
      return end;
    }
    return end;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
