package openapi_test

// every30 has every member that 3.0 knows, and some extensions.
const every30 = `
openapi: 3.0.3
x-root: {a: [1, 2.5, true, null, text]}
info:
  title: Every
  description: d
  termsOfService: t
  contact: {name: n, url: u, email: e, x-c: 1}
  license: {name: l, url: u, x-l: 1}
  version: "1"
  x-i: 1
externalDocs: {description: d, url: u, x-e: 1}
servers:
  - {url: "https://{host}/", description: d, variables: {host: {enum: [a, b], default: a, description: d, x-v: 1}}, x-s: 1}
security: [{key: [], oauth: [read, write]}, {}]
tags: [{name: t, description: d, externalDocs: {url: u}, x-t: 1}]
paths:
  x-paths: 1
  /a:
    summary: s
    description: d
    servers: [{url: /}]
    parameters: [{name: p, in: path, required: true, schema: {type: string}}]
    x-item: 1
    get: &get
      tags: [t]
      summary: s
      description: d
      externalDocs: {url: u}
      operationId: getA
      deprecated: true
      security: []
      servers: []
      x-op: {deep: {er: 1}}
      parameters:
        - {name: q, in: query, description: d, required: true, deprecated: true, allowEmptyValue: true, style: form, explode: false, allowReserved: true, schema: {type: string}, example: 1, x-p: 1}
        - {name: h, in: header, content: {application/json: {schema: {type: object}}}, examples: {one: {summary: s, description: d, value: [1], x-ex: 1}, two: {externalValue: u}}}
      requestBody:
        description: d
        required: true
        x-rb: 1
        content:
          multipart/form-data:
            schema: {type: object, properties: {f: {type: string, format: binary}}}
            example: {f: x}
            x-mt: 1
            encoding: {f: {contentType: image/png, headers: {X: {schema: {type: integer}}}, style: form, explode: true, allowReserved: true, x-enc: 1}}
      responses:
        x-resps: 1
        "200": {description: ok, x-resp: 1, headers: {X-A: {description: d, required: true, deprecated: true, schema: {type: integer}, style: simple, explode: true, x-h: 1}}, content: {text/plain: {}}, links: {next: {operationId: getA, parameters: {a: $request.body, b: 1}, requestBody: {a: 1}, description: d, server: {url: /}, x-link: 1}, ref: {operationRef: "#/paths/~1a/get"}}}
        default: {description: ""}
      callbacks:
        done: {x-cb: 1, "{$request.body#/url}": {post: {responses: {"200": {description: ok}}}}}
    put: {responses: {"200": {description: ok}}}
    post: {responses: {"200": {description: ok}}}
    delete: {responses: {"200": {description: ok}}}
    options: {responses: {"200": {description: ok}}}
    head: {responses: {"200": {description: ok}}}
    patch: {responses: {"200": {description: ok}}}
    trace: {responses: {"200": {description: ok}}}
components:
  x-comps: 1
  schemas:
    All:
      title: t
      description: d
      type: object
      format: f
      multipleOf: 2
      maximum: 10
      exclusiveMaximum: true
      minimum: -1.5
      exclusiveMinimum: false
      maxLength: 5
      minLength: 1
      pattern: ^a
      maxItems: 2
      minItems: 1
      uniqueItems: true
      maxProperties: 3
      minProperties: 1
      required: [a]
      enum: [1, two, null, {three: 3}]
      default: {a: 1}
      example: [1]
      nullable: true
      readOnly: true
      writeOnly: true
      allowEmptyValue: true
      deprecated: true
      xml: {name: n, namespace: ns, prefix: p, attribute: true, wrapped: true, x-x: 1}
      externalDocs: {url: u}
      discriminator: {propertyName: a, mapping: {x: All}, x-d: 1}
      allOf: [{type: object}]
      oneOf: [{type: object}, {}]
      anyOf: []
      not: {type: string}
      items: {type: integer}
      properties: {a: {type: string}, properties: {type: object, example: {$ref: "#/nowhere"}}}
      additionalProperties: {type: string, maxLength: 3}
      x-s: {}
      unknown: kept
    Open: {additionalProperties: true}
    Closed: {additionalProperties: false}
    Empty: {additionalProperties: {}, properties: {}, required: [], enum: []}
  securitySchemes:
    key: {type: apiKey, description: d, name: n, in: header, x-sec: 1}
    http: {type: http, scheme: bearer, bearerFormat: JWT}
    oidc: {type: openIdConnect, openIdConnectUrl: u}
    oauth:
      type: oauth2
      flows:
        x-flows: 1
        implicit: {authorizationUrl: u, refreshUrl: u, scopes: {read: r, write: w}, x-flow: 1}
        password: {tokenUrl: u, scopes: {}}
        clientCredentials: {tokenUrl: u, scopes: {a: b}}
        authorizationCode: {authorizationUrl: u, tokenUrl: u, scopes: {a: b}}
`

