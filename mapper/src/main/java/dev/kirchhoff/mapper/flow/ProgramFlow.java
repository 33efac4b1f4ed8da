package dev.kirchhoff.mapper.flow;

import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.schedule.BufferOverflow;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.traffic.Traffic;

/**
 * Flow of one program's activations on a chip: traffic on the fabric, maps that buffers do not
 * hold, waits for links and the next level, and the schedule that follows.
 *
 * @param actions actions of an inference, on the fabric and off the tiles included
 * @param schedule start and end of every layer
 * @param traffic bits of every layer on the fabric
 * @param overflow bits that the buffers of tiles do not hold
 * @param offTile bits that leave the tiles
 * @param fabric_ns time of the most loaded link of a pipeline; 0 where something else takes longer
 */
public record ProgramFlow(
    ActionCounts actions,
    Schedule schedule,
    Traffic traffic,
    BufferOverflow overflow,
    OffTileTraffic offTile,
    double fabric_ns) {}
