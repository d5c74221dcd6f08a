module github.com/plumbapi/plumb/webhook/hook/testdata/peer

go 1.26.0

require (
	github.com/google/go-github/v90 v90.0.0
	github.com/plumbapi/plumb v0.0.0
)

require github.com/google/go-querystring v1.2.0 // indirect

replace github.com/plumbapi/plumb => ../../../..
