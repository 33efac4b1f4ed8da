package dev.kirchhoff.dse.table;

import java.util.List;

/**
 * Consecutive rows of a table, column by column.
 *
 * @param count number of rows
 * @param cells cells of each column, of the column's kind
 */
public record TableRows(int count, List<Cells> cells) {
  public TableRows {
    cells = List.copyOf(cells);
  }
}
