package typed

// table20 has the kinds of OpenAPI 2.0; see build for how it is written.
const table20 = `
Root swagger:text info:Info host:text basePath:text schemes:list(text) consumes:list(text) produces:list(text) paths:Paths definitions:NamedSchemas parameters:NamedParameters responses:NamedResponses securityDefinitions:NamedSecuritySchemes security:SecurityRequirementList tags:TagList externalDocs:ExternalDocs x-servers:XServerList x-tagGroups:TagGroups x-ignoredHeaderParameters:list(text) !swagger,paths,info @
Tag name:text description:text externalDocs:ExternalDocs x-traitTag:boolean x-displayName:text !name @
TagList [Tag]
TagGroups [TagGroup]
TagGroup name:text tags:list(text)
ExternalDocs description:text url:text !url @
Example value:example summary:text description:text externalValue:text @
ExamplesMap {Example}
EnumDescriptions *:text
SecurityRequirement *:list(text)
SecurityRequirementList [SecurityRequirement]
Info title:text description:text termsOfService:text contact:Contact license:License version:text x-logo:Logo !title,version @
Contact name:text url:text email:text @
License name:text url:text !name @
Logo url:text altText:text backgroundColor:text href:text
Paths *:path @
PathItem $ref:text parameters:ParameterList get:Operation put:Operation post:Operation delete:Operation options:Operation head:Operation patch:Operation @
Parameter name:text in:text=query|header|path|formData|body description:text required:boolean schema:Schema type:text=string|number|integer|boolean|array|file format:text allowEmptyValue:boolean items:ParameterItems collectionFormat:text=csv|ssv|tsv|pipes|multi default:any maximum:integer exclusiveMaximum:boolean minimum:integer exclusiveMinimum:boolean maxLength:integer minLength:integer pattern:text maxItems:integer minItems:integer uniqueItems:boolean enum:array multipleOf:number x-example:example x-examples:ExamplesMap ~parameter20 @
ParameterItems type:text=string|number|integer|boolean|array format:text items:ParameterItems collectionFormat:text=csv|ssv|tsv|pipes|multi default:any maximum:integer exclusiveMaximum:boolean minimum:integer exclusiveMinimum:boolean maxLength:integer minLength:integer pattern:text maxItems:integer minItems:integer uniqueItems:boolean enum:array multipleOf:number ~items20 @
ParameterList [Parameter]
Operation tags:list(text) summary:text description:text externalDocs:ExternalDocs operationId:text consumes:list(text) produces:list(text) parameters:ParameterList responses:Responses schemes:list(text) deprecated:boolean security:SecurityRequirementList x-codeSamples:XCodeSampleList x-code-samples:XCodeSampleList x-hideTryItPanel:boolean !responses @
Examples *:example
Header description:text type:text=string|number|integer|boolean|array format:text items:ParameterItems collectionFormat:text=csv|ssv|tsv|pipes|multi default:any maximum:integer exclusiveMaximum:boolean minimum:integer exclusiveMinimum:boolean maxLength:integer minLength:integer pattern:text maxItems:integer minItems:integer uniqueItems:boolean enum:array multipleOf:number ~items20 @
Responses default:Response *:status @
Response description:text schema:Schema headers:{Header} examples:Examples x-summary:text !description @
Schema format:text title:text description:text default:any multipleOf:number maximum:number minimum:number exclusiveMaximum:boolean exclusiveMinimum:boolean maxLength:number minLength:number pattern:text maxItems:number minItems:number uniqueItems:boolean maxProperties:number minProperties:number required:list(text) enum:array type:text=object|array|string|number|integer|boolean|null|file items:schemas allOf:[Schema] properties:SchemaProperties additionalProperties:schema? discriminator:text readOnly:boolean xml:Xml externalDocs:ExternalDocs example:example x-tags:list(text) x-nullable:boolean x-extendedDiscriminator:text x-additionalPropertiesName:text x-explicitMappingOnly:boolean x-enumDescriptions:EnumDescriptions @
Xml name:text namespace:text prefix:text attribute:boolean wrapped:boolean @
SchemaProperties *:Schema
NamedSchemas {Schema}
NamedResponses {Response}
NamedParameters {Parameter}
NamedSecuritySchemes {SecurityScheme}
SecurityScheme type:=basic|apiKey|oauth2 description:text name:text in:text=query|header flow:=implicit|password|application|accessCode authorizationUrl:text tokenUrl:text scopes:Scopes x-defaultClientId:text ~security20 ^security20 @
Scopes *:text @
XCodeSample lang:text label:text source:text
XCodeSampleList [XCodeSample]
XServerList [XServer]
XServer url:text description:text !url
`
