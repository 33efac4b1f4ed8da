package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Accounts of designs that events carried: of each design the last one. Their JSON is kept
 * compressed, about 16 kB each, and of at most {@value #MOST} designs, the latest; of all others
 * the simulated accuracy alone is kept, for the installed models compute the rest again. The
 * content depends on the set of events alone.
 */
final class Accounts {
  /** Accounts kept (chosen: 4 MB a run; a log of this version has 100 and those simulated). */
  static final int MOST = 256;

  private final Map<Long, Known> byIndex = new TreeMap<>();
  private final TreeMap<EventOrder, Packed> byOrder = new TreeMap<>();
  private boolean keeps = true;

  private record Known(EventOrder order, String design, Optional<RunEvent.Accuracy> accuracy) {}

  private record Packed(long index, byte[] json) {
    @Override
    public String toString() {
      return index + " " + Arrays.hashCode(json);
    }
  }

  /** Takes an account in; returns whether it is newer than what is known of the design. */
  boolean add(EventOrder order, RunEvent.DesignDetails account) {
    Known before = byIndex.get(account.index());
    if (before != null && before.order.equals(order) && !byOrder.containsKey(order)) {
      return pack(order, account);
    }
    if (before != null && !order.isAfter(before.order)) {
      return false;
    }
    if (before != null) {
      byOrder.remove(before.order);
    }
    byIndex.put(
        account.index(),
        new Known(order, account.design(), Optional.ofNullable(account.accuracy())));
    pack(order, account);
    return true;
  }

  /** Keeps the JSON of an account if it is among the latest; returns whether it is. */
  private boolean pack(EventOrder order, RunEvent.DesignDetails account) {
    if (!keeps || byOrder.size() == MOST && !order.isAfter(byOrder.firstKey())) {
      return false;
    }
    byOrder.put(order, new Packed(account.index(), deflated(account)));
    if (byOrder.size() > MOST) {
      byOrder.pollFirstEntry();
    }
    return true;
  }

  /** Keeps JSON from now on, or lets all of it go; accuracies stay. */
  void keep(boolean json) {
    keeps = json;
    if (!json) {
      byOrder.clear();
    }
  }

  /** Bytes of the kept JSON. */
  long bytes() {
    return byOrder.values().stream().mapToLong(packed -> packed.json.length).sum();
  }

  /** The last account of a design, if it is kept. */
  Optional<RunEvent.DesignDetails> of(long index) {
    return Optional.ofNullable(byIndex.get(index))
        .map(known -> byOrder.get(known.order))
        .filter(packed -> packed.index == index)
        .map(packed -> inflated(packed.json));
  }

  /** Accuracy of a design on simulated chips. */
  Optional<RunEvent.Accuracy> accuracy(long index) {
    return Optional.ofNullable(byIndex.get(index)).flatMap(Known::accuracy);
  }

  private static byte[] deflated(RunEvent.DesignDetails account) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      EventJson.mapper().writeValue(out, account);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static RunEvent.DesignDetails inflated(byte[] json) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(json))) {
      return EventJson.mapper().readValue(in, RunEvent.DesignDetails.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return byIndex + " " + byOrder;
  }
}
