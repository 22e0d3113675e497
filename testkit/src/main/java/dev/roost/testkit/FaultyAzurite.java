package dev.roost.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An Azurite behind proxies, one before its blobs and one before its queues, that fail as told. */
public final class FaultyAzurite implements AutoCloseable {
  private static final int LAST = 9;
  private static final int FIRST = 1;

  /** Requests that hang keep a thread each. */
  private static final int THREADS = 200;

  private final Azurite azurite;
  private final WireMockServer blobs = proxy();
  private final WireMockServer queues = proxy();

  public FaultyAzurite(Azurite azurite) {
    this.azurite = azurite;
    blobs.start();
    queues.start();
    heal();
  }

  private static WireMockServer proxy() {
    return new WireMockServer(
        WireMockConfiguration.options().dynamicPort().containerThreads(THREADS));
  }

  /** The way through the proxies. */
  public String connectionString() {
    return azurite
        .connectionString()
        .replace(":" + azurite.port("Blob") + "/", ":" + blobs.port() + "/")
        .replace(":" + azurite.port("Queue") + "/", ":" + queues.port() + "/");
  }

  /** From now on every request ends like this. */
  public void fail(Toxin toxin) {
    fail(any(anyUrl()), toxin.response());
  }

  /** From now on these requests end like this; others that were told before go on to. */
  public void fail(MappingBuilder request, ResponseDefinitionBuilder response) {
    for (WireMockServer proxy : List.of(blobs, queues)) {
      proxy.stubFor(request.atPriority(FIRST).willReturn(response));
    }
  }

  /** The next of these requests to each service ends like this. */
  public void failOnce(MappingBuilder request, ResponseDefinitionBuilder response) {
    for (WireMockServer proxy : List.of(blobs, queues)) {
      proxy.stubFor(
          request
              .atPriority(FIRST)
              .inScenario("once")
              .whenScenarioStateIs(Scenario.STARTED)
              .willReturn(response)
              .willSetStateTo("over"));
    }
  }

  /** Every request goes through again; what was asked so far is forgotten. */
  public void heal() {
    heal(blobs, "Blob");
    heal(queues, "Queue");
  }

  private void heal(WireMockServer proxy, String service) {
    proxy.resetAll();
    proxy.stubFor(
        any(anyUrl())
            .atPriority(LAST)
            .willReturn(aResponse().proxiedFrom("http://127.0.0.1:" + azurite.port(service))));
  }

  /** Forgets what was asked so far. */
  public void forget() {
    blobs.resetRequests();
    queues.resetRequests();
  }

  /** What was asked since the last {@link #heal} or {@link #forget}, in order. */
  public List<LoggedRequest> requests() {
    return Stream.of(blobs, queues)
        .flatMap(proxy -> proxy.getAllServeEvents().stream())
        .map(event -> event.getRequest())
        .sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
        .toList();
  }

  @Override
  public void close() {
    blobs.stop();
    queues.stop();
  }
}
