package dev.kirchhoff.mapper.schedule;

/**
 * Run of one layer in an inference.
 *
 * @param start_ns start of its first iteration, what precedes that included
 * @param end_ns time of its last output
 * @param startsAfter producer whose outputs the first iteration waits for
 * @param endCause cause of the end
 * @param endsAfter producer that it ends behind; of no meaning after its own iterations
 */
record LayerRun(
    double start_ns, double end_ns, int startsAfter, EndCause endCause, int endsAfter) {}
