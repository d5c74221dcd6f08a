# plumb with git, which it reads revisions by.
#   docker build -t plumb .
#   docker run --rm -v "$PWD:/work" plumb check
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /plumb ./cmd/plumb

FROM alpine:3.22
RUN apk add --no-cache ca-certificates git && git config --system --add safe.directory '*'
COPY --from=build /plumb /usr/local/bin/plumb
WORKDIR /work
ENTRYPOINT ["plumb"]
