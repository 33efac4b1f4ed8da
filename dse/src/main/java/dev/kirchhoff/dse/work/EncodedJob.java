package dev.kirchhoff.dse.work;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A job as work units carry it, with the digest that their ids have. */
final class EncodedJob {
  private static final int DIGITS = 16;

  private final String run;
  private final String digest;
  private final byte[] json;

  EncodedJob(RunJob job) {
    this.run = job.run();
    this.json = job.toJson();
    this.digest = digest(json);
  }

  /** The first digits of a job's SHA-256. */
  static String digest(byte[] json) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(all).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** The work unit of some designs. */
  WorkUnit unit(UnitDesigns designs) {
    return new WorkUnit(run, digest, designs);
  }

  /** The job as JSON, which is not copied. */
  byte[] json() {
    return json;
  }
}
