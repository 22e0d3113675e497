# The base image: a java.se-wide runtime, so that apps' jars run unmodified, the host, and the AOT
# cache that both were trained for. No shell, not root, nothing written outside of /tmp.
#   docker build -t roost .
#   docker build --build-arg BUILD_IMAGE=… --build-arg RUNTIME_IMAGE=… -t roost .
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
# Made on the machine that builds the image: ./roost --version (or mvn package).
COPY host/target/roost /opt/roost
COPY sample-functions/target/azure-functions/sample-functions /opt/samples
COPY packaging/ColdStart.java /opt/ColdStart.java
RUN ["javac", "-d", "/opt", "/opt/ColdStart.java"]
RUN ["rm", "-f", "/opt/roost/lib/roost.aot", "/opt/samples/local.settings.json"]
# binutils are not needed: the attributes go, native symbols stay.
RUN ["jlink", "--add-modules", "java.se,jdk.unsupported,jdk.crypto.ec,jdk.zipfs,jdk.naming.dns,jdk.net,jdk.management,jdk.jfr,jdk.httpserver,jdk.localedata,jdk.charsets", "--include-locales", "en", "--no-header-files", "--no-man-pages", "--strip-java-debug-attributes", "--generate-cds-archive", "--output", "/opt/jre"]

FROM ${RUNTIME_IMAGE} AS train
COPY --from=build /opt/jre /opt/jre
COPY --from=build /opt/roost /opt/roost
COPY --from=build /opt/samples /opt/samples
COPY --from=build /opt/ColdStart.class /opt/ColdStart.class
ENV ROOST_JAVA_OPTS="-XX:+UseSerialGC"
RUN ["/opt/jre/bin/java", "-cp", "/opt", "ColdStart", "/opt/roost", "/opt/samples", "/api/greetings/Ada"]

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="Roost" \
      org.opencontainers.image.description="Runs Azure Functions written in Java" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=train /opt/jre /opt/jre
COPY --from=train /opt/roost /opt/roost
ENV ROOST_RUNNING_IN_CONTAINER=1 \
    AzureWebJobsScriptRoot=/app
WORKDIR /app
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["/opt/jre/bin/java", "-XX:+UseSerialGC", "-XX:AOTCache=/opt/roost/lib/roost.aot", "-XX:AOTMode=auto", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/roost/lib/roost-host.jar"]
CMD ["start"]
