# The image that runs an app: a Java runtime, the host, and the AOT cache that this very pair was
# trained for. No shell is needed, it runs without root, and nothing is written outside of /tmp.
#   ./roost --version && docker build -t roost .
#   docker build --build-arg MODULES=needed -t roost-minimal .
# Without Docker: packaging/image (docs/deploying.md).
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
# java.se and more, so that apps' jars run as they are; `needed`: only what jdeps finds.
ARG MODULES=java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
# The app that is started once to train the cache, and that `needed` looks at; a path that it does
# not serve trains less.
ARG APP=sample-functions/target/azure-functions/sample-functions
COPY host/target/roost /opt/roost
COPY ${APP} /opt/app
COPY packaging/ColdStart.java packaging/JavaRuntime.java /opt/
RUN ["java", "/opt/JavaRuntime.java", "/opt/jre", "/opt/roost/lib", "/opt/app"]
RUN ["javac", "-d", "/opt", "/opt/ColdStart.java"]

FROM ${RUNTIME_IMAGE} AS train
COPY --from=build /opt /opt
# The samples of HTTP, queues, blobs and timers: with those of Service Bus the cache takes 2 MB more,
# which few need. Empty for all of APP.
ARG FUNCTIONS=Greeting,OrderStatus,SubmitOrder,WorkOnOrder,Relay,Mirror,Heartbeat
ENV ROOST_JAVA_OPTS="-XX:+UseSerialGC" FUNCTIONS=${FUNCTIONS}
RUN ["/opt/jre/bin/java", "-cp", "/opt", "ColdStart", "/opt/roost", "/opt/app", "/api/greetings/Ada"]

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0-SNAPSHOT
LABEL org.opencontainers.image.title="Roost" \
      org.opencontainers.image.description="Runs Azure Functions written in Java" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=train /opt/jre /opt/jre
COPY --from=train /opt/roost /opt/roost
WORKDIR /app
USER 10001:10001
EXPOSE 8080
# AOTMode is auto unless JAVA_TOOL_OPTIONS says otherwise: a cache that doesn't fit is left aside.
ENTRYPOINT ["/opt/jre/bin/java", "-XX:+UseSerialGC", "-XX:AOTCache=/opt/roost/lib/roost.aot", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/roost/lib/roost-host.jar"]
CMD ["start", "/app"]
