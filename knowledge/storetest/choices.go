package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"handout/knowledge/store"
)

func keepsChoices(t *testing.T, o Opener) {
	s := open(t, o)
	today := morning()
	midnight, year := today.Truncate(24*time.Hour), today.AddDate(-1, 0, 0)
	for _, c := range []store.Choice{
		{Person: "aa", Region: "GB", Day: today}, {Person: "bb", Region: "US", Day: year}, {Person: "cc", Region: "IE", Day: today},
		{Person: "dd", Region: "AU", Day: today.AddDate(0, 0, -2)}, {Person: "aa", Region: "CA", Day: today}, {Person: "cc"}, {Person: "zz"},
	} {
		if err := s.SetChoice(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	want := []store.Choice{{Person: "dd", Region: "AU", Day: midnight.AddDate(0, 0, -2)}, {Person: "aa", Region: "CA", Day: midnight}}
	for range 2 {
		got, err := open(t, o).Choices(t.Context(), year.AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("choices (-want +got):\n%s", diff)
		}
	}
	all, err := s.Choices(t.Context(), year.AddDate(-1, 0, 0))
	if err != nil || len(all) != 2 {
		t.Errorf("what was old is still there: %v, %v", all, err)
	}
}
