package bot

import (
	"strconv"
	"strings"
	"testing"
)

func TestRegions(t *testing.T) {
	r := NewRegions()
	r.Set(t.Context(), "ada", "GB")
	r.Set(t.Context(), "bob", "US")
	r.Set(t.Context(), "bob", "IE")
	if got := r.Of("ada") + r.Of("bob") + r.Of("eve"); got != "GBIE" {
		t.Errorf("got %q", got)
	}
	r.Set(t.Context(), "ada", "")
	if got := r.Of("ada"); got != "" {
		t.Errorf("forgotten, but still %q", got)
	}
	for p := range r.chosen {
		if strings.Contains(string(p[:]), "bob") {
			t.Error("the id is kept in the clear")
		}
	}
}

func TestRegionsAreBounded(t *testing.T) {
	r := NewRegions()
	for i := range mostRegions + 10 {
		r.Set(t.Context(), strconv.Itoa(i), "GB")
	}
	if len(r.chosen) > mostRegions || r.Of("0") != "" || r.Of(strconv.Itoa(mostRegions+9)) != "GB" {
		t.Errorf("%d choices are kept, the first %q", len(r.chosen), r.Of("0"))
	}
	for range 3 * mostRegions { // on and off again
		r.Set(t.Context(), "ada", "GB")
		r.Set(t.Context(), "ada", "")
	}
	if len(r.order) > 2*mostRegions {
		t.Errorf("the order has %d entries", len(r.order))
	}
}
