package dev.kirchhoff.mapper.evaluate;

/**
 * Noise of one network.
 *
 * @param total sum of its layers' noise-to-signal ratios, each times its weight where weights are
 *     known
 * @param layers layers that share it: those that have noise, 1 where weights are known
 * @param irParameter largest loss parameter a of any layer
 * @param refresh_s time after which its weights must be written again; infinite if never
 */
record NetworkNoise(double total, int layers, double irParameter, double refresh_s) {}
