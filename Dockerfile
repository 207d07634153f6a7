# Build: docker build --tag session-gateway .
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY . .
# The commit, for /version: docker build --build-arg COMMIT=$(git rev-parse HEAD) .
ARG COMMIT
RUN npm ci
RUN SOURCE_COMMIT=$COMMIT npm pack
RUN npm install --global --prefix /opt/session-gateway --ignore-scripts --offline ./session-gateway-*.tgz

# What runs: Node, the package, and one folder that may be written.
FROM node:22-bookworm-slim
COPY --from=build /opt/session-gateway /opt/session-gateway
RUN install --directory --owner=node /data
ENV PATH=/opt/session-gateway/bin:$PATH NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_FOLDER=/data
# `node`, by number, so that Kubernetes can tell that it is not root.
USER 1000
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => { console.log(ok); process.exit(ok ? 0 : 1) })"]
ENTRYPOINT ["session-gateway"]
CMD ["start"]
