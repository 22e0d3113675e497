package dev.roost.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;

/** What a storage service can do to a client instead of answering. */
public enum Toxin {
  /** 503 that asks for three seconds. */
  BUSY,
  /** 429 that asks for three seconds in Azure's own header. */
  THROTTLED,
  /** 500. */
  BROKEN,
  /** 403, as for a wrong key. */
  FORBIDDEN,
  /** The connection is reset. */
  RESET,
  /** The answer begins and is garbage then. */
  CUT,
  /** The answer comes, a piece every three seconds. */
  SLOW,
  /** No answer for half a minute. */
  HUNG;

  private static final int HALF_A_MINUTE = 30_000;

  ResponseDefinitionBuilder response() {
    return switch (this) {
      case BUSY -> error(503, "ServerBusy").withHeader("Retry-After", "3");
      case THROTTLED -> error(429, "TooManyRequests").withHeader("x-ms-retry-after-ms", "3000");
      case BROKEN -> error(500, "InternalError");
      case FORBIDDEN -> error(403, "AuthenticationFailed");
      case RESET -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
      case CUT -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
      case SLOW -> error(500, "InternalError").withChunkedDribbleDelay(5, HALF_A_MINUTE / 2);
      case HUNG -> error(500, "InternalError").withFixedDelay(HALF_A_MINUTE);
    };
  }

  /** An answer as Azure Storage refuses. */
  public static ResponseDefinitionBuilder error(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("x-ms-error-code", code)
        .withHeader("Content-Type", "application/xml")
        .withBody("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>");
  }
}
