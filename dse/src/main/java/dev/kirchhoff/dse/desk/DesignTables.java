package dev.kirchhoff.dse.desk;

import dev.kirchhoff.arch.event.RunTables;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.table.RunTable;
import dev.kirchhoff.dse.table.TableFile;
import dev.kirchhoff.dse.table.TableFormat;
import java.nio.file.Path;

/** Tables of runs as {@code export} writes them. */
public final class DesignTables implements RunTables {

  /** Made by the service loader. */
  public DesignTables() {}

  @Override
  public Table table(String data, String run, String format) {
    TableFormat chosen =
        TableFormat.of(format)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + format + "' is no format of tables; " + TableFormat.words()));
    try {
      RunTable table = RunTable.of(DataDirectory.existing(Path.of(data)).find(run));
      return out -> TableFile.write(out, chosen, table.columns(), table::write);
    } catch (DataProblemException | DamagedLogException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
