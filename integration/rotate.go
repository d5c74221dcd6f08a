package integration

import "errors"

// Rotate sends with a secret input, and where the tool refuses that one, with
// its partner NAME_next, so that nothing is lost whichever side changes first.
// The one that was taken is used from then on.
func (c *Client) Rotate(name string, send func(secret string) (*Response, error)) (*Response, error) {
	next := c.Inputs[name+"_next"]
	if c.rotated[name] && next != "" {
		return send(next)
	}
	response, err := send(c.Inputs[name])
	var e *Error
	if next == "" || !errors.As(err, &e) || e.Kind != Auth {
		return response, err
	}
	again, nextErr := send(next)
	if errors.As(nextErr, &e) && e.Kind == Auth {
		return response, err
	}
	if c.rotated == nil {
		c.rotated = map[string]bool{}
	}
	c.rotated[name] = true
	return again, nextErr
}
