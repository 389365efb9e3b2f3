# The whole program is one static binary, so the image holds nothing else but
# the certificates that it trusts. .ci/run carries out these steps by hand.
FROM --platform=$BUILDPLATFORM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/handout ./cmd/handout
RUN mkdir /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/handout /handout
COPY LICENSE /LICENSE
# Moderators' work is kept here.
COPY --from=build --chown=65532:65532 /out/data /data
VOLUME /data
# Nobody, so that it also runs under "run as non-root" policies.
USER 65532:65532
ENV HANDOUT_ADDR=:8080 HANDOUT_DATA=/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/handout", "health"]
ENTRYPOINT ["/handout"]
CMD ["serve"]
