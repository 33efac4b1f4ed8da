package dev.kirchhoff.dashboards.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Access control of the page. On a loopback address everybody on the machine, under a local name
 * only, so that a foreign page cannot reach it under a name of its own. On any other address
 * whoever has the token: the first visit brings it in the address and gets a cookie.
 */
final class Access {
  private static final String COOKIE = "kirchhoff_token";
  private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<String> token;

  private Access(Optional<String> token) {
    this.token = token;
  }

  /** The access rule of an address to listen on. */
  static Access of(String bind) throws UnknownHostException {
    if (InetAddress.getByName(bind).isLoopbackAddress()) {
      return new Access(Optional.empty());
    }
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    return new Access(Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(random)));
  }

  /** The token that is asked for, if any. */
  Optional<String> token() {
    return token;
  }

  /** Lets a request pass, or answers it. */
  void check(Context context) {
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("X-Frame-Options", "DENY");
    context.header(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'");
    if (token.isEmpty()) {
      if (!LOCAL.contains(name(context.host()))) {
        refuse(context, "This page answers to localhost only.");
      }
      return;
    }
    String brought = context.queryParam("token");
    if (brought != null && same(brought, token.get())) {
      Cookie cookie = new Cookie(COOKIE, token.get());
      cookie.setPath("/");
      cookie.setHttpOnly(true);
      cookie.setSameSite(SameSite.STRICT);
      context.cookie(cookie);
      context.redirect(context.path());
      context.skipRemainingHandlers();
      return;
    }
    String kept = context.cookie(COOKIE);
    if (kept == null || !same(kept, token.get())) {
      refuse(
          context,
          "Open the address that the dashboard printed when it started; it has the token.");
    }
  }

  private static void refuse(Context context, String sentence) {
    context.status(403).contentType("text/plain; charset=utf-8").result(sentence);
    context.skipRemainingHandlers();
  }

  private static String name(String host) {
    return host == null ? "" : host.replaceFirst(":[0-9]+$", "");
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
