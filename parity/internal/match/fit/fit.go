package main

import (
	"fmt"
	"math"
)

// fit finds the weights under which the right choices are likeliest: it
// climbs the penalised log-likelihood with Adam, and keeps each weight on its
// side of zero (+1, -1; 0 leaves it free). The result depends on nothing but
// the decisions.
func fit(decisions []decision, signs []int) []float64 {
	const (
		steps   = 3000
		penalty = 0.15
		fast    = 0.05
		slow    = 0.002
	)
	w := make([]float64, len(signs))
	m, v := make([]float64, len(w)), make([]float64, len(w))
	for step := 1; step <= steps; step++ {
		g := gradient(decisions, w)
		rate := fast + (slow-fast)*float64(step)/steps
		for i := range w {
			if i > 0 { // the prior is not held back
				g[i] += 2 * penalty * w[i]
			}
			m[i] = 0.9*m[i] + 0.1*g[i]
			v[i] = 0.999*v[i] + 0.001*g[i]*g[i]
			mean := m[i] / (1 - math.Pow(0.9, float64(step)))
			square := v[i] / (1 - math.Pow(0.999, float64(step)))
			w[i] -= rate * mean / (math.Sqrt(square) + 1e-8)
			if float64(signs[i])*w[i] < 0 {
				w[i] = 0
			}
		}
	}
	return w
}

// gradient is that of the negative log-likelihood.
func gradient(decisions []decision, w []float64) []float64 {
	g := make([]float64, len(w))
	for _, d := range decisions {
		all, right := 1.0, 0.0
		if d.none {
			right = 1
		}
		odds := make([]float64, len(d.evidence))
		for i, e := range d.evidence {
			odds[i] = math.Exp(min(dot(e, w), 50))
			all += odds[i]
			if d.right[i] {
				right += odds[i]
			}
		}
		if right == 0 {
			continue
		}
		for i, e := range d.evidence {
			pull := odds[i] / all
			if d.right[i] {
				pull -= odds[i] / right
			}
			for k, x := range e {
				g[k] += d.weight * pull * x
			}
		}
	}
	return g
}

func dot(e, w []float64) float64 {
	sum := 0.0
	for i, x := range e {
		sum += x * w[i]
	}
	return sum
}

// score counts how choices fare.
type score struct{ hit, wrong, missed int }

// String gives precision and recall.
func (s score) String() string {
	return fmt.Sprintf("precision %.3f  recall %.3f  (%d right, %d wrong, %d missed)",
		float64(s.hit)/float64(max(1, s.hit+s.wrong)), float64(s.hit)/float64(max(1, s.hit+s.missed)), s.hit, s.wrong, s.missed)
}

// judge chooses by the weights and compares with the labels of one product.
func judge(decisions []decision, product string, w []float64) score {
	var s score
	for _, d := range decisions {
		if d.product != product {
			continue
		}
		best, at := 0.0, -1
		for i, e := range d.evidence {
			if x := dot(e, w); x > best {
				best, at = x, i
			}
		}
		right := at >= 0 && d.right[at]
		switch {
		case right && d.match:
			s.hit++
		case right:
		case at >= 0:
			s.wrong++
			fallthrough
		default:
			if d.match {
				s.missed++
			}
		}
	}
	return s
}
