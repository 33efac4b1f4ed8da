package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.tile.CopyReads;

/**
 * Counter of a program's actions. Structures of networks, which depend on neither precision nor
 * chip, are memoised. Counts are not: each is read once, and collecting a memo of them takes longer
 * than counting (measured on searches of quickstart and resnet18-reram).
 */
public final class ActionCounter {
  private static final long STRUCTURE_B = 1_000;
  private static final long PER_LAYER_B = 100;

  private static final long READS_B = 200;

  private final Memo<NetworkKey, ProgramCounts.Structure> structures;
  private final Memo<DrivenReads, CopyReads> reads;

  /** Values of a network, equal to themselves alone. */
  private record NetworkKey(NetworkValues values) {}

  /**
   * A counter that keeps structures of networks and reads of layers whose rows are skipped.
   *
   * @param bound_B bytes that it keeps at most; 0 keeps none
   */
  public ActionCounter(long bound_B) {
    structures =
        new Memo<>(
            key -> ProgramCounts.Structure.of(key.values().network().layers()),
            bound_B / 4 * 3,
            made -> STRUCTURE_B + PER_LAYER_B * made.flow().layers());
    reads = new Memo<>(DrivenReads::reads, bound_B / 4, made -> READS_B);
  }

  /**
   * Counts of a network.
   *
   * @param digits digits of its layers: network, precision, encodings, statistics
   * @param use crossbars and their use
   */
  public ProgramCounts of(NetworkDigits digits, ArrayUse use) {
    return ProgramCounts.of(
        digits, use, structures.get(new NetworkKey(digits.values())), reads::get);
  }
}
