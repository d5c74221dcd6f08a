package typed

// table30 has the kinds of OpenAPI 3.0, table31 and table32 what the versions
// after it say otherwise; see build for how they are written.
const table30 = `
Root openapi:any info:Info servers:ServerList security:SecurityRequirementList tags:TagList externalDocs:ExternalDocs paths:Paths components:Components x-webhooks:WebhooksMap x-tagGroups:TagGroups x-ignoredHeaderParameters:list(text) !openapi,paths,info @
Tag name:text description:text externalDocs:ExternalDocs x-traitTag:boolean x-displayName:text !name @
TagList [Tag]
TagGroups [TagGroup]
TagGroup name:text tags:list(text) @
ExternalDocs description:text url:text !url @
Server url:text description:text variables:ServerVariablesMap !url @
ServerList [Server]
ServerVariable enum:list(text) default:text description:text !default @
ServerVariablesMap {ServerVariable}
SecurityRequirement *:list(text)
SecurityRequirementList [SecurityRequirement]
Info title:text version:text description:text termsOfService:text contact:Contact license:License x-logo:Logo !title,version @
Contact name:text url:text email:text @
License name:text url:text !name @
Paths *:path @
PathItem $ref:text servers:ServerList parameters:ParameterList summary:text description:text get:Operation put:Operation post:Operation delete:Operation options:Operation head:Operation patch:Operation trace:Operation x-query:Operation @
Parameter name:text in:=query|header|path|cookie description:text required:boolean deprecated:boolean allowEmptyValue:boolean style:=form|simple|label|matrix|spaceDelimited|pipeDelimited|deepObject explode:boolean allowReserved:boolean schema:Schema example:example examples:ExamplesMap content:MediaTypesMap !name,in ?schema,content @
ParameterList [Parameter]
Operation tags:list(text) summary:text description:text externalDocs:ExternalDocs operationId:text parameters:ParameterList security:SecurityRequirementList servers:ServerList requestBody:RequestBody responses:Responses deprecated:boolean callbacks:CallbacksMap x-codeSamples:XCodeSampleList x-code-samples:XCodeSampleList x-hideTryItPanel:boolean !responses @
Callback {PathItem} @
CallbacksMap {Callback}
RequestBody description:text required:boolean content:MediaTypesMap !content @
MediaTypesMap *:MediaType
MediaType schema:Schema example:example examples:ExamplesMap encoding:EncodingMap @
Example value:verbatim summary:text description:text externalValue:text @
ExamplesMap {Example}
Encoding contentType:text headers:HeadersMap style:=form|simple|label|matrix|spaceDelimited|pipeDelimited|deepObject explode:boolean allowReserved:boolean @
EncodingMap {Encoding}
EnumDescriptions *:text
Header description:text required:boolean deprecated:boolean allowEmptyValue:boolean style:=form|simple|label|matrix|spaceDelimited|pipeDelimited|deepObject explode:boolean allowReserved:boolean schema:Schema example:example examples:ExamplesMap content:MediaTypesMap ?schema,content @
HeadersMap {Header}
Responses default:Response *:status @
Response description:text headers:HeadersMap content:MediaTypesMap links:LinksMap x-summary:text !description @
Link operationRef:text operationId:text parameters:any requestBody:any description:text server:Server @
Logo url:text altText:text backgroundColor:text href:text
Schema externalDocs:ExternalDocs discriminator:Discriminator title:text multipleOf:number>=0 maximum:number minimum:number exclusiveMaximum:boolean exclusiveMinimum:boolean maxLength:integer>=0 minLength:integer>=0 pattern:text maxItems:integer>=0 minItems:integer>=0 uniqueItems:boolean maxProperties:integer>=0 minProperties:integer>=0 required:list(text) enum:array type:=object|array|string|number|integer|boolean allOf:[Schema=AllOf] anyOf:[Schema=AnyOf] oneOf:[Schema=OneOf] not:Schema properties:SchemaProperties items:schemas additionalProperties:schema? description:text format:text default:any nullable:boolean readOnly:boolean writeOnly:boolean xml:Xml example:example deprecated:boolean x-tags:list(text) x-additionalPropertiesName:text x-explicitMappingOnly:boolean @
AllOf [Schema]
AnyOf [Schema]
OneOf [Schema]
Xml name:text namespace:text prefix:text attribute:boolean wrapped:boolean @
SchemaProperties *:Schema
DiscriminatorMapping *:mapping
Discriminator propertyName:text mapping:DiscriminatorMapping !propertyName @
Components parameters:NamedParameters schemas:NamedSchemas responses:NamedResponses examples:NamedExamples requestBodies:NamedRequestBodies headers:NamedHeaders securitySchemes:NamedSecuritySchemes links:NamedLinks callbacks:NamedCallbacks @
LinksMap {Link}
NamedSchemas {Schema}
NamedResponses {Response}
NamedParameters {Parameter}
NamedExamples {Example}
NamedRequestBodies {RequestBody}
NamedHeaders {Header}
NamedSecuritySchemes {SecurityScheme}
NamedLinks {Link}
NamedCallbacks {Callback}
ImplicitFlow refreshUrl:text scopes:object authorizationUrl:text !authorizationUrl,scopes @
PasswordFlow refreshUrl:text scopes:object tokenUrl:text !tokenUrl,scopes @
ClientCredentials refreshUrl:text scopes:object tokenUrl:text !tokenUrl,scopes @
AuthorizationCode refreshUrl:text authorizationUrl:text scopes:object tokenUrl:text x-usePkce:pkce !authorizationUrl,tokenUrl,scopes @
OAuth2Flows implicit:ImplicitFlow password:PasswordFlow clientCredentials:ClientCredentials authorizationCode:AuthorizationCode @
SecurityScheme type:=apiKey|http|oauth2|openIdConnect description:text name:text in:text=query|header|cookie scheme:text bearerFormat:text flows:OAuth2Flows openIdConnectUrl:text x-defaultClientId:text ~security ^security30 @
XCodeSample lang:text label:text source:text
XCodeSampleList [XCodeSample]
XUsePkce disableManualConfiguration:boolean hideClientSecretInput:boolean
WebhooksMap {PathItem}
`

