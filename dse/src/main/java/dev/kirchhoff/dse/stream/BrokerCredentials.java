package dev.kirchhoff.dse.stream;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Password of the built-in broker, SASL/PLAIN: every process of the machine reaches the loopback
 * interface, but only the owner of the data directory reads {@code broker/endpoint.json}. It never
 * leaves the machine, so it travels without encryption.
 *
 * @param password random, of the alphabet of base 64 for URLs
 */
record BrokerCredentials(String password) {
  private static final String USER = "kirchhoff";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
          + USER
          + "\" password=\"%s\"";
  private static final Pattern PASSWORD = Pattern.compile("password=\"([A-Za-z0-9_-]{24,})\"");
  private static final String JAAS = "sasl.jaas.config";
  private static final int RANDOM_BYTES = 18;

  /** The credentials of the last broker, with which its clients reconnect; else new ones. */
  static BrokerCredentials of(Optional<Endpoint> last) {
    return last.map(endpoint -> endpoint.client().getOrDefault(JAAS, ""))
        .map(PASSWORD::matcher)
        .filter(Matcher::find)
        .map(found -> new BrokerCredentials(found.group(1)))
        .orElseGet(BrokerCredentials::random);
  }

  private static BrokerCredentials random() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new BrokerCredentials(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /** Settings of a client. */
  Map<String, String> client() {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        JAAS,
        LOGIN.formatted(password) + ";");
  }

  /** Settings of a listener of the broker, under its prefix: it is a client of itself too. */
  Map<String, String> listener(String name) {
    return Map.of(
        "listener.name." + name + ".sasl.enabled.mechanisms",
        "PLAIN",
        "listener.name." + name + ".plain." + JAAS,
        LOGIN.formatted(password) + " user_" + USER + "=\"" + password + "\";");
  }
}
