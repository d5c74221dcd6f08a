package telemetry

// The messages of OTLP that are sent, under the names that they have in JSON.
type (
	otlpRequest struct {
		ResourceMetrics []otlpResourceMetrics `json:"resourceMetrics"`
	}
	otlpResourceMetrics struct {
		Resource     otlpResource       `json:"resource"`
		ScopeMetrics []otlpScopeMetrics `json:"scopeMetrics"`
	}
	otlpResource struct {
		Attributes []otlpAttribute `json:"attributes"`
	}
	otlpScopeMetrics struct {
		Scope   otlpScope     `json:"scope"`
		Metrics []*otlpMetric `json:"metrics"`
	}
	otlpScope struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	otlpMetric struct {
		Name                 string         `json:"name"`
		Description          string         `json:"description"`
		Unit                 string         `json:"unit"`
		Sum                  *otlpSum       `json:"sum,omitempty"`
		ExponentialHistogram *otlpHistogram `json:"exponentialHistogram,omitempty"`
	}
	otlpSum struct {
		DataPoints             []otlpNumber `json:"dataPoints"`
		AggregationTemporality int          `json:"aggregationTemporality"`
		IsMonotonic            bool         `json:"isMonotonic"`
	}
	otlpNumber struct {
		Attributes []otlpAttribute `json:"attributes,omitempty"`
		Start      string          `json:"startTimeUnixNano"`
		Time       string          `json:"timeUnixNano"`
		AsInt      string          `json:"asInt"`
	}
	otlpHistogram struct {
		DataPoints             []otlpDistribution `json:"dataPoints"`
		AggregationTemporality int                `json:"aggregationTemporality"`
	}
	otlpDistribution struct {
		Attributes    []otlpAttribute `json:"attributes,omitempty"`
		Start         string          `json:"startTimeUnixNano"`
		Time          string          `json:"timeUnixNano"`
		Count         string          `json:"count"`
		Sum           float64         `json:"sum"`
		Scale         int32           `json:"scale"`
		ZeroCount     string          `json:"zeroCount"`
		Positive      otlpBuckets     `json:"positive"`
		Min           float64         `json:"min"`
		Max           float64         `json:"max"`
		ZeroThreshold float64         `json:"zeroThreshold"`
	}
	otlpBuckets struct {
		Offset       int32    `json:"offset"`
		BucketCounts []string `json:"bucketCounts"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		StringValue string `json:"stringValue"`
	}
)
