package rest

// operationRemoved names a removal by what the deprecation had said. What was
// less stable than beta may go at any time.
func (c *comparison) operationRemoved(name string, o operation, withPath bool) {
	number := c.number(o.method + " " + name)
	at := change{base: o.node, also: c.moves[o.node]}
	stability := o.node.Get("x-stability-level")
	level, ok := stabilityOf(stability)
	if !ok {
		c.report(number, endpointInvalidStability, change{key: shown(stability), base: stability})
		return
	}
	if level < lowestLevel {
		return
	}
	abrupt, announced, early := operationRemoved, operationRemovedDeprecated, operationRemovedEarly
	if withPath {
		abrupt, announced, early = pathRemoved, pathRemovedDeprecated, pathRemovedEarly
	}
	end := c.endOf(o.node.Get("deprecated").IsTrue(), o.node.Get("x-sunset"))
	at.from = end.text
	switch end.state {
	case notAnnounced:
		c.report(number, abrupt, at)
	case noSunset:
		c.report(number, announced, at)
	case badSunset:
		c.report(number, pathSunsetParse, at)
	case sunsetAhead:
		c.report(number, early, at)
	}
}

func (c *comparison) compareStability(o *operationPair) {
	x, y := o.base.node.Get("x-stability-level"), o.revision.node.Get("x-stability-level")
	if x == nil && y == nil || x != nil && y != nil && sameValue(x, y) {
		return
	}
	was, ok1 := stabilityOf(x)
	is, ok2 := stabilityOf(y)
	if !ok1 {
		c.report(o.number, endpointInvalidStability, change{key: shown(x), base: x})
	}
	if !ok2 {
		c.report(o.number, endpointInvalidStability, change{key: shown(y), revision: y})
	}
	if !ok1 || !ok2 || was == is || was < lowestLevel {
		return
	}
	v := endpointStabilityIncreased
	if is < was {
		v = endpointStabilityDecreased
	}
	c.report(o.number, v, change{from: stabilityLevels[was], to: stabilityLevels[is], base: x, revision: y})
}

func (c *comparison) compareDeprecation(o *operationPair) {
	x, y := o.base.node.Get("deprecated"), o.revision.node.Get("deprecated")
	if x.IsTrue() == y.IsTrue() {
		return
	}
	at := change{base: x, revision: y}
	if !y.IsTrue() {
		c.report(o.number, endpointReactivated, at)
		return
	}
	if _, ok := stabilityOf(o.revision.node.Get("x-stability-level")); !ok {
		return
	}
	end := c.endOf(true, o.revision.node.Get("x-sunset"))
	at.to = end.text
	v := endpointDeprecatedSunset
	switch {
	case end.state == noSunset:
		v = endpointDeprecated
	case end.state == badSunset:
		v = endpointSunsetParse
	case end.date.Before(c.today):
		v = endpointSunsetTooSmall
	}
	c.report(o.number, v, at)
}

// compareSunset compares the sunset of what stays deprecated.
func (c *comparison) compareSunset(o *operationPair) {
	if !o.revision.node.Get("deprecated").IsTrue() {
		return
	}
	x, y := o.base.node.Get("x-sunset"), o.revision.node.Get("x-sunset")
	at := change{from: shown(x), to: shown(y), base: x, revision: y}
	switch {
	case x == nil, y != nil && sameValue(x, y):
		return
	case y == nil:
		c.report(o.number, endpointSunsetDeleted, at)
		return
	}
	is, ok := dateOf(y)
	if !ok {
		c.report(o.number, pathSunsetParse, change{from: shown(y), revision: y})
		return
	}
	was, ok := dateOf(x)
	if !ok {
		c.report(o.number, pathSunsetParse, change{from: shown(x), base: x})
		return
	}
	if _, ok := stabilityOf(o.revision.node.Get("x-stability-level")); ok && was.After(is) && is.Before(c.today) {
		c.report(o.number, endpointSunsetMoved, at)
	}
}
