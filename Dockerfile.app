# The recipe for an app: one layer on top of the base image.
#   docker build -f Dockerfile.app --build-arg APP=target/azure-functions/my-app -t my-app .
ARG ROOST_IMAGE=roost
FROM ${ROOST_IMAGE}
ARG APP
COPY ${APP} /app