const table31 = `
Root openapi:any info:Info servers:ServerList security:SecurityRequirementList tags:TagList externalDocs:ExternalDocs paths:Paths webhooks:WebhooksMap components:Components jsonSchemaDialect:text !openapi,info ?paths,components,webhooks @
License+ identifier:text
Info+ summary:text
Components+ pathItems:NamedPathItems
Operation tags:list(text) summary:text description:text externalDocs:ExternalDocs operationId:text parameters:ParameterList security:SecurityRequirementList servers:ServerList requestBody:RequestBody responses:Responses deprecated:boolean callbacks:CallbacksMap x-codeSamples:XCodeSampleList x-code-samples:XCodeSampleList x-hideTryItPanel:boolean @
Schema $id:text $anchor:text id:text $schema:text definitions:NamedSchemas $defs:NamedSchemas $vocabulary:text externalDocs:ExternalDocs discriminator:Discriminator title:text multipleOf:number>=0 maximum:number minimum:number exclusiveMaximum:number exclusiveMinimum:number maxLength:integer>=0 minLength:integer>=0 pattern:text maxItems:integer>=0 minItems:integer>=0 uniqueItems:boolean maxProperties:integer>=0 minProperties:integer>=0 required:list(text) enum:array type:types allOf:[Schema=AllOf] anyOf:[Schema=AnyOf] oneOf:[Schema=OneOf] not:Schema if:Schema then:Schema else:Schema dependentSchemas:{Schema} dependentRequired:DependentRequired prefixItems:[Schema] contains:Schema minContains:integer>=0 maxContains:integer>=0 patternProperties:PatternProperties propertyNames:Schema unevaluatedItems:schema? unevaluatedProperties:schema? summary:text properties:SchemaProperties items:schema? additionalProperties:schema? description:text format:text contentEncoding:text contentMediaType:text contentSchema:Schema default:any readOnly:boolean writeOnly:boolean xml:Xml examples:array example:example deprecated:boolean const:any $comment:text x-tags:list(text) $dynamicAnchor:text $dynamicRef:text @
SchemaProperties *:schema?
PatternProperties *:schema?
SecurityScheme type:=apiKey|http|oauth2|openIdConnect|mutualTLS description:text name:text in:text=query|header|cookie scheme:text bearerFormat:text flows:OAuth2Flows openIdConnectUrl:text ~security ^security31 @
DependentRequired *:list(text)
NamedPathItems {PathItem}
`

const table32 = `
Root+ $self:text
Tag+ kind:text parent:text summary:text
Server+ name:text
SecurityScheme+ deprecated:boolean oauth2MetadataUrl:text ^security32
OAuth2Flows+ deviceAuthorization:DeviceAuthorization
DeviceAuthorization deviceAuthorizationUrl:text tokenUrl:text refreshUrl:text scopes:object !deviceAuthorizationUrl,tokenUrl,scopes @
PathItem+ query:Operation additionalOperations:{Operation}
Parameter+ in:=query|header|path|cookie|querystring
Response+ summary:text
MediaType+ itemSchema:Schema prefixEncoding:[Encoding] itemEncoding:Encoding
Discriminator+ defaultMapping:mapping
Components+ mediaTypes:NamedMediaTypes
Example+ dataValue:verbatim serializedValue:text
Xml nodeType:text=element|attribute|text|cdata|none name:text namespace:text prefix:text attribute:boolean wrapped:boolean @
Encoding+ encoding:EncodingMap prefixEncoding:[Encoding] itemEncoding:Encoding
NamedMediaTypes {MediaType}
`