const every31 = `
openapi: 3.1.0
jsonSchemaDialect: https://example.com/dialect
info: {title: Every, summary: s, version: "1", license: {name: MIT, identifier: MIT}}
webhooks:
  created: {post: {requestBody: {content: {a/b: {schema: {$ref: "#/components/schemas/S"}}}}, responses: {"200": {description: ok}}}}
components:
  pathItems: {P: {get: {summary: kept as it is}}}
  schemas:
    S:
      $id: https://example.com/s
      $schema: https://json-schema.org/draft/2020-12/schema
      $anchor: s
      $dynamicAnchor: meta
      $dynamicRef: "#meta"
      $comment: c
      $defs: {d: {type: string}}
      type: [object, "null"]
      const: {a: 1}
      examples: [1, {a: b}]
      prefixItems: [{type: string}, true]
      contains: {type: integer}
      minContains: 1
      maxContains: 2
      patternProperties: {"^x": {type: string}}
      dependentSchemas: {a: {required: [b]}}
      dependentRequired: {a: [b, c]}
      propertyNames: {pattern: ^a}
      unevaluatedItems: false
      unevaluatedProperties: {type: string}
      exclusiveMinimum: 1
      exclusiveMaximum: 2.5
      if: {type: string}
      then: {minLength: 1}
      else: false
      contentMediaType: application/json
      contentEncoding: base64
      contentSchema: {type: object}
      items: true
      not: false
      properties: {yes: true, no: false, self: {$ref: "#/components/schemas/S"}}
`

const every32 = `
openapi: 3.2.0
$self: https://example.com/api/root.yaml
info: {title: Every, version: "1"}
servers: [{url: /, name: main}]
tags: [{name: a, summary: s, kind: nav}, {name: b, parent: a}]
paths:
  /a:
    query: {operationId: q, responses: {"200": {description: ok}}}
    additionalOperations:
      COPY: {operationId: c, parameters: [{name: q, in: querystring, content: {a/b: {schema: {type: object}}}}], responses: {"200": {description: ok}}}
    get:
      responses:
        "200":
          summary: s
          description: ok
          content:
            application/jsonl:
              itemSchema: {$ref: "#/components/schemas/Line"}
              prefixEncoding: [{contentType: a/b}]
              itemEncoding: {contentType: a/b}
              examples: {e: {dataValue: {a: 1}, serializedValue: "{}"}}
components:
  mediaTypes: {Lines: {itemSchema: {type: string}}}
  schemas: {Line: {type: object, discriminator: {propertyName: t, defaultMapping: Line}, xml: {nodeType: element}}}
  securitySchemes:
    device: {type: oauth2, deprecated: true, oauth2MetadataUrl: u, flows: {deviceAuthorization: {deviceAuthorizationUrl: u, tokenUrl: u, scopes: {}}}}
`

// nulls gives null wherever kin-openapi takes it.
const nulls = `
openapi: 3.0.3
info: {title: null, version: null, contact: null, license: null}
externalDocs: null
servers: null
security: null
tags: [null]
paths:
  /none:
  /a:
    summary: null
    parameters: null
    put: null
    get: {responses: null, tags: null, callbacks: null, security: null, servers: null, deprecated: null, requestBody: null}
    post:
      security: [null, {a: null}]
      tags: [null, t]
      responses: {"200": {description: null, headers: null, content: {a/b: null}, links: null}}
components:
  examples: null
  schemas:
    A: {type: null, enum: null, required: null, maximum: null, maxLength: null, minLength: null, uniqueItems: null, default: null, items: null, properties: null, additionalProperties: null, exclusiveMinimum: null, oneOf: null, discriminator: {mapping: null}, xml: null, x-n: null}
    B: {type: [null, string], example: null}
  securitySchemes: {o: {type: oauth2, flows: {implicit: {scopes: null}, password: {scopes: {a: null}}}}}
`

// beside puts members beside references of every kind.
func beside(version string) string {
	return "openapi: " + version + `
info: {title: Beside, version: "1"}
paths:
  /a:
    $ref: "#/paths/~1b"
    summary: own
    x-own: 1
    parameters: [{$ref: "#/components/parameters/P", description: mine, x-p: 1}]
  /b:
    get:
      parameters: [{$ref: "#/components/parameters/P", summary: s}]
      requestBody: {$ref: "#/components/requestBodies/B", description: mine}
      responses: {"200": {$ref: "#/components/responses/R", description: mine, x-r: 1, other: 2}}
      callbacks: {c: {$ref: "#/components/callbacks/C", summary: s, x-c: 1}}
components:
  parameters: {P: {name: p, in: query, description: shared, schema: {type: string}}}
  requestBodies: {B: {description: shared, content: {a/b: {schema: {$ref: "#/components/schemas/Loop"}}}}}
  responses: {R: {description: shared, headers: {H: {$ref: "#/components/headers/H", description: mine}}, links: {l: {$ref: "#/components/links/L", description: mine}}, content: {a/b: {examples: {e: {$ref: "#/components/examples/E", summary: mine, description: mine}}}}}}
  headers: {H: {description: shared, schema: {type: string}}}
  links: {L: {description: shared}}
  examples: {E: {summary: shared, value: 1}}
  callbacks: {C: {"{$url}": {get: {responses: {"200": {description: ok}}}}}}
  securitySchemes: {K: {$ref: "#/components/securitySchemes/J", description: mine}, J: {type: apiKey, in: header, name: k}}
  schemas:
    S: {type: string, maxLength: 3, description: shared}
    T: {$ref: "#/components/schemas/S", description: mine, deprecated: true, maxLength: 10, x-t: 1, unknown: 1}
    U: {$ref: "#/components/schemas/S", x-only: 1}
    V: {allOf: [{$ref: "#/components/schemas/T", title: again}], properties: {s: {$ref: "#/components/schemas/S", nullable: true, properties: {deep: {$ref: "#/components/schemas/T"}}}}}
    Loop: {type: object, properties: {next: {$ref: "#/components/schemas/Loop", description: mine}, all: {$ref: "#/components/schemas/Loop", required: [next]}}}
`
}
