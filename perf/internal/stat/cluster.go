package stat

// Requests of one run are not independent: a pause of the server hits all
// that are under way. The design effect says how many requests count for one.

// Batches collects counts in the order of sending and says how much they
// depend on each other. The zero value is ready to use. It keeps between 32
// and 64 batches: when there are 64, neighbours are put together, so that
// batches grow with the run and outgrow any memory that the service has
// (dynamic batch means; Yeh and Schmeiser, Operations Research Letters 27,
// 2000).
type Batches struct {
	list []Batch
	// per is how many added batches each of the list is made of.
	per int
	// open is the batch that is being filled, from filled added ones.
	open   Batch
	filled int
	all    Batch
}

// Batch counts requests that were sent one after the other.
type Batch struct {
	Total uint64
	Bad   uint64
	// High counts those that took longer than a duration that about half of
	// all take. Where few are bad or none, they tell how much requests depend
	// on each other. Zero throughout, it tells nothing.
	High uint64
}

func (b *Batch) add(o Batch) {
	b.Total += o.Total
	b.Bad += o.Bad
	b.High += o.High
}

const (
	leastBatches = 32
	mostBatches  = 2 * leastBatches
)

// Add counts the next batch. Batches should be about equal in size.
func (b *Batches) Add(next Batch) {
	b.all.add(next)
	b.open.add(next)
	b.per = max(b.per, 1)
	if b.filled++; b.filled < b.per {
		return
	}
	b.list = append(b.list, b.open)
	b.open, b.filled = Batch{}, 0
	if len(b.list) < mostBatches {
		return
	}
	for i := range leastBatches {
		b.list[i] = b.list[2*i]
		b.list[i].add(b.list[2*i+1])
	}
	b.list = b.list[:leastBatches]
	b.per *= 2
}

// Sum returns all that was added.
func (b *Batches) Sum() Batch { return b.all }

// DesignEffect estimates by how much the variance of a share is greater than
// that of as many independent requests: for m batches with xᵢ of nᵢ,
//
//	m/(m−1) · Σ(xᵢ − p̂·nᵢ)² / (n·p̂(1−p̂))
//
// (Rao and Scott, Biometrics 48, 1992), the greater one for bad requests and
// for high ones, and at least 1. ok is false while there are fewer than 32
// batches, or when neither count tells anything.
func (b *Batches) DesignEffect() (effect float64, ok bool) {
	if len(b.list) < leastBatches {
		return 1, false
	}
	bad, badOK := dispersion(b.list, func(x Batch) uint64 { return x.Bad })
	high, highOK := dispersion(b.list, func(x Batch) uint64 { return x.High })
	return max(bad, high, 1), badOK || highOK
}

// SafeEffect returns what the design effect does not exceed with a confidence
// of 95 %: the estimate, at most chance below the truth, times
// (m−1)/χ²(0.05; m−1).
func (b *Batches) SafeEffect() (effect float64, ok bool) {
	effect, ok = b.DesignEffect()
	return effect * chanceBelow[min(len(b.list), mostBatches)], ok
}

// chanceBelow is (m−1)/χ²(0.05; m−1) by the number of batches.
var chanceBelow = func() (f [mostBatches + 1]float64) {
	for m := range f {
		if df := float64(m - 1); df > 0 {
			f[m] = df / chi2Quantile(0.05, df)
		}
	}
	return f
}()

// Effective returns how many independent requests tell as much as those that
// were added.
func (b *Batches) Effective() float64 {
	effect, _ := b.DesignEffect()
	return float64(b.all.Total) / effect
}

// Share returns the interval of the share of bad requests: that of
// Clopper and Pearson for the effective number of requests, with the safe
// design effect (Korn and Graubard, Survey Methodology 24, 1998). While the
// design effect is not known, neither is the share: 0 to 1.
func (b *Batches) Share(confidence float64) Interval {
	effect, ok := b.SafeEffect()
	if !ok {
		return Interval{0, 1}
	}
	return ClopperPearson(float64(b.all.Bad)/effect, float64(b.all.Total)/effect, confidence)
}

// dispersion is the formula of DesignEffect for one count. It tells nothing
// where all or none have the property.
func dispersion(list []Batch, of func(Batch) uint64) (effect float64, ok bool) {
	var x, n float64
	for _, b := range list {
		x += float64(of(b))
		n += float64(b.Total)
	}
	if x == 0 || x == n {
		return 1, false
	}
	p := x / n
	var squares float64
	for _, b := range list {
		d := float64(of(b)) - p*float64(b.Total)
		squares += d * d
	}
	m := float64(len(list))
	return m / (m - 1) * squares / (n * p * (1 - p)), true
}
